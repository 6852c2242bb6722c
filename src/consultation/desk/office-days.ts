import type { DeskRules } from './desk-rules.ts'

type Closed = Pick<DeskRules['closed'], 'everyYear' | 'days'>

const day = 86_400_000
const isoOf = (ms: number) => new Date(ms).toISOString().slice(0, 10)

/** Whether offices are open on a day (ISO 8601). */
export function isOfficeDay(closed: Closed, iso: string): boolean {
  const weekday = new Date(`${iso}T00:00:00Z`).getUTCDay()
  return weekday !== 0 && weekday !== 6 && !closed.everyYear.includes(iso.slice(5)) && !closed.days.includes(iso)
}

/** The office day that is so many office days after a day; 0 is that day itself or the next office day. */
export function addOfficeDays(closed: Closed, from: string, count: number): string {
  let at = Date.parse(`${from}T00:00:00Z`)
  let left = count
  // Counting begins with the day after: a question that arrives in the evening has the whole next day.
  while (left > 0 || !isOfficeDay(closed, isoOf(at))) {
    at += day
    if (isOfficeDay(closed, isoOf(at)) && left > 0) left -= 1
  }
  return isoOf(at)
}
