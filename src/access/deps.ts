import type { RunTx } from '#audit/transaction.ts'
import type { Db } from '#platform/database.ts'
import type { Now } from '#platform/ids.ts'

import type { Me } from './api.ts'
import type { May } from './may.ts'

export type AccessDeps = {
  readonly db: Db
  readonly tx: RunTx
  readonly may: May
  readonly now: Now
  readonly engine: Me['engine']
  /** Local sign-in without a password is on. */
  readonly evaluation: boolean
  readonly demoPresent: (db: Db) => Promise<boolean>
  readonly finderInForce: () => Me['finder']
}
