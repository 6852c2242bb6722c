import { useQuery } from '@tanstack/react-query'

import { usePick, useTexts } from '#web/texts/language.tsx'
import { useMe } from '#web/shell/session.ts'
import { SearchSelect, Select } from '#web/ui/select.tsx'

import { organisationsQuery } from './calls.ts'

type Props = { value: string; onChange: (id: string) => void; label?: string; help?: string }

/** The organisations in which the person may act: the one the role is held for and those below, named from the top. */
export function OrganisationField({ value, onChange, label, help }: Props) {
  const t = useTexts()
  const pick = usePick()
  const me = useMe()
  const organisations = useQuery(organisationsQuery)
  const all = organisations.data ?? []
  const name = new Map(all.map((one) => [one.id, pick(one.name)]))
  const choices = all
    .filter(({ id, path }) => id === value || me === undefined || path.includes(me.heldFor))
    .map(({ id, path }) => ({ id, name: path.map((one) => name.get(one) ?? '').join(' ') }))
  const props = {
    id: 'organisationId',
    label: label ?? t.register.form.organisation,
    help: help ?? t.register.form.organisationHelp,
    requirement: 'required' as const,
    width: 'long' as const,
    choices,
    value: choices.some(({ id }) => id === value) ? value : undefined,
    onChange,
  }
  return choices.length > 20 ? <SearchSelect {...props} key={choices.length} /> : <Select {...props} />
}
