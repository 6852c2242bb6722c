import { allowed } from '#access/may.ts'
import { type Action, actions, type Role, roles } from '#access/model.ts'
import { useTexts } from '#web/texts/language.tsx'
import { Icon } from '#web/ui/icon.tsx'
import { DataTable } from '#web/ui/table.tsx'
import { useNarrow } from '#web/ui/use-narrow.ts'

const may = (role: Role, action: Action): boolean => (allowed[action] as readonly Role[]).includes(role)

/** The table that the server decides by, shown as it is. */
export function RightsTable() {
  const t = useTexts()
  const words = t.access.organisations
  const names = (action: Action) =>
    t.ui.list(roles.filter((role) => may(role, action)).map((role) => t.words.roles[role]))
  const narrow = useNarrow()
  return (
    <DataTable<Action>
      caption={words.rights}
      dense
      rows={actions}
      rowKey={(action) => action}
      columns={[
        { id: 'deed', name: words.deed, cell: (action) => t.access.actions[action] },
        ...(narrow
          ? [{ id: 'roles', name: words.can, cell: names }]
          : roles.map((role) => ({
              id: role,
              name: t.words.roles[role],
              cell: (action: Action) => (
                <span>
                  {may(role, action) ? (
                    <Icon name="tick" size={16} />
                  ) : (
                    <Icon name="dash" size={16} className="text-solid-gray-420" />
                  )}
                  <span className="sr-only">{may(role, action) ? words.can : words.cannot}</span>
                </span>
              ),
            }))),
      ]}
    />
  )
}
