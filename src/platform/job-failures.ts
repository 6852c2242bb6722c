import type { JobWithMetadata } from 'pg-boss'

import { AppError } from './errors.ts'
import { type DeadJob, type Failure, failureSchema, JobFailure } from './jobs.ts'

/** The queue of what failed for good. */
export const deadJobs = 'jobs.dead'

/** What is kept of an error: a code of ours, or that it was none of ours. */
export function failureOf(error: unknown): { failure: Failure; final: boolean; expected: boolean } {
  if (error instanceof JobFailure)
    return { failure: { code: error.code, params: error.params }, final: error.final, expected: true }
  if (error instanceof AppError) return { failure: { code: error.code, params: {} }, final: false, expected: false }
  return { failure: { code: 'bug', params: {} }, final: false, expected: false }
}

/** Of a job that never came back (the process was killed, or it took too long) the queue itself tells, in its own words. */
export function deadOf(job: JobWithMetadata): DeadJob {
  const told = failureSchema.safeParse(job.output)
  return {
    id: job.sourceId ?? job.id,
    name: job.sourceName ?? job.name,
    payload: job.data as DeadJob['payload'],
    failure: told.success ? told.data : { code: 'never-ended', params: {} },
    tries: (job.sourceRetryCount ?? 0) + 1,
    putAt: new Date(job.sourceCreatedOn ?? job.createdOn).toISOString(),
  }
}
