import { type DatePrecision, eras, toWareki } from '#register/wareki.ts'

// Number formats of ECMA-376 part 1, 18.8.30, and the dates among them as Japanese spreadsheets use them.

const builtIn: Readonly<Record<number, string>> = {
  14: 'yyyy/m/d',
  15: 'd-mmm-yy',
  16: 'd-mmm',
  17: 'mmm-yy',
  18: 'h:mm AM/PM',
  19: 'h:mm:ss AM/PM',
  20: 'h:mm',
  21: 'h:mm:ss',
  22: 'yyyy/m/d h:mm',
  27: 'ge.m.d',
  28: 'ggge"年"m"月"d"日"',
  29: 'ggge"年"m"月"d"日"',
  30: 'm/d/yy',
  31: 'yyyy"年"m"月"d"日"',
  32: 'h"時"mm"分"',
  33: 'h"時"mm"分"ss"秒"',
  34: 'yyyy"年"m"月"',
  35: 'm"月"d"日"',
  36: 'ge.m.d',
  45: 'mm:ss',
  46: '[h]:mm:ss',
  47: 'mm:ss.0',
  50: 'ge.m.d',
  51: 'ggge"年"m"月"d"日"',
  52: 'yyyy"年"m"月"',
  53: 'm"月"d"日"',
  54: 'ggge"年"m"月"d"日"',
  55: 'yyyy"年"m"月"',
  56: 'm"月"d"日"',
  57: 'ge.m.d',
  58: 'ggge"年"m"月"d"日"',
}

/** The format as written, without colours, conditions and locale marks; elapsed times like [h] stay. */
export function formatCode(id: number, own: ReadonlyMap<number, string>): string {
  const code = own.get(id) ?? builtIn[id] ?? 'General'
  return (code.split(';')[0] ?? '').replace(/\[(?!h+\]|m+\]|s+\])[^\]]*\]/gi, '')
}

const bare = (code: string): string => code.replace(/"[^"]*"|\\.|_.|\*./g, '')

export function isDateFormat(code: string): boolean {
  const marks = bare(code)
  if (/general|@/i.test(marks)) return false
  return /[ymdhs]|g+e|e+(?![+-])/i.test(marks.replace(/e[+-]/gi, ''))
}

/** What part of the moment the format shows; a month shown is a month, though the cell holds its first day. */
export function precisionShown(code: string): DatePrecision | 'time' {
  const marks = bare(code).toLowerCase()
  if (marks.includes('d') || marks.includes('aaa')) return 'day'
  if (!/[ye]/.test(marks)) return 'time'
  return marks.includes('m') ? 'month' : 'year'
}

const day = 86_400_000

/** The moment of a serial number as if in UTC; the 1900 system counts a 29 February 1900 that never was. */
export function momentOf(serial: number, from1904: boolean): Date | undefined {
  if (!Number.isFinite(serial) || serial < 0 || serial > 2_958_465.99999) return undefined
  const whole = Math.floor(serial)
  if (!from1904 && whole === 60) return undefined
  const base = from1904 ? Date.UTC(1904, 0, 1) : whole < 60 ? Date.UTC(1899, 11, 31) : Date.UTC(1899, 11, 30)
  return new Date(base + whole * day + Math.round((serial - whole) * 86_400) * 1000)
}

const two = (n: number): string => String(n).padStart(2, '0')
const months = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
]
const weekdays = '日月火水木金土'

/** ISO 8601 of what is shown; `time` gives hours and minutes only. */
export function isoOf(moment: Date, code: string): string {
  const precision = precisionShown(code)
  const iso = moment.toISOString()
  if (precision === 'time') return iso.slice(11, 19)
  if (precision === 'year') return iso.slice(0, 4)
  if (precision === 'month') return iso.slice(0, 7)
  const showsTime = /h/i.test(bare(code)) && !iso.endsWith('T00:00:00.000Z')
  return showsTime ? iso.slice(0, 19) : iso.slice(0, 10)
}

/** The text that a person saw in the cell, as far as the usual marks of dates go. */
export function shownDate(moment: Date, code: string): string {
  const token =
    /"([^"]*)"|\\(.)|_.|\*.|ggg|gg|g|ee|e|yyyy|yyy|yy|y|mmmm|mmm|mm|m|dddd|ddd|dd|d|aaaa|aaa|\[?h+\]?|ss|s|AM\/PM|./gi
  const [hours, hour12] = [moment.getUTCHours(), /AM\/PM/i.test(code)]
  const era = toWareki(moment.toISOString().slice(0, 10), 'short')
  const eraName = eras.find(({ letter }) => era.startsWith(letter))?.name ?? ''
  let sawHour = false
  return code.replace(token, (mark: string, quoted?: string, escaped?: string) => {
    if (quoted !== undefined) return quoted
    if (escaped !== undefined) return escaped
    const m = mark.toLowerCase()
    if (/^[_*]/.test(mark)) return ''
    if (/^\[?h+\]?$/.test(m)) {
      sawHour = true
      const h = hour12 ? hours % 12 || 12 : hours
      return m.length === 2 ? two(h) : String(h)
    }
    if (m === 'mm' || m === 'm') {
      const minutes = sawHour
      sawHour = false
      const n = minutes ? moment.getUTCMinutes() : moment.getUTCMonth() + 1
      return m === 'mm' ? two(n) : String(n)
    }
    return dateMark(m, moment, eraName, era) ?? mark
  })
}

function dateMark(mark: string, moment: Date, eraName: string, era: string): string | undefined {
  const year = moment.getUTCFullYear()
  const month = months[moment.getUTCMonth()] ?? ''
  const eraYear = /\d+/.exec(era)?.[0] ?? ''
  const marks: Readonly<Record<string, string>> = {
    ggg: eraName,
    gg: eraName.slice(0, 1),
    g: era.slice(0, 1),
    ee: eraYear.padStart(2, '0'),
    e: eraName ? eraYear : String(year),
    yyyy: String(year),
    yyy: String(year),
    yy: two(year % 100),
    y: two(year % 100),
    mmmm: month,
    mmm: month.slice(0, 3),
    dd: two(moment.getUTCDate()),
    d: String(moment.getUTCDate()),
    aaa: weekdays[moment.getUTCDay()] ?? '',
    aaaa: `${weekdays[moment.getUTCDay()] ?? ''}曜日`,
    ss: two(moment.getUTCSeconds()),
    s: String(moment.getUTCSeconds()),
    'am/pm': moment.getUTCHours() < 12 ? 'AM' : 'PM',
  }
  return marks[mark]
}
