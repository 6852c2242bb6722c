import { useLanguage } from '#web/texts/language.tsx'
import type { Language } from '#web/texts/language.tsx'
import { fiscalYearOf, toWareki } from '#register/wareki.ts'

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']
const weekdays = {
  ja: ['日', '月', '火', '水', '木', '金', '土'],
  en: ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'],
}

const tokyo = new Intl.DateTimeFormat('en-CA', {
  timeZone: 'Asia/Tokyo',
  hourCycle: 'h23',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
})

/** Times are UTC in the database and Asia/Tokyo on the screen; a date without a time is a date of the calendar already. */
export function inTokyo(iso: string): { readonly date: string; readonly time: string } {
  if (!iso.includes('T')) return { date: iso, time: '' }
  const part = Object.fromEntries(tokyo.formatToParts(new Date(iso)).map(({ type, value }) => [type, value]))
  return { date: `${part['year']}-${part['month']}-${part['day']}`, time: `${part['hour']}:${part['minute']}` }
}

/** As precise as given: 2026, 2026/11, 2026/11/20 · 20 Nov 2026. For tables and logs. */
export function tableDate(iso: string, language: Language): string {
  const { date } = inTokyo(iso)
  const [year = '', month, day] = date.split('-')
  if (language === 'ja') return [year, month, day].filter((p) => p !== undefined).join('/')
  const name = month === undefined ? undefined : months[Number(month) - 1]
  return [day === undefined ? undefined : String(Number(day)), name, year].filter((p) => p !== undefined).join(' ')
}

/** 2026/11/20 14:32 · 20 Nov 2026, 14:32 */
export function tableDateTime(iso: string, language: Language): string {
  const { time } = inTokyo(iso)
  return time === '' ? tableDate(iso, language) : `${tableDate(iso, language)}${language === 'ja' ? ' ' : ', '}${time}`
}

/** 令和8年11月20日 · 20 Nov 2026. For sentences, staff pages and documents. */
export const proseDate = (iso: string, language: Language): string =>
  language === 'ja' ? toWareki(inTokyo(iso).date) : tableDate(iso, language)

/** 12月14日（月） · Mon 14 Dec 2026 */
export function deadline(iso: string, language: Language): string {
  const { date } = inTokyo(iso)
  const [, month, day] = date.split('-').map(Number)
  const weekday = weekdays[language][new Date(`${date}T00:00:00Z`).getUTCDay()] ?? ''
  return language === 'ja' ? `${month}月${day}日（${weekday}）` : `${weekday} ${tableDate(iso, language)}`
}

const midnight = (iso: string): number => Date.parse(`${inTokyo(iso).date}T00:00:00Z`)

/** Whole days from the day of `iso` to today, both in Japan. */
export function daysSince(iso: string, now: Date): number {
  return Math.round((midnight(now.toISOString()) - midnight(iso)) / 86_400_000)
}

/** 11日（2026/11/10から） · 11 days (since 10 Nov 2026) */
export function waiting(iso: string, language: Language, now: Date): string {
  const days = daysSince(iso, now)
  const date = tableDate(iso, language)
  if (language === 'ja') return `${formatNumber(days)}日（${date}から）`
  return `${formatNumber(days)} ${days === 1 ? 'day' : 'days'} (since ${date})`
}

const figures = new Intl.NumberFormat('en-US', { maximumFractionDigits: 6 })
export const formatNumber = (value: number): string => figures.format(value)

/** 17.3%（248件中43件） · 17.3% (43 of 248). Without a base there is no share, so it says a dash. */
export function share(part: number, base: number, language: Language): string {
  const percent = base === 0 ? '－' : `${((part / base) * 100).toFixed(1)}%`
  const [p, b] = [formatNumber(part), formatNumber(base)]
  return language === 'ja' ? `${percent}（${b}件中${p}件）` : `${percent} (${p} of ${b})`
}

/** 令和8年度 · fiscal 2026 */
export function fiscalYear(iso: string, language: Language): string {
  const { date } = inTokyo(iso)
  const year = fiscalYearOf(date)
  if (year === undefined) return date
  return language === 'ja' ? `${toWareki(`${year}-05`).replace(/年.*$/, '')}年度` : `fiscal ${year}`
}

/** 184 kB, 1.2 MB: powers of 1,000. */
export function formatBytes(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`
  if (bytes < 1_000_000) return `${Math.round(bytes / 1000)} kB`
  return `${(bytes / 1_000_000).toFixed(1)} MB`
}

export const range = (from: string, to: string, language: Language): string =>
  language === 'ja' ? `${from}～${to}` : `${from}–${to}`

/** Everything above in the person's language. */
export function useFormat() {
  const { language } = useLanguage()
  return {
    date: (iso: string) => tableDate(iso, language),
    dateTime: (iso: string) => tableDateTime(iso, language),
    proseDate: (iso: string) => proseDate(iso, language),
    deadline: (iso: string) => deadline(iso, language),
    waiting: (iso: string, now = new Date()) => waiting(iso, language, now),
    number: formatNumber,
    share: (part: number, base: number) => share(part, base, language),
    fiscalYear: (iso: string) => fiscalYear(iso, language),
    bytes: formatBytes,
    range: (from: string, to: string) => range(from, to, language),
  }
}
