import { sql } from 'kysely'
import { promisify } from 'node:util'
import { gunzip } from 'node:zlib'

import type { Db } from '#platform/database.ts'

import type { Head, TableHead } from './backup-format.ts'
import { identityColumns } from './read-schema.ts'

const unzip = promisify(gunzip)

/** Triggers rest and foreign keys are asked at the end, so that rows come in as they were and in any order. */
export async function beginLoading(db: Db, tables: readonly TableHead[]): Promise<() => Promise<void>> {
  const names = tables.map(({ name }) => name)
  // What migrations put there (first rows of a counter) comes out of the backup instead.
  await sql`truncate ${sql.join(names.map((name) => sql.id(name)))} cascade`.execute(db)
  const { rows: keys } = await sql<{ table: string; name: string }>`
    select c.relname as table, k.conname as name from pg_constraint k
    join pg_class c on c.oid = k.conrelid join pg_namespace n on n.oid = c.relnamespace
    where n.nspname = current_schema() and k.contype = 'f' and not k.condeferrable`.execute(db)
  const alterKeys = async (how: 'deferrable initially deferred' | 'not deferrable') => {
    for (const { table, name } of keys)
      await sql`alter table ${sql.id(table)} alter constraint ${sql.id(name)} ${sql.raw(how)}`.execute(db)
  }
  const alterTriggers = async (how: 'enable' | 'disable') => {
    for (const name of names) await sql`alter table ${sql.id(name)} ${sql.raw(how)} trigger user`.execute(db)
  }
  await alterKeys('deferrable initially deferred')
  await alterTriggers('disable')
  return async () => {
    await sql`set constraints all immediate`.execute(db)
    await alterTriggers('enable')
    await alterKeys('not deferrable')
  }
}

/** @returns how many rows the part had */
export async function loadPart(db: Db, table: TableHead, packed: Uint8Array): Promise<number> {
  const rows = (await unzip(packed)).toString('utf8').trimEnd().split('\n')
  const columns = sql.join(table.columns.map(({ name }) => sql.id(name)))
  // Numbers of transactions mean nothing in another cluster: all that was restored is older than whatever comes.
  const values = sql.join(
    table.columns.map(({ type }, i) =>
      type === 'xid8' ? sql`'0'::xid8` : sql`(r.v ->> ${sql.lit(i)})::${sql.raw(checkedType(type))}`,
    ),
  )
  await sql`insert into ${sql.id(table.name)} (${columns}) overriding system value
    select ${values} from json_array_elements(${`[${rows.join(',')}]`}::json) as r (v)`.execute(db)
  return rows.length
}

/** Types are written into the statement: words, lengths and brackets only. */
function checkedType(type: string): string {
  if (/^[a-z][a-z0-9_ ]*(\(\d+(,\d+)?\))?( with(out)? time zone)?(\[\])*$/.test(type)) return type
  throw new Error(`not the name of a type: ${type}`)
}

/** Sequences go on after what they gave last, and never give what a row has already. */
export async function continueSequences(db: Db, head: Head): Promise<void> {
  for (const { table, column } of await identityColumns(db)) {
    const told = head.sequences.find((s) => s.table === table && s.column === column)?.last ?? 0
    const { rows } = await sql<{ most: number | null }>`
      select max(${sql.id(column)}) as most from ${sql.id(table)}`.execute(db)
    const last = Math.max(told, rows[0]!.most ?? 0)
    if (last > 0)
      await sql`select setval(pg_get_serial_sequence(quote_ident(${table}), ${column})::regclass, ${sql.lit(last)})`.execute(
        db,
      )
  }
}
