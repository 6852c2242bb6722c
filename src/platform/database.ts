import { Kysely, PostgresDialect, sql } from 'kysely'
import pg from 'pg'

import { AppError } from './errors.ts'
import { openEmbedded } from './embedded.ts'
import { parsers } from './parsers.ts'

/** The database without tables: each room adds its own with `db.withTables<…>()` in its `store.ts`. */
// oxlint-disable-next-line typescript/no-empty-object-type
export type Db = Kysely<{}>

export type Database = {
  readonly db: Db
  readonly engine: 'pglite' | 'postgresql'
  close(): Promise<void>
}

/** Opens PostgreSQL 15 or newer. @throws AppError `unavailable` when the server is too old or not UTF-8. */
export async function openPostgres(connectionString: string, max = 10): Promise<Database> {
  const pool = new pg.Pool({
    connectionString,
    max,
    types: {
      getTypeParser: ((oid: number, format: 'text') =>
        parsers[oid] ?? pg.types.getTypeParser(oid, format)) as typeof pg.types.getTypeParser,
    },
  })
  // An idle connection that breaks must not end the process; the next query gets a new one or fails by itself.
  pool.on('error', () => {})
  const db: Db = new Kysely({ dialect: new PostgresDialect({ pool }) })
  await refuseUnfitServer(db)
  return { db, engine: 'postgresql', close: () => db.destroy() }
}

/** Opens the embedded database in `folder`, or in memory when there is none. */
export async function openEmbeddedDatabase(folder?: string): Promise<Database> {
  const embedded = await openEmbedded(folder)
  const db: Db = new Kysely({ dialect: embedded.dialect })
  return {
    db,
    engine: 'pglite',
    close: async () => {
      await db.destroy()
      await embedded.close()
    },
  }
}

async function refuseUnfitServer(db: Db): Promise<void> {
  const { rows } = await sql<{ version: number; encoding: string }>`
    select current_setting('server_version_num')::int as version, current_setting('server_encoding') as encoding
  `.execute(db)
  const server = rows[0]!
  if (server.version < 150000) throw new AppError('unavailable', { need: 'PostgreSQL 15', is: server.version })
  if (server.encoding !== 'UTF8') throw new AppError('unavailable', { need: 'UTF8', is: server.encoding })
}
