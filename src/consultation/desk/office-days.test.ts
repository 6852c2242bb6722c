import fc from 'fast-check'
import { expect, it } from 'vitest'

import { fromRoot } from '#platform/root.ts'

import { loadDeskRules } from './desk-rules.ts'
import { addOfficeDays, isOfficeDay } from './office-days.ts'

const { closed } = loadDeskRules(fromRoot('presets/consultation-desk.yaml'))

it('counts neither weekends, national holidays nor the days around New Year', () => {
  // Friday 20 November 2026; Monday 23 is 勤労感謝の日
  expect(addOfficeDays(closed, '2026-11-20', 1)).toBe('2026-11-24')
  expect(addOfficeDays(closed, '2026-12-28', 1)).toBe('2027-01-04')
  expect(addOfficeDays(closed, '2026-11-21', 0)).toBe('2026-11-24')
})

it('always gives an office day, with as many office days between as were asked for', () => {
  const day = fc.date({ min: new Date('2026-01-01'), max: new Date('2027-10-01'), noInvalidDate: true })
  fc.assert(
    fc.property(day, fc.nat(40), (date, count) => {
      const from = date.toISOString().slice(0, 10)
      const to = addOfficeDays(closed, from, count)
      let between = 0
      for (let at = Date.parse(from) + 86_400_000; at <= Date.parse(to); at += 86_400_000)
        if (isOfficeDay(closed, new Date(at).toISOString().slice(0, 10))) between += 1
      expect(isOfficeDay(closed, to)).toBe(true)
      if (count > 0) expect(between).toBe(count)
    }),
  )
})
