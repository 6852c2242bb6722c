import { PGlite } from '@electric-sql/pglite'
import { parentPort, workerData } from 'node:worker_threads'

import { parsers } from './parsers.ts'

type Ask = { id: number; sql: string; parameters: unknown[] }

const { folder } = workerData as { folder: string | undefined }
const port = parentPort!
const opening = PGlite.create({
  ...(folder === undefined ? {} : { dataDir: folder }),
  parsers,
  // What kysely hands over as an object is JSON already made text by us; arrays are PostgreSQL arrays.
})

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
