import { CompiledQuery, PostgresAdapter, PostgresIntrospector, PostgresQueryCompiler } from 'kysely'
import type { DatabaseConnection, Dialect, QueryResult } from 'kysely'
import { existsSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'

import { lockFolder } from './folder-lock.ts'
import { applicationRole, currentScope, type Scope, settingsSql } from './scope.ts'

/**
 * PGlite (PostgreSQL in WebAssembly) runs in a worker thread, so that a long query does not stop the server from
 * answering, and behind a lock file, because PGlite itself lets two processes write one folder.
 * It has one connection: whoever holds it (a transaction, or one query) goes first, the others wait their turn.
 */
export type Embedded = {
  /** As the owner of everything: migrations, and tests that look behind the isolation. */
  readonly dialect: Dialect
  /** As the application: under row-level security, for whom `currentScope` says. */
  readonly scoped: Dialect
  /** The same, and always the next to have its turn. */
  readonly aside: Dialect
  close(): Promise<void>
}

type Reply = {
  id: number
  rows?: unknown[]
  affected?: number
  error?: { message: string; code?: string; detail?: string; constraint?: string }
}

type Connected = { readonly ask: Ask; readonly close: () => Promise<void> }
type Ask = (sql: string, parameters: readonly unknown[]) => Promise<Reply>

export async function openEmbedded(folder: string | undefined): Promise<Embedded> {
  const unlock = folder === undefined ? () => {} : lockFolder(folder)
  try {
    if (folder !== undefined) await makeOnce(folder)
    const { ask, close } = await connect({ folder, making: false })
    return { ...dialectsOver(ask), close: () => close().finally(unlock) }
  } catch (error) {
    unlock()
    throw error
  }
}

/** Made beside and renamed when whole: a first start that is broken off leaves no half database. */
async function makeOnce(folder: string): Promise<void> {
  if (existsSync(join(folder, 'PG_VERSION'))) return
  const draft = `${folder}.making`
  rmSync(draft, { recursive: true, force: true })
  const { close } = await connect({ folder: draft, making: true })
  await close()
  rmSync(folder, { recursive: true, force: true })
  renameSync(draft, folder)
}

async function connect(data: { folder: string | undefined; making: boolean }): Promise<Connected> {
  const worker = new Worker(new URL('./embedded-worker.ts', import.meta.url), { workerData: data })
  const waiting = new Map<number, (reply: Reply) => void>()
  let failed: Error | undefined
  const failAll = (error: Error) => {
    failed = error
    for (const [id, answer] of waiting) answer({ id, error: { message: error.message } })
    waiting.clear()
  }
  worker.on('message', (reply: Reply) => {
    waiting.get(reply.id)?.(reply)
    waiting.delete(reply.id)
  })
  worker.on('error', failAll)
  worker.on('exit', () => failAll(new Error('the embedded database has stopped')))

  let last = 0
  const ask: Ask = (sql, parameters) =>
    new Promise((resolve, reject) => {
      if (failed) return reject(failed)
      const id = ++last
      waiting.set(id, (reply) => (reply.error ? reject(databaseError(reply.error)) : resolve(reply)))
      return worker.postMessage({ id, sql, parameters })
    })
  const close = async () => {
    if (!failed) await ask('close', []).catch(() => {})
    await worker.terminate()
  }
  try {
    await ask('open', [])
  } catch (error) {
    await worker.terminate()
    throw error
  }
  return { ask, close }
}

function databaseError(error: NonNullable<Reply['error']>): Error {
  return Object.assign(new Error(error.message), {
    code: error.code,
    detail: error.detail,
    constraint: error.constraint,
  })
}

/**
 * Two ways over one connection. For whom it speaks is told to it when that changes and not otherwise: nobody else has
 * the connection, so what was told stays told.
 */
function dialectsOver(ask: Ask): Omit<Embedded, 'close'> {
  const takeTurn = turns()
  let told = ''
  const tell = async (settings: string): Promise<void> => {
    if (settings === told) return
    told = ''
    await ask(settings, [])
    told = settings
  }
  return {
    dialect: dialectOver(ask, takeTurn, () => tell(ownerSettings)),
    scoped: dialectOver(ask, takeTurn, () => tell(applicationSettings(currentScope()))),
    aside: dialectOver(
      ask,
      () => takeTurn('next'),
      () => tell(applicationSettings(currentScope())),
    ),
  }
}

const ownerSettings = `select set_config('role', 'none', false)`
const applicationSettings = (scope: Scope) =>
  `select set_config('role', '${applicationRole}', false) from (${settingsSql(scope, false)}) s`

type TakeTurn = (place?: 'next') => Promise<() => void>

/** One connection: the first who asks has it, the others wait. @returns resolves with how to give it back */
function turns(): TakeTurn {
  let taken = false
  const first: (() => void)[] = []
  const others: (() => void)[] = []
  const giveBack = () => {
    const next = first.shift() ?? others.shift()
    if (next) next()
    else taken = false
  }
  return (place) =>
    new Promise((resolve) => {
      if (taken) return void (place === 'next' ? first : others).push(() => resolve(giveBack))
      taken = true
      return resolve(giveBack)
    })
}

function dialectOver(ask: Ask, takeTurn: () => Promise<() => void>, begin: () => Promise<void>): Dialect {
  const connection: DatabaseConnection = {
    async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
      const reply = await ask(query.sql, query.parameters)
      return { rows: (reply.rows ?? []) as R[], numAffectedRows: BigInt(reply.affected ?? 0) }
    },
    // Streaming needs a cursor on a second connection, which PGlite does not have.
    // oxlint-disable-next-line require-yield -- it refuses before it could yield
    async *streamQuery() {
      throw new Error('the embedded database does not stream')
    },
  }
  let release: () => void = () => {}
  return {
    createAdapter: () => new PostgresAdapter(),
    createIntrospector: (db) => new PostgresIntrospector(db),
    createQueryCompiler: () => new PostgresQueryCompiler(),
    createDriver: () => ({
      async init() {},
      async acquireConnection() {
        const done = await takeTurn()
        try {
          await begin()
        } catch (error) {
          done()
          throw error
        }
        release = done
        return connection
      },
      async beginTransaction(c) {
        await c.executeQuery(CompiledQuery.raw('begin'))
      },
      async commitTransaction(c) {
        await c.executeQuery(CompiledQuery.raw('commit'))
      },
      async rollbackTransaction(c) {
        await c.executeQuery(CompiledQuery.raw('rollback'))
      },
      async releaseConnection() {
        release()
      },
      async destroy() {},
    }),
  }
}
