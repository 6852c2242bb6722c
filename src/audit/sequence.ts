import type { Db } from '#platform/database.ts'
import { asSystem } from '#platform/scope.ts'

import { LogFault } from './log-fault.ts'
import { leafHash } from './merkle.ts'
import { leafOf, peopleIn } from './leaf.ts'
import { appendLeaves, edgeOf, tileWidth } from './tiles.ts'
import {
  insertLeaves,
  loadTiles,
  lockLog,
  pseudonymsOf,
  takeInbox,
  tileFrom,
  upsertTiles,
  whatWaits,
  widthAt,
} from './store-log.ts'

/** As many at once as keep a transaction short; more wait for the next. */
export const batch = 2048

/**
 * Gives rows that are committed their places in the tree: leaves and tiles in one transaction, without gaps. Any number
 * of servers may call it at once.
 * @returns how many leaves were added
 * @throws LogFault `leaves-missing`, `tiles-differ`: nothing is built on a tree from which something was taken
 */
export function sequence(db: Db, most: number = batch): Promise<number> {
  return asSystem(() =>
    db.transaction().execute(async (t) => {
      // Before the statement that takes: its snapshot must see what the sequencer before this one has left.
      await lockLog(t)
      const rows = await takeInbox(t, most)
      if (rows.length === 0) return 0
      const size = await soundSize(t)
      const pseudonyms = await pseudonymsOf(t, rows.flatMap(peopleIn))
      const leaves = rows.map((row, i) => ({ ...row, idx: size + i, leaf: leafOf(row, pseudonyms) }))
      const tiles = await loadTiles(t, edgeOf(size))
      if (size % tileWidth > 0 && widthAt(tiles, edgeOf(size)[0]!) !== size % tileWidth)
        throw new LogFault('tiles-differ', { size })
      const hashes = leaves.map(({ leaf }) => leafHash(Buffer.from(leaf)))
      await upsertTiles(t, await appendLeaves(tileFrom(tiles), size, hashes))
      await insertLeaves(
        t,
        leaves.map(({ idx, kind, row, leaf, salt }) => ({ idx, kind, row, leaf, salt })),
      )
      return leaves.length
    }),
  )
}

async function soundSize(t: Db): Promise<number> {
  const { size, signed } = await whatWaits(t)
  if (size < signed) throw new LogFault('leaves-missing', { size, signed })
  return size
}
