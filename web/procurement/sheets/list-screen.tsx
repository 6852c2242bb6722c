import { useQuery } from '@tanstack/react-query'
import { useRouter, useSearch } from '@tanstack/react-router'

import type { ProcurementList, ProcurementRow } from '#procurement/sheets/api-lists.ts'
import { states } from '#procurement/sheets/workflow.ts'
import { paths } from '#web/paths.ts'
import { oneOf } from '#web/search.ts'
import { usePick, useTexts } from '#web/texts/language.tsx'
import { useMe } from '#web/shell/session.ts'
import { Button } from '#web/ui/button.tsx'
import { Empty } from '#web/ui/empty.tsx'
import { useFormat } from '#web/ui/format.ts'
import { Link } from '#web/ui/link.tsx'
import { Loaded } from '#web/ui/loading.tsx'
import { Page, Section } from '#web/ui/page.tsx'
import { type Column, DataTable } from '#web/ui/table.tsx'
import { Tabs } from '#web/ui/tabs.tsx'
import { Tag } from '#web/ui/tags.tsx'

import { type ListFilter, procurementsQuery } from './calls.ts'
import { OpenOther } from './open-other.tsx'
import { WithoutTable } from './without-table.tsx'

/** All procurements with what waits in each; and the systems that need one. */
export function ProcurementListScreen() {
  const t = useTexts().procurement
  const search = useSearch({ strict: false })
  const router = useRouter()
  const mayKeep = useMe()?.may['keep-procurement'] === true
  const state = states.find((one) => one === oneOf(search, 'state'))
  const waits = oneOf(search, 'waits') || undefined
  const filter: ListFilter = { state: state ? [state] : [], waits, cursor: oneOf(search, 'cursor') || undefined }
  const query = useQuery(procurementsQuery(filter))
  const go = (next: Record<string, string>) => router.history.push(paths.procurements(next))
  return (
    <Page wide title={t.title} lead={t.list.lead}>
      {waits !== undefined && (
        <p className="mb-4 flex flex-wrap items-center gap-x-4">
          {t.list.onlyWaits(t.waits[waits] ?? waits)}
          <Button look="text" size="small" onPress={() => go({})}>
            {t.list.removeFilter}
          </Button>
        </p>
      )}
      <Tabs
        label={t.list.filter}
        look="pills"
        tabs={[{ id: 'all', name: t.list.all }, ...states.map((id) => ({ id, name: t.states[id] }))]}
        value={state ?? 'all'}
        onChange={(id) => go(id === 'all' ? {} : { state: id })}
      >
        <Loaded query={query}>
          {(list) => (
            <>
              <Rows list={list} isFiltered={state !== undefined || waits !== undefined} />
              {list.next !== null && (
                <div className="mt-4">
                  <Button
                    size="medium"
                    onPress={() =>
                      go({ ...(state ? { state } : {}), ...(waits ? { waits } : {}), cursor: list.next ?? '' })
                    }
                  >
                    {t.list.more}
                  </Button>
                </div>
              )}
              {list.without.length > 0 && state === undefined && waits === undefined && (
                <div className="mt-8">
                  <WithoutTable systems={list.without} mayKeep={mayKeep} />
                </div>
              )}
            </>
          )}
        </Loaded>
      </Tabs>
      {mayKeep && (
        <div className="mt-8">
          <Section title={t.list.openOther}>
            <OpenOther />
          </Section>
        </div>
      )}
    </Page>
  )
}

function Rows({ list, isFiltered }: { list: ProcurementList; isFiltered: boolean }) {
  const t = useTexts().procurement
  const columns = useColumns()
  if (list.procurements.length === 0)
    return isFiltered ? <Empty why={t.list.emptyFilter} /> : <Empty why={t.list.empty} todo={t.list.emptyTodo} />
  return (
    <DataTable
      caption={t.list.caption}
      columns={columns}
      rows={list.procurements}
      rowKey={(row) => row.id}
      rowName={(row) => row.title}
    />
  )
}

function useColumns(): readonly Column<ProcurementRow>[] {
  const t = useTexts().procurement
  const f = useFormat()
  const pick = usePick()
  return [
    {
      id: 'name',
      name: t.list.name,
      rowHead: true,
      cell: (row) => (
        <>
          <Link href={paths.procurement(row.id)} bold>
            {row.title}
          </Link>
          <span className="keep block text-solid-gray-700">{row.number}</span>
        </>
      ),
    },
    { id: 'organisation', name: t.list.organisation, cell: (row) => pick(row.organisation) },
    {
      id: 'state',
      name: t.list.state,
      cell: (row) => (
        <Tag tone={row.state === 'closed' ? 'quiet' : 'blue'}>
          <span className="keep">{t.states[row.state]}</span>
        </Tag>
      ),
    },
    {
      id: 'items',
      name: t.list.items,
      cell: ({ counts }) =>
        t.list.counts(f.number(counts.included), f.number(counts.leftOut), f.number(counts.undecided)),
    },
    {
      id: 'waiting',
      name: t.list.waiting,
      cell: (row) =>
        row.waits.length === 0 ? (
          <span className="text-solid-gray-700">{t.list.nothingWaits}</span>
        ) : (
          <ul>
            {row.waits.map((wait) => (
              <li key={wait.what}>
                {t.list.waitingOf(
                  t.waits[wait.what] ?? wait.what,
                  f.number(wait.count),
                  wait.since === null ? '' : f.date(wait.since),
                )}
              </li>
            ))}
          </ul>
        ),
    },
    { id: 'updated', name: t.list.updated, cell: (row) => <span className="keep">{f.date(row.updatedAt)}</span> },
  ]
}
