import { useQuery } from '@tanstack/react-query'

import type { Person } from '#access/api.ts'
import { api } from '#web/api.ts'
import { usePick, useTexts } from '#web/texts/language.tsx'
import { Loaded } from '#web/ui/loading.tsx'
import { DataTable } from '#web/ui/table.tsx'

/** The people who hold a role today. */
export function RoleHolders() {
  const t = useTexts()
  const pick = usePick()
  const words = t.access.organisations
  const people = useQuery({
    queryKey: ['people'],
    queryFn: ({ signal }) => api.get<{ people: Person[] }>('/people', { signal }),
  })
  return (
    <Loaded query={people}>
      {(data) => (
        <DataTable<Person>
          caption={words.people}
          rows={data.people}
          rowKey={({ id }) => id}
          columns={[
            { id: 'post', name: words.peoplePost, cell: (p) => `${pick(p.organisation.name)} ${pick(p.post)}` },
            { id: 'ministry', name: words.ministry, cell: (p) => pick(p.ministry.name) },
            {
              id: 'roles',
              name: words.peopleRoles,
              cell: (p) => t.ui.list(p.roles.map((role) => t.words.roles[role])),
            },
            { id: 'name', name: words.peopleName, cell: (p) => pick(p.name) },
          ]}
        />
      )}
    </Loaded>
  )
}
