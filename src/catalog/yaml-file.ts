import { readFileSync, statSync } from 'node:fs'
import {
  type Document,
  LineCounter,
  type Node,
  type Pair,
  type YAMLMap,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  parseDocument,
  visit,
} from 'yaml'
import type { Path } from './expressions.ts'
import type { Fault, FaultCode } from './faults.ts'

/** Larger files are refused before they are read. */
export const mostBytes = 5 * 1024 * 1024
/** How many uses of anchors one file may make; more is an attempt to blow it up. */
const mostAliases = 100
/** Brackets or steps of indentation inside each other. */
const mostDepth = 200

/** One mistake in YAML brings many more after it. */
const mostErrors = 5
function shortened(message: string): string {
  const line = message.split('\n')[0] ?? ''
  return line.length > 160 ? `${line.slice(0, 159)}…` : line
}

export type YamlFile = { file: string; doc: Document; lines: LineCounter; value: Record<string, unknown> }
type Read = { ok: true; yaml: YamlFile } | { ok: false; faults: Fault[] }

function refuse(file: string, code: FaultCode, params: Record<string, unknown> = {}, line = 0): Read {
  return { ok: false, faults: [{ file, line, key: '', code, params }] }
}

/** Reads one YAML 1.2 file whose content is a map. */
export function readYamlFile(path: string, file: string): Read {
  let bytes: Uint8Array
  try {
    const stat = statSync(path)
    // A pipe would be waited for, a device read without end.
    if (!stat.isFile()) return refuse(file, 'not-a-file')
    if (stat.size > mostBytes) return refuse(file, 'file-too-large', { bytes: stat.size, most: mostBytes })
    bytes = readFileSync(path)
  } catch (error) {
    if (typeof (error as { code?: unknown }).code !== 'string') throw error
    return refuse(file, 'not-readable')
  }
  const text = utf8(bytes)
  return text === undefined ? refuse(file, 'not-utf8', {}, lineNotUtf8(bytes)) : parseYaml(text, file)
}
function utf8(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return undefined
  }
}
/** The first line, from 1, that is not UTF-8. */
function lineNotUtf8(bytes: Uint8Array): number {
  let line = 1
  for (let from = 0; from < bytes.length; line++) {
    const end = bytes.indexOf(0x0a, from)
    const to = end < 0 ? bytes.length : end
    if (utf8(bytes.subarray(from, to)) === undefined) return line
    from = to + 1
  }
  return 0
}

/** The same for a text that is already here. */
export function parseYaml(text: string, file: string): Read {
  const lines = new LineCounter()
  if (nestsTooDeep(text)) return refuse(file, 'nested-too-deep')
  try {
    const doc = parseDocument(text, { lineCounter: lines, prettyErrors: false, strict: true, uniqueKeys: false })
    if (doc.errors.length > 0)
      return {
        ok: false,
        faults: doc.errors.slice(0, mostErrors).map((error) => ({
          file,
          line: lines.linePos(error.pos[0]).line,
          key: '',
          code: 'yaml-error',
          params: { yaml: error.code, message: shortened(error.message) },
        })),
      }
    const twice = keysGivenTwice(doc, lines, file)
    if (twice.length > 0) return { ok: false, faults: twice }
    const value: unknown = doc.toJS({ maxAliasCount: mostAliases })
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return refuse(file, 'not-a-map', {}, 1)
    return { ok: true, yaml: { file, doc, lines, value: value as Record<string, unknown> } }
  } catch (error) {
    if (error instanceof RangeError) return refuse(file, 'nested-too-deep')
    if (error instanceof ReferenceError) return aliasFault(error, file, text)
    throw error
  }
}

/** The parser throws the same error for both. */
function aliasFault(error: ReferenceError, file: string, text: string): Read {
  const name = /Unresolved alias.*: (.*)$/.exec(error.message)?.[1]
  return name === undefined
    ? refuse(file, 'too-many-aliases', { most: mostAliases })
    : refuse(file, 'alias-without-anchor', { name }, text.slice(0, text.indexOf(`*${name}`)).split('\n').length)
}

/** The parser takes minutes over brackets without end; nothing a person writes is nested like that. Text in quotes counts too. */
function nestsTooDeep(text: string): boolean {
  let depth = 0
  for (let i = 0; i < text.length; i++) {
    const c = text.charCodeAt(i)
    if (c === 0x5b || c === 0x7b) depth++
    else if ((c === 0x5d || c === 0x7d) && depth > 0) depth--
    if (depth > mostDepth) return true
  }
  return new RegExp(`^ {${mostDepth * 2},}\\S`, 'm').test(text)
}

/** The parser's own search for equal keys compares each with each. */
function keysGivenTwice(doc: Document, lines: LineCounter, file: string): Fault[] {
  const faults: Fault[] = []
  visit(doc, {
    Map(_, map) {
      const seen = new Set<string>()
      for (const { key } of map.items) {
        if (!isScalar(key)) continue
        const name = String(key.value)
        if (seen.has(name))
          faults.push({
            file,
            line: lines.linePos(key.range?.[0] ?? 0).line,
            key: name,
            code: 'duplicate-key',
            params: { key: name },
          })
        seen.add(name)
      }
    },
  })
  return faults.slice(0, mostErrors)
}

/** The line (from 1) of the deepest part of the path that the file has. */
export function lineOf(yaml: YamlFile, path: Path): number {
  let node: unknown = yaml.doc.contents
  let at = 0
  for (const part of path) {
    if (isAlias(node)) node = node.resolve(yaml.doc)
    if (isMap(node)) {
      const pair = pairsOf(node).get(String(part))
      if (!pair) break
      at = startOf(pair.key) ?? at
      node = pair.value
    } else if (isSeq(node)) {
      node = node.items[Number(part)]
      at = startOf(node) ?? at
    } else break
  }
  return yaml.lines.linePos(at).line || 1
}
const pairs = new WeakMap<YAMLMap, Map<string, Pair>>()
function pairsOf(map: YAMLMap): Map<string, Pair> {
  let made = pairs.get(map)
  if (!made) {
    made = new Map(map.items.flatMap((pair) => (isScalar(pair.key) ? [[String(pair.key.value), pair as Pair]] : [])))
    pairs.set(map, made)
  }
  return made
}
function startOf(node: unknown): number | undefined {
  return (node as Node | null | undefined)?.range?.[0]
}
