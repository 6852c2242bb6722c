import { useQuery } from '@tanstack/react-query'
import { useRouter, useSearch } from '@tanstack/react-router'
import { useState } from 'react'

import type { Organisation } from '#access/api.ts'
import { api } from '#web/api.ts'
import { paths } from '#web/paths.ts'
import { oneOf } from '#web/search.ts'
import { useLanguage, usePick, useTexts } from '#web/texts/language.tsx'
import { Button } from '#web/ui/button.tsx'
import { Empty } from '#web/ui/empty.tsx'
import { useFormat } from '#web/ui/format.ts'
import { Link } from '#web/ui/link.tsx'
import { Loaded } from '#web/ui/loading.tsx'
import { Notice } from '#web/ui/notice.tsx'
import { Page } from '#web/ui/page.tsx'
import { Panel } from '#web/ui/panel.tsx'
import { DataTable } from '#web/ui/table.tsx'
import { Tabs } from '#web/ui/tabs.tsx'
import { Tag } from '#web/ui/tags.tsx'

import { AddForm, RenameForm } from './organisation-forms.tsx'
import { type TreeRow, treeRows } from './organisation-tree.ts'
import { useOnlyWho } from './policies.ts'
import { PolicyTable } from './policy-table.tsx'
import { RightsTable } from './rights-table.tsx'
import { RoleHolders } from './role-holders.tsx'

const parts = ['tree', 'people', 'rights', 'policies'] as const
const indents = ['', 'pl-6', 'pl-12', 'pl-18', 'pl-24', 'pl-30']

/** Organisations as a tree, the people and their roles, what each role can do, and by which policies. */
export function OrganisationsScreen() {
  const t = useTexts()
  const words = t.access.organisations
  const router = useRouter()
  const asked = oneOf(useSearch({ strict: false }), 'show')
  const shown = parts.find((part) => part === asked) ?? 'tree'
  const [adding, setAdding] = useState(false)
  const [saved, setSaved] = useState<string>()
  const only = useOnlyWho('manage-organisations')
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
      <Tabs
        label={words.tabs.name}
        tabs={parts.map((id) => ({ id, name: words.tabs[id] }))}
        value={shown}
        onChange={(id) => {
          if (id !== shown) router.history.push(paths.organisations(id === 'tree' ? {} : { show: id }))
        }}
      >
        {shown === 'tree' && <Organisations onDone={done} />}
        {shown === 'people' && <RoleHolders />}
        {shown === 'rights' && (
          <>
            <p className="mb-3 text-note">{words.rightsLead}</p>
            <RightsTable />
          </>
        )}
        {shown === 'policies' && (
          <>
            <p className="mb-3 text-note">{words.policiesLead}</p>
            <PolicyTable />
          </>
        )}
      </Tabs>
    </Page>
  )
}

function Organisations({ onDone }: { onDone: (name: string) => void }) {
  const words = useTexts().access.organisations
  const organisations = useQuery({
    queryKey: ['organisations'],
    queryFn: async ({ signal }) =>
      (await api.get<{ organisations: Organisation[] }>('/organisations', { signal })).organisations,
  })
  return (
    <Loaded query={organisations}>
      {(data) =>
        data.length === 0 ? (
          <Empty why={words.empty} todo={words.emptyTodo} />
        ) : (
          <Tree organisations={data} onDone={onDone} />
        )
      }
    </Loaded>
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
