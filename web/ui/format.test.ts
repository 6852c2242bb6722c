import { describe, expect, test } from 'vitest'

import { deadline, fiscalYear, formatBytes, proseDate, share, tableDate, tableDateTime, waiting } from './format.ts'

describe('dates', () => {
  test('a table shows 2026/11/20 in Japanese and 20 Nov 2026 in English', () => {
    expect(tableDate('2026-11-20', 'ja')).toBe('2026/11/20')
    expect(tableDate('2026-11-20', 'en')).toBe('20 Nov 2026')
  })
  test('a date is shown only as precisely as it is known', () => {
    expect([tableDate('2026', 'ja'), tableDate('2026-11', 'ja')]).toEqual(['2026', '2026/11'])
    expect([tableDate('2026', 'en'), tableDate('2026-11', 'en')]).toEqual(['2026', 'Nov 2026'])
    expect(proseDate('2026-11', 'ja')).toBe('令和8年11月')
  })
  test('a time in UTC is shown in Tokyo, where it may be the next day', () => {
    expect(tableDateTime('2026-11-20T15:05:00Z', 'ja')).toBe('2026/11/21 00:05')
    expect(tableDateTime('2026-11-20T05:32:00.123Z', 'en')).toBe('20 Nov 2026, 14:32')
  })
  test('a sentence counts years by era, and the first year is 元年', () => {
    expect(proseDate('2026-11-20', 'ja')).toBe('令和8年11月20日')
    expect(proseDate('2019-05-01', 'ja')).toBe('令和元年5月1日')
    expect(proseDate('2019-04-30', 'ja')).toBe('平成31年4月30日')
  })
  test('a deadline has its weekday', () => {
    expect(deadline('2026-12-14', 'ja')).toBe('12月14日（月）')
    expect(deadline('2026-12-14', 'en')).toBe('Mon 14 Dec 2026')
  })
  test('waiting is told in days and since when, counted by days in Tokyo', () => {
    const now = new Date('2026-11-20T16:00:00Z') // already 21 November in Tokyo
    expect(waiting('2026-11-10', 'ja', now)).toBe('11日（2026/11/10から）')
    expect(waiting('2026-11-20', 'en', now)).toBe('1 day (since 20 Nov 2026)')
  })
  test('the fiscal year begins in April', () => {
    expect(fiscalYear('2026-04-01', 'ja')).toBe('令和8年度')
    expect(fiscalYear('2026-03-31', 'ja')).toBe('令和7年度')
    expect(fiscalYear('2026-03-31', 'en')).toBe('fiscal 2025')
  })
})

describe('figures', () => {
  test('a share has one decimal and its base', () => {
    expect(share(43, 248, 'ja')).toBe('17.3%（248件中43件）')
    expect(share(43, 248, 'en')).toBe('17.3% (43 of 248)')
  })
  test('a share of nothing is not a number and says so', () => {
    expect(share(0, 0, 'ja')).toBe('－（0件中0件）')
  })
  test('bytes are counted by thousands', () => {
    expect([formatBytes(999), formatBytes(184_320), formatBytes(1_200_000)]).toEqual(['999 B', '184 kB', '1.2 MB'])
  })
})
