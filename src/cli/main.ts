import { assemble, type House } from '../assemble.ts'
import { readConfig } from '../config.ts'
import { askServer } from './channel.ts'
import type { Io } from './command.ts'
import { choose, runCommand } from './run-command.ts'

const config = readConfig()
const argv = process.argv.slice(2)
const io: Io = {
  out: (text) => void process.stdout.write(text.endsWith('\n') ? text : `${text}\n`),
  say: (text) => void process.stderr.write(text.endsWith('\n') ? text : `${text}\n`),
  cwd: process.cwd(),
  language: config.language,
}

async function main(): Promise<number> {
  const chosen = choose(argv, io)
  if (typeof chosen === 'number') return chosen
  if (chosen.command.needs === 'house') {
    const answered = config.databaseUrl === undefined ? await askServer(config.dataDir, argv, io) : undefined
    if (answered !== undefined) return answered
  }
  let house: House | undefined
  try {
    return await runCommand(chosen, io, async () => (house = await assemble(config, (error) => io.say(String(error)))))
  } finally {
    await house?.database.close()
  }
}

// Set, not exit(): what is still being written to a pipe must arrive.
process.exitCode = await main()
