import { existsSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import * as z from 'zod'
import type { Catalog, CatalogRef } from './model.ts'
import { type Compiled, compile } from './compile.ts'
import { digestOf } from './digest.ts'
import type { Fault, Problem } from './faults.ts'
import { type Loaded, loadCatalog } from './load-catalog.ts'
import { readYamlFile } from './yaml-file.ts'

/** One edition that is there. `released`: its digest stands in released.yaml, so it is never edited again. */
export type Entry = CatalogRef & { path: string; content: Catalog; released: boolean; compiled: Compiled }
export type Library = {
  /** In order of id, then of edition, oldest first. */
  list: () => readonly Entry[]
  get: (id: string, edition: string) => Entry | undefined
  /** The newest edition by the date on which the document came out, then by edition number. */
  latest: (id: string) => Entry | undefined
}

const releasedSchema = z.strictObject({
  released: z.array(z.strictObject({ catalog: z.string(), edition: z.string(), digest: z.string() })),
})
type Released = z.infer<typeof releasedSchema>['released'][number] & { file: string }

/**
 * Loads every catalog in the folders: sub-folders with a catalog.yaml, and single YAML files.
 * `released.yaml` in a folder lists {catalog, edition, digest}; a listed edition whose content has changed is a fault.
 * Catalogs with faults are left out of the library and the faults are returned; the others can be used.
 */
export function loadLibrary(folders: readonly string[]): { library: Library; faults: Fault[] } {
  const faults: Fault[] = []
  const released = folders.flatMap((folder) => readReleased(folder, faults))
  const entries = new Map<string, Entry>()
  const loaded: { entry: Entry; locate: Extract<Loaded, { ok: true }>['locate'] }[] = []
  for (const path of folders.flatMap(catalogPaths)) {
    const read = loadCatalog(path)
    if (!read.ok) {
      faults.push(...read.faults)
      continue
    }
    const entry = entryOf(path, read.catalog, released)
    const key = `${entry.catalog} ${entry.edition}`
    const other = entries.get(key)
    if (other)
      faults.push(
        read.locate(
          problem(['edition'], 'edition-twice', { catalog: entry.catalog, edition: entry.edition, other: other.path }),
        ),
      )
    else entries.set(key, entry)
    loaded.push({ entry, locate: read.locate })
  }
  for (const r of released) checkReleased(r, entries, faults)
  for (const { entry, locate } of loaded) faults.push(...linksToNothing(entry.content, entries).map(locate))
  return { library: libraryOf([...entries.values()]), faults }
}
function problem(path: Problem['path'], code: Problem['code'], params: Problem['params']): Problem {
  return { path, code, params }
}

/** Paths of the catalogs in a folder, in order of name. */
export function catalogPaths(folder: string): string[] {
  if (!existsSync(folder) || !statSync(folder).isDirectory()) return []
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => !entry.name.startsWith('.') && !notCatalogs.has(entry.name))
    .filter((entry) => /\.ya?ml$/i.test(entry.name) || existsSync(join(folder, entry.name, 'catalog.yaml')))
    .map((entry) => join(folder, entry.name))
    .toSorted()
}
/** A YAML file with another name is taken for a catalog: one that forgot its format must not be left out in silence. */
const notCatalogs = new Set(['released.yaml', 'in-force.yaml'])

function readReleased(folder: string, faults: Fault[]): Released[] {
  const file = join(folder, 'released.yaml')
  if (!existsSync(file)) return []
  const read = readYamlFile(file, file)
  if (!read.ok) {
    faults.push(...read.faults)
    return []
  }
  const parsed = releasedSchema.safeParse(read.yaml.value)
  if (parsed.success) return parsed.data.released.map((r) => ({ ...r, file }))
  faults.push({
    file,
    line: 1,
    key: 'released',
    code: 'wrong-type',
    params: { expected: 'released: [{ catalog, edition, digest }]', found: '', value: '' },
  })
  return []
}
function checkReleased(r: Released, entries: ReadonlyMap<string, Entry>, faults: Fault[]): void {
  const entry = entries.get(`${r.catalog} ${r.edition}`)
  const params = { catalog: r.catalog, edition: r.edition, released: r.digest, now: entry?.digest, path: entry?.path }
  const fault = (code: Fault['code']): void =>
    void faults.push({ file: r.file, line: 0, key: `${r.catalog} ${r.edition}`, code, params })
  if (!entry) fault('released-edition-missing')
  else if (entry.digest !== r.digest) fault('released-edition-edited')
}

function entryOf(path: string, content: Catalog, released: readonly Released[]): Entry {
  const digest = digestOf(content)
  let compiled: Compiled | undefined
  return {
    catalog: content.id,
    edition: content.edition,
    digest,
    path,
    content,
    released: released.some((r) => r.catalog === content.id && r.edition === content.edition),
    get compiled() {
      return (compiled ??= compile(content))
    },
  }
}

function libraryOf(entries: readonly Entry[]): Library {
  const sorted = entries.toSorted((a, b) =>
    a.catalog < b.catalog ? -1 : a.catalog > b.catalog ? 1 : compareEditions(a, b),
  )
  return {
    list: () => sorted,
    get: (id, edition) => sorted.find((e) => e.catalog === id && e.edition === edition),
    latest: (id) => sorted.findLast((e) => e.catalog === id),
  }
}
/** By date of release; without dates by the numbers in the edition, so that 10.0 comes after 9.1. */
function compareEditions(a: Entry, b: Entry): number {
  const days = [a.content.released, b.content.released]
  if (days[0] && days[1] && days[0] !== days[1]) return days[0] < days[1] ? -1 : 1
  const left = a.edition.split('.')
  const right = b.edition.split('.')
  for (let i = 0; i < Math.max(left.length, right.length); i++) {
    const difference = Number(left[i] ?? 0) - Number(right[i] ?? 0)
    if (difference) return difference
    if (Number.isNaN(difference) && left[i] !== right[i]) return (left[i] ?? '') < (right[i] ?? '') ? -1 : 1
  }
  return 0
}

/** Links into catalogs that are there must lead to something; a catalog that is not there is no fault. */
function linksToNothing(catalog: Catalog, entries: ReadonlyMap<string, Entry>): Problem[] {
  const targets = (id: string, edition: string | undefined): Catalog[] =>
    [...entries.values()]
      .map((e) => e.content)
      .filter((c) => c.id === id && (edition === undefined || c.edition === edition))
  return catalog.lists.flatMap((list, l) =>
    (list.items ?? []).flatMap((item, i) =>
      (item.links ?? []).flatMap((link, k) => {
        const found = targets(link.catalog, link.edition)
        if (found.length === 0 || found.some((c) => hasItem(c, link.item))) return []
        return [problem(['lists', l, 'items', i, 'links', k, 'item'], 'link-to-nothing', { ...link })]
      }),
    ),
  )
}
function hasItem(c: Catalog, id: string): boolean {
  const items = [
    ...c.questions,
    ...c.duties,
    ...c.outcomes,
    ...c.tables.flatMap((t) => t.rules),
    ...c.lists.flatMap((l) => [l, ...(l.items ?? []), ...(l.items ?? []).flatMap((i) => i.details ?? [])]),
  ]
  return items.some((item) => item.id === id)
}
