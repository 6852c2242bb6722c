import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'

import type { PersonDetail, PersonRef, RoleSpan } from '#access/people/api.ts'
import { api } from '#web/api.ts'
import { usePick, useTexts } from '#web/texts/language.tsx'
import { Button } from '#web/ui/button.tsx'
import { DateField } from '#web/ui/date-field.tsx'
import { Form } from '#web/ui/form.tsx'
import { useFormat } from '#web/ui/format.ts'
import { Problem } from '#web/ui/problem.tsx'
import { SearchSelect } from '#web/ui/select.tsx'

import { dayBefore } from './day-before.ts'

type Props = { person: PersonDetail; span: RoleSpan; onDone: (said: string) => void }

/** Who acts for the holder of a role, and from when to when. */
export function DeputyForm({ person, span, onDone }: Props) {
  const t = useTexts()
  const pick = usePick()
  const words = t.people
  const queryClient = useQueryClient()
  const [text, setText] = useState('')
  const [chosen, setChosen] = useState<PersonRef>()
  const [from, setFrom] = useState<string | undefined>(person.today)
  const [to, setTo] = useState<string>()
  const [tried, setTried] = useState(false)
  const found = useQuery({
    queryKey: ['colleagues', text],
    queryFn: ({ signal }) => api.get<{ items: PersonRef[] }>('/colleagues', { signal, query: { q: text } }),
    enabled: text.trim() !== '',
  })
  const refresh = () => queryClient.invalidateQueries({ queryKey: ['persons'] })
  const name = useMutation({
    mutationFn: () => api.post(`/roles-held/${span.id}/deputies`, { personId: chosen?.id, from, to }),
    onSuccess: async () => {
      onDone(words.deputyNamed(chosen === undefined ? '' : pick(chosen.name)))
      await refresh()
    },
  })
  const known = [...(chosen === undefined ? [] : [chosen]), ...(found.data?.items ?? [])]
  const choices = [...new Map(known.map((one) => [one.id, one])).values()]
  return (
    <div className="flex flex-col gap-4">
      <Deputies person={person} span={span} onDone={onDone} />
      <Form
        title={words.nameFor(t.words.roles[span.role])}
        error={name.error}
        onSubmit={() => {
          setTried(true)
          if (chosen !== undefined && from !== undefined && to !== undefined) name.mutate()
        }}
      >
        <SearchSelect
          label={words.deputyPerson}
          help={words.deputyHelp}
          requirement="required"
          value={chosen?.id}
          onChange={(id) => setChosen(choices.find((one) => one.id === id))}
          onSearch={setText}
          choices={choices.map((one) => ({ id: one.id, name: pick(one.name), note: pick(one.post) }))}
          error={tried && chosen === undefined ? words.personNeeded : undefined}
        />
        <div className="flex flex-wrap gap-6">
          <DateField label={words.from} requirement="required" value={from} onChange={(iso) => setFrom(iso)} />
          <DateField
            label={words.to}
            requirement="required"
            value={to}
            onChange={(iso) => setTo(iso)}
            error={tried && to === undefined ? words.toNeeded : undefined}
          />
        </div>
        <div>
          <Button type="submit" look="outline" size="medium" busy={name.isPending}>
            {words.name1}
          </Button>
        </div>
      </Form>
    </div>
  )
}

function Deputies({ person, span, onDone }: Props) {
  const t = useTexts()
  const f = useFormat()
  const pick = usePick()
  const words = t.people
  const queryClient = useQueryClient()
  const end = useMutation({
    mutationFn: ({ id }: RoleSpan['deputies'][number]) =>
      api.post(`/deputies/${id}/end`, { to: dayBefore(person.today) }),
    onSuccess: async (_answer, one) => {
      onDone(words.deputyEnded(pick(one.person.name)))
      await queryClient.invalidateQueries({ queryKey: ['persons'] })
    },
  })
  const open = span.deputies.filter(({ to }) => to >= person.today)
  if (open.length === 0) return null
  return (
    <>
      {end.isError && <Problem error={end.error} takesFocus />}
      <ul className="flex flex-col gap-2">
        {open.map((one) => (
          <li key={one.id} className="flex flex-wrap items-center gap-4">
            <span>
              {pick(one.person.name)}
              {t.ui.brackets(`${f.date(one.from)}–${f.date(one.to)}`)}
            </span>
            <Button look="text" size="small" tone="danger" busy={end.isPending} onPress={() => end.mutate(one)}>
              {words.endDeputy(pick(one.person.name))}
            </Button>
          </li>
        ))}
      </ul>
    </>
  )
}
