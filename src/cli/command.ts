import type { ParseArgsConfig } from 'node:util'

import type { House } from '#wiring/assemble.ts'

export type Language = 'ja' | 'en'
export type Words = { readonly ja: string; readonly en: string }

/** 0 done, 1 failed, 2 wrong use: others script against these. */
export type ExitCode = 0 | 1 | 2

export type Io = {
  /** Standard output: the result alone, so that a program can read it. */
  readonly out: (text: string) => void
  /** Standard error: progress and words for people. */
  readonly say: (text: string) => void
  /** What to wait for before more goes to `out`, when its reader is slower; of a command in this process only. */
  readonly drained?: () => Promise<unknown> | undefined
  /** Folder that relative paths are meant from. */
  readonly cwd: string
  readonly language: Language
  /** Aborted when the person breaks off (Ctrl+C, or the terminal is gone). */
  readonly signal?: AbortSignal
  /** Only of commands that run in the process of the terminal. */
  readonly stdin?: AsyncIterable<Uint8Array>
}

export type Input = {
  readonly positionals: readonly string[]
  readonly values: Readonly<Record<string, string | boolean | undefined>>
  readonly json: boolean
}

export type Option = { readonly type: 'string' | 'boolean'; readonly words: Words; readonly value?: string }

export type Command = {
  /** One or two words: `import`, `catalog check`. */
  readonly name: string
  readonly arguments: string
  readonly words: Words
  readonly options: Readonly<Record<string, Option>>
  /** How many positionals it takes: least and most. */
  readonly takes: readonly [number, number]
  /** Options that must be given. */
  readonly requires?: readonly string[]
  /** Another command of the same name that does what was asked for: one that needs less. */
  readonly instead?: (input: Input) => Command | undefined
} & (
  | { readonly needs: 'nothing'; readonly run: (io: Io, input: Input) => Promise<ExitCode> }
  /** Needs the database: runs inside the server when one is up on the same data folder. */
  | { readonly needs: 'house'; readonly run: (io: Io, input: Input, house: House) => Promise<ExitCode> }
)

export const parseOptions = (command: Command): NonNullable<ParseArgsConfig['options']> => ({
  ...Object.fromEntries(Object.entries(command.options).map(([name, o]) => [name, { type: o.type }])),
  help: { type: 'boolean' },
  json: { type: 'boolean' },
})

export function helpOf(command: Command, language: Language): string {
  const rows: [string, string][] = Object.entries(command.options).map(([name, o]) => [
    `  --${name}${o.type === 'string' ? ` <${o.value ?? name}>` : ''}`,
    o.words[language],
  ])
  rows.push(['  --json', { ja: '結果をJSONだけで出します', en: 'print the result as JSON alone' }[language]])
  rows.push(['  --help', { ja: 'この説明', en: 'this text' }[language]])
  const width = Math.max(...rows.map(([left]) => left.length)) + 2
  const usage = `tenbin ${command.name} ${command.arguments}`.trim()
  return [usage, '', command.words[language], '', ...rows.map(([l, r]) => `${l.padEnd(width)}${r}`), ''].join('\n')
}
