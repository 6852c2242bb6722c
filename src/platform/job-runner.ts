import { type JobWithMetadata, PgBoss } from 'pg-boss'

import type { Db } from './database.ts'
import { dispatchOutbox } from './dispatch-outbox.ts'
import type { NewId, Now } from './ids.ts'
import { putDaily } from './job-calendar.ts'
import { deadJobs, deadOf, failureOf } from './job-failures.ts'
import { jobsDatabase } from './jobs-database.ts'
import { jobsSchema } from './jobs-schema.ts'
import type { DeadJob, Handler, JobName, PutJob } from './jobs.ts'
import type { Part } from './parts.ts'
import { asSystem } from './scope.ts'

export type JobRunnerDeps = {
  readonly db: Db
  readonly now: Now
  readonly newId: NewId
  /** IANA name; the days of daily jobs are days there. */
  readonly timeZone: string
  readonly handlers: readonly Handler[]
  /** Told once of each job that failed for good, in the transaction that takes it out of the queue. */
  readonly onDead: (t: Db, dead: DeadJob) => Promise<void>
  readonly onBug: (error: unknown, where: string) => void
  /** How often the queues are asked, s, at least 0.5; what this process puts itself is begun at once. */
  readonly pollSeconds?: number
  /** How often the outbox is looked at, ms. */
  readonly tickMs?: number
  /** How long running jobs may take to end when the process stops, ms. */
  readonly stopWithinMs?: number
}

export type JobRunner = Part & {
  /** Moves what the outbox holds, and what is due today, to the queues. Happens by itself every `tickMs`. */
  readonly tick: () => Promise<void>
  readonly put: PutJob
}

const batch = 10

/** Runs the jobs of all rooms in this process. Several processes share the work: each job is taken by one of them. */
export function jobRunner(deps: JobRunnerDeps): JobRunner {
  const boss = new PgBoss({
    db: jobsDatabase(deps.db),
    schema: jobsSchema,
    migrate: false,
    createSchema: false,
    // Days are ours: the cron of the queue forgets what was due while nothing ran.
    schedule: false,
    reindex: false,
    monitorVacuum: false,
  })
  boss.on('error', (error) => deps.onBug(error, 'jobs'))
  const workers = new Map<string, string>()
  const wake = (names: Iterable<string>) => {
    for (const name of names) if (workers.has(name)) boss.notifyWorker(workers.get(name)!)
  }
  const put: PutJob = async (t, job, payload, options = {}) => {
    const data = job.payload.parse(payload) as object
    await boss.send(job.name, data, { db: jobsDatabase(t, true), ...(options.after && { startAfter: options.after }) })
    waiting.add(job.name)
  }
  const waiting = new Set<string>()
  const wakeWaiting = () => {
    const names = [...waiting]
    waiting.clear()
    wake(names)
  }
  const insert = (t: Db, name: string, jobs: readonly { id?: string; data: object }[]) =>
    boss.insert(name, [...jobs], { db: jobsDatabase(t, true) })

  const tick = async () => {
    await asSystem(async () => {
      for (const name of await dispatchOutbox(deps, insert)) waiting.add(name)
      for (const name of await putDaily(deps, insert)) waiting.add(name)
    })
    // A failure is written after the job has ended here; it is looked for until it must be there.
    if (Date.now() < failing) waiting.add(deadJobs)
    wakeWaiting()
  }
  let failing = 0

  const settle = async (handler: Handler, job: JobWithMetadata): Promise<Settled> => {
    try {
      await asSystem(() => handler.run(job.data, { id: job.id, put, signal: job.signal }))
      return { id: job.id, status: 'completed' }
    } catch (error) {
      const { failure, final, expected } = failureOf(error)
      failing = Date.now() + 5000
      if (!expected) deps.onBug(error, `job ${handler.job.name} ${job.id}`)
      return { id: job.id, status: final ? 'deadletter' : 'failed', output: failure }
    } finally {
      wakeWaiting()
    }
  }
  const bury = async (job: JobWithMetadata): Promise<void> => {
    await asSystem(() =>
      deps.db.transaction().execute(async (t) => {
        await deps.onDead(t, deadOf(job))
        await boss.deleteJob(deadJobs, job.id, { db: jobsDatabase(t, true) })
      }),
    )
  }

  const open = async () => {
    await boss.start()
    await ensureQueue(boss, { name: deadJobs, retries: { limit: 100, delay: 60, longest: 3600 }, expires: 300 })
    const options = {
      batchSize: batch,
      includeMetadata: true,
      burstWhenBatchFull: true,
      pollingIntervalSeconds: deps.pollSeconds ?? 10,
    } as const
    for (const handler of deps.handlers) {
      await ensureQueue(boss, handler.job, deadJobs)
      const work = (jobs: JobWithMetadata[]) => Promise.all(jobs.map((job) => settle(handler, job)))
      workers.set(handler.job.name, await boss.work(handler.job.name, { ...options, perJobResults: true }, work))
    }
    workers.set(
      deadJobs,
      await boss.work(deadJobs, options, async (jobs: JobWithMetadata[]) => {
        for (const job of jobs) await bury(job)
      }),
    )
  }
  const clock = ticking(tick, deps)
  return {
    name: 'jobs',
    tick,
    put,
    start: async () => {
      await asSystem(open)
      clock.start()
    },
    stop: async () => {
      await clock.stop()
      await boss.stop({ graceful: true, timeout: deps.stopWithinMs ?? 20_000 })
    },
  }
}

type Settled = { id: string; status: 'completed' | 'failed' | 'deadletter'; output?: object }

async function ensureQueue(boss: PgBoss, job: Omit<JobName, 'payload'>, deadLetter?: string): Promise<void> {
  const how = {
    retryLimit: job.retries.limit,
    retryDelay: job.retries.delay,
    retryBackoff: true,
    retryDelayMax: job.retries.longest,
    expireInSeconds: job.expires,
    // What could not run for so long is not silently dropped before a year has passed.
    retentionSeconds: 365 * 86_400,
    deleteAfterSeconds: 7 * 86_400,
    ...(deadLetter !== undefined && { deadLetter }),
  }
  await boss.createQueue(job.name, how)
  await boss.updateQueue(job.name, how)
}

/** Again and again, never two at once; a database that is away for a while is asked again. */
function ticking(tick: () => Promise<void>, deps: Pick<JobRunnerDeps, 'tickMs' | 'onBug'>) {
  let timer: NodeJS.Timeout | undefined
  let running: Promise<void> = Promise.resolve()
  let failing = false
  const once = async () => {
    try {
      await tick()
      failing = false
    } catch (error) {
      if (!failing) deps.onBug(error, 'jobs')
      failing = true
    }
  }
  const next = () => {
    timer = setTimeout(() => {
      running = once().then(() => {
        if (timer !== undefined) next()
      })
    }, deps.tickMs ?? 1000)
  }
  return {
    start: next,
    stop: async () => {
      clearTimeout(timer)
      timer = undefined
      await running
    },
  }
}
