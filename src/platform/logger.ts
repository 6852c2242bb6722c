import { fromRoot } from './root.ts'

export type Level = 'debug' | 'info' | 'warn' | 'error'
type Value = string | number | boolean | readonly string[] | null | undefined
export type Fields = Readonly<Record<string, Value>>

/** `event` is a code in kebab-case; what is told of it are codes, ids, counts and times. */
export type Logger = { readonly [L in Level]: (event: string, fields?: Fields) => void }

export const levels = ['debug', 'info', 'warn', 'error', 'silent'] as const
export type Format = 'json' | 'line'

export const noLog: Logger = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} }

/**
 * Codes, ids, route patterns and places in our source have no other characters. A text that a person wrote hardly ever fits,
 * and then nothing of it is printed: the log must be harmless also where a programmer was careless.
 */
const plain = /^[\w.:/@*{}()<>$+,#|-]{0,200}$/
const withheld = '(withheld)'
const harmless = (value: Value): Value => {
  if (Array.isArray(value)) return (value as readonly string[]).map((one) => (plain.test(one) ? one : withheld))
  return typeof value !== 'string' || plain.test(value) ? value : withheld
}

/** @param write receives one line without its end */
export function logger(
  options: { level: (typeof levels)[number]; format: Format; now?: () => Date },
  write: (line: string) => void,
): Logger {
  const { now = () => new Date(), format } = options
  const least = levels.indexOf(options.level)
  const at =
    (level: Level) =>
    (event: string, fields: Fields = {}) => {
      if (levels.indexOf(level) < least) return
      const told = Object.entries(fields).flatMap(([k, v]) => (v === undefined ? [] : [[k, harmless(v)] as const]))
      const line = { at: now().toISOString(), level, event: String(harmless(event)) }
      write(format === 'json' ? JSON.stringify({ ...line, ...Object.fromEntries(told) }) : readable(line, told))
    }
  return { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') }
}

const marks: Record<Level, string> = { debug: '·', info: ' ', warn: '!', error: '✗' }

function readable(
  line: { at: string; level: Level; event: string },
  told: readonly (readonly [string, Value])[],
): string {
  const fields = told.map(([name, value]) => `${name}=${Array.isArray(value) ? value.join(' < ') : String(value)}`)
  return [line.at.slice(11, 19), marks[line.level], line.event, ...fields].join(' ')
}

/**
 * What may be told of an error: its kind, code, and where in our source it arose. Its message stays out, because it may
 * quote what a person wrote (a duplicate key, a text that is no JSON).
 */
export function tellError(error: unknown): Fields {
  if (!(error instanceof Error)) {
    const code = (error as { code?: unknown } | null)?.code
    return { error: typeof error, code: typeof code === 'string' ? code : undefined }
  }
  const { code, constraint, table, params } = error as Error & {
    code?: string
    constraint?: string
    table?: string
    params?: { reason?: unknown }
  }
  const reason = typeof params?.reason === 'string' ? params.reason : undefined
  return { error: error.name, code, constraint, table, reason, places: placesOf(error), cause: causeOf(error) }
}

const causeOf = ({ cause }: Error) =>
  cause instanceof Error ? `${cause.name}${'code' in cause ? `:${String(cause.code)}` : ''}` : undefined

const root = fromRoot('')

/** The frames of the stack that can be read without the message: `fn@src/x.ts:12:3`. */
function placesOf(error: Error): string[] {
  const frames = [
    ...(error.stack ?? '').matchAll(/\n\s+at (?:(?:async )?([\w.$<>[\] ]+) \()?(?:file:\/\/)?([^\s()]+:\d+:\d+)\)?/g),
  ]
  return frames
    .slice(0, 8)
    .map(
      ([, name, place = '']) => `${name === undefined ? '' : `${name.split(' ').at(-1)}@`}${place.replace(root, '')}`,
    )
}
