import type { Db } from '#platform/database.ts'
import type { Now } from '#platform/ids.ts'
import { asSystem } from '#platform/scope.ts'

import { signCheckpoint } from './checkpoint.ts'
import { putInPlace } from './key-file.ts'
import { LogFault } from './log-fault.ts'
import { chooseSigners, type KeyDeps } from './log-keys.ts'
import { rootHash } from './merkle.ts'
import {
  insertCheckpoint,
  loadCheckpoint,
  loadTiles,
  lockLog,
  sizeOf,
  type StoredCheckpoint,
  tileFrom,
  widthAt,
} from './store-log.ts'
import { edgeOf, hashesFrom, tileWidth } from './tiles.ts'

/**
 * Signs the tree as it is committed, when it has grown since the last checkpoint.
 * @returns the new checkpoint, or nothing when there is nothing new
 * @throws LogFault `root-differs`, `tiles-differ`, `leaves-missing`: the tree is not the one that was signed before; or what
 *   is wrong with the key. Nothing is signed then.
 */
export async function signHead(deps: Omit<KeyDeps, 'tx'> & { now: Now }): Promise<StoredCheckpoint | undefined> {
  const signed = await asSystem(() =>
    deps.db.transaction().execute(async (t) => {
      await lockLog(t)
      const { size, root, signedSize } = await readHead(t)
      if (size === signedSize) return undefined
      const { origin, signers, handsOver, noted } = await chooseSigners(t, deps)
      const note = signCheckpoint({ origin, size, root }, signers)
      const made = { size, root, note, signedAt: deps.now().toISOString() }
      await insertCheckpoint(t, made)
      await noted(size)
      return { made, handsOver }
    }),
  )
  // Where the process ends here, the next start finds the key beside.
  if (signed?.handsOver) putInPlace(deps.keyFile)
  return signed?.made
}

/** Whether the tree still is what the last checkpoint says. @throws LogFault */
export const checkHead = (db: Db): Promise<{ readonly size: number }> => asSystem(() => readHead(db))

async function readHead(t: Db) {
  const size = await sizeOf(t)
  const last = await loadCheckpoint(t)
  const signedSize = last?.size ?? 0
  if (size < signedSize) throw new LogFault('leaves-missing', { size, signed: signedSize })
  const end = size === 0 ? [] : [{ level: 0, n: Math.floor((size - 1) / tileWidth) }]
  const tiles = await loadTiles(t, [...edgeOf(signedSize), ...edgeOf(size), ...end])
  if (size > 0 && widthAt(tiles, end[0]!) !== ((size - 1) % tileWidth) + 1) throw new LogFault('tiles-differ', { size })
  const read = hashesFrom(tileFrom(tiles))
  const rootAt = (n: number) => rootHash(read, n).catch(() => Promise.reject(new LogFault('tiles-differ', { size: n })))
  if (last && !(await rootAt(signedSize)).equals(last.root)) throw new LogFault('root-differs', { size: signedSize })
  return { size, root: await rootAt(size), signedSize }
}
