import { parseArgs } from 'node:util'

import { createApp } from './app.ts'
import { assemble, refuseOpenEvaluation, settleInterrupted } from './assemble.ts'
import { openChannel } from './cli/channel.ts'
import { errorWords } from './cli/error-words.ts'
import { choose, runCommand } from './cli/run-command.ts'
import { type Config, languageOf, readConfig } from './config.ts'
import { firstStart } from '#demo/first-start.ts'
import { AppError } from '#platform/errors.ts'
import { greeting } from './greeting.ts'

const say = (text: string) => void process.stderr.write(`${text}\n`)

/** What is open, in the order in which it was opened. */
const opened: (() => unknown)[] = []

async function closeAll(): Promise<void> {
  for (const close of opened.splice(0).toReversed()) await close()
}

const sayWhyNotListening =
  ({ port, host }: Config) =>
  (error: NodeJS.ErrnoException): never => {
    throw error.code === undefined
      ? error
      : new AppError('unavailable', { reason: 'port', code: error.code, port, host })
  }

async function serve(): Promise<void> {
  const { values } = parseArgs({ options: { 'no-demo': { type: 'boolean', default: false } } })
  const config = readConfig()
  refuseOpenEvaluation(config)
  // Before anything is opened: whoever ends the server while it starts ends it as cleanly as later.
  stopGracefully(closeAll)
  const house = await assemble(config, (error, id) =>
    say(`[${id}] ${error instanceof Error ? error.stack : String(error)}`),
  )
  opened.push(() => house.database.close())
  await settleInterrupted(house)
  await firstStart(house.deps, { demo: !values['no-demo'] })
  const app = await createApp(house.deps)
  const address = await app.listen({ port: config.port, host: config.host }).catch(sayWhyNotListening(config))
  opened.push(() => app.close())
  const closeChannel = await openChannel(config.dataDir, (argv, io) => {
    const chosen = choose(argv, io)
    return typeof chosen === 'number' ? Promise.resolve(chosen) : runCommand(chosen, io, async () => house)
  })
  opened.push(closeChannel)
  process.stdout.write(await greeting(house, address))
}

/** What runs is finished before the process ends; a second signal does not wait. */
function stopGracefully(stop: () => Promise<void>): void {
  let stopping = false
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      if (stopping) process.exit(1)
      stopping = true
      stop().then(
        () => process.exit(0),
        (error: unknown) => {
          say(String(error))
          process.exit(1)
        },
      )
    })
  }
}

try {
  await serve()
} catch (error) {
  await closeAll()
  const wrongUse = (error as NodeJS.ErrnoException).code?.startsWith('ERR_PARSE_ARGS') === true
  if (!(error instanceof AppError) && !wrongUse) throw error
  say(
    error instanceof AppError
      ? errorWords(error, languageOf(process.env))
      : `${(error as Error).message}\n\nnpm start [-- --no-demo]`,
  )
  process.exitCode = wrongUse ? 2 : 1
}
