import { sql } from 'kysely'

import type { Db } from '#platform/database.ts'

import type { InboxRow } from './leaf.ts'
import type { Hash, ReadHash } from './merkle.ts'
import { hashBytes, hashesFrom, type Tile, type TileAt } from './tiles.ts'

// Statements on the tables of the log. They see and write only inside `asSystem` (log_tile, log_checkpoint, log_cosignature
// and log_key are read by everybody).

/** Any number: all sequencers must agree on it. "tlog" in ASCII. */
const lockId = 0x746c6f67

/** One sequencer at a time, until the end of the transaction. */
export async function lockLog(db: Db): Promise<void> {
  await sql`select pg_advisory_xact_lock(${sql.lit(lockId)})`.execute(db)
}

export type Waiting = {
  readonly size: number
  readonly signed: number
  readonly waiting: boolean
  /** Age of the oldest row without a leaf, ms. */
  readonly lagMs: number
}

export async function whatWaits(db: Db): Promise<Waiting> {
  const { rows } = await sql<Waiting>`select coalesce((select max(idx) + 1 from log_leaf), 0) as size,
    coalesce((select max(size) from log_checkpoint), 0) as signed, w.put_at is not null as waiting,
    coalesce(greatest(0, extract(epoch from clock_timestamp() - w.put_at) * 1000), 0)::float8 as "lagMs"
    from (select 1) one left join (select put_at from log_inbox order by ord limit 1) w on true`.execute(db)
  return rows[0]!
}

/**
 * Takes what is committed out of the inbox, in the order in which it was written. One statement is one snapshot: what was
 * acknowledged before something in it began is in it too, or was taken earlier.
 */
export async function takeInbox(db: Db, most: number): Promise<InboxRow[]> {
  const { rows } = await sql<InboxRow>`
    with taken as (
      delete from log_inbox where ord in (select ord from log_inbox order by ord limit ${most}::int)
      returning ord, kind, row_id, commitment, salt, fields)
    select ord, kind, row_id as row, encode(commitment, 'hex') as commitment, encode(salt, 'hex') as salt, fields
    from taken order by ord`.execute(db)
  return rows
}

/** Gives a pseudonym to who has none yet. */
export async function pseudonymsOf(db: Db, people: readonly string[]): Promise<Map<string, string>> {
  if (people.length === 0) return new Map()
  const ids = sql`select distinct x from unnest(${people}::uuid[]) x`
  const { rows } = await sql<{ person: string; pseudonym: string }>`
    with made as (
      insert into log_pseudonym (person_id, pseudonym)
      select x, encode(uuid_send(gen_random_uuid()), 'hex') from (${ids}) p on conflict do nothing
      returning person_id, pseudonym)
    select person_id as person, pseudonym from made
    union all select person_id, pseudonym from log_pseudonym where person_id in (${ids})`.execute(db)
  return new Map(rows.map((row) => [row.person, row.pseudonym]))
}

export async function sizeOf(db: Db): Promise<number> {
  const { rows } = await sql<{ size: number }>`select coalesce(max(idx) + 1, 0) as size from log_leaf`.execute(db)
  return rows[0]!.size
}

type NewLeaf = {
  readonly idx: number
  readonly kind: string
  readonly row: string
  readonly leaf: string
  readonly salt: string | null
}

export async function insertLeaves(db: Db, leaves: readonly NewLeaf[]): Promise<void> {
  await sql`insert into log_leaf (idx, kind, row_id, leaf, salt)
    select r.idx, r.kind, r.row, r.leaf, decode(r.salt, 'hex')
    from jsonb_to_recordset(${JSON.stringify(leaves)}::jsonb)
      as r(idx bigint, kind text, "row" uuid, leaf text, salt text)`.execute(db)
}

