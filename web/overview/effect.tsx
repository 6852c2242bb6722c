import type { EffectRow, Overview } from '#overview/api.ts'
import { useTexts } from '#web/texts/language.tsx'
import { ChartFrame, PairedBars } from '#web/ui/bar-chart.tsx'
import { useFormat } from '#web/ui/format.ts'
import { Section } from '#web/ui/page.tsx'
import { type Column, DataTable } from '#web/ui/table.tsx'

import { codeName } from './names.ts'
import { FigureLink } from './verdict-table.tsx'

const totalKey = 'total-of-all'

/** A field of work without a use in operation has nothing to expect or to measure. */
const withUses = (rows: readonly EffectRow[]) => rows.filter((row) => row.uses.count > 0)

/** Effect of the uses in operation: expected against measured. What was not measured is named, never counted as zero. */
export function Effect({ overview }: { overview: Overview }) {
  const t = useTexts()
  const f = useFormat()
  const words = t.overview.effect
  const { effect } = overview
  const uses = f.number(effect.uses.count)
  if (effect.uses.count === 0) {
    return (
      <Section title={words.title(uses)}>
        <p>{words.none}</p>
      </Section>
    )
  }
  const notMeasured = effect.notMeasured.count
  return (
    <Section
      title={words.title(uses)}
      aside={effect.measured > 0 && words.measured(f.number(effect.measured), f.number(effect.measuredTotal))}
    >
      <ChartFrame
        chart={
          <PairedBars
            name={words.chart(uses)}
            series={[
              { id: 'expected', name: words.expectedHours, fill: 'outline' },
              { id: 'measured', name: words.measuredHours, fill: 'blue' },
            ]}
            none={{ expected: words.notReportedMark, measured: words.notMeasuredMark }}
            rows={withUses(effect.byField).map((row) => ({
              id: row.key,
              name: codeName(t, 'field-of-work', row.key),
              values: {
                ...(row.expectedKnown > 0 ? { expected: row.expected } : {}),
                ...(row.measuredKnown > 0 ? { measured: row.measured } : {}),
              },
            }))}
          />
        }
        table={<EffectTable overview={overview} />}
      />
      <p className="mt-3 text-note">
        {notMeasured === 0 ? words.allMeasured : words.notMeasured(f.number(notMeasured))}
      </p>
    </Section>
  )
}

function EffectTable({ overview }: { overview: Overview }) {
  const t = useTexts()
  const f = useFormat()
  const words = t.overview.effect
  const { effect } = overview
  const total: EffectRow = {
    key: totalKey,
    uses: effect.uses,
    expected: effect.expectedTotal,
    expectedKnown: effect.expectedKnown,
    measured: effect.measuredTotal,
    measuredKnown: effect.measured,
    notMeasured: effect.notMeasured,
  }
  const name = (row: EffectRow) => (row.key === totalKey ? words.total : codeName(t, 'field-of-work', row.key))
  const columns: readonly Column<EffectRow>[] = [
    { id: 'field', name: words.field, cell: name },
    {
      id: 'uses',
      name: words.uses,
      align: 'right',
      cell: (row) => <FigureLink figure={row.uses} label={words.usesOf(name(row), f.number(row.uses.count))} />,
    },
    {
      id: 'expected',
      name: words.expected,
      align: 'right',
      cell: (row) => (row.expectedKnown === 0 ? words.notReportedMark : f.number(row.expected)),
    },
    {
      id: 'measured',
      name: words.measuredHead,
      align: 'right',
      cell: (row) => (row.measuredKnown === 0 ? words.notMeasuredMark : <b>{f.number(row.measured)}</b>),
    },
    {
      id: 'not-measured',
      name: words.notMeasuredHead,
      align: 'right',
      cell: (row) => (
        <FigureLink figure={row.notMeasured} label={words.cell(name(row), f.number(row.notMeasured.count))} />
      ),
    },
  ]
  return (
    <DataTable
      caption={words.title(f.number(effect.uses.count))}
      rows={[...withUses(effect.byField), total]}
      rowKey={(row) => row.key}
      rowTone={(row) => (row.key === totalKey ? 'sum' : undefined)}
      columns={columns}
      dense
      neverCards
    />
  )
}
