import type { RunTx } from '#audit/transaction.ts'
import type { Db } from '#platform/database.ts'
import type { NewId, Now } from '#platform/ids.ts'

import type { Me } from './api.ts'
import type { May } from './may.ts'
import type { Rights } from './policies/rights.ts'
import type { Limits } from './limits/rate-limit.ts'
import type { SessionLimits, SignIn } from './sign-in/sign-in-config.ts'

export type AccessDeps = {
  readonly db: Db
  readonly tx: RunTx
  readonly may: May
  readonly rights: Rights
  readonly now: Now
  readonly newId: NewId
  /** In which the day of the office begins: roles run from one day to another. */
  readonly timeZone: string
  /** Code of the organisation whose administrators give the roles that read across ministries. */
  readonly governmentOffice: string | undefined
  /** How long an API token lasts, days. */
  readonly tokenDays: { readonly preset: number; readonly most: number }
  readonly limits: Limits
  readonly engine: Me['engine']
  readonly signIn: SignIn
  readonly sessionLimits: SessionLimits
  /** How far the clock of a provider and ours may differ. */
  readonly clockToleranceSeconds: number
  /** The address under which people reach the server, without path; undefined when none is configured. */
  readonly origin: string | undefined
  /** Local sign-in without a password is on. */
  readonly evaluation: boolean
  /** The local sign-in is on, and only this machine shall reach the server. */
  readonly thisMachineOnly: boolean
  readonly demoPresent: (db: Db) => Promise<boolean>
  readonly finderInForce: () => Me['finder']
}
