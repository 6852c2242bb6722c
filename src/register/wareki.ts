// Era dates both ways. Sources: 元号法 (昭和54年法律第43号) and the era orders for the first days; the Gregorian calendar
// is in force in Japan since 1873-01-01 (明治6年), earlier era dates are lunisolar and are not converted to a day.

/** Two changes took effect during a day, which belongs to both eras: 1912-07-30 and 1926-12-25. */
export const eras = [
  { name: '令和', letter: 'R', sign: '㋿', first: '2019-05-01', last: '9999-12-31' },
  { name: '平成', letter: 'H', sign: '㍻', first: '1989-01-08', last: '2019-04-30' },
  { name: '昭和', letter: 'S', sign: '㍼', first: '1926-12-25', last: '1989-01-07' },
  { name: '大正', letter: 'T', sign: '㍽', first: '1912-07-30', last: '1926-12-25' },
  { name: '明治', letter: 'M', sign: '㍾', first: '1868-01-25', last: '1912-07-30' },
] as const
type Era = (typeof eras)[number]

/** Only as precise as what was written: a month is never given a day. `fiscal-year` starts in April of that year. */
export type DatePrecision = 'day' | 'month' | 'year' | 'fiscal-year'
export type DateNote =
  | 'outside-era' // 平成31年5月1日: the day exists, the era had ended or not begun
  | 'approximate' // 「頃」「予定」 and the like were written beside it
  | 'two-digit-year'
  | 'time-dropped'
export type ReadDate =
  | { readonly ok: true; readonly iso: string; readonly precision: DatePrecision; readonly notes: readonly DateNote[] }
  | { readonly ok: false; readonly reason: 'not-a-date' | 'no-such-day' | 'era-missing' | 'order-unclear' }

/** Which of two numbers before a year is the month: `none` refuses when both readings are possible. */
export type NumericOrder = 'month-first' | 'day-first' | 'none'

const kanjiDigits = '〇一二三四五六七八九'

const digit = (c: string | undefined): number => (c ? kanjiDigits.indexOf(c) : 0)

/** 二十三 → 23, 元 → 1; for years, months and days only (below 100). */
function kanjiNumber(text: string): number {
  const [tens, ones] = text.includes('十') ? text.split('十') : ['', text]
  return text.includes('十') ? (tens ? digit(tens) : 1) * 10 + digit(ones) : Number(Array.from(text, digit).join(''))
}

const withDigits = (text: string): string =>
  text
    .normalize('NFKC')
    .replace(/元(?=年)/g, '1')
    .replace(/[〇一二三四五六七八九十]+(?=[年月日])/g, (n) => String(kanjiNumber(n)))

const daysIn = (year: number, month: number): number => new Date(Date.UTC(year, month, 0)).getUTCDate()
const two = (n: number): string => String(n).padStart(2, '0')

type Parts = { year: number; month?: number | undefined; day?: number | undefined; fiscal?: boolean }

function toIso({ year, month, day, fiscal }: Parts, notes: readonly DateNote[]): ReadDate {
  const head = String(year).padStart(4, '0')
  if (year < 1 || year > 9999) return { ok: false, reason: 'no-such-day' }
  if (month === undefined) return { ok: true, iso: head, precision: fiscal ? 'fiscal-year' : 'year', notes }
  if (month < 1 || month > 12) return { ok: false, reason: 'no-such-day' }
  if (day === undefined) return { ok: true, iso: `${head}-${two(month)}`, precision: 'month', notes }
  if (day < 1 || day > daysIn(year, month)) return { ok: false, reason: 'no-such-day' }
  return { ok: true, iso: `${head}-${two(month)}-${two(day)}`, precision: 'day', notes }
}

function eraDate(era: Era, parts: Parts & { eraYear: number }, notes: readonly DateNote[]): ReadDate {
  if (parts.eraYear < 1) return { ok: false, reason: 'no-such-day' }
  const read = toIso({ ...parts, year: Number(era.first.slice(0, 4)) + parts.eraYear - 1 }, notes)
  if (!read.ok) return read
  const length = read.iso.length
  const outside = read.iso < era.first.slice(0, length) || read.iso > era.last.slice(0, length)
  return outside ? { ...read, notes: [...notes, 'outside-era'] } : read
}

const eraWords = new Map<string, Era>(
  eras.flatMap((era) => [[era.name, era] as const, [era.letter, era] as const, [era.name.slice(0, 1), era] as const]),
)
const separator = String.raw`\s*[.\/・\-‐−年月]\s*`
const eraPattern = new RegExp(
  String.raw`^(${[...eraWords.keys()].join('|')})\.?\s*(\d{1,2})(?:(年度)|年?$|${separator}(\d{1,2})(?:月?$|${separator}(\d{1,2})日?$))`,
  'iu',
)
const yearFirst = new RegExp(
  String.raw`^(\d{4})(?:(年度)$|年?$|${separator}(\d{1,2})(?:月?$|${separator}(\d{1,2})日?$))`,
  'u',
)
const yearLast = /^(\d{1,2})\s*[./-]\s*(\d{1,2})\s*[./-]\s*(\d{4}|\d{1,2})$/u
const time = /[T\s]+\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?\s*(Z|[+-]\d{2}:?\d{2}|AM|PM)?$/iu
const weekday = /\s*\((日|月|火|水|木|金|土)(曜日?)?\)$/u
const vague = /\s*\(?(頃|ごろ|予定|見込み?|開始予定|から|より|以降|～|~|\(予定\))\)?$/u

