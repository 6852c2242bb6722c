/** What is in force of a rule, and since when people are asked. Days are `YYYY-MM-DD`, days of the office. */
export type Asking = {
  /** Number of the version in force. */
  readonly number: number
  /** The last version in force that changed something in substance: who acknowledged it or a later one is not asked. */
  readonly askedNumber: number
  /** Its first day. */
  readonly askedFrom: string
}

/** A person whom the rule concerns. */
export type Concerned = {
  /** Since when: arrival, or the day on which the use of the system began. */
  readonly since: string
  /** The version acknowledged last; nothing while none was. */
  readonly number: number | null
}

/**
 * Where a person stands; each person is in exactly one.
 * `this`: acknowledged the version in force; `wording`: an earlier one, since which only the wording changed; `earlier`: an
 * earlier one, and must acknowledge again; `never`: none.
 */
export const standings = ['this', 'wording', 'earlier', 'never'] as const
export type Standing = (typeof standings)[number]

export function standingOf({ number: now, askedNumber }: Asking, { number }: Concerned): Standing {
  if (number === null) return 'never'
  if (number >= now) return 'this'
  return number >= askedNumber ? 'wording' : 'earlier'
}

export const isAsked = (standing: Standing): boolean => standing === 'earlier' || standing === 'never'

/** `YYYY-MM-DD`, so many days later. */
export function daysAfter(day: string, days: number): string {
  const at = new Date(`${day}T00:00:00Z`)
  at.setUTCDate(at.getUTCDate() + days)
  return at.toISOString().slice(0, 10)
}

/** The last day on which it is in time. */
export const dueOn = ({ askedFrom }: Asking, { since }: Concerned, dueDays: number): string =>
  daysAfter(since > askedFrom ? since : askedFrom, dueDays)

/** Versions as the state of a rule is told from them: those that came into force, in order. */
export function askingOf(
  versions: readonly { readonly number: number; readonly substance: boolean; readonly effectiveFrom: string }[],
  on: string,
): Asking | undefined {
  const inForce = versions.filter((v) => v.effectiveFrom <= on).toSorted((a, b) => a.number - b.number)
  const last = inForce.at(-1)
  // The first version is new to everybody, whatever it says of itself.
  const asked = inForce.findLast((v, index) => v.substance || index === 0)
  return last && asked && { number: last.number, askedNumber: asked.number, askedFrom: asked.effectiveFrom }
}
