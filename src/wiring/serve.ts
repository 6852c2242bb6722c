import { sql } from 'kysely'
import { isatty } from 'node:tty'

import { firstStart } from '#demo/first-start.ts'
import { isDatabaseAway } from '#platform/database-away.ts'
import { AppError } from '#platform/errors.ts'
import { type Logger, logger, tellError } from '#platform/logger.ts'
import { startParts, stopParts } from '#platform/parts.ts'
import { openTelemetry, type Telemetry } from '#platform/telemetry.ts'
import type { Config } from '#settings/config.ts'

import { assemble, type House } from './assemble.ts'
import { greeting } from './greeting.ts'
import { type Only, partsOf } from './parts.ts'
import { databaseChecks, partChecks } from './readiness.ts'
import { refuseOpenEvaluation } from './sign-in-settings.ts'
import { watchFigures } from './watching.ts'

export type Serve = {
  readonly only: Only
  /** Puts the demonstration content into an empty database. */
  readonly demo: boolean
  /** Aborted when the process is to end; what runs is finished first. */
  readonly signal: AbortSignal
  readonly out: (text: string) => void
}

/**
 * Runs the server until it is told to stop.
 * @returns whether everything that ran was finished; false when something had to be broken off
 * @throws AppError when it cannot start; what was opened is closed then
 */
export async function serve(config: Config, options: Serve): Promise<boolean> {
  refuseWrongUse(config, options.only)
  const log = logOf(config)
  endOnCrash(log)
  const telemetry = await openTelemetry(config.running.telemetry)
  const onBug = (error: unknown, where: string) =>
    isDatabaseAway(error) ? log.warn('database-away', { where }) : log.error('bug', { where, ...tellError(error) })
  const house = await assemble(config, onBug, { log, telemetry })
  let finished = false
  try {
    finished = await runUntilStopped(house, config, { ...options, log, telemetry })
  } finally {
    await telemetry.stop()
    await house.database.close()
  }
  return finished
}

type Watched = Serve & { readonly log: Logger; readonly telemetry: Telemetry }

async function runUntilStopped(house: House, config: Config, options: Watched): Promise<boolean> {
  const { only, signal, log, out } = options
  const addresses: string[] = []
  const parts = partsOf({
    house,
    config,
    only,
    checks: () => [...databaseChecks(house.database), ...partChecks(parts)],
    stopping: () => signal.aborted,
    onListening: (address) => void addresses.push(address),
  })
  if (only !== 'worker') await firstOfAll(house, () => firstStart(house.deps, { demo: options.demo }))
  if (signal.aborted) return true
  await startParts(parts)
  watchFigures(options.telemetry, house.deps.db)
  log.info('started', { parts: parts.map((part) => part.name), addresses, engine: house.database.engine })
  if (addresses[0] !== undefined) out(await greeting(house, addresses[0], only))
  await aborted(signal)
  log.info('stopping')
  await new Promise((done) => setTimeout(done, config.running.stopAfterMs))
  const finished = await stopWithin(() => stopParts(parts), config.running.stopWithinMs)
  if (finished) log.info('stopped')
  else log.error('stop-broken-off', { ms: config.running.stopWithinMs })
  return finished
}

/** What nobody caught ends the process, as ever; but its message, which may quote a person, is not printed. */
function endOnCrash(log: Logger): void {
  for (const event of ['uncaughtException', 'unhandledRejection'] as const)
    process.on(event, (error: unknown) => {
      log.error('crash', { event, ...tellError(error) })
      process.exit(70)
    })
}

const aborted = (signal: AbortSignal): Promise<void> =>
  new Promise((done) => {
    if (signal.aborted) return done()
    return signal.addEventListener('abort', () => done(), { once: true })
  })

/** @returns false when it took longer; it then goes on by itself, and the caller ends the process */
async function stopWithin(stop: () => Promise<void>, ms: number): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<boolean>((done) => {
    // Imports are cancelled at the limit itself and need a moment to say so.
    timer = setTimeout(() => done(false), ms + 10_000)
  })
  try {
    return await Promise.race([stop().then(() => true), late])
  } finally {
    clearTimeout(timer)
  }
}

/** "serv" in ASCII: of servers that start at once on an empty database, one puts the first content in. */
const firstLock = 0x73657276

async function firstOfAll<T>({ database }: House, work: () => Promise<T>): Promise<T> {
  if (database.engine === 'pglite') return work()
  return database.db.connection().execute(async (held) => {
    await sql`select pg_advisory_lock(${sql.lit(firstLock)})`.execute(held)
    try {
      return await work()
    } finally {
      await sql`select pg_advisory_unlock(${sql.lit(firstLock)})`.execute(held)
    }
  })
}

function refuseWrongUse(config: Config, only: Only): void {
  if (only !== undefined && config.databaseUrl === undefined)
    throw new AppError('unavailable', { reason: 'only-needs-postgresql', only })
  if (only !== 'worker') refuseOpenEvaluation(config)
}

/** On a terminal the greeting stays in sight: only what needs attention is told, in a form for people. */
function logOf(config: Config): Logger {
  const terminal = isatty(2)
  const { logFormat = terminal ? 'line' : 'json', logLevel = terminal ? 'warn' : 'info' } = config.running
  return logger({ format: logFormat, level: logLevel }, (line) => void process.stderr.write(`${line}\n`))
}