export async function upsertTiles(db: Db, tiles: readonly Tile[]): Promise<void> {
  const rows = tiles.map(({ level, n, hashes }) => ({ level, n, hashes: Buffer.concat(hashes).toString('hex') }))
  await sql`insert into log_tile (level, n, hashes)
    select r.level, r.n, decode(r.hashes, 'hex')
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(level smallint, n bigint, hashes text)
    on conflict (level, n) do update set hashes = excluded.hashes`.execute(db)
}

const keyOf = (level: number, n: number) => `${level}/${n}`
type Tiles = ReadonlyMap<string, readonly Hash[]>

export async function loadTiles(db: Db, wanted: readonly TileAt[]): Promise<Tiles> {
  if (wanted.length === 0) return new Map()
  const { rows } = await sql<{ level: number; n: number; hashes: Uint8Array }>`
    select t.level, t.n, t.hashes from log_tile t
    join jsonb_to_recordset(${JSON.stringify(wanted)}::jsonb) as w(level smallint, n bigint)
      on w.level = t.level and w.n = t.n`.execute(db)
  return new Map(rows.map(({ level, n, hashes }) => [keyOf(level, n), splitHashes(hashes)]))
}

export function splitHashes(bytes: Uint8Array): Hash[] {
  const all = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  return Array.from({ length: all.length / hashBytes }, (_, i) => all.subarray(i * hashBytes, (i + 1) * hashBytes))
}

/** Reads the tiles that were loaded, and no other. */
export const tileFrom =
  (tiles: Tiles) =>
  async (level: number, n: number): Promise<readonly Hash[]> =>
    tiles.get(keyOf(level, n)) ?? []

export const widthAt = (tiles: Tiles, { level, n }: TileAt): number => tiles.get(keyOf(level, n))?.length ?? 0

/** Hashes for proofs: each tile is read once, when it is first needed. */
export function hashesIn(db: Db): ReadHash {
  const read = new Map<string, Promise<readonly Hash[]>>()
  return hashesFrom((level, n) => {
    const known = read.get(keyOf(level, n)) ?? loadTiles(db, [{ level, n }]).then((t) => t.get(keyOf(level, n)) ?? [])
    read.set(keyOf(level, n), known)
    return known
  })
}

export type StoredCheckpoint = {
  readonly size: number
  readonly root: Hash
  readonly note: string
  readonly signedAt: string
}

/** @param size  that of the checkpoint; without it, the last */
export async function loadCheckpoint(db: Db, size?: number): Promise<StoredCheckpoint | undefined> {
  const { rows } = await sql<Omit<StoredCheckpoint, 'root'> & { root: Uint8Array }>`
    select size, root, note, signed_at as "signedAt" from log_checkpoint
    ${size === undefined ? sql`` : sql`where size = ${size}`} order by size desc limit 1`.execute(db)
  return rows[0] && { ...rows[0], root: Buffer.from(rows[0].root) }
}

export async function insertCheckpoint(db: Db, made: StoredCheckpoint): Promise<void> {
  await sql`insert into log_checkpoint (size, root, note, signed_at)
    values (${made.size}, decode(${made.root.toString('hex')}, 'hex'), ${made.note}, ${made.signedAt}::timestamptz)`.execute(
    db,
  )
}

export type StoredKey = {
  readonly position: number
  readonly origin: string
  readonly keyId: string
  readonly publicKey: Buffer
  readonly firstSize: number | null
  readonly lastSize: number | null
  readonly addedAt: string
  readonly retiredAt: string | null
}

/** Every key of this log, oldest first; the last is the one that signs. */
export async function loadKeys(db: Db): Promise<StoredKey[]> {
  const { rows } = await sql<Omit<StoredKey, 'publicKey'> & { publicKey: Uint8Array }>`
    select position, origin, key_id as "keyId", public_key as "publicKey", first_size as "firstSize",
      last_size as "lastSize", added_at as "addedAt", retired_at as "retiredAt" from log_key order by position`.execute(
    db,
  )
  return rows.map((row) => ({ ...row, publicKey: Buffer.from(row.publicKey) }))
}
