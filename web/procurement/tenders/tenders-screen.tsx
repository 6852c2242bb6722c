import { useQuery } from '@tanstack/react-query'

import type { SentTender } from '#procurement/tenders/api.ts'
import { paths } from '#web/paths.ts'
import { usePick, useTexts } from '#web/texts/language.tsx'
import { Empty } from '#web/ui/empty.tsx'
import { useFormat } from '#web/ui/format.ts'
import { Link } from '#web/ui/link.tsx'
import { Loaded } from '#web/ui/loading.tsx'
import { Page } from '#web/ui/page.tsx'
import { DataTable } from '#web/ui/table.tsx'
import { Tag } from '#web/ui/tags.tsx'

import { tendersQuery } from './calls.ts'

/** What a supplier is asked to answer. */
export function TendersScreen() {
  const t = useTexts().tenders
  const tenders = useQuery(tendersQuery)
  return (
    <Page title={t.title} lead={t.lead}>
      <Loaded query={tenders}>{(rows) => (rows.length === 0 ? <Empty why={t.none} /> : <List rows={rows} />)}</Loaded>
    </Page>
  )
}

function List({ rows }: { rows: readonly SentTender[] }) {
  const t = useTexts().tenders
  const pick = usePick()
  const format = useFormat()
  return (
    <DataTable
      caption={t.title}
      rows={rows}
      rowKey={({ id }) => id}
      columns={[
        {
          id: 'tender',
          name: t.columns.tender,
          rowHead: true,
          cell: ({ id, number, title }) => (
            <>
              <Link href={paths.tender(id)} bold>
                {title}
              </Link>
              <span className="block text-note text-solid-gray-700">{number}</span>
            </>
          ),
        },
        { id: 'organisation', name: t.columns.organisation, cell: ({ organisation }) => pick(organisation) },
        { id: 'deadline', name: t.columns.deadline, cell: ({ deadline }) => format.dateTime(deadline) },
        {
          id: 'progress',
          name: t.columns.progress,
          cell: ({ answered, asked }) => t.answered(format.number(answered), format.number(asked)),
        },
        { id: 'state', name: t.columns.state, cell: (tender) => <State tender={tender} /> },
      ]}
    />
  )
}

export function State({ tender }: { tender: SentTender }) {
  const t = useTexts().tenders
  const format = useFormat()
  const { outcome, closed, handedInAt } = tender
  if (outcome !== null) return <Tag tone={outcome === 'awarded' ? 'success' : 'quiet'}>{t.state[outcome]}</Tag>
  if (handedInAt !== null) return <Tag tone="success">{t.state.handedIn(format.dateTime(handedInAt))}</Tag>
  return closed === null ? <Tag tone="attention">{t.state.open}</Tag> : <span>{t.closed[closed]}</span>
}
