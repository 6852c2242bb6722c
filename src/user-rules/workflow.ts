import type { Looser } from './compile.ts'
import type { StoredState } from './model.ts'

/** What a step asks for besides being in the table. */
type Condition =
  /** Somebody is named to look at it. */
  | 'reviewers'
  /** Each of them has confirmed. */
  | 'confirmed'
  /** The day from which it is to hold is set: today or later, and after that of the version before. */
  | 'effective'
  /** Staff know where to turn to. */
  | 'contact'
  /** Both languages of every clause were found to say the same. */
  | 'same-meaning'
  /** A system's rule lets nothing through that the ministry's rule does not. */
  | 'not-looser'
  | 'clauses'

/**
 * Steps of a version: the table is the documentation. That the CAIO sets the ministry's rule and the planner that of a
 * system is DS-920 v1.0, CAIO-05 and PLN-04 (policies/user-rules.cedar says who); review and dates are our preset. An adopted
 * version comes into force and ends by its dates (`stateOn`): nobody takes that step.
 */
export const workflow = {
  draft: { review: ['clauses', 'reviewers', 'not-looser'] },
  review: {
    draft: [],
    adopted: ['clauses', 'confirmed', 'effective', 'contact', 'same-meaning', 'not-looser'],
  },
  adopted: {},
} as const satisfies Record<StoredState, Partial<Record<StoredState, readonly Condition[]>>>

export type Situation = {
  readonly state: StoredState
  readonly articles: readonly { readonly number: number; readonly sameMeaning: boolean }[]
  readonly reviews: readonly { readonly finding: 'confirmed' | 'sent-back' | null }[]
  readonly effectiveFrom: string | null
  /** The first day of the version before; nothing for the first. */
  readonly beforeFrom: string | null
  readonly hasContact: boolean
  readonly looser: readonly Looser[]
  /** `YYYY-MM-DD`, the day of the office. */
  readonly today: string
}

export type RuleReason =
  | { readonly code: 'wrong-state'; readonly params: { readonly from: StoredState } }
  | { readonly code: 'no-clauses' | 'no-reviewers' | 'no-effective-day' | 'no-contact'; readonly params: object }
  | {
      readonly code: 'reviewers-waiting' | 'sent-back'
      readonly params: { readonly left: number; readonly of: number }
    }
  | { readonly code: 'effective-past'; readonly params: { readonly from: string; readonly earliest: string } }
  | { readonly code: 'languages-differ'; readonly params: { readonly articles: readonly number[] } }
  | { readonly code: 'looser-than-ministry'; readonly params: { readonly settings: readonly Looser[] } }

export type Step = { readonly ok: true } | { readonly ok: false; readonly reasons: readonly RuleReason[] }

/** @returns every reason why not, not only the first */
export function step(situation: Situation, to: StoredState): Step {
  const row: Partial<Record<StoredState, readonly Condition[]>> = workflow[situation.state]
  const conditions = row[to]
  if (!conditions) return { ok: false, reasons: [{ code: 'wrong-state', params: { from: situation.state } }] }
  const reasons = conditions.flatMap((condition) => reasonsOf(condition, situation))
  return reasons.length === 0 ? { ok: true } : { ok: false, reasons }
}

const failing = (reason: RuleReason | false): RuleReason[] => (reason === false ? [] : [reason])

function reasonsOf(condition: Condition, s: Situation): RuleReason[] {
  switch (condition) {
    case 'clauses':
      return failing(s.articles.length === 0 && { code: 'no-clauses', params: {} })
    case 'reviewers':
      return failing(s.reviews.length === 0 && { code: 'no-reviewers', params: {} })
    case 'confirmed':
      return confirmed(s)
    case 'effective':
      return effective(s)
    case 'contact':
      return failing(!s.hasContact && { code: 'no-contact', params: {} })
    case 'same-meaning': {
      const articles = s.articles.filter((a) => !a.sameMeaning).map((a) => a.number)
      return failing(articles.length > 0 && { code: 'languages-differ', params: { articles } })
    }
    case 'not-looser':
      return failing(s.looser.length > 0 && { code: 'looser-than-ministry', params: { settings: s.looser } })
  }
}

function confirmed({ reviews }: Situation): RuleReason[] {
  if (reviews.length === 0) return [{ code: 'no-reviewers', params: {} }]
  const back = reviews.filter((r) => r.finding === 'sent-back').length
  const waiting = reviews.filter((r) => r.finding === null).length
  return [
    ...failing(back > 0 && { code: 'sent-back', params: { left: back, of: reviews.length } }),
    ...failing(waiting > 0 && { code: 'reviewers-waiting', params: { left: waiting, of: reviews.length } }),
  ]
}

function effective({ effectiveFrom, beforeFrom, today }: Situation): RuleReason[] {
  if (effectiveFrom === null) return [{ code: 'no-effective-day', params: {} }]
  const earliest = beforeFrom !== null && beforeFrom >= today ? dayAfter(beforeFrom) : today
  return failing(effectiveFrom < earliest && { code: 'effective-past', params: { from: effectiveFrom, earliest } })
}

/** Two versions never begin on one day. */
const dayAfter = (day: string) => new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10)
