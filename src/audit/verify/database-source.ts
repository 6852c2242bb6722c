import { sql } from 'kysely'

import { verifierKey } from '#audit/checkpoint.ts'
import { cosigned } from '#audit/cosignatures.ts'
import { verifierOfKey } from '#audit/log-keys.ts'
import { hashBytes } from '#audit/tiles.ts'
import { loadCheckpoint, loadKeys } from '#audit/store-log.ts'
import type { Db } from '#platform/database.ts'

import type { verify } from './tenbin-verify.mjs'

type Source = Parameters<typeof verify>[0]
type Fault = Awaited<ReturnType<typeof verify>>['faults'][number]
type Behind = Exclude<Awaited<ReturnType<Source['rows']>>[number], { unreadable: true }>

/** Blocks of 256 leaves that are read in one statement: few enough that writers on one connection need not wait long. */
const blocksAtOnce = 8
const leavesAtOnce = blocksAtOnce * 256

type Page = {
  readonly leaves: ReadonlyMap<number, Uint8Array>
  readonly rows: readonly Behind[]
  readonly tiles: ReadonlyMap<number, Uint8Array>
}

/**
 * The log as it lies in the database, for the verifier. What lies below a checkpoint does not change but by withholding, so
 * that it can be read piece by piece while others write. Statements see what the caller's scope lets through: run it as the
 * system.
 */
export async function databaseSource(db: Db): Promise<Source> {
  const kinds = await kindsOf(db)
  const newest = await loadCheckpoint(db)
  const size = newest?.size ?? 0
  let page: { from: number; read: Promise<Page> } | undefined
  const pageOf = (n: number): Promise<Page> => {
    const from = n - (n % blocksAtOnce)
    if (page?.from !== from) page = { from, read: readPage(db, kinds, from, size) }
    return page.read
  }
  return {
    newest: async () => newest && cosigned(db, newest),
    keys: async () => (await loadKeys(db)).map((key) => verifierKey(verifierOfKey(key))),
    checkpoints: () => notesOf(db, size),
    tile: async (level, n, width) => {
      const bytes = level === 0 ? (await pageOf(n)).tiles.get(n) : await tileAt(db, level, n)
      return bytes?.subarray(0, width * hashBytes)
    },
    leaves: async (n, width) => {
      const { leaves } = await pageOf(n)
      return Array.from({ length: width }, (_, i) => leaves.get(n * 256 + i))
    },
    rows: async (n, width) =>
      (await pageOf(n)).rows.filter((row) => Math.floor(row.index / 256) === n && row.index < n * 256 + width),
    rest: () => rowsWithoutLeaf(db, kinds),
    recordedLater: (kind, row) => recordedLater(db, kind, row, size),
  }
}

/** Tables with the trigger, and those that ever had it: who takes a trigger away does not take the table out of the check. */
export async function kindsOf(db: Db): Promise<string[]> {
  const { rows } = await sql<{ kind: string }>`select kind from (
    select k as kind from log_kinds() k union select distinct kind from log_leaf) known
    where to_regclass(quote_ident(kind)) is not null order by 1`.execute(db)
  return rows.map(({ kind }) => kind)
}

/** Leaves, the rows behind them and their tiles, in one snapshot. */
async function readPage(db: Db, kinds: readonly string[], from: number, size: number): Promise<Page> {
  const [first, end] = [from * 256, Math.min(size, from * 256 + leavesAtOnce)]
  const text = kinds.map(
    (kind) =>
      sql`when ${sql.lit(kind)} then (select log_text(to_jsonb(t)) from ${sql.ref(kind)} t where t.id = l.row_id)`,
  )
  const none = sql`null::text`
  const behind = text.length === 0 ? none : sql`case l.kind ${sql.join(text, sql` `)} end`
  return db.transaction().execute(async (t) => {
    await sql`set local timezone = 'UTC'`.execute(t)
    const { rows } = await sql<{
      idx: number
      kind: string
      row: string
      leaf: string
      salt: string | null
      text: string | null
    }>`
      select l.idx, l.kind, l.row_id as row, l.leaf, encode(l.salt, 'hex') as salt,
        case when l.salt is null then null else ${behind} end as text
      from log_leaf l where l.idx >= ${first} and l.idx < ${end} order by l.idx`.execute(t)
    const tiles = await sql<{ n: number; hashes: Uint8Array }>`
      select n, hashes from log_tile where level = 0 and n >= ${from} and n < ${from + blocksAtOnce}`.execute(t)
    return {
      leaves: new Map(rows.map(({ idx, leaf }) => [idx, Buffer.from(leaf)])),
      rows: rows.flatMap(({ idx: index, kind, row, salt, text: told }): Behind[] => {
        if (salt === null) return [{ index, kind, row, withheld: true }]
        return told === null ? [] : [{ index, kind, row, salt, text: told }]
      }),
      tiles: new Map(tiles.rows.map(({ n, hashes }) => [n, hashes])),
    }
  })
}

async function tileAt(db: Db, level: number, n: number): Promise<Uint8Array | undefined> {
  const { rows } = await sql<{ hashes: Uint8Array }>`
    select hashes from log_tile where level = ${level} and n = ${n}`.execute(db)
  return rows[0]?.hashes
}

/** Every checkpoint with its cosignatures, smallest first. */
async function* notesOf(db: Db, size: number): AsyncGenerator<string> {
  for (let after = -1; ;) {
    const { rows } = await sql<{ size: number; note: string }>`
      select c.size, c.note || coalesce((select string_agg(s.line, '' order by s.witness) from log_cosignature s
        where s.size = c.size), '') as note
      from log_checkpoint c where c.size > ${after} and c.size <= ${size} order by c.size limit 500`.execute(db)
    for (const { note } of rows) yield note
    const last = rows.at(-1)
    if (!last) return
    after = last.size
  }
}

/** Rows that came in behind the trigger; those that wait for their place in the tree are no fault. */
async function* rowsWithoutLeaf(db: Db, kinds: readonly string[]): AsyncGenerator<Fault> {
  for (const kind of kinds) {
    const { rows } = await sql<{ row: string }>`
      select t.id as row from ${sql.ref(kind)} t
      where not exists (select 1 from log_leaf l where l.kind = ${kind} and l.row_id = t.id and l.salt is not null)
        and not exists (select 1 from log_inbox i where i.kind = ${kind} and i.row_id = t.id and i.salt is not null)
      order by t.id limit 1000`.execute(db)
    for (const { row } of rows) yield { fault: 'row-added', kind, row }
  }
}

/** The record of a withholding lies behind the checkpoint that is being verified: it was made a moment ago. */
async function recordedLater(db: Db, kind: string, row: string, size: number): Promise<boolean> {
  const { rows } = await sql`select 1 from log_withholding w
    where w.withheld_kind = ${kind} and ${row}::uuid = any(w.row_ids) and (
      exists (select 1 from log_inbox i where i.kind = 'log_withholding' and i.row_id = w.id)
      or exists (select 1 from log_leaf l where l.kind = 'log_withholding' and l.row_id = w.id and l.idx >= ${size}))
    limit 1`.execute(db)
  return rows.length > 0
}
