import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'

import type { Organisation } from '#access/api.ts'
import { languages, type PersonDetail } from '#access/people/api.ts'
import { api } from '#web/api.ts'
import { useMe } from '#web/shell/session.ts'
import { usePick, useTexts } from '#web/texts/language.tsx'
import { Button } from '#web/ui/button.tsx'
import { Form } from '#web/ui/form.tsx'
import { Select } from '#web/ui/select.tsx'
import { TextField } from '#web/ui/text-field.tsx'

/** Organisations of the role and below it, parents first, with the way to them. */
export function useOwnOrganisations() {
  const pick = usePick()
  const me = useMe()
  const { data = [] } = useQuery({
    queryKey: ['organisations'],
    queryFn: async ({ signal }) =>
      (await api.get<{ organisations: Organisation[] }>('/organisations', { signal })).organisations,
  })
  const names = new Map(data.map((one) => [one.id, pick(one.name)]))
  return data
    .filter(({ path }) => me !== undefined && path.includes(me.heldFor))
    .map(({ id, path, name }) => {
      const above = path.slice(0, -1).map((one) => names.get(one) ?? '')
      return { id, name: pick(name), note: above.join('　') || undefined }
    })
}

type Values = Readonly<
  Record<'organisationId' | 'ja' | 'en' | 'postJa' | 'postEn' | 'mail' | 'userName' | 'language', string>
>

const valuesOf = (person: PersonDetail | undefined): Values => ({
  organisationId: person?.organisation.id ?? '',
  ja: person?.name.ja ?? '',
  en: person?.name.en ?? '',
  postJa: person?.post.ja ?? '',
  postEn: person?.post.en ?? '',
  mail: person?.mail ?? '',
  userName: person?.userName ?? '',
  language: person?.language ?? 'ja',
})

function bodyOf(v: Values, isNew: boolean) {
  const empty = isNew ? undefined : null
  return {
    organisationId: v.organisationId,
    name: { ja: v.ja.trim(), en: v.en.trim() },
    post: { ja: v.postJa.trim(), en: v.postEn.trim() },
    language: v.language,
    mail: v.mail.trim() || empty,
    userName: v.userName.trim() || empty,
  }
}

/** A new person, or what is changed of one. */
export function PersonForm({ person, onDone }: { person?: PersonDetail; onDone: (name: string) => void }) {
  const t = useTexts()
  const words = t.people
  const queryClient = useQueryClient()
  const places = useOwnOrganisations()
  const [v, setV] = useState(() => valuesOf(person))
  const [tried, setTried] = useState(false)
  const set = (key: keyof Values) => (value: string) => setV({ ...v, [key]: value })
  const nameFault = v.ja.trim() === '' ? words.nameNeeded : undefined
  const placeFault = v.organisationId === '' ? words.placeNeeded : undefined
  const save = useMutation({
    mutationFn: () =>
      person === undefined
        ? api.post('/persons', bodyOf(v, true))
        : api.patch(`/persons/${person.id}`, bodyOf(v, false), { version: person.version }),
    onSuccess: async () => {
      onDone(v.ja.trim())
      await queryClient.invalidateQueries({ queryKey: ['persons'] })
    },
  })
  return (
    <Form
      title={person === undefined ? words.add : words.change}
      level={2}
      error={save.error}
      onSubmit={() => {
        setTried(true)
        if (nameFault === undefined && placeFault === undefined) save.mutate()
      }}
    >
      <div className="grid gap-4 sm:grid-cols-2">
        <TextField
          label={words.name}
          requirement="required"
          value={v.ja}
          onChange={set('ja')}
          error={tried ? nameFault : undefined}
          maxLength={100}
        />
        <TextField
          label={words.nameEn}
          requirement="optional"
          lang="en"
          value={v.en}
          onChange={set('en')}
          maxLength={100}
        />
        <TextField
          label={words.post}
          requirement="optional"
          value={v.postJa}
          onChange={set('postJa')}
          maxLength={100}
        />
        <TextField
          label={words.postEn}
          requirement="optional"
          lang="en"
          value={v.postEn}
          onChange={set('postEn')}
          maxLength={100}
        />
      </div>
      <Select
        label={words.organisation}
        requirement="required"
        width="long"
        value={v.organisationId || undefined}
        onChange={set('organisationId')}
        choices={places}
        error={tried ? placeFault : undefined}
      />
      <div className="grid gap-4 sm:grid-cols-2">
        <TextField
          label={words.mail}
          requirement="optional"
          type="email"
          value={v.mail}
          onChange={set('mail')}
          maxLength={254}
        />
        <TextField
          label={words.userName}
          help={words.userNameHelp}
          requirement="optional"
          value={v.userName}
          onChange={set('userName')}
          maxLength={200}
        />
      </div>
      <Select
        label={words.language}
        width="short"
        value={v.language}
        onChange={set('language')}
        choices={languages.map((id) => ({ id, name: words.languages[id] }))}
      />
      <div>
        <Button type="submit" busy={save.isPending}>
          {person === undefined ? words.addDeed(v.ja.trim()) : words.save}
        </Button>
      </div>
    </Form>
  )
}
