import type { Catalog } from './model.ts'
import { checkMeaning } from './check-meaning.ts'
import { checkReferences } from './check-references.ts'
import type { Fault, Problem } from './faults.ts'
import { type Raw, readRaw } from './read-folder.ts'
import { readShape } from './read-shape.ts'

export type Loaded =
  | {
      ok: true
      catalog: Catalog
      /** Finds file and line of a problem found later. */ locate: (problem: Problem) => Fault
    }
  | { ok: false; faults: Fault[] }

/** Nobody reads more at once, and finding the line of each takes time. */
const mostFaults = 1000

/**
 * Reads one catalog from a folder or a single YAML file, strictly. All faults are listed, sorted by file and line:
 * unreadable files, unknown keys, wrong types, missing texts, names that lead nowhere, loops.
 * Whether it also proves right (cases, reachability, sources) is for `checkCatalog`.
 */
export function loadCatalog(path: string): Loaded {
  return fromRaw(readRaw(path))
}

export function fromRaw(raw: Raw): Loaded {
  if (Object.keys(raw.value).length === 0) return { ok: false, faults: raw.faults }
  const { catalog, problems, ghosts, back } = readShape(raw.value)
  const deeper = catalog ? [...checkReferences(catalog, ghosts), ...checkMeaning(catalog)] : []
  const all = [...problems, ...deeper.map((p) => ({ ...p, path: back(p.path) }))]
  const faults = [...raw.faults, ...all.slice(0, mostFaults).map(raw.locate)]
  if (all.length > mostFaults)
    faults.push({
      ...raw.locate({ path: [], code: 'too-many-faults', params: { count: all.length, shown: mostFaults } }),
      line: 0,
    })
  if (faults.length > 0 || !catalog) return { ok: false, faults: sorted(faults) }
  return { ok: true, catalog, locate: raw.locate }
}

/** By file, line and key; the same fault at the same place once. */
export function sorted(faults: readonly Fault[]): Fault[] {
  const seen = new Set<string>()
  return faults
    .filter((f) => {
      const key = JSON.stringify(f)
      return !seen.has(key) && Boolean(seen.add(key))
    })
    .toSorted((a, b) => (a.file < b.file ? -1 : a.file > b.file ? 1 : a.line - b.line || (a.key < b.key ? -1 : 1)))
}
