import type { Role } from '#access/model.ts'
import type { Actor } from '#audit/transaction.ts'
import type { Db } from '#platform/database.ts'

/** Screens on which something waits; the number beside each in the navigation counts the waits of one's own role. */
export const waitScreens = [
  'consultations',
  'cases',
  'conditions',
  'procurements',
  'userRules',
  'myRules',
  'acknowledgements',
  'reports',
  'tenders',
] as const
export type WaitScreen = (typeof waitScreens)[number]

/** Something that cannot go on until somebody acts. */
export type Wait = {
  /** Who acts next. */
  readonly who: Role
  /** A code that the page words, such as `question-to-answer`. */
  readonly what: string
  readonly screen: WaitScreen
  readonly count: number
  /** ISO 8601, UTC: since when the one that waits longest has waited. */
  readonly oldest: string | null
  /** Query of the screen that shows exactly these. */
  readonly filter: Readonly<Record<string, string>>
}

/**
 * What waits in a room, in the organisation of the role and below, and for the person who asks (declarations,
 * acknowledgements). Counts that are 0 are left out.
 */
export type WaitSource = (db: Db, asking: Actor, at: Date) => Promise<readonly Wait[]>
