// Runs in a worker thread started by read-in-worker.ts: one file, one answer.
import { parentPort, workerData } from 'node:worker_threads'

import { AppError } from '#platform/errors.ts'

import type { ReadAnswer, ReadTask } from './read-in-worker.ts'
import { readFile } from './read-file.ts'

const { name, bytes, options } = workerData as ReadTask

async function answer(): Promise<ReadAnswer> {
  try {
    return { ok: true, grid: await readFile(name, bytes, options) }
  } catch (error) {
    if (error instanceof AppError) return { ok: false, code: error.code, params: error.params }
    throw error
  }
}

parentPort?.postMessage(await answer())
