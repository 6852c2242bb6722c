import fc from 'fast-check'
import { expect, it } from 'vitest'

import { fromRoot } from '#platform/root.ts'

import { periodsUntil } from './periods.ts'
import { loadReportRules } from './report-rules.ts'

const { period } = loadReportRules(fromRoot('presets/periodic-report.yaml'))

it('is half a year by default, due shortly before the Board meets in March and September', () => {
  expect(periodsUntil(period, '2026-11-22', 2)).toEqual([
    { key: '2026-09', from: '2026-09-01', to: '2027-02-28', dueOn: '2027-03-10' },
    { key: '2026-03', from: '2026-03-01', to: '2026-08-31', dueOn: '2026-09-10' },
  ])
})

it('lies without gap or overlap, and holds the day that was asked for', () => {
  const day = fc.date({ min: new Date('2024-01-01'), max: new Date('2035-01-01'), noInvalidDate: true })
  const starts = fc.uniqueArray(fc.constantFrom('01-01', '03-01', '04-01', '07-15', '09-01', '12-01'), { minLength: 1 })
  fc.assert(
    fc.property(day, starts, fc.integer({ min: 1, max: 8 }), (date, some, count) => {
      const today = date.toISOString().slice(0, 10)
      const periods = periodsUntil({ ...period, starts: some }, today, count)
      expect(periods).toHaveLength(count)
      expect(periods[0]!.from <= today && today <= periods[0]!.to).toBe(true)
      for (const [i, one] of periods.entries()) {
        const before = periods[i + 1]
        if (before) expect(Date.parse(one.from) - Date.parse(before.to)).toBe(86_400_000)
      }
    }),
  )
})
