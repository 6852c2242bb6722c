import { openChannel } from '#cli/channel.ts'
import { choose, runCommand } from '#cli/run-command.ts'
import { AppError } from '#platform/errors.ts'
import { type App, createHttp } from '#platform/http.ts'
import type { Part } from '#platform/parts.ts'
import type { Config } from '#settings/config.ts'

import { createApp } from './app.ts'
import { type House, settleInterrupted } from './assemble.ts'
import { healthRoutes } from './health-routes.ts'
import type { Check, Readiness } from './readiness.ts'
import { readinessOf } from './readiness.ts'
import { workerParts } from './worker-parts.ts'

/** What a process runs: everything, or with PostgreSQL one of the two, as many of each as wanted. */
export type Only = 'web' | 'worker' | undefined

export type Running = {
  readonly house: House
  readonly config: Config
  readonly only: Only
  readonly checks: () => readonly Check[]
  readonly stopping: () => boolean
  /** Told the address, once it listens. */
  readonly onListening: (address: string) => void
}

/**
 * The parts of a process, in the order of their start. They stop in the opposite order: first nothing new comes in, then
 * what runs is finished, last the log gets its final entries.
 */
export function partsOf(running: Running): Part[] {
  const { house, config, only } = running
  const worker = only === 'web' ? [] : workerParts(house, config)
  const web = only === 'worker' ? [healthPart(running)] : [importsPart(running), webPart(running)]
  const commands = house.database.engine === 'pglite' ? [commandPart(running)] : []
  return [...worker, ...web, ...commands]
}

const sweepMs = 30_000

/** Imports of this process; and those whose server is gone are marked as broken off, at the start and from then on. */
function importsPart({ house, config }: Running): Part {
  let sweep: NodeJS.Timeout | undefined
  return {
    name: 'imports',
    start: async () => {
      await settleInterrupted(house)
      if (house.database.engine === 'pglite') return
      // The database away: the next sweep does it.
      sweep = setInterval(() => void settleInterrupted(house).catch(() => {}), sweepMs)
    },
    stop: async () => {
      clearInterval(sweep)
      await house.deps.imports.stop(config.running.stopWithinMs)
    },
  }
}

/** HTTP: the page and the API. */
const webPart = (running: Running): Part =>
  listening('web', running, running.config.port, () =>
    createApp({ ...running.house.deps, readiness: () => readinessNow(running) }),
  )

/** A worker has no page; whoever watches it asks a port of its own. */
const healthPart = (running: Running): Part =>
  listening('health', running, running.config.running.healthPort, async () => {
    const app = await createHttp(running.house.deps)
    healthRoutes(app, { readiness: () => readinessNow(running) })
    return app
  })

const readinessNow = ({ checks, stopping }: Running): Promise<Readiness> => readinessOf(checks(), stopping())

function listening(name: string, { config, onListening }: Running, port: number, make: () => Promise<App>): Part {
  let app: App | undefined
  return {
    name,
    start: async () => {
      app = await make()
      onListening(await app.listen({ port, host: config.host }).catch(sayWhyNot(port, config.host)))
    },
    stop: async () => app?.close(),
  }
}

const sayWhyNot =
  (port: number, host: string) =>
  (error: NodeJS.ErrnoException): never => {
    throw error.code === undefined
      ? error
      : new AppError('unavailable', { reason: 'port', code: error.code, port, host })
  }

/** The embedded database is open in one process only: commands of the terminal run here. */
function commandPart({ house, config }: Running): Part {
  let close: (() => void) | undefined
  return {
    name: 'commands',
    start: async () => {
      close = await openChannel(config.dataDir, (argv, io) => {
        const chosen = choose(argv, io)
        return typeof chosen === 'number' ? Promise.resolve(chosen) : runCommand(chosen, io, async () => house)
      })
    },
    stop: async () => close?.(),
  }
}
