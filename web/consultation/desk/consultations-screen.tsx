import { useQuery } from '@tanstack/react-query'
import { useRouter, useSearch } from '@tanstack/react-router'

import type { ConsultationList, ConsultationRow } from '#consultation/desk/api.ts'
import { paths } from '#web/paths.ts'
import { listOf, oneOf } from '#web/search.ts'
import { useMe } from '#web/shell/session.ts'
import { usePick, useTexts } from '#web/texts/language.tsx'
import { Empty } from '#web/ui/empty.tsx'
import { useFormat } from '#web/ui/format.ts'
import { ButtonLink, Link } from '#web/ui/link.tsx'
import { Loaded } from '#web/ui/loading.tsx'
import { Page } from '#web/ui/page.tsx'
import { Pager } from '#web/ui/pager.tsx'
import { DataTable } from '#web/ui/table.tsx'
import { Tabs } from '#web/ui/tabs.tsx'
import { Tag } from '#web/ui/tags.tsx'
import { useCursors } from '#web/ui/use-cursors.ts'

import { consultationsQuery } from './calls.ts'
import { StateTag } from './state-tag.tsx'

type Query = Readonly<Record<string, string | undefined>>
const views = {
  open: { state: 'asked,taken' },
  mine: { state: 'asked,taken', mine: 'yes' },
  unread: { state: 'answered', unread: 'yes' },
  answered: { state: 'answered' },
  drafts: { state: 'draft' },
  all: {},
} as const satisfies Record<string, Query>
type View = keyof typeof views

/** Questions to the Consultation Desk: what reached it, or what one's own ministry asked. */
export function ConsultationsScreen() {
  const t = useTexts()
  const words = t.desk
  const me = useMe()
  const desk = me?.may['answer-desk'] === true
  return (
    <Page
      title={desk ? words.arrived : words.title}
      lead={desk ? words.deskLead : words.lead}
      crumbs={[{ name: t.shell.product, href: paths.overview() }]}
      actions={
        me?.may['ask-desk'] === true ? (
          <ButtonLink look="filled" size="medium" href={paths.consultationNew()}>
            {words.ask}
          </ButtonLink>
        ) : undefined
      }
      wide
    >
      <Views shown={desk ? ['all', 'open', 'mine', 'answered'] : ['all', 'open', 'unread', 'drafts']} desk={desk} />
    </Page>
  )
}

/** The address holds the view, so that a figure elsewhere can lead to exactly what it counts. */
function viewIn(search: ReturnType<typeof useSearch>, shown: readonly View[]): View {
  const given = {
    state: listOf(search, 'state').join(','),
    mine: oneOf(search, 'mine'),
    unread: oneOf(search, 'unread'),
  }
  const same = (view: View) => {
    const query: Query = views[view]
    return (['state', 'mine', 'unread'] as const).every((key) => (query[key] ?? '') === given[key])
  }
  return shown.find(same) ?? (given.state === '' ? shown[0]! : 'all')
}

function Views({ shown, desk }: { shown: readonly View[]; desk: boolean }) {
  const words = useTexts().desk.list
  const router = useRouter()
  const view = viewIn(useSearch({ strict: false }), shown)
  const { cursor, toFirst, turning } = useCursors()
  const query = useQuery(consultationsQuery({ ...views[view], cursor }))
  return (
    <Tabs
      label={words.show}
      tabs={shown.map((id) => ({ id, name: words[id] }))}
      value={view}
      onChange={(id) => {
        toFirst()
        router.history.replace(paths.consultations(views[id as View]))
      }}
    >
      <Loaded query={query}>
        {(list) =>
          list.items.length === 0 ? (
            <Nothing list={list} desk={desk} />
          ) : (
            <>
              <Rows rows={list.items} desk={desk} />
              <Pager {...turning(list.next)} />
            </>
          )
        }
      </Loaded>
    </Tabs>
  )
}

function Nothing({ list, desk }: { list: ConsultationList; desk: boolean }) {
  const words = useTexts().desk.list
  if (Object.keys(list.counts).length > 0) return <Empty why={words.noMatch} />
  return desk ? <Empty why={words.deskNone} /> : <Empty why={words.none} todo={words.noneTodo} />
}

function Rows({ rows, desk }: { rows: readonly ConsultationRow[]; desk: boolean }) {
  const t = useTexts()
  const words = t.desk.list
  const pick = usePick()
  const f = useFormat()
  const open = (row: ConsultationRow) => row.state === 'asked' || row.state === 'taken'
  return (
    <DataTable
      caption={desk ? t.desk.arrived : t.desk.title}
      rows={rows}
      rowKey={({ id }) => id}
      rowName={({ subject }) => subject}
      columns={[
        {
          id: 'subject',
          name: words.subject,
          rowHead: true,
          cell: (row) => (
            <>
              <Link href={paths.consultation(row.id)} bold>
                {row.subject}
              </Link>
              <span className="block text-note text-solid-gray-700">
                {t.ui.list([row.number ?? words.noNumber, ...(row.systemName === null ? [] : [row.systemName])])}
              </span>
            </>
          ),
        },
        {
          id: 'organisation',
          name: words.organisation,
          cell: (row) => row.organisation.map((one) => pick(one)).join(' '),
        },
        {
          id: 'state',
          name: words.state,
          cell: (row) => (
            <span className="flex flex-wrap gap-1">
              <StateTag state={row.state} />
              {row.unread && <Tag tone="attention">{words.unreadMark}</Tag>}
            </span>
          ),
        },
        {
          id: 'deadline',
          name: words.deadline,
          cell: (row) =>
            row.state === 'draft' ? (
              words.noDeadline
            ) : open(row) && row.deadline !== null ? (
              <span className="flex flex-wrap items-center gap-1">
                {f.deadline(row.deadline)}
                {row.overdue && <Tag tone="error">{words.overdue}</Tag>}
              </span>
            ) : (
              t.desk.states[row.state]
            ),
        },
        { id: 'since', name: words.since, cell: (row) => (open(row) ? f.waiting(row.waitingSince) : '–') },
        {
          id: 'holder',
          name: words.holder,
          cell: (row) => (row.holder ? pick(row.holder.name) : row.taken ? words.ofDesk : words.nobody),
        },
      ]}
    />
  )
}
