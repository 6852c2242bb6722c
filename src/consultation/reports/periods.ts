import type { ReportRules } from './report-rules.ts'

/** ISO 8601 days; `key` is the month in which it begins, `2026-09`. */
export type Period = { readonly key: string; readonly from: string; readonly to: string; readonly dueOn: string }
type Rule = Pick<ReportRules['period'], 'starts' | 'dueAfterDays'>

const day = 86_400_000
const plusDays = (iso: string, days: number) =>
  new Date(Date.parse(`${iso}T00:00:00Z`) + days * day).toISOString().slice(0, 10)

/** All first days of periods from one year to another, in order. */
const startsBetween = ({ starts }: Rule, fromYear: number, toYear: number): string[] =>
  Array.from({ length: toYear - fromYear + 1 }, (_, i) =>
    starts.toSorted().map((start) => `${fromYear + i}-${start}`),
  ).flat()

const periodAt = (rule: Rule, from: string, next: string): Period => {
  const to = plusDays(next, -1)
  return { key: from.slice(0, 7), from, to, dueOn: plusDays(to, rule.dueAfterDays) }
}

/** The period that a day lies in and those before it, newest first. */
export function periodsUntil(rule: Rule, today: string, count: number): Period[] {
  const year = Number(today.slice(0, 4))
  const starts = startsBetween(rule, year - Math.ceil(count / rule.starts.length) - 1, year + 1)
  const now = starts.findLastIndex((start) => start <= today)
  return Array.from({ length: count }, (_, i) => periodAt(rule, starts[now - i]!, starts[now - i + 1]!))
}
