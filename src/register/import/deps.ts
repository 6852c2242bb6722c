import type { May } from '#access/may.ts'
import type { RunTx } from '#audit/transaction.ts'
import type { Db } from '#platform/database.ts'
import type { Files } from '#platform/files.ts'

import type { KnownMap } from './column-maps.ts'
import type { ReadTable } from './read-table.ts'
import type { Imports } from './run-import.ts'

export type ImportRoutesDeps = {
  readonly db: Db
  readonly tx: RunTx
  readonly may: May
  readonly files: Files
  readonly readTable: ReadTable
  readonly imports: Imports
  readonly shipped: readonly KnownMap[]
}

/** Saved maps, then those that came with the product. */
export type AllMaps = () => Promise<KnownMap[]>
