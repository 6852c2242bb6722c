import { z } from 'zod'

import type { Db } from './database.ts'

/** A kind of job. Its payload is checked when it is put and when it runs; it holds ids and codes, never personal text. */
export type JobName<P = unknown> = {
  /** `room.verb-thing`. */
  readonly name: string
  readonly payload: z.ZodType<P>
  /** How often it is tried again after it failed, and after how long: doubled each time up to the longest, s. */
  readonly retries: { readonly limit: number; readonly delay: number; readonly longest: number }
  /** After how long without an end it counts as failed, s. */
  readonly expires: number
}

export type JobOptions = Partial<Pick<JobName, 'retries' | 'expires'>>

/** Five tries within about a quarter of an hour. */
const patient = { limit: 4, delay: 30, longest: 600 }

export const jobNamed = <P>(name: string, payload: z.ZodType<P>, options: JobOptions = {}): JobName<P> => ({
  name,
  payload,
  retries: options.retries ?? patient,
  expires: options.expires ?? 300,
})

/** What was committed with a change, read again from the outbox. */
export type OutboxRow = {
  readonly id: string
  /** UTC. */
  readonly at: string
  readonly type: string
  readonly organisationId: string
  readonly payload: Readonly<Record<string, unknown>>
}

/** Puts a job in the transaction `t`: it is there when the transaction commits, and otherwise never was. */
export type PutJob = <P>(t: Db, job: JobName<P>, payload: P, options?: { readonly after?: Date }) => Promise<void>

export type JobContext = {
  readonly id: string
  readonly put: PutJob
  /** Aborted when the job runs out of time or the server must stop. */
  readonly signal: AbortSignal
}

/** Who does a kind of job. Built with `does`, `daily` or `listens`, so that the payload is what the job says. */
export type Handler = {
  readonly job: JobName
  readonly run: (payload: unknown, context: JobContext) => Promise<void>
  /** Types of events on which the job is put, once for each event; `all`: every event. */
  readonly on?: readonly string[] | 'all'
  /** `HH:MM` in the time zone of the house: the job is put once a day, also when the server was down at that time. */
  readonly at?: string
}

export const does = <P>(job: JobName<P>, run: (payload: P, context: JobContext) => Promise<void>): Handler => ({
  job,
  run: (payload, context) => run(job.payload.parse(payload), context),
})

const nothing = z.strictObject({})

/** A job of every day. @param at `HH:MM` */
export const daily = (
  name: string,
  at: string,
  run: (context: JobContext) => Promise<void>,
  options?: JobOptions,
): Handler => ({
  ...does(jobNamed(name, nothing, options), (_payload, context) => run(context)),
  at,
})

const ofEvent = z.strictObject({ event: z.uuid() })

/**
 * A job for each event of the given types, put exactly once for each; it may run more than once, when a try failed half
 * way, so what it does is done once by its own keys.
 */
export const listens = (
  name: string,
  on: readonly string[] | 'all',
  run: (event: string, context: JobContext) => Promise<void>,
  options?: JobOptions,
): Handler => ({ ...does(jobNamed(name, ofEvent, options), ({ event }, context) => run(event, context)), on })

/**
 * A job that cannot be done and why, as a code: this and nothing else of an error is kept, shown and logged, because the
 * words of others (a mail server, a receiver) may name people.
 */
export class JobFailure extends Error {
  readonly code: string
  readonly params: Readonly<Record<string, string | number>>
  /** Trying again is of no use. */
  readonly final: boolean
  constructor(code: string, params: Readonly<Record<string, string | number>> = {}, final = false) {
    super(code)
    this.name = 'JobFailure'
    this.code = code
    this.params = params
    this.final = final
  }
}

/** Why a job failed, as it is kept. */
export const failureSchema = z.object({
  code: z.string(),
  params: z.record(z.string(), z.union([z.string(), z.number()])).default({}),
})
export type Failure = z.infer<typeof failureSchema>

/** A job that failed for good. */
export type DeadJob = {
  readonly id: string
  readonly name: string
  readonly payload: Readonly<Record<string, unknown>>
  readonly failure: Failure
  readonly tries: number
  /** When it was put, UTC. */
  readonly putAt: string
}
