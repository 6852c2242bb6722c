import { terminalIo } from './cli/io.ts'
import { choose, runCommand } from './cli/run-command.ts'

// `npm start` is `tenbin serve`.
const io = terminalIo({ cwd: process.cwd() })
const chosen = choose(['serve', ...process.argv.slice(2)], io)
process.exitCode =
  typeof chosen === 'number'
    ? chosen
    : await runCommand(chosen, io, () => Promise.reject(new Error('it opens its own')))
