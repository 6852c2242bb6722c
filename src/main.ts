import { parseArgs } from 'node:util'

import { createApp } from './app.ts'
import { assemble, refuseOpenEvaluation, settleInterrupted } from './assemble.ts'
import { openChannel } from './cli/channel.ts'
import { errorWords } from './cli/error-words.ts'
import { choose, runCommand } from './cli/run-command.ts'
import { readConfig } from './config.ts'
import { firstStart } from '#demo/first-start.ts'
import { AppError } from '#platform/errors.ts'
import { greeting } from './greeting.ts'

const say = (text: string) => void process.stderr.write(`${text}\n`)

async function serve(): Promise<void> {
  const { values } = parseArgs({ options: { 'no-demo': { type: 'boolean', default: false } } })
  const config = readConfig()
  refuseOpenEvaluation(config)
  // Before anything is opened: whoever ends the server while it starts ends it as cleanly as later.
  const opened: (() => unknown)[] = []
  stopGracefully(async () => {
    for (const close of opened.toReversed()) await close()
  })
  const house = await assemble(config, (error, id) =>
    say(`[${id}] ${error instanceof Error ? error.stack : String(error)}`),
  )
  opened.push(() => house.database.close())
  await settleInterrupted(house)
  await firstStart(house.deps, { demo: !values['no-demo'] })
  const app = await createApp(house.deps)
  const address = await app.listen({ port: config.port, host: config.host })
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
  if (!(error instanceof AppError)) throw error
  say(errorWords(error, readConfig().language))
  process.exitCode = 1
}
