import { Worker } from 'node:worker_threads'

import type { DescriptionRead } from './model.ts'
import type { DescriptionRules } from './rules.ts'

/**
 * Reads a description in a thread of its own, so that the server keeps answering, with a limit of time and of memory.
 * @returns what it says, or why it cannot be read
 */
export async function readInThread(bytes: Uint8Array, rules: DescriptionRules): Promise<DescriptionRead> {
  const { limits } = rules
  if (bytes.length > limits.bytes) return { ok: false, faults: [{ code: 'too-large', detail: limits.bytes }] }
  const worker = new Worker(new URL('./read-thread.ts', import.meta.url), {
    workerData: { bytes, rules },
    resourceLimits: { maxOldGenerationSizeMb: limits.megabytes },
    execArgv: [],
  })
  const ending = Promise.withResolvers<DescriptionRead>()
  const failed = (code: 'took-too-long' | 'took-too-much', detail: number) =>
    ending.resolve({ ok: false, faults: [{ code, detail }] })
  const timer = setTimeout(() => failed('took-too-long', limits.seconds), limits.seconds * 1000)
  worker.on('message', (answer: DescriptionRead) => ending.resolve(answer))
  worker.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'ERR_WORKER_OUT_OF_MEMORY') failed('took-too-much', limits.megabytes)
    else ending.reject(error)
  })
  worker.on('exit', () => ending.reject(new Error('the reading thread ended without an answer')))
  try {
    return await ending.promise
  } finally {
    clearTimeout(timer)
    await worker.terminate()
  }
}
