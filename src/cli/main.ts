import { assemble, type House, settleInterrupted } from '#wiring/assemble.ts'
import { type Config, languageOf, readConfig } from '#settings/config.ts'
import { firstStart } from '#demo/first-start.ts'
import { AppError } from '#platform/errors.ts'

import { askServer } from './channel.ts'
import { errorWords } from './error-words.ts'
import { endQuietlyWithoutReader, terminalIo } from './io.ts'
import { choose, runCommand } from './run-command.ts'

/** @returns the settings; a setting that cannot be read is said and ends the command as wrong use */
function settings(): Config {
  try {
    return readConfig()
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    process.stderr.write(`${errorWords(error, languageOf(process.env))}\n`)
    return process.exit(2)
  }
}

const config = settings()
const argv = process.argv.slice(2)
const stopping = new AbortController()
const io = terminalIo({ cwd: config.calledFrom ?? process.cwd(), signal: stopping.signal })
endQuietlyWithoutReader()

/** The first signal lets a command end cleanly, a second does not wait. */
function stopCleanly(): void {
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.on(signal, () => (stopping.signal.aborted ? process.exit(1) : stopping.abort()))
}

async function main(): Promise<number> {
  const chosen = choose(argv, io)
  if (typeof chosen === 'number') return chosen
  if (chosen.command.needs === 'house') {
    stopCleanly()
    const answered = config.databaseUrl === undefined ? await askServer(config.dataDir, argv, io) : undefined
    if (answered !== undefined) return answered
  }
  let house: House | undefined
  try {
    return await runCommand(chosen, io, async () => (house = await enter()))
  } finally {
    if (house) await leave(house)
  }
}

/** No server is there to give what was done its place in the log. Why it could not be signed, the next start says. */
async function leave({ deps, database }: House): Promise<void> {
  if (database.engine === 'pglite') await deps.transparency.drain().catch(() => {})
  await database.close()
}

/** No server is up on this data folder: the command opens it by itself, and founds the office when there is none. */
async function enter(): Promise<House> {
  const house = await assemble(config, (error) => io.say(String(error)))
  // The embedded database is open here alone, so whatever is marked as running was broken off.
  if (house.database.engine === 'pglite') await settleInterrupted(house)
  const { did } = await firstStart(house.deps, { demo: false })
  if (did === 'office')
    io.say(
      { ja: '空のデータベースに、組織を一つ作りました。', en: 'The database was empty: one organisation was founded.' }[
        io.language
      ],
    )
  return house
}

// Set, not exit(): what is still being written to a pipe must arrive.
process.exitCode = await main()
