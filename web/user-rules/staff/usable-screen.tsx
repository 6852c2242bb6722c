import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'

import type { UsableSystem } from '#user-rules/acknowledgements/api.ts'
import { api } from '#web/api.ts'
import { paths } from '#web/paths.ts'
import { usePick, useTexts } from '#web/texts/language.tsx'
import { Button } from '#web/ui/button.tsx'
import { Empty } from '#web/ui/empty.tsx'
import { useFormat } from '#web/ui/format.ts'
import { ButtonLink, Link } from '#web/ui/link.tsx'
import { Loaded } from '#web/ui/loading.tsx'
import { Notice } from '#web/ui/notice.tsx'
import { Page } from '#web/ui/page.tsx'
import { Problem } from '#web/ui/problem.tsx'
import { DataTable } from '#web/ui/table.tsx'

/** The AI in operation in the ministry; a person says which of it they use. */
export function UsableScreen() {
  const t = useTexts()
  const words = t.staffRules.usable
  const query = useQuery({
    queryKey: ['usable-systems'],
    queryFn: ({ signal }) => api.get<{ systems: UsableSystem[] }>('/usable-systems', { signal }),
  })
  return (
    <Page title={words.title} lead={words.lead}>
      <Loaded query={query}>
        {({ systems }) =>
          systems.length === 0 ? <Empty why={words.none} todo={words.noneTodo} /> : <Systems systems={systems} />
        }
      </Loaded>
    </Page>
  )
}

function Systems({ systems }: { systems: readonly UsableSystem[] }) {
  const t = useTexts()
  const f = useFormat()
  const pick = usePick()
  const words = t.staffRules.usable
  const { begun, busy, failure, use } = useUse()
  return (
    <>
      {begun && (
        <Notice
          key={begun.id}
          kind="success"
          title={words.begun(pick(begun.name))}
          action={
            begun.rule && (
              <ButtonLink href={paths.myRules()} size="medium">
                {words.read}
              </ButtonLink>
            )
          }
        >
          {begun.rule ? words.begunRule : words.begunNoRule}
        </Notice>
      )}
      {failure !== undefined && <Problem error={failure} takesFocus />}
      <DataTable<UsableSystem>
        caption={words.title}
        rows={systems}
        rowKey={({ id }) => id}
        rowName={({ name }) => pick(name)}
        rowTone={({ usedSince }) => (usedSince === null ? undefined : 'own')}
        columns={[
          { id: 'name', name: words.name, cell: (s) => <Link href={paths.system(s.id)}>{pick(s.name)}</Link> },
          {
            id: 'purpose',
            name: words.purpose,
            cell: (s) => s.purpose ?? <span className="text-solid-gray-700">{words.unanswered}</span>,
          },
          { id: 'unit', name: words.unit, cell: (s) => pick(s.organisation) },
          {
            id: 'rule',
            name: words.rule,
            cell: (s) => (s.rule === null ? words.noRule : words.ruleOf(s.rule.number, f.date(s.rule.effectiveFrom))),
          },
          { id: 'use', name: words.use, cell: (s) => <Use system={s} busy={busy} onUse={use} /> },
        ]}
      />
    </>
  )
}

type UseProps = { system: UsableSystem; busy: boolean; onUse: (system: UsableSystem, uses: boolean) => void }
function Use({ system, busy, onUse }: UseProps) {
  const t = useTexts()
  const f = useFormat()
  const pick = usePick()
  const words = t.staffRules.usable
  const { usedSince, name } = system
  return usedSince === null ? (
    <Button
      look="outline"
      size="small"
      busy={busy}
      label={words.beginOf(pick(name))}
      onPress={() => onUse(system, true)}
    >
      {words.begin}
    </Button>
  ) : (
    <span className="inline-flex flex-col items-start gap-1">
      <span>{words.using(f.date(usedSince))}</span>
      <Button look="text" size="small" busy={busy} label={words.endOf(pick(name))} onPress={() => onUse(system, false)}>
        {words.end}
      </Button>
    </span>
  )
}

function useUse() {
  const client = useQueryClient()
  const [begun, setBegun] = useState<UsableSystem>()
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<unknown>()
  const send = async (system: UsableSystem, uses: boolean) => {
    setBusy(true)
    setFailure(undefined)
    try {
      await (uses
        ? api.put(`/usable-systems/${system.id}/use`, undefined)
        : api.delete(`/usable-systems/${system.id}/use`))
      setBegun(uses ? system : undefined)
      await Promise.all(
        ['usable-systems', 'my-rules', 'navigation-counts'].map((key) => client.invalidateQueries({ queryKey: [key] })),
      )
    } catch (error) {
      setFailure(error)
    } finally {
      setBusy(false)
    }
  }
  return { begun, busy, failure, use: (system: UsableSystem, uses: boolean) => void send(system, uses) }
}
