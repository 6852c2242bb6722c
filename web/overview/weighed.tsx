import { useState } from 'react'

import type { Overview } from '#overview/api.ts'
import { paths } from '#web/paths.ts'
import { usePick, useTexts } from '#web/texts/language.tsx'
import { ChartFrame, type Fill, StackedBars } from '#web/ui/bar-chart.tsx'
import { useFormat } from '#web/ui/format.ts'
import { Link } from '#web/ui/link.tsx'
import { Section } from '#web/ui/page.tsx'
import { Tabs } from '#web/ui/tabs.tsx'
import { TextField } from '#web/ui/text-field.tsx'

import { barLimit, barsOf, type By, columnsOf, type OverviewVerdict, restKey, type Row, rowsOf } from './figures.ts'
import { matches, rowName } from './names.ts'
import { VerdictTable } from './verdict-table.tsx'

const ways = ['stage', 'organisation', 'field-of-work'] as const
const fills: Record<OverviewVerdict, Fill> = {
  'consult-board': 'orange',
  proceed: 'green',
  'cannot-decide': 'gray',
  'out-of-scope': 'white',
  'not-reported': 'hatch',
}

/** Stages, organisations or fields of work against verdicts: a chart beside the table with the same figures. */
export function Weighed({ overview }: { overview: Overview }) {
  const t = useTexts()
  const f = useFormat()
  const [by, setBy] = useState<By>('stage')
  const words = t.overview.weighed
  const stale = overview.stale
  return (
    <Section title={words.title}>
      <Tabs
        label={words.by}
        look="pills"
        tabs={ways.map((id) => ({ id, name: words.tabs[id] }))}
        value={by}
        onChange={(id) => setBy(id as By)}
      >
        <Grouped key={by} by={by} overview={overview} />
      </Tabs>
      <p className="mt-3 text-note">
        {stale.count === 0 ? (
          words.noStale
        ) : (
          <>
            {words.staleBefore}
            <Link href={paths.register(stale.filter)} bold>
              {words.stale(f.number(stale.count))}
            </Link>
            {words.staleAfter}
          </>
        )}
      </p>
    </Section>
  )
}

function Grouped({ by, overview }: { by: By; overview: Overview }) {
  const t = useTexts()
  const f = useFormat()
  const pick = usePick()
  const [sought, setSought] = useState('')
  const words = t.overview.weighed
  const rows = rowsOf(overview, by)
  const nameOf = (row: Row) => rowName(t, pick, by, row)
  const names = new Map(rows.map((row) => [row.key, nameOf(row)]))
  const bars = barsOf(rows)
  const many = rows.length > barLimit
  const verdicts = columnsOf(rows)
  const found = sought === '' ? rows : rows.filter((row) => matches(nameOf(row), sought))
  return (
    <>
      {many && (
        <div className="mb-4 flex flex-wrap items-end gap-4">
          <TextField label={words.search} type="search" value={sought} onChange={setSought} width="medium" />
          <output className="block pb-3 text-note">{words.found(f.number(found.length))}</output>
        </div>
      )}
      <ChartFrame
        chart={
          <>
            <StackedBars
              name={words.chart(words.tabs[by], f.number(overview.uses.count))}
              series={verdicts.map((v) => ({ id: v, name: t.words.verdicts[v], fill: fills[v] }))}
              rows={bars.map((bar) => ({
                id: bar.key,
                name: bar.key === restKey ? words.rest : (names.get(bar.key) ?? bar.key),
                values: Object.fromEntries(verdicts.map((v) => [v, bar[v]])),
              }))}
            />
            {many && <p className="mt-2 text-note text-solid-gray-700">{words.bars(f.number(barLimit))}</p>}
          </>
        }
        table={
          found.length === 0 ? (
            <p>{words.noneFound}</p>
          ) : (
            <VerdictTable
              caption={`${words.title}（${words.tabs[by]}）`}
              head={words.heads[by]}
              rows={found}
              verdicts={verdicts}
              nameOf={nameOf}
              {...(sought === '' ? { total: overview.total } : {})}
            />
          )
        }
      />
    </>
  )
}
