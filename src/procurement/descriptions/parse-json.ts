import { Unreadable } from './model.ts'

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json }

/** Where each entry of an object or a list begins, as an offset in the text. */
export type Offsets = WeakMap<object, ReadonlyMap<string, number>>
export type ParsedJson = { readonly value: Json; readonly offsets: Offsets }

const literals: Readonly<Record<string, Json>> = { t: true, f: false, n: null }
const space = /[ \t\n\r]*/y
const number = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y
// oxlint-disable-next-line no-control-regex -- RFC 8259, section 7: control characters must be escaped
const string = /"(?:[^"\\\u0000-\u001F]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y

/**
 * JSON (RFC 8259) from outside: with a limit of depth and of values, without a key twice (which two readers may read
 * differently), and with the place of everything.
 * @throws Unreadable `json-syntax`, `too-deep`, `too-many-values`, `duplicate-key`, with the line
 */
export function parseJson(text: string, limits: { readonly depth: number; readonly values: number }): ParsedJson {
  const offsets: Offsets = new WeakMap()
  let at = 0
  let values = 0

  const stop = (code: 'json-syntax' | 'too-deep' | 'too-many-values' | 'duplicate-key', detail?: string | number) =>
    new Unreadable({ code, line: lineAt(text, at), ...(detail === undefined ? {} : { detail }) })
  const take = (pattern: RegExp): string | undefined => {
    pattern.lastIndex = at
    const found = pattern.exec(text)?.[0]
    if (found !== undefined) at += found.length
    return found
  }
  const skip = () => void take(space)
  const readString = (): string => {
    const found = take(string)
    if (found === undefined) throw stop('json-syntax')
    return JSON.parse(found) as string
  }
  const value = (depth: number): Json => {
    values += 1
    if (values > limits.values) throw stop('too-many-values', limits.values)
    if (depth > limits.depth) throw stop('too-deep', limits.depth)
    const sign = text[at]
    if (sign === '{') return object(depth)
    if (sign === '[') return list(depth)
    if (sign === '"') return readString()
    const word = sign === undefined ? undefined : literals[sign]
    if (word !== undefined && text.startsWith(String(word), at)) {
      at += String(word).length
      return word
    }
    const digits = take(number)
    if (digits === undefined || digits === '') throw stop('json-syntax')
    return Number(digits)
  }
  const object = (depth: number): Json => {
    const entries = new Map<string, Json>()
    const places = new Map<string, number>()
    at += 1
    skip()
    if (text[at] !== '}') {
      for (;;) {
        skip()
        const key = readString()
        if (entries.has(key)) throw stop('duplicate-key', key)
        skip()
        if (text[at] !== ':') throw stop('json-syntax')
        at += 1
        skip()
        places.set(key, at)
        entries.set(key, value(depth + 1))
        skip()
        if (text[at] !== ',') break
        at += 1
      }
    }
    if (text[at] !== '}') throw stop('json-syntax')
    at += 1
    // `__proto__` is a key like any other.
    const made = Object.fromEntries(entries)
    offsets.set(made, places)
    return made
  }
  const list = (depth: number): Json => {
    const made: Json[] = []
    const places = new Map<string, number>()
    at += 1
    skip()
    if (text[at] !== ']') {
      for (;;) {
        skip()
        places.set(String(made.length), at)
        made.push(value(depth + 1))
        skip()
        if (text[at] !== ',') break
        at += 1
      }
    }
    if (text[at] !== ']') throw stop('json-syntax')
    at += 1
    offsets.set(made, places)
    return made
  }

  skip()
  const read = value(0)
  skip()
  if (at < text.length) throw stop('json-syntax')
  return { value: read, offsets }
}

export function lineAt(text: string, offset: number): number {
  let line = 1
  for (let at = text.indexOf('\n'); at >= 0 && at < offset; at = text.indexOf('\n', at + 1)) line += 1
  return line
}

/** The line of what a path leads to, or of the last of it that is there. @param path  keys and indices */
export function lineOfPath(text: string, { value, offsets }: ParsedJson, path: readonly string[]): number {
  let at = 0
  let seen: Json | undefined = value
  for (const key of path) {
    if (typeof seen !== 'object' || seen === null) break
    const offset = offsets.get(seen)?.get(key)
    if (offset === undefined) break
    at = offset
    seen = (seen as Readonly<Record<string, Json>>)[key]
  }
  return lineAt(text, at)
}

/** RFC 6901. */
export const pointerOf = (path: readonly string[]): string =>
  path.map((key) => `/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')
export const pathOf = (pointer: string): string[] =>
  pointer
    .split('/')
    .slice(1)
    .map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~'))
