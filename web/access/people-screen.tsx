import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useRouter, useSearch } from '@tanstack/react-router'
import { useState } from 'react'

import { heldRoleSchema, type ListedPerson, personStates } from '#access/people/api.ts'
import type { TokenOfSomeone } from '#access/tokens/api.ts'
import { api } from '#web/api.ts'
import { paths } from '#web/paths.ts'
import { oneOf } from '#web/search.ts'
import { useMe } from '#web/shell/session.ts'
import { usePick, useTexts } from '#web/texts/language.tsx'
import { Button } from '#web/ui/button.tsx'
import { Empty } from '#web/ui/empty.tsx'
import { useFormat } from '#web/ui/format.ts'
import { Link } from '#web/ui/link.tsx'
import { Loaded } from '#web/ui/loading.tsx'
import { Notice } from '#web/ui/notice.tsx'
import { Page, Section } from '#web/ui/page.tsx'
import { Pager } from '#web/ui/pager.tsx'
import { Panel } from '#web/ui/panel.tsx'
import { Select } from '#web/ui/select.tsx'
import { DataTable } from '#web/ui/table.tsx'
import { Tag } from '#web/ui/tags.tsx'
import { TextField } from '#web/ui/text-field.tsx'
import { useCursors } from '#web/ui/use-cursors.ts'

import { TokenTable } from './api-tokens.tsx'
import { PersonForm } from './person-form.tsx'
import { useOnlyPeople } from './use-only-people.ts'

type PeoplePage = { readonly items: ListedPerson[]; readonly next: string | null }
const all = 'all'

/** Who holds which role: searched by name, post, user name or mail. */
export function PeopleScreen() {
  const t = useTexts()
  const words = t.people
  const me = useMe()
  const only = useOnlyPeople()
  const router = useRouter()
  const search = useSearch({ strict: false })
  const [adding, setAdding] = useState(false)
  const [added, setAdded] = useState<string>()
  const [q, role, state] = [oneOf(search, 'q'), oneOf(search, 'role'), oneOf(search, 'state')]
  const go = (change: Record<string, string>) => router.history.replace(paths.people({ q, role, state, ...change }))
  return (
    <Page
      title={words.title}
      lead={words.lead}
      crumbs={[{ name: t.shell.product, href: paths.overview() }]}
      actions={
        <Button icon="plus" blockedBecause={only} expanded={adding} onPress={() => setAdding(!adding)}>
          {words.add}
        </Button>
      }
    >
      {added !== undefined && <Notice key={added} kind="success" title={words.added(added)} takesFocus />}
      {adding && me && (
        <Panel className="mb-6">
          <PersonForm
            onDone={(name) => {
              setAdding(false)
              setAdded(name)
            }}
          />
        </Panel>
      )}
      <Filters q={q} role={role} state={state} onGo={go} />
      <PeopleTable key={`${q} ${role} ${state}`} q={q} role={role} state={state} />
      {me?.may['manage-tokens'] && <OrganisationTokens />}
    </Page>
  )
}

type Wanted = { q: string; role: string; state: string }
function Filters({ q, role, state, onGo }: Wanted & { onGo: (change: Record<string, string>) => void }) {
  const t = useTexts()
  const words = t.people
  const [text, setText] = useState(q)
  return (
    <form
      role="search"
      aria-label={words.title}
      className="mb-6 flex flex-wrap items-end gap-4"
      onSubmit={(e) => {
        e.preventDefault()
        onGo({ q: text.trim() })
      }}
    >
      <TextField label={words.search} help={words.searchHelp} value={text} onChange={setText} width="medium" />
      <Button type="submit" look="outline">
        {words.search}
      </Button>
      <Select
        label={words.role}
        width="medium"
        value={role === '' ? all : role}
        onChange={(id) => onGo({ role: id === all ? '' : id })}
        choices={[
          { id: all, name: words.anyRole },
          ...heldRoleSchema.options.map((id) => ({ id, name: t.words.roles[id] })),
        ]}
      />
      <Select
        label={words.state}
        width="short"
        value={state === '' ? 'active' : state}
        onChange={(id) => onGo({ state: id === 'active' ? '' : id })}
        choices={[
          ...personStates.map((id) => ({ id: id as string, name: words.states[id] })),
          { id: all, name: words.anyState },
        ]}
      />
    </form>
  )
}

function PeopleTable({ q, role, state }: Wanted) {
  const t = useTexts()
  const f = useFormat()
  const pick = usePick()
  const words = t.people
  const { cursor, turning } = useCursors()
  const people = useQuery({
    queryKey: ['persons', q, role, state, cursor],
    queryFn: ({ signal }) => api.get<PeoplePage>('/persons', { signal, query: { q, role, state, cursor, limit: 50 } }),
    placeholderData: keepPreviousData,
  })
  const nameOf = (p: ListedPerson) => pick(p.name) || words.erasedName
  return (
    <Loaded query={people}>
      {({ items, next }) =>
        items.length === 0 ? (
          <Empty why={words.none} todo={words.noneTodo} />
        ) : (
          <>
            <DataTable<ListedPerson>
              caption={words.title}
              rows={items}
              rowKey={({ id }) => id}
              rowName={nameOf}
              columns={[
                {
                  id: 'name',
                  name: words.name,
                  cell: (p) => (
                    <span className="inline-flex flex-wrap items-center gap-2">
                      <Link href={paths.person(p.id)}>{nameOf(p)}</Link>
                      {p.state !== 'active' && <Tag tone="attention">{words.states[p.state]}</Tag>}
                    </span>
                  ),
                },
                { id: 'post', name: words.post, cell: (p) => pick(p.post) },
                { id: 'organisation', name: words.organisation, cell: (p) => pick(p.organisation.name) },
                {
                  id: 'roles',
                  name: words.roles,
                  cell: (p) =>
                    p.roles.length === 0
                      ? words.noRole
                      : p.roles.map(({ role: held, organisation, to }) => (
                          <span key={`${held} ${organisation.id}`} className="block">
                            {t.words.roles[held]}
                            {t.ui.brackets(pick(organisation.name) + (to === null ? '' : ` –${f.date(to)}`))}
                          </span>
                        )),
                },
              ]}
            />
            <Pager {...turning(next)} />
          </>
        )
      }
    </Loaded>
  )
}

/** Tokens of everybody below: what is not needed any more is ended here. */
function OrganisationTokens() {
  const t = useTexts()
  const words = t.people.tokens
  const query = useQuery({
    queryKey: ['tokens', 'organisation'],
    queryFn: ({ signal }) => api.get<{ items: TokenOfSomeone[] }>('/organisation-tokens', { signal }),
  })
  return (
    <div className="mt-10">
      <Section title={words.ofOrganisation}>
        <p className="mb-3">{words.ofOrganisationLead}</p>
        <Loaded query={query}>{({ items }) => <TokenTable tokens={items} caption={words.ofOrganisation} />}</Loaded>
      </Section>
    </div>
  )
}
