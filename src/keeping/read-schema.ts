import { sql } from 'kysely'

import type { Db } from '#platform/database.ts'

import type { Head, TableHead } from './backup-format.ts'

export async function migrationsDone(db: Db): Promise<Head['migrations']> {
  const { rows } = await sql<Head['migrations'][number]>`
    select number, name, checksum from schema_migration order by number`.execute(db)
  return rows
}

/** Tables with the columns that hold something of their own; what the database works out is left out. */
export async function columnsToTake(db: Db, leftOut: readonly string[]): Promise<TableHead[]> {
  const { rows } = await sql<{ table: string; name: string; type: string }>`
    select c.relname as table, a.attname as name, format_type(a.atttypid, a.atttypmod) as type
    from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace
    where n.nspname = current_schema() and c.relkind = 'r' and a.attnum > 0 and not a.attisdropped
      and a.attgenerated = '' and c.relname <> all(${[...leftOut]}::text[])
    order by c.relname, a.attnum`.execute(db)
  const tables = new Map<string, { name: string; type: string }[]>()
  for (const { table, name, type } of rows) tables.set(table, [...(tables.get(table) ?? []), { name, type }])
  return [...tables].map(([name, columns]) => ({ name, columns }))
}

export async function identityColumns(db: Db): Promise<{ table: string; column: string }[]> {
  const { rows } = await sql<{ table: string; column: string }>`
    select c.relname as table, a.attname as column
    from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace
    where n.nspname = current_schema() and c.relkind = 'r' and not a.attisdropped
      and pg_get_serial_sequence(quote_ident(c.relname), a.attname) is not null and a.attnum > 0
    order by 1, 2`.execute(db)
  return rows
}

/** What the sequences gave last: a number that was given is not given again, even if its row is gone. */
export async function lastNumbers(db: Db): Promise<Head['sequences']> {
  const all: Head['sequences'] = []
  for (const { table, column } of await identityColumns(db)) {
    const { rows } = await sql<{ last: number | null }>`
      select pg_sequence_last_value(pg_get_serial_sequence(quote_ident(${table}), ${column})::regclass) as last`.execute(
      db,
    )
    if (rows[0]!.last !== null) all.push({ table, column, last: rows[0]!.last })
  }
  return all
}
