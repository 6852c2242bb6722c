import { sql } from 'kysely'

import type { Db } from '#platform/database.ts'

import { bundle, hashBytes, tileWidth } from './tiles.ts'

/** The first `width` hashes of a tile. */
export async function readTile(db: Db, level: number, n: number, width: number): Promise<Buffer> {
  const { rows } = await sql<{ hashes: Uint8Array }>`
    select substring(hashes from 1 for ${width * hashBytes}::int) as hashes from log_tile
    where level = ${level}::smallint and n = ${n}::bigint`.execute(db)
  const hashes = rows[0] && Buffer.from(rows[0].hashes)
  if (hashes?.length !== width * hashBytes) throw new Error(`tile ${level}/${n} is not there as far as it was signed`)
  return hashes
}

/** The first `width` leaves of a block of 256. To be called inside `asSystem`. */
export async function readBundle(db: Db, n: number, width: number): Promise<Buffer> {
  const from = n * tileWidth
  const { rows } = await sql<{ leaf: string }>`select leaf from log_leaf
    where idx >= ${from}::bigint and idx < ${from + width}::bigint order by idx`.execute(db)
  if (rows.length !== width) throw new Error(`leaves from ${from} on are not there as far as they were signed`)
  return bundle(rows.map((row) => Buffer.from(row.leaf)))
}
