import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { fiscalYearOf, readDate, toWareki } from './wareki.ts'

test.each([
  ['令和8年4月1日', '2026-04-01', 'day'],
  ['令和元年5月1日', '2019-05-01', 'day'],
  ['令和８年４月１日', '2026-04-01', 'day'],
  ['令和 8年 4月 1日', '2026-04-01', 'day'],
  ['令和八年四月一日', '2026-04-01', 'day'],
  ['令和二十三年十二月三十一日', '2041-12-31', 'day'],
  ['㋿8年4月1日', '2026-04-01', 'day'],
  ['R8.4.1', '2026-04-01', 'day'],
  ['R8/4/1', '2026-04-01', 'day'],
  ['r08-04-01', '2026-04-01', 'day'],
  ['Ｒ８．４．１', '2026-04-01', 'day'],
  ['令8.4.1', '2026-04-01', 'day'],
  ['H31.4.30', '2019-04-30', 'day'],
  ['S64.1.7', '1989-01-07', 'day'],
  ['令和7年5月', '2025-05', 'month'],
  ['R7.5', '2025-05', 'month'],
  ['令和7年', '2025', 'year'],
  ['R7', '2025', 'year'],
  ['令和8年度', '2026', 'fiscal-year'],
  ['R8年度', '2026', 'fiscal-year'],
  ['2026年度', '2026', 'fiscal-year'],
  ['2026/4/1', '2026-04-01', 'day'],
  ['2026-04-01', '2026-04-01', 'day'],
  ['2026年4月1日(水)', '2026-04-01', 'day'],
  ['2026.4', '2026-04', 'month'],
  ['2025/5', '2025-05', 'month'],
  ['2026', '2026', 'year'],
  ['20260401', '2026-04-01', 'day'],
  ['2026-04-01T00:00:00', '2026-04-01', 'day'],
  ['13/4/2026', '2026-04-13', 'day'],
])('%s is %s, precise to the %s', (text, iso, precision) => {
  expect(readDate(text)).toEqual({ ok: true, iso, precision, notes: [] })
})

test.each([
  ['平成31年5月1日', '2019-05-01', 'outside-era'],
  ['令和元年4月30日', '2019-04-30', 'outside-era'],
  ['昭和65年', '1990', 'outside-era'],
  ['令和8年4月頃', '2026-04', 'approximate'],
  ['令和8年10月1日（予定）', '2026-10-01', 'approximate'],
  ['2026-04-01 14:30', '2026-04-01', 'time-dropped'],
])('%s is read as %s with the note %s', (text, iso, note) => {
  expect(readDate(text)).toMatchObject({ ok: true, iso, notes: [note] })
})

test.each([
  ['', 'not-a-date'],
  ['未定', 'not-a-date'],
  ['令和8年度末', 'not-a-date'],
  ['順次', 'not-a-date'],
  ['令和8年2月30日', 'no-such-day'],
  ['令和0年1月1日', 'no-such-day'],
  ['2026/13/1', 'no-such-day'],
  ['8.4.1', 'era-missing'],
  ['8年4月1日', 'era-missing'],
  ['4/1/2026', 'order-unclear'],
])('%j is refused: %s', (text, reason) => {
  expect(readDate(text)).toEqual({ ok: false, reason })
})

test('a numeric date follows the order that the map declares', () => {
  expect(readDate('4/1/2026', 'month-first')).toMatchObject({ iso: '2026-04-01' })
  expect(readDate('4/1/2026', 'day-first')).toMatchObject({ iso: '2026-01-04' })
  expect(readDate('4/1/25', 'month-first')).toMatchObject({ iso: '2025-04-01', notes: ['two-digit-year'] })
})

test('every day since 1873 comes back from its era form, long and short', () => {
  const day = fc.date({ min: new Date('1873-01-01'), max: new Date('2099-12-31'), noInvalidDate: true })
  fc.assert(
    fc.property(day, (date) => {
      const iso = date.toISOString().slice(0, 10)
      for (const form of ['long', 'short'] as const) {
        const read = readDate(toWareki(iso, form))
        if (iso < '2118') expect(read).toEqual({ ok: true, iso, precision: 'day', notes: [] })
      }
    }),
  )
})

test('an era form is only as precise as the date', () => {
  expect(toWareki('2019-05')).toBe('令和元年5月')
  expect(toWareki('2026')).toBe('令和8年')
  expect(toWareki('1860-01-01')).toBe('1860-01-01')
  expect(toWareki('unknown')).toBe('unknown')
})

test('the fiscal year turns on the first of April', () => {
  expect(fiscalYearOf('2026-03-31')).toBe(2025)
  expect(fiscalYearOf('2026-04-01')).toBe(2026)
  expect(fiscalYearOf('2026')).toBeUndefined()
})
