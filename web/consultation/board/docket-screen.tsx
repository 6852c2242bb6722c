import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useRouter, useSearch } from '@tanstack/react-router'

import type { CaseRow, CasesPage, ToConsult } from '#consultation/board/api.ts'
import { caseStates } from '#consultation/board/model.ts'
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
import { Page, Section } from '#web/ui/page.tsx'
import { Pager } from '#web/ui/pager.tsx'
import { Problem } from '#web/ui/problem.tsx'
import { Select } from '#web/ui/select.tsx'
import { DataTable } from '#web/ui/table.tsx'
import { Tag } from '#web/ui/tags.tsx'
import { useCursors } from '#web/ui/use-cursors.ts'

import { toConsultQuery } from './calls.ts'
import { useDeed } from './use-deed.ts'

const all = 'all'

/** Cases with what each waits for; for a ministry also the systems that it never brought to the Board. */
export function DocketScreen() {
  const t = useTexts()
  const me = useMe()
  const router = useRouter()
  const search = useSearch({ strict: false })
  const words = t.docket.list
  const [state, waits] = [oneOf(search, 'state'), oneOf(search, 'waits')]
  const prepares = me?.may['prepare-dossier'] === true
  return (
    <Page title={t.docket.title} lead={t.docket.lead} crumbs={[{ name: t.shell.product, href: paths.overview() }]}>
      <div className="mb-6 flex flex-wrap items-end gap-4">
        <Select
          label={words.filter}
          width="medium"
          value={state === '' ? all : state}
          onChange={(id) => router.history.replace(paths.docket({ state: id === all ? '' : id }))}
          choices={[
            { id: all, name: words.anyState },
            ...caseStates.map((id) => ({ id: id as string, name: t.docket.states[id] })),
          ]}
        />
        {waits !== '' && (
          <p>
            {words.shown(t.docket.waits[waits] ?? waits)} <Link href={paths.docket()}>{words.showAll}</Link>
          </p>
        )}
      </div>
      <Cases key={`${state} ${waits}`} state={state} waits={waits} prepares={prepares} />
      {prepares && <NeverConsulted />}
    </Page>
  )
}

function Cases({ state, waits, prepares }: { state: string; waits: string; prepares: boolean }) {
  const t = useTexts()
  const f = useFormat()
  const pick = usePick()
  const words = t.docket.list
  const { cursor, turning } = useCursors()
  const cases = useQuery({
    queryKey: ['board-cases', 'list', state, waits, cursor],
    queryFn: ({ signal }) => api.get<CasesPage>('/board/cases', { signal, query: { state, waits, cursor, limit: 20 } }),
    placeholderData: keepPreviousData,
  })
  return (
    <Loaded query={cases}>
      {({ items, next }) =>
        items.length === 0 ? (
          state === '' && waits === '' ? (
            <Empty why={words.none} todo={prepares ? words.noneTodo : words.noneBoard} />
          ) : (
            <Empty why={words.noneFiltered} action={<Link href={paths.docket()}>{words.showAll}</Link>} />
          )
        ) : (
          <>
            <DataTable<CaseRow>
              caption={words.caption}
              rows={items}
              rowKey={({ id }) => id}
              rowName={({ title }) => title}
              rowTone={(row) => (row.standing === 'recused' ? 'quiet' : undefined)}
              columns={[
                {
                  id: 'number',
                  name: words.number,
                  cell: (c) => <span className="keep">{c.number ?? words.noNumber}</span>,
                },
                {
                  id: 'name',
                  name: words.name,
                  rowHead: true,
                  cell: (c) => <Link href={paths.boardCase(c.id)}>{c.title}</Link>,
                },
                { id: 'organisation', name: words.organisation, cell: (c) => pick(c.organisation.ministry) },
                { id: 'state', name: words.state, cell: (c) => <Tag>{t.docket.states[c.state]}</Tag> },
                {
                  id: 'meeting',
                  name: words.meeting,
                  cell: (c) =>
                    c.meeting === null
                      ? words.noMeeting
                      : words.meetingOf(String(c.meeting.number), f.date(c.meeting.heldOn)),
                },
                { id: 'position', name: words.position, cell: (c) => t.docket.standings[c.standing] },
                {
                  id: 'waits',
                  name: words.waits,
                  cell: (c) =>
                    c.waits === null ? (
                      words.nothing
                    ) : (
                      <>
                        <span className="block font-700">{t.docket.waits[c.waits.code] ?? c.waits.code}</span>
                        {f.waiting(c.waits.since)}
                      </>
                    ),
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

function NeverConsulted() {
  const t = useTexts()
  const f = useFormat()
  const pick = usePick()
  const router = useRouter()
  const words = t.docket.toConsult
  const found = useQuery(toConsultQuery)
  const prepare = useDeed(
    (systemId: string) => api.post<{ id: string }>('/board/cases', { systemId }),
    ({ id }) => router.history.push(paths.boardCase(id)),
  )
  if (found.data?.items.length === 0) return null
  return (
    <div className="mt-8">
      <Section title={words.title}>
        <p className="mb-3">{words.lead}</p>
        {prepare.isError && <Problem error={prepare.error} />}
        <Loaded query={found}>
          {({ items }) => (
            <DataTable<ToConsult['items'][number]>
              caption={words.title}
              rows={items}
              rowKey={({ systemId }) => systemId}
              rowName={({ name }) => name}
              columns={[
                {
                  id: 'name',
                  name: words.name,
                  rowHead: true,
                  cell: (s) => <Link href={paths.system(s.systemId)}>{s.name}</Link>,
                },
                { id: 'organisation', name: t.docket.list.organisation, cell: (s) => pick(s.organisation.name) },
                {
                  id: 'since',
                  name: words.since,
                  cell: (s) => (s.since === null ? words.unknownSince : f.waiting(s.since)),
                },
                {
                  id: 'deed',
                  name: words.prepare,
                  hiddenName: true,
                  cell: (s) => (
                    <Button
                      size="small"
                      look="outline"
                      label={words.prepareOf(s.name)}
                      busy={prepare.isPending && prepare.variables === s.systemId}
                      onPress={() => prepare.mutate(s.systemId)}
                    >
                      {words.prepare}
                    </Button>
                  ),
                },
              ]}
            />
          )}
        </Loaded>
      </Section>
    </div>
  )
}
