import { Worker } from 'node:worker_threads'

import { AppError, type ErrorCode, type ErrorParams } from '#platform/errors.ts'

import { fileFault } from './faults.ts'
import type { Grid } from './grid.ts'
import { limits } from './limits.ts'
import type { ReadOptions } from './read-file.ts'

export type ReadTask = { readonly name: string; readonly bytes: Uint8Array; readonly options: ReadOptions }
export type ReadAnswer =
  | { readonly ok: true; readonly grid: Grid }
  | { readonly ok: false; readonly code: ErrorCode; readonly params: ErrorParams }

export type WorkerOptions = ReadOptions & {
  readonly signal?: AbortSignal
  /** For tests; the defaults are in limits.ts. */
  readonly limitMs?: number
  readonly limitMb?: number
}

/**
 * Reads a file in a thread of its own, so that the server keeps answering, with a limit of time and of memory.
 * @throws AppError as `readFile`, and `reading-takes-too-long`, `needs-too-much-memory`; the signal's reason when aborted
 */
export function readInWorker(name: string, bytes: Uint8Array, options: WorkerOptions = {}): Promise<Grid> {
  const { signal, limitMs = limits.readMs, limitMb = limits.readHeapMb, ...readOptions } = options
  signal?.throwIfAborted()
  const task: ReadTask = { name, bytes, options: readOptions }
  const worker = new Worker(new URL('./read-thread.ts', import.meta.url), {
    workerData: task,
    resourceLimits: { maxOldGenerationSizeMb: limitMb },
    execArgv: [],
  })
  const ending = Promise.withResolvers<Grid>()
  const timer = setTimeout(() => ending.reject(fileFault({ fault: 'reading-takes-too-long', limitMs })), limitMs)
  const abort = () => ending.reject(signal?.reason)
  signal?.addEventListener('abort', abort)
  worker.on('message', (answer: ReadAnswer) => {
    if (answer.ok) ending.resolve(answer.grid)
    else ending.reject(new AppError(answer.code, answer.params))
  })
  worker.on('error', (error: NodeJS.ErrnoException) => {
    const memory = error.code === 'ERR_WORKER_OUT_OF_MEMORY'
    ending.reject(memory ? fileFault({ fault: 'needs-too-much-memory', limitMb }, error) : error)
  })
  worker.on('exit', () => ending.reject(new Error('the reading thread ended without an answer')))
  const end = async () => {
    clearTimeout(timer)
    signal?.removeEventListener('abort', abort)
    await worker.terminate()
  }
  return ending.promise.then(
    async (grid) => (await end(), grid),
    async (error: unknown) => {
      await end()
      throw error
    },
  )
}
