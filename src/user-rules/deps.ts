import type { May } from '#access/may.ts'
import type { RunTx } from '#audit/transaction.ts'
import type { Library } from '#catalog/catalog-library.ts'
import type { Editions } from '#finder/editions.ts'
import type { Db } from '#platform/database.ts'
import type { Files } from '#platform/files.ts'
import type { NewId, Now } from '#platform/ids.ts'

import type { AcknowledgementRules } from './acknowledgements/load-rules.ts'
import type { Guide } from './guide.ts'

export type UserRulesDeps = {
  readonly db: Db
  readonly tx: RunTx
  readonly may: May
  readonly now: Now
  readonly newId: NewId
  readonly files: Files
  readonly library: Library
  readonly editions: Editions
  /** IANA name: rules come into force with a day of the office. */
  readonly timeZone: string
  /** When staff must have acknowledged, and when they are reminded. */
  readonly acknowledging: AcknowledgementRules
  /** What a new rule begins with. */
  readonly userRuleGuide: Guide
}
