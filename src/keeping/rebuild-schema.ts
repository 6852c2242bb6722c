import { sql } from 'kysely'

import type { Db } from '#platform/database.ts'
import { applyMigration, readMigrations } from '#platform/migrate.ts'

/** @returns whether somebody's data is in the database; a fresh schema, or none, is empty */
export async function isEmpty(db: Db): Promise<boolean> {
  for (const table of ['organisation', 'audit_entry', 'ai_system']) {
    const { rows } = await sql<{ there: boolean }>`select to_regclass(${table}) is not null as there`.execute(db)
    if (!rows[0]!.there) continue
    const found = await sql<{ some: boolean }>`select exists (select 1 from ${sql.id(table)}) as some`.execute(db)
    if (found.rows[0]!.some) return false
  }
  return true
}

/**
 * Takes away all that is in the schema and makes it anew as it was at a migration, within the transaction: if what follows
 * fails, everything is as before.
 */
export async function rebuildSchema(db: Db, upTo: number): Promise<void> {
  await dropAll(db)
  await sql`drop schema if exists pgboss cascade`.execute(db)
  await sql`create table schema_migration (
    number integer primary key, name text not null, checksum text not null, done_at timestamptz not null default now())`.execute(
    db,
  )
  for (const migration of readMigrations()) if (migration.number <= upTo) await applyMigration(db, migration)
}

/** Object by object, not the schema itself: that may belong to somebody else, and hold an extension. */
async function dropAll(db: Db): Promise<void> {
  const own = sql`n.nspname = current_schema() and not exists (
    select 1 from pg_depend d where d.objid = o.oid and d.deptype = 'e')`
  const { rows: relations } = await sql<{ drop: string }>`
    select format('drop %s if exists %I cascade', case o.relkind when 'v' then 'view' when 'S' then 'sequence' else 'table' end,
      o.relname) as drop
    from pg_class o join pg_namespace n on n.oid = o.relnamespace where o.relkind in ('r', 'p', 'v', 'S') and ${own}
    order by case o.relkind when 'v' then 1 when 'S' then 3 else 2 end`.execute(db)
  for (const { drop } of relations) await sql.raw(drop).execute(db)
  const { rows: functions } = await sql<{ drop: string }>`
    select format('drop routine if exists %s cascade', o.oid::regprocedure) as drop
    from pg_proc o join pg_namespace n on n.oid = o.pronamespace where ${own}`.execute(db)
  for (const { drop } of functions) await sql.raw(drop).execute(db)
}
