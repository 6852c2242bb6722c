import { parseArgs } from 'node:util'

import { LogFault } from '#audit/log-fault.ts'
import { AppError } from '#platform/errors.ts'
import { asSystem } from '#platform/scope.ts'

import type { House } from '#wiring/assemble.ts'
import { type Command, type ExitCode, helpOf, type Input, type Io, parseOptions } from './command.ts'
import { commands } from './commands.ts'
import { errorWords } from './error-words.ts'

type Chosen = { readonly command: Command; readonly input: Input }

/** What the words on the command line ask for: a command with its input, or the exit code when all is said already. */
export function choose(argv: readonly string[], io: Io): Chosen | ExitCode {
  const command = commands.find((c) => c.name === argv.slice(0, c.name.split(' ').length).join(' '))
  if (!command) return withoutCommand(argv, io)
  try {
    const { values, positionals } = parseArgs({
      args: argv.slice(command.name.split(' ').length),
      options: parseOptions(command),
      allowPositionals: true,
    })
    if (values['help'] === true) {
      io.out(helpOf(command, io.language))
      return 0
    }
    const plain = Object.fromEntries(Object.entries(values).map(([k, v]) => [k, Array.isArray(v) ? undefined : v]))
    const input = { positionals, values: plain, json: values['json'] === true }
    const chosen = command.instead?.(input) ?? command
    const [least, most] = chosen.takes
    const missing = (chosen.requires ?? []).filter((name) => values[name] === undefined)
    if (positionals.length < least || positionals.length > most || missing.length > 0) {
      const lacks = { ja: '指定が足りません', en: 'missing' }[io.language]
      io.say(`${missing.map((name) => `${lacks}: --${name}\n`).join('')}${helpOf(command, io.language)}`)
      return 2
    }
    return { command: chosen, input }
  } catch (error) {
    io.say(`${(error as Error).message}\n\n${helpOf(command, io.language)}`)
    return 2
  }
}

function withoutCommand(argv: readonly string[], io: Io): ExitCode {
  const width = Math.max(...commands.map((c) => c.name.length)) + 2
  const list = commands.map((c) => `  ${c.name.padEnd(width)}${c.words[io.language]}`).join('\n')
  const text = `tenbin <command> [--help] [--json]\n\n${list}\n`
  if (argv.length === 0 || argv.includes('--help')) {
    io.out(argv.includes('--json') ? JSON.stringify(commands.map((c) => ({ name: c.name, ...c.words }))) : text)
    return 0
  }
  io.say(`${{ ja: 'この命令はありません', en: 'no such command' }[io.language]}: ${argv.join(' ')}\n\n${text}`)
  return 2
}

/** Runs a chosen command; an error it throws is worded, never a stack of calls. */
export async function runCommand({ command, input }: Chosen, io: Io, house: () => Promise<House>): Promise<ExitCode> {
  try {
    return command.needs === 'nothing' ? await command.run(io, input) : await inHouse(command, io, input, await house())
  } catch (thrown) {
    const error = ofSystem(thrown)
    if (!(error instanceof AppError)) throw error
    if (input.json) io.out(JSON.stringify({ ok: false, code: error.code, params: error.params }))
    io.say(errorWords(error, io.language))
    return error.code === 'bad-input' && !ofContent.has(String(error.params['reason'])) ? 2 : 1
  }
}

/** Who is at the keyboard of the server has the database before them anyway; what they may do is asked of their role. */
const inHouse = (command: Extract<Command, { needs: 'house' }>, io: Io, input: Input, house: House) =>
  asSystem(() => command.run(io, input, house))

/** Refused for what is in the register, not for how the command was written. */
const ofContent = new Set(['cannot-hold', 'broken-text', 'header-row-outside'])

/** What the operating system refuses (a folder that is not there, no permission, a full disk) is no bug. */
function ofSystem(error: unknown): unknown {
  if (error instanceof LogFault)
    return new AppError('unavailable', { reason: `log-${error.code}`, ...error.params }, error)
  const { code, path, syscall } = error as NodeJS.ErrnoException
  if (typeof code !== 'string' || typeof syscall !== 'string') return error
  return new AppError('unavailable', { reason: 'system', code, path: path ?? null }, error)
}
