import type { May } from '#access/may.ts'
import type { RunTx } from '#audit/transaction.ts'
import type { Db } from '#platform/database.ts'
import type { Now } from '#platform/ids.ts'

import type { NeedsEdition } from './needs-edition.ts'

export type StagesDeps = {
  readonly db: Db
  readonly tx: RunTx
  readonly may: May
  readonly now: Now
  /** The edition of what steps need that is in force. */
  readonly needsInForce: NeedsEdition
}
