import type { May } from '#access/may.ts'
import type { Actor, RunTx } from '#audit/transaction.ts'
import type { Db } from '#platform/database.ts'
import type { Files } from '#platform/files.ts'
import type { Scan } from '#platform/scan.ts'

import type { EvidenceRules } from './load-rules.ts'
import type { ItemKind } from './model.ts'

export type ItemPlace = {
  readonly organisationId: string
  readonly organisationPath: readonly string[]
  /** Contacts of a supplier to whom the item was sent. */
  readonly sentTo?: readonly string[]
  /** Why nothing can be attached any more: a code. */
  readonly closed?: string
}

/** Where an item stands; nothing when it is not there or may not be seen. Each room's own kind is given by the wiring. */
export type EvidenceItems = Readonly<Record<ItemKind, (db: Db, id: string) => Promise<ItemPlace | undefined>>>

export type EvidenceDeps = {
  readonly db: Db
  readonly tx: RunTx
  readonly may: May
  readonly files: Files
  readonly evidence: {
    readonly rules: EvidenceRules
    readonly items: EvidenceItems
    /** Without one, files are not scanned. */
    readonly scan?: Scan
    /** Told when who asks is shown none, by the id asked for: a room may have to keep the attempt. */
    readonly notShown?: (actor: Actor, id: string) => Promise<void>
    /** Folder for files that are being checked. */
    readonly staging: string
  }
}
