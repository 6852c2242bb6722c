import { eras, readDate } from '#register/wareki.ts'

/** `western` or the name of an era, as it is chosen in front of the year. */
export type EraChoice = 'western' | (typeof eras)[number]['name']
export type DateParts = { readonly era: EraChoice; readonly year: string; readonly month: string; readonly day: string }

export const eraChoices: readonly EraChoice[] = ['western', '令和', '平成', '昭和']
export const noDate: DateParts = { era: 'western', year: '', month: '', day: '' }

export type DateReading =
  | { readonly state: 'empty' }
  | { readonly state: 'read'; readonly iso: string }
  | { readonly state: 'fault'; readonly fault: 'year-first' | 'incomplete' | 'none' }

const digits = (text: string) => text.normalize('NFKC').trim()

/** What three fields say. With `partial`, month and day may be missing from the end. */
export function readParts(parts: DateParts, partial: boolean): DateReading {
  const [year, month, day] = [digits(parts.year), digits(parts.month), digits(parts.day)]
  if (year === '' && month === '' && day === '') return { state: 'empty' }
  if (year === '' || (month === '' && day !== '')) return { state: 'fault', fault: 'year-first' }
  if (!partial && day === '') return { state: 'fault', fault: 'incomplete' }
  const western = parts.era === 'western'
  if (western && !/^\d{4}$/.test(year)) return { state: 'fault', fault: 'none' }
  const text = `${western ? '' : parts.era}${year}年${month === '' ? '' : `${month}月`}${day === '' ? '' : `${day}日`}`
  const read = readDate(text)
  return read.ok ? { state: 'read', iso: read.iso } : { state: 'fault', fault: 'none' }
}

/** A whole date typed or pasted into the year: 令和8年4月1日, R8.4.1, 2026/4/1. Undefined for a year alone. */
export function readWhole(text: string): DateParts | undefined {
  if (/^\d{0,4}$/.test(digits(text))) return undefined
  const read = readDate(text)
  return read.ok ? partsOf(read.iso, 'western') : undefined
}

/** The parts of an ISO date, counted in the era chosen where it reaches that far. */
export function partsOf(iso: string, era: EraChoice): DateParts {
  const [year = '', month = '', day = ''] = iso.split('-')
  const found = eras.find(({ name, first, last }) => name === era && iso >= first.slice(0, iso.length) && iso <= last)
  const first = found === undefined ? 0 : Number(found.first.slice(0, 4)) - 1
  return {
    era: found === undefined ? 'western' : era,
    year: year === '' ? '' : String(Number(year) - first),
    month: month === '' ? '' : String(Number(month)),
    day: day === '' ? '' : String(Number(day)),
  }
}

/** The weeks of a month, Sunday first; `undefined` where a week reaches outside. Month from 1. */
export function weeksOf(year: number, month: number): readonly (readonly (number | undefined)[])[] {
  const days = new Date(Date.UTC(year, month, 0)).getUTCDate()
  const before = new Date(Date.UTC(year, month - 1, 1)).getUTCDay()
  const cells = Array.from({ length: Math.ceil((before + days) / 7) * 7 }, (_, i) => {
    const day = i - before + 1
    return day >= 1 && day <= days ? day : undefined
  })
  return Array.from({ length: cells.length / 7 }, (_, i) => cells.slice(i * 7, i * 7 + 7))
}

/** The ISO date some days later. */
export const addDays = (iso: string, days: number): string =>
  new Date(Date.parse(`${iso}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10)

/** The same day some months later, or the last day of that month. */
export function addMonths(iso: string, months: number): string {
  const [year = 0, month = 1, day = 1] = iso.split('-').map(Number)
  const last = new Date(Date.UTC(year, month + months, 0)).getUTCDate()
  return new Date(Date.UTC(year, month - 1 + months, Math.min(day, last))).toISOString().slice(0, 10)
}
