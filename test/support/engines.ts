import { beforeEach, describe } from 'vitest'
import { sql } from 'kysely'

import { type Database, openEmbeddedDatabase, openPostgres } from '#platform/database.ts'
import { grantApplication, makeApplicationRole } from '#platform/isolation.ts'
import { migrate } from '#platform/migrate.ts'
import { applicationRole } from '#platform/scope.ts'

type Engine = Database['engine']

/** PostgreSQL is tried where an address is given; `scripts/test.mjs` says loudly when it is not. */
export const postgresAddress = process.env['TENBIN_TEST_POSTGRES']
const engines: readonly Engine[] = postgresAddress ? ['pglite', 'postgresql'] : ['pglite']

/** One migrated database per engine and worker thread: starting PGlite takes seconds, emptying it milliseconds. */
const opened = new Map<Engine, Promise<Database>>()

async function open(engine: Engine): Promise<Database> {
  if (engine === 'pglite') {
    return prepared(await openEmbeddedDatabase())
  }
  const name = `tenbin_test_${process.pid}_${Math.random().toString(36).slice(2, 8)}`
  const admin = await openPostgres(postgresAddress!, { max: 1 })
  await sql
    .raw(`create database ${name} encoding 'UTF8' lc_collate 'C.UTF-8' lc_ctype 'C.UTF-8' template template0`)
    .execute(admin.db)
  await admin.close()
  const address = postgresAddress!.replace(/\/[^/?]*(\?|$)/, `/${name}$1`)
  return prepared(await openPostgres(address, { max: 4, role: applicationRole }))
}

async function prepared(database: Database): Promise<Database> {
  await migrate(database.db)
  await makeApplicationRole(database.db, applicationRole)
  await grantApplication(database.db, applicationRole)
  return database
}

/** A fresh database of its own, for tests that start servers or need an unmigrated one. */
export const databaseOf = (engine: Engine): Promise<Database> => {
  const known = opened.get(engine) ?? open(engine)
  opened.set(engine, known)
  return known
}

async function empty({ db }: Database): Promise<void> {
  const { rows } = await sql<{ name: string }>`
    select quote_ident(tablename) as name from pg_tables where schemaname = 'public'
      and tablename not in ('schema_migration', 'table_isolation', 'table_privilege')`.execute(db)
  // Append-only triggers are row triggers: truncate passes them, and only tests truncate.
  await sql.raw(`truncate ${rows.map((r) => r.name).join(', ')} cascade`).execute(db)
}

/**
 * Runs a block of tests on every engine that is there, each test on emptied tables.
 * @param block receives a function that gives the open database; call it inside a test or a hook
 */
export function onEachEngine(name: string, block: (database: () => Database) => void): void {
  for (const engine of engines) {
    describe(`${name} [${engine}]`, () => {
      let database: Database
      beforeEach(async () => {
        database = await databaseOf(engine)
        await empty(database)
      }, 60_000)
      block(() => database)
    })
  }
}
