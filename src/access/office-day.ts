import type { Now } from '#platform/ids.ts'

/**
 * The day in the office, `YYYY-MM-DD`. Roles begin and end with a day of the office, not of UTC: at 08:00 in Tokyo it is
 * still yesterday in UTC.
 * @param timeZone  IANA name; `TENBIN_TIME_ZONE`, preset Asia/Tokyo
 */
export function officeDay(at: Date, timeZone: string): string {
  // sv-SE writes dates as ISO 8601 does.
  return new Intl.DateTimeFormat('sv-SE', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' }).format(at)
}

export const todayOf = (deps: { readonly now: Now; readonly timeZone: string }): string =>
  officeDay(deps.now(), deps.timeZone)
