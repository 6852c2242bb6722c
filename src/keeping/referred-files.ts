import { sql } from 'kysely'

import type { Db } from '#platform/database.ts'

/**
 * Columns that name files of the store: every text column that is called `sha256` or ends so. Asked of the database
 * itself, so that a table that comes later is not forgotten and its files are never taken for left over.
 */
async function columnsWithFiles(db: Db): Promise<{ table: string; column: string }[]> {
  const { rows } = await sql<{ table: string; column: string }>`
    select c.relname as table, a.attname as column
    from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace
    where n.nspname = current_schema() and c.relkind in ('r', 'p') and a.attnum > 0 and not a.attisdropped
      and a.atttypid = 'text'::regtype and a.attname ~ '(^|_)sha256$' order by 1, 2`.execute(db)
  return rows
}

const union = (columns: readonly { table: string; column: string }[]) =>
  sql.join(
    columns.map(
      ({ table, column }) =>
        sql`select ${sql.id(column)} as sha256 from ${sql.id(table)} where ${sql.id(column)} ~ '^[0-9a-f]{64}$'`,
    ),
    sql` union `,
  )

/** Every file that a row names. */
export async function filesReferred(db: Db): Promise<string[]> {
  const columns = await columnsWithFiles(db)
  if (columns.length === 0) return []
  const { rows } = await sql<{ sha256: string }>`select sha256 from (${union(columns)}) r order by 1`.execute(db)
  return rows.map((row) => row.sha256)
}

/** @returns those of the files that no row names now */
export async function unreferred(db: Db, files: readonly string[]): Promise<string[]> {
  const columns = await columnsWithFiles(db)
  if (files.length === 0 || columns.length === 0) return [...files]
  const { rows } = await sql<{ sha256: string }>`
    select f.sha256 from unnest(${[...files]}::text[]) as f (sha256)
    where not exists (select 1 from (${union(columns)}) r where r.sha256 = f.sha256)`.execute(db)
  return rows.map((row) => row.sha256)
}
