import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { useState } from 'react'

import type { PersonDetail } from '#access/people/api.ts'
import { api } from '#web/api.ts'
import { paths } from '#web/paths.ts'
import { usePick, useTexts } from '#web/texts/language.tsx'
import { Button } from '#web/ui/button.tsx'
import { ConfirmDialog } from '#web/ui/dialog.tsx'
import { useFormat } from '#web/ui/format.ts'
import { Loaded } from '#web/ui/loading.tsx'
import { Notice } from '#web/ui/notice.tsx'
import { Page, Section } from '#web/ui/page.tsx'
import { DefinitionList, Panel } from '#web/ui/panel.tsx'
import { Problem } from '#web/ui/problem.tsx'
import { Tag } from '#web/ui/tags.tsx'

import { PersonForm } from './person-form.tsx'
import { PersonRoles } from './person-roles.tsx'
import { RoleHistory } from './role-history.tsx'
import { useOnlyOthers, useOnlyPeople } from './use-only-people.ts'

export const personKey = (id: string) => ['persons', 'one', id]

/** One person: name and place, roles from one day to another, deputies, and what became of them. */
export function PersonScreen() {
  const t = useTexts()
  const pick = usePick()
  const { id } = useParams({ from: '/people/$id' })
  const query = useQuery({
    queryKey: personKey(id),
    queryFn: ({ signal }) => api.get<PersonDetail>(`/persons/${id}`, { signal }),
  })
  const name = query.data && (pick(query.data.name) || t.people.erasedName)
  return (
    <Page
      title={name ?? t.people.title}
      crumbs={[
        { name: t.shell.product, href: paths.overview() },
        { name: t.people.title, href: paths.people() },
      ]}
    >
      <Loaded query={query}>{(person) => <Details person={person} />}</Loaded>
    </Page>
  )
}

function Details({ person }: { person: PersonDetail }) {
  const t = useTexts()
  const [done, setDone] = useState<string>()
  const only = useOnlyOthers(person)
  return (
    <>
      {only !== undefined && <p className="mb-4 text-note text-solid-gray-700">{only}</p>}
      {done !== undefined && <Notice key={done} kind="success" title={done} takesFocus />}
      <Self person={person} onDone={setDone} />
      <PersonRoles person={person} onDone={setDone} />
      <DeputyOf person={person} />
      <Section title={t.people.history}>
        <RoleHistory history={person.history} />
      </Section>
      {person.state !== 'erased' && <Access person={person} onDone={setDone} />}
    </>
  )
}

type Part = { person: PersonDetail; onDone: (said: string) => void }

function Self({ person, onDone }: Part) {
  const t = useTexts()
  const pick = usePick()
  const words = t.people
  const onlyPeople = useOnlyPeople()
  const [editing, setEditing] = useState(false)
  const said = (text: string | null) => (text === null || text === '' ? '—' : text)
  return (
    <div className="mb-8">
      <Panel
        title={words.details}
        aside={
          person.state === 'erased' ? undefined : (
            <Button
              look="outline"
              size="medium"
              blockedBecause={onlyPeople}
              reason="hidden"
              expanded={editing}
              onPress={() => setEditing(!editing)}
            >
              {words.change}
            </Button>
          )
        }
      >
        <DefinitionList
          items={[
            { term: words.post, detail: said(pick(person.post)) },
            { term: words.organisation, detail: pick(person.organisation.name) },
            { term: words.userName, detail: said(person.userName) },
            { term: words.mail, detail: said(person.mail) },
            { term: words.language, detail: words.languages[person.language] },
            { term: words.state, detail: words.states[person.state] },
          ]}
        />
      </Panel>
      {editing && (
        <Panel className="mt-4">
          <PersonForm
            person={person}
            onDone={() => {
              setEditing(false)
              onDone(words.saved)
            }}
          />
        </Panel>
      )}
    </div>
  )
}

function DeputyOf({ person }: { person: PersonDetail }) {
  const t = useTexts()
  const f = useFormat()
  const pick = usePick()
  if (person.deputyOf.length === 0) return null
  return (
    <Section title={t.people.deputyOf}>
      <ul className="list-disc pl-6">
        {person.deputyOf.map((one) => (
          <li key={one.id}>
            {t.people.deputyOfOne(pick(one.holder.name), t.words.roles[one.role])}
            {t.ui.brackets(`${pick(one.organisation.name)} ${f.date(one.from)}–${f.date(one.to)}`)}
          </li>
        ))}
      </ul>
    </Section>
  )
}

/** Shutting out, letting in again, and erasing, which does not come back. */
function Access({ person, onDone }: Part) {
  const t = useTexts()
  const f = useFormat()
  const pick = usePick()
  const words = t.people
  const only = useOnlyOthers(person)
  const queryClient = useQueryClient()
  const [asking, setAsking] = useState<'disable' | 'erase'>()
  const deed = useMutation({
    mutationFn: (what: 'disable' | 'enable' | 'erase') =>
      api.post(`/persons/${person.id}/${what}`, undefined, what === 'erase' ? { version: person.version } : {}),
    onSuccess: async (_answer, what) => {
      onDone({ disable: words.disabled, enable: words.enabled, erase: words.erased }[what])
      await queryClient.invalidateQueries({ queryKey: ['persons'] })
    },
    onSettled: () => setAsking(undefined),
  })
  const name = pick(person.name)
  return (
    <Section title={words.access}>
      {deed.isError && <Problem error={deed.error} takesFocus />}
      {person.disabledAt !== null && (
        <p className="mb-3">
          <Tag tone="attention">{words.states.disabled}</Tag> {words.disabledSince(f.dateTime(person.disabledAt))}
        </p>
      )}
      <div className="flex flex-wrap gap-4">
        {person.state === 'active' ? (
          <Button look="outline" blockedBecause={only} reason="hidden" onPress={() => setAsking('disable')}>
            {words.disable}
          </Button>
        ) : (
          <Button
            look="outline"
            blockedBecause={only}
            reason="hidden"
            busy={deed.isPending}
            onPress={() => deed.mutate('enable')}
          >
            {words.enable}
          </Button>
        )}
        <Button look="outline" tone="danger" blockedBecause={only} reason="hidden" onPress={() => setAsking('erase')}>
          {words.erase}
        </Button>
      </div>
      <ConfirmDialog
        open={asking === 'disable'}
        onClose={() => setAsking(undefined)}
        title={words.disableTitle(name)}
        deed={words.disable}
        onDeed={() => deed.mutate('disable')}
        busy={deed.isPending}
      >
        {words.disableText}
      </ConfirmDialog>
      <ConfirmDialog
        open={asking === 'erase'}
        onClose={() => setAsking(undefined)}
        title={words.eraseTitle(name)}
        deed={words.erase}
        onDeed={() => deed.mutate('erase')}
        tone="danger"
        busy={deed.isPending}
        typed={t.ui.typedWord}
      >
        {words.eraseText}
      </ConfirmDialog>
    </Section>
  )
}
