import { sql } from 'kysely'
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

import type { Db } from './database.ts'
import { AppError } from './errors.ts'
import { installJobs } from './jobs-schema.ts'
import { fromRoot } from './root.ts'

export type Migration = {
  readonly number: number
  readonly name: string
  readonly text: string
  readonly checksum: string
}

/** Any number: all that start at once must agree on it. "tenb" in ASCII. */
export const migrationLock = 0x74656e62

/**
 * Brings the database to the newest schema: numbered SQL, forward only, one transaction each. Of two servers that start
 * together one does the work while the other waits for the advisory lock.
 * @returns the names of the migrations that were done now
 * @throws AppError `unavailable` when the database is newer than this program, or a migration was edited after it ran
 */
export async function migrate(db: Db, folder = fromRoot('migrations')): Promise<string[]> {
  const known = readMigrations(folder)
  await sql`create table if not exists schema_migration (
    number integer primary key, name text not null, checksum text not null, done_at timestamptz not null default now())`.execute(
    db,
  )
  const done: string[] = []
  for (const migration of known) {
    if (await migrateOne(db, migration, known)) done.push(migration.name)
  }
  await installJobs(db)
  return done
}

/** @returns the names of the migrations that the database still lacks; all of them when it is empty */
export async function missingMigrations(db: Db, folder = 'migrations'): Promise<string[]> {
  const { rows } = await sql<{ there: boolean }>`select to_regclass('schema_migration') is not null as there`.execute(
    db,
  )
  const known = readMigrations(folder)
  if (!rows[0]!.there) return known.map((migration) => migration.name)
  const done = await sql<{ number: number }>`select number from schema_migration`.execute(db)
  const numbers = new Set(done.rows.map((row) => row.number))
  return known.filter((migration) => !numbers.has(migration.number)).map((migration) => migration.name)
}

/** All migrations that this program knows, oldest first. */
export function readMigrations(folder = fromRoot('migrations')): Migration[] {
  return readdirSync(folder)
    .filter((name) => /^\d{4}_.*\.sql$/.test(name))
    .toSorted()
    .map((name) => {
      const text = readFileSync(join(folder, name), 'utf8')
      return { number: Number(name.slice(0, 4)), name, text, checksum: createHash('sha256').update(text).digest('hex') }
    })
}

function migrateOne(db: Db, migration: Migration, known: readonly Migration[]): Promise<boolean> {
  return db.transaction().execute(async (t) => {
    await sql`select pg_advisory_xact_lock(${sql.lit(migrationLock)})`.execute(t)
    const { rows } = await sql<{ number: number; name: string; checksum: string }>`
      select number, name, checksum from schema_migration`.execute(t)
    const newest = known.at(-1)?.number ?? 0
    const newer = rows.find((row) => row.number > newest)
    if (newer)
      throw new AppError('unavailable', { reason: 'database-newer', has: newer.name, knows: known.at(-1)?.name })
    const before = rows.find((row) => row.number === migration.number)
    if (before && before.checksum !== migration.checksum)
      throw new AppError('unavailable', { reason: 'migration-edited', name: migration.name })
    if (before) return false
    await applyMigration(t, migration)
    return true
  })
}

/** Does one migration within a transaction that is open, and notes that it was done. */
export async function applyMigration(t: Db, migration: Migration): Promise<void> {
  for (const statement of statementsOf(migration.text)) await sql.raw(statement).execute(t)
  await sql`insert into schema_migration (number, name, checksum)
    values (${migration.number}, ${migration.name}, ${migration.checksum})`.execute(t)
}

/** Splits SQL at semicolons that end a line, outside `$$ … $$` bodies: the embedded engine takes one statement a call. */
export function statementsOf(text: string): string[] {
  const statements: string[] = []
  let current = ''
  let inBody = false
  for (const line of text.split('\n')) {
    if (/^\s*--/.test(line) && !inBody) continue
    current += `${line}\n`
    if ((line.match(/\$\$/g)?.length ?? 0) % 2 === 1) inBody = !inBody
    if (!inBody && /;\s*(--.*)?$/.test(line)) {
      statements.push(current.trim())
      current = ''
    }
  }
  if (current.trim() !== '') statements.push(current.trim())
  return statements
}
