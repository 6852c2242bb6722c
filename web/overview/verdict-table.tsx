import type { Figure, Overview } from '#overview/api.ts'
import { paths } from '#web/paths.ts'
import { useTexts } from '#web/texts/language.tsx'
import { useFormat } from '#web/ui/format.ts'
import { Link } from '#web/ui/link.tsx'
import { type Column, DataTable } from '#web/ui/table.tsx'

import type { OverviewVerdict, Row } from './figures.ts'

/** A figure leads to the list filtered to it; the list shows the same number. Nothing to show, nothing to open. */
export function FigureLink({ figure, label }: { figure: Figure; label: string }) {
  const f = useFormat()
  if (figure.count === 0) return <>0</>
  return (
    <Link href={paths.register(figure.filter)} label={label}>
      {f.number(figure.count)}
    </Link>
  )
}

type Props = {
  caption: string
  head: string
  rows: readonly Row[]
  verdicts: readonly OverviewVerdict[]
  nameOf: (row: Row) => string
  /** Of all rows; left out while only some of them are shown. */
  total?: Overview['total']
}

const totalKey = 'total-of-all'

export function VerdictTable({ caption, head, rows, verdicts, nameOf, total }: Props) {
  const t = useTexts()
  const f = useFormat()
  const words = t.overview.weighed
  const all: readonly Row[] = total === undefined ? rows : [...rows, { ...total, key: totalKey }]
  const name = (row: Row) => (row.key === totalKey ? words.total : nameOf(row))
  const columns: readonly Column<Row>[] = [
    {
      id: 'group',
      name: head,
      cell: (row) => <span className={row.name === undefined ? 'keep' : ''}>{name(row)}</span>,
    },
    ...verdicts.map((v): Column<Row> => ({
      id: v,
      name: t.words.verdicts[v],
      align: 'right',
      cell: (row) => (
        <FigureLink
          figure={row.counts[v]}
          label={words.cell(name(row), t.words.verdicts[v], f.number(row.counts[v].count))}
        />
      ),
    })),
    {
      id: 'total',
      name: words.total,
      align: 'right',
      cell: (row) => (
        <b>
          <FigureLink figure={row.total} label={words.all(name(row), f.number(row.total.count))} />
        </b>
      ),
    },
  ]
  return (
    <DataTable
      caption={caption}
      rows={all}
      rowKey={(row) => row.key}
      rowTone={(row) => (row.key === totalKey ? 'sum' : undefined)}
      columns={columns}
      dense
      neverCards
    />
  )
}
