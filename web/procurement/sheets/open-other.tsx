import { useQuery } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'
import { useState } from 'react'

import type { UsesPage } from '#register/api.ts'
import { ApiError, api } from '#web/api.ts'
import { paths } from '#web/paths.ts'
import { useSettled } from '#web/register/use-settled.ts'
import { useTexts } from '#web/texts/language.tsx'
import { Button } from '#web/ui/button.tsx'
import { Link } from '#web/ui/link.tsx'
import { Problem } from '#web/ui/problem.tsx'
import { SearchSelect } from '#web/ui/select.tsx'

import { useOpening } from './calls.ts'

/** Any system can have a procurement, also one that is still in planning. */
export function OpenOther() {
  const t = useTexts().procurement.list
  const router = useRouter()
  const [typed, setTyped] = useState('')
  const [system, setSystem] = useState<string>()
  const q = useSettled(typed)
  const found = useQuery({
    queryKey: ['procurement-systems', q],
    queryFn: ({ signal }) => api.get<UsesPage>('/uses', { signal, query: { q, limit: '20' } }),
  })
  const opening = useOpening((id) => router.history.push(paths.procurement(id)))
  const systems = new Map((found.data?.items ?? []).map((row) => [row.systemId, row]))
  const choices = [...systems.values()].map((row) => ({ id: row.systemId, name: row.name, note: row.number }))
  return (
    <div className="flex flex-col items-start gap-4">
      {opening.error !== null && <OpeningProblem error={opening.error} />}
      <SearchSelect
        label={t.chooseSystem}
        help={t.chooseHelp}
        width="long"
        choices={choices}
        value={system}
        onChange={setSystem}
        onSearch={setTyped}
      />
      <Button
        size="medium"
        busy={opening.isPending}
        blockedBecause={system === undefined ? t.chooseHelp : undefined}
        reason="hidden"
        onPress={() => {
          if (system !== undefined) opening.mutate(system)
        }}
      >
        {t.open}
      </Button>
    </div>
  )
}

/** One that is open already is named, with the way to it. */
function OpeningProblem({ error }: { error: unknown }) {
  const t = useTexts().procurement.list
  if (!(error instanceof ApiError) || error.code !== 'already-exists') return <Problem error={error} takesFocus />
  return (
    <p role="alert" className="font-700 text-red-900">
      {t.alreadyOpen(String(error.params['number']))}{' '}
      <Link href={paths.procurement(String(error.params['id']))}>{t.goThere}</Link>
    </p>
  )
}
