import { useTexts } from '#web/texts/language.tsx'
import { type Bars, ChartFrame, PairedBars, type Series, StackedBars } from '#web/ui/bar-chart.tsx'
import { formatNumber } from '#web/ui/format.ts'
import { Section } from '#web/ui/page.tsx'
import { DataTable } from '#web/ui/table.tsx'

import { useContent } from './content.ts'

const counts = [
  [1, 5, 4, 12],
  [9, 33, 13, 6],
  [5, 29, 3, 1],
  [3, 23, 1, 0],
  [6, 58, 2, 17],
  [0, 7, 0, 5],
]
const hours = [
  [14_800, 9_420],
  [11_600, 3_980],
  [9_300, 4_310],
]

const bars = (
  names: readonly string[],
  series: readonly Series[],
  figures: readonly (readonly number[])[],
): readonly Bars[] =>
  names.map((name, i) => ({
    id: name,
    name,
    values: Object.fromEntries(series.map(({ id }, j) => [id, figures[i]?.[j] ?? 0])),
  }))

function Table({
  name,
  head,
  series,
  rows,
}: {
  name: string
  head: string
  series: readonly Series[]
  rows: readonly Bars[]
}) {
  return (
    <DataTable<Bars>
      caption={name}
      dense
      neverCards
      rows={rows}
      rowKey={({ id }) => id}
      columns={[
        { id: 'name', name: head, cell: (row) => row.name },
        ...series.map((one) => ({
          id: one.id,
          name: one.name,
          align: 'right' as const,
          cell: (row: Bars) => formatNumber(row.values[one.id] ?? 0),
        })),
      ]}
    />
  )
}

export function Figures() {
  const { words } = useTexts()
  const g = useContent()
  const verdicts: readonly Series[] = [
    { id: 'consult-board', name: words.verdicts['consult-board'], fill: 'orange' },
    { id: 'proceed', name: words.verdicts.proceed, fill: 'green' },
    { id: 'cannot-decide', name: words.verdicts['cannot-decide'], fill: 'gray' },
    { id: 'not-reported', name: words.verdicts['not-reported'], fill: 'hatch' },
  ]
  const effects: readonly Series[] = [
    { id: 'expected', name: g.expected, fill: 'outline' },
    { id: 'measured', name: g.measured, fill: 'blue' },
  ]
  const stages = bars(g.stages, verdicts, counts)
  const work = bars(g.work, effects, hours)
  return (
    <Section title={g.figures}>
      <ChartFrame
        chart={<StackedBars name={g.chart} series={verdicts} rows={stages} />}
        table={<Table name={g.chart} head={g.stage} series={verdicts} rows={stages} />}
      />
      <div className="mt-8">
        <ChartFrame
          chart={<PairedBars name={g.effect} series={effects} rows={work} />}
          table={<Table name={g.effect} head={g.purpose} series={effects} rows={work} />}
        />
      </div>
    </Section>
  )
}
