import { useQuery } from '@tanstack/react-query'

import { usePick, useTexts } from '#web/texts/language.tsx'
import { Select } from '#web/ui/select.tsx'

import { organisationsQuery } from './calls.ts'

/** One organisation with those below it. */
export function OrganisationChoice({ value, onChange }: { value: string; onChange: (id: string) => void }) {
  const t = useTexts()
  const pick = usePick()
  const words = t.register.notReported
  const organisations = useQuery(organisationsQuery)
  const all = organisations.data ?? []
  const name = new Map(all.map((one) => [one.id, pick(one.name)]))
  return (
    <Select
      key={all.length}
      label={words.organisation}
      width="long"
      choices={all.map(({ id, path }) => ({ id, name: path.map((one) => name.get(one) ?? '').join(' ') }))}
      value={value === '' ? undefined : value}
      onChange={onChange}
    />
  )
}
