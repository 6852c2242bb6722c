import type { RegisterRecord } from './register-table.ts'

/** What a JSON export says of itself, so that a reader knows how to read it years later. */
export type JsonHead = {
  readonly profile: string
  /** UTC, ISO 8601. */
  readonly exportedAt: string
  readonly [more: string]: unknown
}

const text = (value: unknown): string => JSON.stringify(value)

function* lines(head: object, key: string, items: Iterable<unknown>): Generator<string> {
  yield `${text(head).slice(0, -1)},"${key}":[`
  let first = true
  for (const item of items) {
    yield `${first ? '' : ','}\n${text(item)}`
    first = false
  }
  yield '\n]}\n'
}

const encode = (pieces: Iterable<string>): Uint8Array => Buffer.concat([...pieces].map((piece) => Buffer.from(piece)))

/** The register as JSON, one record per line; facts keep their states as they are. */
export const writeRegisterJson = (records: Iterable<RegisterRecord>, head: JsonHead): Uint8Array =>
  encode(lines({ format: 'tenbin-register', version: 1, ...head }, 'records', records))

/** An imported grid as JSON, one row per line; JSON holds every text. */
export const writeGridJson = (rows: Iterable<readonly string[]>, head: JsonHead): Uint8Array =>
  encode(lines({ format: 'tenbin-grid', version: 1, ...head }, 'rows', rows))
