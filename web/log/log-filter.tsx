import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'

import type { Organisation } from '#access/api.ts'
import { api } from '#web/api.ts'
import { usePick, useTexts } from '#web/texts/language.tsx'
import { Button } from '#web/ui/button.tsx'
import { FilterChips } from '#web/ui/chips.tsx'
import { DateField } from '#web/ui/date-field.tsx'
import { useFormat } from '#web/ui/format.ts'
import { Panel } from '#web/ui/panel.tsx'
import { Select } from '#web/ui/select.tsx'

import type { Conditions } from './calls.ts'

type Props = {
  conditions: Conditions
  /** Post of the person in the conditions, where an entry of theirs is on the page. */
  person: string | undefined
  onChange: (conditions: Conditions) => void
}

const all = ''

/** Conditions as chips, and a form that opens below them. */
export function LogFilter({ conditions, person, onChange }: Props) {
  const t = useTexts()
  const words = t.log.filter
  const [open, setOpen] = useState(false)
  const chips = useChips(conditions, person)
  const without = (id: string) =>
    onChange(Object.fromEntries(Object.entries(conditions).filter(([name]) => name !== id)) as Conditions)
  return (
    <div className="my-4">
      <div className="flex flex-wrap items-center gap-3">
        <Button size="medium" expanded={open} onPress={() => setOpen(!open)}>
          {words.open}
        </Button>
        {chips.length > 0 && <FilterChips chips={chips} onRemove={without} onRemoveAll={() => onChange({})} />}
      </div>
      {open && <Form conditions={conditions} onApply={onChange} />}
    </div>
  )
}

function useChips(conditions: Conditions, person: string | undefined) {
  const t = useTexts()
  const f = useFormat()
  const words = t.log.filter
  const organisations = useOrganisations()
  const value = {
    from: (v: string) => f.date(v),
    to: (v: string) => f.date(v),
    type: (v: string) => t.access.entries[v] ?? v,
    itemKind: (v: string) => t.access.log.items[v] ?? v,
    organisation: (v: string) => organisations.find(({ id }) => id === v)?.name ?? v,
    person: () => person ?? words.chosenPerson,
    item: () => words.chosenItem,
  }
  return Object.entries(conditions).map(([name, given]) => {
    const id = name as keyof typeof value
    return { id, name: words[id], values: [value[id](given)] }
  })
}

function useOrganisations() {
  const pick = usePick()
  const { data = [] } = useQuery({
    queryKey: ['organisations'],
    queryFn: async ({ signal }) =>
      (await api.get<{ organisations: Organisation[] }>('/organisations', { signal })).organisations,
  })
  return data.map(({ id, name }) => ({ id, name: pick(name) }))
}

function Form({ conditions, onApply }: { conditions: Conditions; onApply: Props['onChange'] }) {
  const t = useTexts()
  const words = t.log.filter
  const organisations = useOrganisations()
  const [draft, setDraft] = useState(conditions)
  const [sound, setSound] = useState({ from: true, to: true })
  const put = (name: keyof Conditions) => (value: string | undefined) => setDraft({ ...draft, [name]: value ?? all })
  const day = (name: 'from' | 'to') => (value: string | undefined, ok: boolean) => {
    setSound({ ...sound, [name]: ok })
    put(name)(value)
  }
  const choices = (words_: Readonly<Record<string, string>>, any: string) => [
    { id: all, name: any },
    ...Object.entries(words_).map(([id, name]) => ({ id, name })),
  ]
  const apply = () => {
    if (sound.from && sound.to)
      onApply(Object.fromEntries(Object.entries(draft).filter(([, value]) => value !== all)) as Conditions)
  }
  return (
    <Panel className="mt-3">
      <form
        className="grid gap-5 md:grid-cols-2"
        onSubmit={(e) => {
          e.preventDefault()
          apply()
        }}
      >
        <DateField label={words.from} value={draft.from === all ? undefined : draft.from} onChange={day('from')} />
        <DateField label={words.to} value={draft.to === all ? undefined : draft.to} onChange={day('to')} />
        <Select
          label={words.type}
          choices={choices(t.access.entries, words.anyType)}
          value={draft.type ?? all}
          onChange={put('type')}
        />
        <Select
          label={words.itemKind}
          choices={choices(t.access.log.items, words.anyKind)}
          value={draft.itemKind ?? all}
          onChange={put('itemKind')}
        />
        <Select
          label={words.organisation}
          choices={[{ id: all, name: words.anyOrganisation }, ...organisations]}
          value={draft.organisation ?? all}
          onChange={put('organisation')}
        />
        <div className="self-end">
          <Button type="submit" look="filled" onPress={apply}>
            {words.apply}
          </Button>
        </div>
      </form>
    </Panel>
  )
}
