import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { overviewVerdicts } from '#overview/api.ts'
import { verdicts } from '#register/model.ts'

import { barLimit, barsOf, columnsOf, type OverviewVerdict, percentOf, restKey, type Row } from './figures.ts'

const row = (key: string, counts: Partial<Record<OverviewVerdict, number>>): Row => ({
  key,
  counts: Object.fromEntries(overviewVerdicts.map((v) => [v, { count: counts[v] ?? 0, filter: {} }])) as Row['counts'],
  total: { count: Object.values(counts).reduce((sum, n) => sum + n, 0), filter: {} },
})
const anyRow = fc
  .tuple(fc.string(), fc.record(Object.fromEntries(overviewVerdicts.map((v) => [v, fc.nat(500)]))))
  .map(([key, counts]) => row(key, counts))
const sum = (numbers: readonly number[]) => numbers.reduce((all, n) => all + n, 0)

describe('the figures of the overview', () => {
  it('has a column for every verdict there is', () => {
    expect([...overviewVerdicts].toSorted()).toEqual([...verdicts].toSorted())
  })

  it('leaves the column of uses outside the guideline away only while there is none', () => {
    expect(columnsOf([row('idea', { proceed: 3 })])).not.toContain('out-of-scope')
    expect(columnsOf([row('idea', { 'out-of-scope': 1 })])).toContain('out-of-scope')
  })

  it('always has a column for uses nobody has reported on', () => {
    expect(columnsOf([])).toContain('not-reported')
  })

  it('never loses a use between the bars and the table', () => {
    fc.assert(
      fc.property(fc.array(anyRow, { maxLength: 60 }), (rows) => {
        const bars = barsOf(rows)
        expect(bars.length).toBeLessThanOrEqual(barLimit + 1)
        expect(sum(bars.map((bar) => bar.total))).toBe(sum(rows.map((r) => r.total.count)))
        for (const v of overviewVerdicts) {
          expect(sum(bars.map((bar) => bar[v]))).toBe(sum(rows.map((r) => r.counts[v].count)))
        }
      }),
    )
  })

  it('shows the first twelve by size and the others as one bar when there are more', () => {
    const bars = barsOf(Array.from({ length: 20 }, (_, n) => row(`o${n}`, { proceed: n })))
    expect(bars[0]?.key).toBe('o19')
    expect(bars.at(-1)).toMatchObject({ key: restKey, proceed: 28, total: 28 })
  })

  it('keeps the order of the procedure while every group has a bar', () => {
    const bars = barsOf([row('idea', { proceed: 1 }), row('planning', { proceed: 9 })])
    expect(bars.map(({ key }) => key)).toEqual(['idea', 'planning'])
  })

  it('says no share where there is nothing to be a share of', () => {
    expect(percentOf(0, 0)).toBeUndefined()
    expect(percentOf(43, 248)).toBe('17.3')
  })
})
