import { useQuery } from '@tanstack/react-query'

import type { PoliciesAnswer } from '#access/policies/api.ts'
import { useTexts } from '#web/texts/language.tsx'
import { Icon } from '#web/ui/icon.tsx'
import { Loaded } from '#web/ui/loading.tsx'
import { DataTable } from '#web/ui/table.tsx'

import { policiesQuery } from './policies.ts'

type ActionRow = PoliciesAnswer['actions'][number]
type BreadthRow = PoliciesAnswer['breadths'][number]

/** What the policies of the server come to, for every action and role. */
export function RightsTable() {
  const query = useQuery(policiesQuery)
  return (
    <Loaded query={query}>
      {({ actions, breadths }) => (
        <>
          <Actions rows={actions} />
          <div className="mt-6">
            <Breadths rows={breadths} />
          </div>
        </>
      )}
    </Loaded>
  )
}

function Actions({ rows }: { rows: readonly ActionRow[] }) {
  const t = useTexts()
  const words = t.access.organisations
  const names = (row: ActionRow) => t.ui.list(row.roles.map((role) => t.words.roles[role]))
  return (
    <DataTable<ActionRow>
      caption={words.rights}
      dense
      rows={rows}
      rowKey={({ action }) => action}
      columns={[
        { id: 'deed', name: words.deed, cell: ({ action }) => t.access.actions[action] },
        { id: 'roles', name: words.canRoles, cell: names },
      ]}
    />
  )
}

function Mark({ open }: { open: boolean }) {
  const words = useTexts().access.organisations
  return (
    <span>
      <Icon name={open ? 'tick' : 'dash'} size={16} className={open ? '' : 'text-solid-gray-420'} />
      <span className="sr-only">{open ? words.can : words.cannot}</span>
    </span>
  )
}

function Breadths({ rows }: { rows: readonly BreadthRow[] }) {
  const t = useTexts()
  const words = t.access.organisations
  return (
    <DataTable<BreadthRow>
      caption={words.breadthName}
      captionShown
      dense
      rows={rows}
      rowKey={({ role }) => role}
      columns={[
        { id: 'role', name: words.peopleRoles, cell: ({ role }) => t.words.roles[role] },
        { id: 'reads', name: words.readsName, cell: ({ reads }) => words.reads[reads] },
        { id: 'shared', name: words.sharedName, cell: ({ shared }) => <Mark open={shared} /> },
        { id: 'writes', name: words.writesName, cell: ({ writes }) => words.writes[writes] },
      ]}
    />
  )
}
