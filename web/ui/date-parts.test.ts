import fc from 'fast-check'
import { describe, expect, test } from 'vitest'

import { addDays, addMonths, eraChoices, noDate, partsOf, readParts, readWhole, weeksOf } from './date-parts.ts'

const day = fc
  .date({ min: new Date('1930-01-01T00:00:00Z'), max: new Date('2099-12-31T00:00:00Z'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10))

describe('the three fields of a date', () => {
  test('any day comes back the same whatever era it is counted in', () => {
    fc.assert(
      fc.property(day, fc.constantFrom(...eraChoices), (iso, era) => {
        expect(readParts(partsOf(iso, era), false)).toEqual({ state: 'read', iso })
      }),
    )
  })
  test('令和8年4月1日 is read as 2026-04-01', () => {
    expect(readParts({ era: '令和', year: '8', month: '4', day: '１' }, false)).toEqual({
      state: 'read',
      iso: '2026-04-01',
    })
  })
  test('nothing is empty, not a fault', () => {
    expect(readParts(noDate, false)).toEqual({ state: 'empty' })
  })
  test('a partial date may stop after the year or the month, a whole one may not', () => {
    const parts = { era: 'western', year: '2026', month: '4', day: '' } as const
    expect(readParts(parts, true)).toEqual({ state: 'read', iso: '2026-04' })
    expect(readParts(parts, false)).toEqual({ state: 'fault', fault: 'incomplete' })
  })
  test('a day without its month or year is a fault', () => {
    expect(readParts({ ...noDate, day: '3' }, true)).toEqual({ state: 'fault', fault: 'year-first' })
    expect(readParts({ ...noDate, year: '2026', day: '3' }, true)).toEqual({ state: 'fault', fault: 'year-first' })
  })
  test('a day that does not exist is a fault', () => {
    expect(readParts({ era: 'western', year: '2026', month: '2', day: '30' }, false).state).toBe('fault')
    expect(readParts({ era: 'western', year: '26', month: '2', day: '3' }, false).state).toBe('fault')
  })
  test('a whole date typed into the year is taken apart; a year alone is not', () => {
    expect(readWhole('令和8年4月1日')).toEqual({ era: 'western', year: '2026', month: '4', day: '1' })
    expect(readWhole('2026/4/1')).toEqual({ era: 'western', year: '2026', month: '4', day: '1' })
    expect(readWhole('2026')).toBeUndefined()
    expect(readWhole('8')).toBeUndefined()
  })
})

describe('the calendar', () => {
  test('the weeks of a month hold every day once, in its own weekday', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1930, max: 2099 }), fc.integer({ min: 1, max: 12 }), (year, month) => {
        const weeks = weeksOf(year, month)
        expect(weeks.flat().filter((d) => d !== undefined)).toEqual(
          Array.from({ length: new Date(Date.UTC(year, month, 0)).getUTCDate() }, (_, i) => i + 1),
        )
        for (const week of weeks) {
          for (const [weekday, d] of week.entries()) {
            if (d !== undefined) expect(new Date(Date.UTC(year, month - 1, d)).getUTCDay()).toBe(weekday)
          }
        }
      }),
    )
  })
  test('a month later stays in that month, at its last day if need be', () => {
    expect(addMonths('2026-01-31', 1)).toBe('2026-02-28')
    expect(addMonths('2026-01-15', -1)).toBe('2025-12-15')
    expect(addDays('2026-12-31', 1)).toBe('2027-01-01')
  })
})
