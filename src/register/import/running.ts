import { AppError } from '#platform/errors.ts'

import type { Import } from './api.ts'

export type Progress = NonNullable<Import['progress']>

/** An import that runs in this process. */
export type Running = {
  readonly progress: Progress
  readonly abort: AbortController
  readonly ended: Promise<void>
  /** Of the organisation imported into: the database, which the import may hold, is not asked who may follow it. */
  readonly organisationPath: readonly string[]
}

/** Waits for what runs until the limit, then cancels it: nothing of a cancelled import is stored. */
export async function finishOrCancel(running: ReadonlyMap<string, Running>, withinMs: number): Promise<void> {
  const all = [...running.values()]
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<void>((done) => {
    timer = setTimeout(done, withinMs)
  })
  await Promise.race([Promise.all(all.map((job) => job.ended)), late])
  clearTimeout(timer)
  for (const job of all) job.abort.abort()
  await Promise.all(all.map((job) => job.ended))
}

export const refuseWhen = (stopping: boolean): void => {
  if (stopping) throw new AppError('unavailable', { reason: 'stopping' })
}
