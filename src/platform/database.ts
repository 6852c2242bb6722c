import { Kysely, PostgresDialect, sql } from 'kysely'
import pg from 'pg'

import { AppError } from './errors.ts'
import { openEmbedded } from './embedded.ts'
import { parsers } from './parsers.ts'
import { ScopedPostgresDialect } from './scoped-postgres.ts'

/** The database without tables: each room adds its own with `db.withTables<…>()` in its `store.ts`. */
// oxlint-disable-next-line typescript/no-empty-object-type
export type Db = Kysely<{}>

export type Database = {
  /** As who signed in: the owner where it is for migrations, or nobody in particular, who sees no row. */
  readonly db: Db
  /** As the application: under row-level security, for whom `currentScope` says. All rooms work on this one. */
  readonly scoped: Db
  /** The same on a way of its own, for what must not stand in the queue behind everybody: the sequencer of the log. */
  readonly aside: Db
  /** The program takes on the application's role itself, instead of signing in as it. */
  readonly switchesRole: boolean
  readonly engine: 'pglite' | 'postgresql'
  close(): Promise<void>
}

export type PostgresOptions = {
  /** Connections at most. */
  readonly max?: number
  /** How long is waited for a connection, a statement, and for the next statement of a transaction; without it, for ever. */
  readonly patience?: { readonly connectMs: number; readonly statementMs: number; readonly idleInTransactionMs: number }
  /** A role to take on in each scoped transaction, for who signs in as more than the application. */
  readonly role?: string
}

/** Opens PostgreSQL 15 or newer. @throws AppError `unavailable` when the server is too old or not UTF-8. */
export async function openPostgres(connectionString: string, options: PostgresOptions = {}): Promise<Database> {
  const pool = poolOf(connectionString, options, options.max ?? 10)
  const beside = poolOf(connectionString, options, 1)
  const db: Db = new Kysely({ dialect: new PostgresDialect({ pool }) })
  const scoped: Db = new Kysely({ dialect: new ScopedPostgresDialect({ pool }, options.role) })
  const aside: Db = new Kysely({ dialect: new ScopedPostgresDialect({ pool: beside }, options.role) })
  const close = async () => {
    await beside.end()
    await db.destroy()
  }
  try {
    await refuseUnfitServer(db)
  } catch (error) {
    await close()
    throw error
  }
  return { db, scoped, aside, switchesRole: options.role !== undefined, engine: 'postgresql', close }
}

function poolOf(connectionString: string, options: PostgresOptions, max: number): pg.Pool {
  const pool = new pg.Pool({
    connectionString,
    max,
    keepAlive: true,
    ...(options.patience && {
      connectionTimeoutMillis: options.patience.connectMs,
      statement_timeout: options.patience.statementMs,
      // Where the server no longer answers at all, it is not the server that ends the statement.
      query_timeout: options.patience.statementMs + 5000,
      idle_in_transaction_session_timeout: options.patience.idleInTransactionMs,
    }),
    types: {
      getTypeParser: ((oid: number, format: 'text') =>
        parsers[oid] ?? pg.types.getTypeParser(oid, format)) as typeof pg.types.getTypeParser,
    },
  })
  // An idle connection that breaks must not end the process; the next query gets a new one or fails by itself.
  pool.on('error', () => {})
  // One that breaks between two statements of a transaction tells it by an event, and by the failure of the next.
  pool.on('connect', (client) => client.on('error', () => {}))
  return pool
}

/** Opens the embedded database in `folder`, or in memory when there is none. */
export async function openEmbeddedDatabase(folder?: string): Promise<Database> {
  const embedded = await openEmbedded(folder)
  const db: Db = new Kysely({ dialect: embedded.dialect })
  return {
    db,
    scoped: new Kysely({ dialect: embedded.scoped }),
    aside: new Kysely({ dialect: embedded.aside }),
    switchesRole: true,
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
