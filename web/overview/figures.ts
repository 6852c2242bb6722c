import { type Overview, type OverviewRow, overviewVerdicts } from '#overview/api.ts'

export type OverviewVerdict = (typeof overviewVerdicts)[number]
export type By = 'stage' | 'organisation' | 'field-of-work'
/** A line of the table; organisations bring their names. */
export type Row = OverviewRow & Partial<Pick<Overview['byOrganisation'][number], 'name' | 'itselfOnly'>>

export const rowsOf = (overview: Overview, by: By): readonly Row[] =>
  ({ stage: overview.byStage, organisation: overview.byOrganisation, 'field-of-work': overview.byField })[by]

/** The verdicts that have a column: the four that are always told apart, and `out-of-scope` where a use came out so. */
export const columnsOf = (rows: readonly Row[]): readonly OverviewVerdict[] =>
  overviewVerdicts.filter((v) => v !== 'out-of-scope' || rows.some((row) => row.counts[v].count > 0))

/** One bar of the chart. */
export type Bar = { readonly key: string; readonly total: number } & Readonly<Record<OverviewVerdict, number>>

const barOf = (key: string, rows: readonly Row[]): Bar => {
  const counts = overviewVerdicts.map((v) => [v, rows.reduce((sum, row) => sum + row.counts[v].count, 0)] as const)
  const total = rows.reduce((sum, row) => sum + row.total.count, 0)
  return { ...(Object.fromEntries(counts) as Record<OverviewVerdict, number>), key, total }
}

export const restKey = 'the-rest'
/** More bars than this are not read; what is left is one bar of its own, so that no use is left out. */
export const barLimit = 12

export function barsOf(rows: readonly Row[], limit: number = barLimit): readonly Bar[] {
  if (rows.length <= limit) return rows.map((row) => barOf(row.key, [row]))
  const bySize = rows.toSorted((a, b) => b.total.count - a.total.count)
  return [...bySize.slice(0, limit).map((row) => barOf(row.key, [row])), barOf(restKey, bySize.slice(limit))]
}

/** 17.3, in percent with one decimal; undefined without a base, because nothing is a share of nothing. */
export const percentOf = (part: number, base: number): string | undefined =>
  base === 0 ? undefined : ((part / base) * 100).toFixed(1)
