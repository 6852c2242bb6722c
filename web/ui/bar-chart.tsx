import type { ReactNode } from 'react'

import { classes } from './class-names.ts'
import { formatNumber } from './format.ts'

/** Series differ in lightness or pattern as well as in hue. */
export type Fill = 'orange' | 'green' | 'gray' | 'hatch' | 'white' | 'blue' | 'outline'

const fills: Record<Fill, string> = {
  orange: 'bg-orange-800 text-white',
  green: 'bg-green-200 border border-green-800 text-solid-gray-900',
  gray: 'bg-solid-gray-700 text-white',
  hatch: 'hatch border border-dashed border-solid-gray-536 text-solid-gray-900',
  white: 'bg-white border border-solid-gray-536 text-solid-gray-900',
  blue: 'bg-blue-900 text-white',
  outline: 'bg-white border border-blue-900 text-solid-gray-900',
}

export type Series = { readonly id: string; readonly name: string; readonly fill: Fill }
export type Bars = { readonly id: string; readonly name: string; readonly values: Readonly<Record<string, number>> }

type ChartProps = {
  /** What and by what: 「段階ごとの判定の件数」. The table beside it is the text alternative. */
  name: string
  series: readonly Series[]
  rows: readonly Bars[]
}

function Legend({ series }: { series: readonly Series[] }) {
  return (
    <div aria-hidden="true" className="mb-4 flex flex-wrap gap-x-4 gap-y-1 text-note">
      {series.map(({ id, name, fill }) => (
        <span key={id} className="flex items-center gap-1.5">
          <span className={classes('inline-block h-3.5 w-5 print-color', fills[fill])} />
          {name}
        </span>
      ))}
    </div>
  )
}

/** Label column and bar column: the label wraps, it is never cut. */
function Rows({ name, series, children }: { name: string; series: readonly Series[]; children: ReactNode }) {
  return (
    <figure aria-label={name}>
      <Legend series={series} />
      <div
        aria-hidden="true"
        className="grid grid-cols-[minmax(4rem,max-content)_minmax(0,1fr)] items-center gap-x-3 text-note leading-snug"
      >
        {children}
      </div>
    </figure>
  )
}

const label = (text: string) => <span className="max-w-36 text-right">{text}</span>
const percent = (part: number, whole: number) => `${whole === 0 ? 0 : (part / whole) * 100}%`

/** One bar for each row, made of the series; the figure in a part where it is wide enough, the total at the end. */
export function StackedBars({ name, series, rows }: ChartProps) {
  const totals = rows.map(({ values }) => series.reduce((sum, { id }) => sum + (values[id] ?? 0), 0))
  const longest = Math.max(...totals, 1)
  return (
    <Rows name={name} series={series}>
      {rows.map((row, i) => {
        const total = totals[i] ?? 0
        return (
          <div key={row.id} className="contents">
            {label(row.name)}
            <span className="my-2 flex h-6 items-center gap-2 pr-12">
              <span className="flex h-full gap-0.5" style={{ width: percent(total, longest) }}>
                {series.map(({ id, fill }) => (
                  <Part
                    key={id}
                    value={row.values[id] ?? 0}
                    fill={fill}
                    wide={(row.values[id] ?? 0) / longest > 0.055}
                  />
                ))}
              </span>
              <strong className="-mr-12 w-10 tabular-nums">{formatNumber(total)}</strong>
            </span>
          </div>
        )
      })}
    </Rows>
  )
}

/** At least 3 px, so that one of many is still seen. */
function Part({ value, fill, wide }: { value: number; fill: Fill; wide: boolean }) {
  if (value === 0) return null
  return (
    <span
      className={classes('print-color flex min-w-[3px] items-center justify-center tabular-nums', fills[fill])}
      style={{ flexGrow: value, flexBasis: 0 }}
    >
      {wide && <span className={fill === 'hatch' ? 'bg-white px-1' : ''}>{formatNumber(value)}</span>}
    </span>
  )
}

/**
 * One bar of each series under the other for each row, the figure at its end: expected as outline, measured filled. A value
 * that is not there is said by the word of `none`, and never drawn as zero.
 */
export function PairedBars({
  name,
  series,
  rows,
  none = {},
}: ChartProps & { none?: Readonly<Record<string, string>> }) {
  const longest = Math.max(...rows.flatMap(({ values }) => series.map(({ id }) => values[id] ?? 0)), 1)
  return (
    <Rows name={name} series={series}>
      {rows.map((row) => (
        <div key={row.id} className="contents">
          {label(row.name)}
          <span className="my-2.5 flex flex-col gap-0.5 pr-16">
            {series.map(({ id, fill }, i) => (
              <span key={id} className="flex h-[18px] items-center gap-1.5">
                {row.values[id] !== undefined && (
                  <span
                    className={classes('print-color h-full min-w-px', fills[fill])}
                    style={{ width: percent(row.values[id], longest) }}
                  />
                )}
                <Figure value={row.values[id]} none={none[id]} bold={i > 0} />
              </span>
            ))}
          </span>
        </div>
      ))}
    </Rows>
  )
}

function Figure({ value, none = '', bold }: { value: number | undefined; none: string | undefined; bold: boolean }) {
  if (value === undefined) return <span className="keep">{none}</span>
  return <span className={classes('-mr-16 tabular-nums', bold && 'font-700')}>{formatNumber(value)}</span>
}

/** A chart always stands beside a table with the same figures; on narrow screens the table comes first. */
export function ChartFrame({ chart, table }: { chart: ReactNode; table: ReactNode }) {
  return (
    <div className="grid items-start gap-6 lg:grid-cols-[28rem_minmax(0,1fr)]">
      <div className="order-2 min-w-0 lg:order-1">{chart}</div>
      <div className="order-1 min-w-0 lg:order-2">{table}</div>
    </div>
  )
}
