import type { May } from '#access/may.ts'
import type { Actor, RunTx } from '#audit/transaction.ts'
import type { Db } from '#platform/database.ts'
import type { NewId, Now } from '#platform/ids.ts'
import type { Mailer } from '#platform/mail.ts'
import type { Scope } from '#platform/scope.ts'

/** What the routes of the room need. */
export type NoticesDeps = {
  readonly db: Db
  readonly tx: RunTx
  readonly may: May
  readonly now: Now
  readonly newId: NewId
  readonly timeZone: string
  readonly notices: NoticesSettings
}

export type NoticesSettings = {
  /** Where people reach the house, without a slash at the end. */
  readonly address: string
  /** `HH:MM`. */
  readonly digestAt: string
  readonly mailSent: boolean
  /** Networks inside the ministry to which webhooks may go, CIDR. */
  readonly webhookNetworks: readonly string[]
  readonly webhookStopAfter: number
  /** Evaluation mode: a receiver on this machine may be reached, also without TLS. */
  readonly evaluation: boolean
}

/** What the jobs of the room need besides. */
export type NoticesJobDeps = NoticesDeps & {
  /** Nothing where the house has no mail server. */
  readonly mailer: Mailer | undefined
  /** How far an actor sees: names in mail are looked up as the person it goes to. */
  readonly scopeOf: (actor: Actor) => Scope
}
