import { PGlite } from '@electric-sql/pglite'
import { setFlagsFromString } from 'node:v8'
import { parentPort, workerData } from 'node:worker_threads'

import { parsers } from './parsers.ts'

type Ask = { id: number; sql: string; parameters: unknown[] }

/**
 * PostgreSQL's SQL parser is one function of 105 kB. V8 takes it for hot at once and spends 600 MB and seconds of a
 * core on optimising it (seen with `--trace-wasm-compilation-times`, V8 13.6), which gains nothing. V8 settles when it
 * first compiles a function whether that may be optimised later; so the parser is compiled here, by an empty statement,
 * while nothing may be. A V8 that does not know the flag says so on standard error and works as before.
 */
const mayOptimise = (may: boolean) => setFlagsFromString(`--wasm-tier-up-filter=${may ? -1 : 0}`)

class Embedded extends PGlite {
  override async _initArrayTypes(options?: { force?: boolean }): Promise<void> {
    mayOptimise(false)
    await this.exec(';')
    mayOptimise(true)
    return super._initArrayTypes(options)
  }
}

/** `making`: only makes the database, which parses thousands of statements before the class above could act. */
const { folder, making } = workerData as { folder: string | undefined; making: boolean }
const port = parentPort!

async function open(): Promise<PGlite> {
  if (making || folder === undefined) mayOptimise(false)
  const options = { ...(folder === undefined ? {} : { dataDir: folder }), parsers }
  // What kysely hands over as an object is JSON already made text by us; arrays are PostgreSQL arrays.
  const db = making ? new PGlite(options) : new Embedded(options)
  await db.waitReady
  mayOptimise(true)
  return db
}
const opening = open()

async function answer({ id, sql, parameters }: Ask): Promise<void> {
  try {
    const db = await opening
    if (sql === 'open') return port.postMessage({ id })
    if (sql === 'close') {
      await db.close()
      return port.postMessage({ id })
    }
    const result = await db.query(sql, parameters)
    return port.postMessage({ id, rows: result.rows, affected: result.affectedRows })
  } catch (error) {
    const e = error as { message: string; code?: string; detail?: string; constraint?: string }
    return port.postMessage({
      id,
      error: { message: e.message, code: e.code, detail: e.detail, constraint: e.constraint },
    })
  }
}

port.on('message', (ask: Ask) => void answer(ask))
