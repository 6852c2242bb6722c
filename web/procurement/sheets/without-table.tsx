import { useRouter } from '@tanstack/react-router'

import type { SystemWithout } from '#procurement/sheets/api-lists.ts'
import { paths } from '#web/paths.ts'
import { usePick, useTexts } from '#web/texts/language.tsx'
import { Button } from '#web/ui/button.tsx'
import { useFormat } from '#web/ui/format.ts'
import { Link } from '#web/ui/link.tsx'
import { Section } from '#web/ui/page.tsx'
import { Problem } from '#web/ui/problem.tsx'
import { DataTable } from '#web/ui/table.tsx'

import { useOpening } from './calls.ts'

/** Systems that came to the stage of procurement and have none: one press opens it. */
export function WithoutTable({ systems, mayKeep }: { systems: readonly SystemWithout[]; mayKeep: boolean }) {
  const t = useTexts().procurement.list
  const f = useFormat()
  const pick = usePick()
  const router = useRouter()
  const opening = useOpening((id) => router.history.push(paths.procurement(id)))
  return (
    <Section title={t.without}>
      <p className="mb-3">{t.withoutLead(f.number(systems.length))}</p>
      {opening.error !== null && <Problem error={opening.error} takesFocus />}
      <DataTable
        caption={t.without}
        rows={systems}
        rowKey={(row) => row.id}
        rowName={(row) => row.name}
        columns={[
          {
            id: 'name',
            name: t.system,
            rowHead: true,
            cell: (row) => (
              <>
                <Link href={paths.system(row.id)}>{row.name}</Link>
                <span className="keep block text-solid-gray-700">{row.number}</span>
              </>
            ),
          },
          { id: 'organisation', name: t.organisation, cell: (row) => pick(row.organisation) },
          { id: 'since', name: t.since, cell: (row) => <span className="keep">{f.date(row.since)}</span> },
          ...(mayKeep
            ? [
                {
                  id: 'open',
                  name: t.open,
                  hiddenName: true,
                  cell: (row: SystemWithout) => (
                    <Button
                      size="small"
                      busy={opening.isPending}
                      label={t.openOf(row.name)}
                      onPress={() => opening.mutate(row.id)}
                    >
                      {t.open}
                    </Button>
                  ),
                },
              ]
            : []),
        ]}
      />
    </Section>
  )
}
