import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'

import type { Organisation, Person } from '#access/api.ts'
import { api } from '#web/api.ts'
import { paths } from '#web/paths.ts'
import { useLanguage, usePick, useTexts } from '#web/texts/language.tsx'
import { Button } from '#web/ui/button.tsx'
import { Empty } from '#web/ui/empty.tsx'
import { useFormat } from '#web/ui/format.ts'
import { Link } from '#web/ui/link.tsx'
import { Loaded } from '#web/ui/loading.tsx'
import { Notice } from '#web/ui/notice.tsx'
import { Page, Section } from '#web/ui/page.tsx'
import { Panel } from '#web/ui/panel.tsx'
import { DataTable } from '#web/ui/table.tsx'
import { Tag } from '#web/ui/tags.tsx'

import { AddForm, RenameForm } from './organisation-forms.tsx'
import { type TreeRow, treeRows } from './organisation-tree.ts'
import { useOnlyWho } from './policies.ts'
import { PolicyTable } from './policy-table.tsx'
import { RightsTable } from './rights-table.tsx'

const indents = ['', 'pl-6', 'pl-12', 'pl-18', 'pl-24', 'pl-30']

/** Organisations as a tree, the people and their roles, and what each role can do. */
export function OrganisationsScreen() {
  const t = useTexts()
  const words = t.access.organisations
  const [adding, setAdding] = useState(false)
  const [saved, setSaved] = useState<string>()
  const only = useOnlyWho('manage-organisations')
  const organisations = useQuery({
    queryKey: ['organisations'],
    queryFn: async ({ signal }) =>
      (await api.get<{ organisations: Organisation[] }>('/organisations', { signal })).organisations,
  })
  const done = (name: string) => {
    setAdding(false)
    setSaved(name)
  }
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
      {saved !== undefined && <Notice key={saved} kind="success" title={words.saved(saved)} />}
      {adding && (
        <Panel className="mb-6">
          <AddForm onDone={done} />
        </Panel>
      )}
      <Section title={words.tree}>
        <Loaded query={organisations}>
          {(data) =>
            data.length === 0 ? (
              <Empty why={words.empty} todo={words.emptyTodo} />
            ) : (
              <Tree organisations={data} onDone={done} />
            )
          }
        </Loaded>
      </Section>
      <People />
      <Section title={words.rights}>
        <p className="mb-3 text-note">{words.rightsLead}</p>
        <RightsTable />
      </Section>
      <Section title={words.policies}>
        <p className="mb-3 text-note">{words.policiesLead}</p>
        <PolicyTable />
      </Section>
    </Page>
  )
}

function Tree({ organisations, onDone }: { organisations: readonly Organisation[]; onDone: (name: string) => void }) {
  const t = useTexts()
  const f = useFormat()
  const pick = usePick()
  const { language } = useLanguage()
  const words = t.access.organisations
  const only = useOnlyWho('manage-organisations')
  const [open, setOpen] = useState<string>()
  const close = (name: string) => {
    setOpen(undefined)
    onDone(name)
  }
  const order = new Intl.Collator(language)
  const rows = treeRows(
    organisations,
    (a, b) => a.code.localeCompare(b.code) || order.compare(pick(a.name), pick(b.name)),
  )
  return (
    <DataTable<TreeRow>
      caption={words.tree}
      rows={rows}
      rowKey={({ organisation }) => organisation.id}
      rowName={({ organisation }) => pick(organisation.name)}
      columns={[
        {
          id: 'name',
          name: words.name,
          cell: ({ organisation: o, depth }) => (
            <span className={`inline-flex flex-wrap items-center gap-2 ${indents[Math.min(depth, 5)] ?? ''}`}>
              <span className={depth === 0 ? 'font-700' : ''}>{pick(o.name)}</span>
              {o.demo && <Tag>{words.demo}</Tag>}
              {o.validTo !== null && <Tag tone="attention">{words.ended(f.date(o.validTo))}</Tag>}
            </span>
          ),
        },
        { id: 'kind', name: words.kind, cell: ({ organisation }) => words.kinds[organisation.kind] },
        { id: 'code', name: words.code, cell: ({ organisation }) => organisation.code },
        {
          id: 'uses',
          name: `${words.uses}${t.ui.brackets(words.usesHelp)}`,
          align: 'right',
          cell: ({ organisation: o, uses }) => (
            <Link
              href={paths.register({ organisation: o.id })}
              label={`${pick(o.name)}: ${words.uses} ${f.number(uses)}`}
            >
              {f.number(uses)}
            </Link>
          ),
        },
      ]}
      opening={{
        key: open,
        onOpen: setOpen,
        details: ({ organisation }) =>
          only === undefined ? (
            <div className="grid gap-8 sm:grid-cols-2">
              <RenameForm organisation={organisation} onDone={close} />
              <AddForm parent={organisation} onDone={close} />
            </div>
          ) : (
            <p>{only}</p>
          ),
      }}
    />
  )
}

function People() {
  const t = useTexts()
  const pick = usePick()
  const words = t.access.organisations
  const people = useQuery({
    queryKey: ['people'],
    queryFn: ({ signal }) => api.get<{ people: Person[] }>('/people', { signal }),
  })
  return (
    <Section title={words.people}>
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
    </Section>
  )
}
