import { createHash } from 'node:crypto'
import type { Catalog } from './model.ts'

/** JSON with keys in code-unit order and nothing between tokens: the same content gives the same text. */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null'
  const entries = Object.entries(value).filter(([, v]) => v !== undefined)
  const sorted = entries.toSorted(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
  return `{${sorted.map(([key, v]) => `${JSON.stringify(key)}:${canonicalJson(v)}`).join(',')}}`
}

/**
 * SHA-256, hexadecimal, of the content of a catalog as canonical JSON: comments, layout, file names and the split into files
 * do not matter; every text, weight and case does. A part without items counts as not there, so that a part which the format
 * gains later leaves the digests of older editions as they are.
 */
export function digestOf(catalog: Catalog): string {
  const there = Object.entries(catalog).filter(([, part]) => !(Array.isArray(part) && part.length === 0))
  return createHash('sha256')
    .update(canonicalJson(Object.fromEntries(there)))
    .digest('hex')
}