const number = (text: string | undefined): number | undefined => (text === undefined ? undefined : Number(text))

function westernYearLast(match: RegExpExecArray, order: NumericOrder, notes: readonly DateNote[]): ReadDate {
  const [a, b, y] = [Number(match[1]), Number(match[2]), match[3] ?? '']
  const year = y.length === 2 ? 2000 + Number(y) : Number(y)
  const said = y.length === 2 ? [...notes, 'two-digit-year' as const] : notes
  const monthFirst = order === 'month-first' || (order === 'none' && a <= 12 && (b > 12 || a === b))
  const dayFirst = order === 'day-first' || (order === 'none' && a > 12 && b <= 12)
  if (monthFirst) return toIso({ year, month: a, day: b }, said)
  if (dayFirst) return toIso({ year, month: b, day: a }, said)
  return { ok: false, reason: order === 'none' && a > 12 ? 'no-such-day' : 'order-unclear' }
}

/**
 * Reads a date as people write it: 令和8年4月1日, 令和元年5月, R8.4.1, R8/4, 令和8年度, ㋿8年, 令和八年四月一日, 2026/4/1,
 * 2026年4月, 2026-04-01T00:00:00, 20260401, and 4/1/2026 by the given order.
 * @returns ISO 8601 of the precision that was written (`YYYY`, `YYYY-MM`, `YYYY-MM-DD`), or why it is not a date
 */
export function readDate(text: string, order: NumericOrder = 'none'): ReadDate {
  const notes: DateNote[] = []
  let rest = withDigits(text).trim()
  if (vague.test(rest)) notes.push('approximate')
  rest = rest.replace(vague, '').replace(weekday, '')
  if (time.test(rest)) {
    if (!/[T\s](0?0:00(:00(\.0+)?)?\s*Z?|12:00(:00)? AM)$/iu.test(rest)) notes.push('time-dropped')
    rest = rest.replace(time, '')
  }
  const compact = /^(\d{4})(\d{2})(\d{2})$/.exec(rest)
  if (compact) rest = compact.slice(1).join('-')
  const era = eraPattern.exec(rest)
  const word = era && (eraWords.get(era[1] ?? '') ?? eraWords.get((era[1] ?? '').toUpperCase()))
  if (era && word) {
    if (era[3] && era[0].length !== rest.length) return { ok: false, reason: 'not-a-date' }
    const parts = { year: 0, eraYear: Number(era[2]), month: number(era[4]), day: number(era[5]), fiscal: !!era[3] }
    return eraDate(word, parts, notes)
  }
  const western = yearFirst.exec(rest)
  if (western)
    return toIso(
      { year: Number(western[1]), month: number(western[3]), day: number(western[4]), fiscal: !!western[2] },
      notes,
    )
  const last = yearLast.exec(rest)
  if (last && (last[3] ?? '').length === 4) return westernYearLast(last, order, notes)
  if (last)
    return order === 'none' || (last[3] ?? '').length === 1
      ? { ok: false, reason: 'era-missing' }
      : westernYearLast(last, order, notes)
  return { ok: false, reason: /^\d{1,2}年/.test(rest) ? 'era-missing' : 'not-a-date' }
}

const tail = (part: number | undefined, unit: string): string => (part === undefined ? '' : `${part}${unit}`)

/**
 * An ISO date in the words of its era: `long` 令和8年4月1日 (first years as 元年), `short` R8.4.1. Only as precise as given.
 * Days before 1873 (another calendar) and anything that is not an ISO date come back as they are.
 */
export function toWareki(iso: string, form: 'long' | 'short' = 'long'): string {
  const [year, month, day] = iso.split('-').map(Number)
  const era = eras.find(({ first }) => iso >= first.slice(0, iso.length))
  if (!/^\d{4}(-\d{2}){0,2}$/.test(iso) || !era || year === undefined || year < 1873) return iso
  const n = year - Number(era.first.slice(0, 4)) + 1
  if (form === 'short') return era.letter + [n, month, day].filter((part) => part !== undefined).join('.')
  return `${era.name}${n === 1 ? '元' : n}年${tail(month, '月')}${tail(day, '日')}`
}

/** The fiscal year (年度) that a day or month falls in: April to March, by the year of its April. */
export function fiscalYearOf(iso: string): number | undefined {
  const match = /^(\d{4})-(\d{2})/.exec(iso)
  if (!match) return undefined
  return Number(match[1]) - (Number(match[2]) < 4 ? 1 : 0)
}
