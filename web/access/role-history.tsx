import type { Role } from '#access/model.ts'
import type { RoleChange } from '#access/people/api.ts'
import { usePick, useTexts } from '#web/texts/language.tsx'
import { Empty } from '#web/ui/empty.tsx'
import { useFormat } from '#web/ui/format.ts'
import { DataTable } from '#web/ui/table.tsx'

/** What was given, ended and handed to deputies, and by whom. */
export function RoleHistory({ history }: { history: readonly RoleChange[] }) {
  const t = useTexts()
  const f = useFormat()
  const pick = usePick()
  const words = t.people
  if (history.length === 0) return <Empty why={words.noHistory} />
  const who = ({ by, byRole, onBehalfOf }: RoleChange) => {
    if (by === null) return words.system
    const name = pick(by.name) || words.erasedName
    const role = t.words.roles[byRole as Role] ?? byRole
    return `${name}${t.ui.brackets(role)}${onBehalfOf === null ? '' : ` ${words.onBehalfOf(pick(onBehalfOf.name))}`}`
  }
  return (
    <DataTable<RoleChange>
      caption={words.history}
      rows={history}
      rowKey={({ id }) => id}
      rowName={(one) => words.deeds[one.kind]}
      columns={[
        { id: 'at', name: words.at, cell: ({ at }) => <span className="keep tabular-nums">{f.dateTime(at)}</span> },
        { id: 'what', name: words.what, rowHead: true, cell: ({ kind }) => words.deeds[kind] },
        {
          id: 'role',
          name: words.role,
          cell: ({ role, organisation, deputy }) => (
            <>
              {t.words.roles[role]}
              {organisation && t.ui.brackets(pick(organisation.name))}
              {deputy && <span className="block">{t.ui.named(words.deputyPerson, pick(deputy.name))}</span>}
            </>
          ),
        },
        {
          id: 'period',
          name: words.period,
          cell: ({ from, to }) => (to === null ? words.since(f.date(from)) : `${f.date(from)}–${f.date(to)}`),
        },
        { id: 'who', name: words.who, cell: who },
      ]}
    />
  )
}
