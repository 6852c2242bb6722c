import { type Dirent, existsSync, readdirSync, statSync } from 'node:fs'
import { basename, join } from 'node:path'
import { parts } from './model.ts'
import type { Path } from './expressions.ts'
import { type Fault, type FaultCode, type Problem, keyOf } from './faults.ts'
import { type YamlFile, lineOf, readYamlFile } from './yaml-file.ts'

/** A catalog as it stands in its files, put together but not yet looked at, and the way back to file and line. */
export type Raw = { value: Record<string, unknown>; faults: Fault[]; locate: (problem: Problem) => Fault }
type Item = { value: unknown; order: number; name: string; yaml: YamlFile; base: Path }
/** Items by the path of the list in which they stand. */
type Origins = Map<string, { yaml: YamlFile; base: Path }>

/** Items of all parts together; more is a mistake or an attack. */
export const mostItems = 20_000

/** A path is a folder or a single YAML file. Files are named in faults as they were given. */
export function readRaw(path: string): Raw {
  const faults: Fault[] = []
  const nowhere: Raw = {
    value: {},
    faults,
    locate: (p) => ({ file: path, line: 0, key: keyOf(p.path), code: p.code, params: p.params }),
  }
  const wrong = (file: string, code: FaultCode, params: Record<string, unknown> = {}): void =>
    void faults.push({ file, line: 0, key: '', code, params })
  if (!existsSync(path)) {
    wrong(path, 'no-such-path')
    return nowhere
  }
  const folder = statSync(path).isDirectory()
  const main = folder ? join(path, 'catalog.yaml') : path
  if (folder && !existsSync(main)) {
    wrong(path, 'no-catalog-file')
    return nowhere
  }
  const read = readYamlFile(main, main)
  if (!read.ok) {
    faults.push(...read.faults)
    return nowhere
  }
  const value: Record<string, unknown> = { ...read.yaml.value }
  const items = new Map<string, Item[]>()
  for (const part of parts) addInline(value[part], [part], read.yaml, items)
  if (Array.isArray(value['lists']))
    (value['lists'] as unknown[]).forEach((list, i) =>
      addInline(itemsOf(list), ['lists', i, 'items'], read.yaml, items),
    )
  if (folder) readFolders(path, value, items, faults)
  const origins = assemble(value, items)
  const count = [...items.values()].reduce((n, list) => n + list.length, 0)
  if (count > mostItems) wrong(main, 'too-many-items', { count, most: mostItems })
  return { value, faults, locate: locator(read.yaml, origins) }
}

function itemsOf(list: unknown): unknown {
  return typeof list === 'object' && list !== null ? (list as { items?: unknown }).items : undefined
}
function orderOf(value: unknown): number {
  const order = typeof value === 'object' && value !== null ? (value as { order?: unknown }).order : undefined
  return typeof order === 'number' ? order : Infinity
}
function addInline(list: unknown, at: Path, yaml: YamlFile, items: Map<string, Item[]>): void {
  if (!Array.isArray(list)) return
  items.set(
    JSON.stringify(at),
    list.map((value, i) => ({ value, order: orderOf(value), name: '', yaml, base: [...at, i] })),
  )
}

function readFolders(path: string, value: Record<string, unknown>, items: Map<string, Item[]>, faults: Fault[]): void {
  const lists = (Array.isArray(value['lists']) ? value['lists'] : []) as { id?: unknown }[]
  const stray = (file: string, code: FaultCode, params: Record<string, unknown> = {}): void =>
    void faults.push({ file, line: 0, key: '', code, params })
  for (const entry of entriesOf(path, faults).toSorted(byName)) {
    const at = join(path, entry.name)
    if (entry.name.startsWith('.') || entry.name === 'catalog.yaml') continue
    if (!isFolder(at, entry)) {
      if (/\.ya?ml$/i.test(entry.name)) stray(at, 'stray-file')
      continue
    }
    const list = lists.findIndex((l) => l?.id === entry.name)
    const part = (parts as readonly string[]).includes(entry.name)
    if (!part && list < 0)
      stray(at, 'stray-folder', { folder: entry.name, parts: [...parts], lists: lists.map((l) => l?.id) })
    else readItems(at, part ? [entry.name] : ['lists', list, 'items'], items, faults)
  }
}
function entriesOf(folder: string, faults: Fault[]): Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true })
  } catch (error) {
    if (typeof (error as { code?: unknown }).code !== 'string') throw error
    faults.push({ file: folder, line: 0, key: '', code: 'not-readable', params: {} })
    return []
  }
}
/** Also through a link; one that leads nowhere or round is no folder, and reading it as a file says so. */
function isFolder(path: string, entry: Dirent): boolean {
  return entry.isDirectory() || (entry.isSymbolicLink() && existsSync(path) && statSync(path).isDirectory())
}
function byName(a: { name: string }, b: { name: string }): number {
  return a.name < b.name ? -1 : 1
}

function readItems(folder: string, at: Path, items: Map<string, Item[]>, faults: Fault[]): void {
  const key = JSON.stringify(at)
  const all = items.get(key) ?? []
  items.set(key, all)
  for (const entry of entriesOf(folder, faults)) {
    const path = join(folder, entry.name)
    if (entry.name.startsWith('.')) continue
    const inside = isFolder(path, entry)
    if (inside || !entry.name.endsWith('.yaml')) {
      if (inside || /\.ya?ml$/i.test(entry.name))
        faults.push({ file: path, line: 0, key: '', code: 'stray-file', params: {} })
      continue
    }
    const name = basename(entry.name, '.yaml')
    const read = readYamlFile(path, path)
    if (!read.ok) {
      faults.push(...read.faults)
      continue
    }
    const value = { ...read.yaml.value, id: read.yaml.value['id'] ?? name }
    if (value.id !== name)
      faults.push({
        file: path,
        line: lineOf(read.yaml, ['id']),
        key: 'id',
        code: 'id-differs-from-file',
        params: { id: value.id, name },
      })
    all.push({ value, order: orderOf(value), name, yaml: read.yaml, base: [] })
  }
}

/** By `order`, then inline items in their order, then files by name, with numbers in names counted as numbers. */
function compareItems(a: Item, b: Item): number {
  return a.order === b.order ? compareNames(a.name, b.name) : a.order - b.order
}
function compareNames(a: string, b: string): number {
  const left = a.split(/(\d+)/)
  const right = b.split(/(\d+)/)
  for (let i = 0; i < Math.max(left.length, right.length); i++) {
    const l = left[i] ?? ''
    const r = right[i] ?? ''
    if (l === r) continue
    const byNumber = i % 2 === 1 ? Number(l) - Number(r) : 0
    return byNumber || (l < r ? -1 : 1)
  }
  return 0
}

function assemble(value: Record<string, unknown>, items: ReadonlyMap<string, Item[]>): Origins {
  const origins: Origins = new Map()
  for (const [key, list] of items) {
    const at = JSON.parse(key) as (string | number)[]
    const sorted = list.toSorted(compareItems)
    sorted.forEach((item, i) => origins.set(JSON.stringify([...at, i]), { yaml: item.yaml, base: item.base }))
    const values = sorted.map((item) => item.value)
    if (at.length === 1) value[String(at[0])] = values
    else {
      const lists = [...(value['lists'] as unknown[])]
      lists[Number(at[1])] = { ...(lists[Number(at[1])] as object), items: values }
      value['lists'] = lists
    }
  }
  return origins
}

function locator(header: YamlFile, origins: Origins): Raw['locate'] {
  return ({ path, code, params }) => {
    for (let length = path.length; length > 0; length--) {
      const origin = origins.get(JSON.stringify(path.slice(0, length)))
      if (!origin) continue
      const within = [...origin.base, ...path.slice(length)]
      return { file: origin.yaml.file, line: lineOf(origin.yaml, within), key: keyOf(within), code, params }
    }
    return { file: header.file, line: lineOf(header, path), key: keyOf(path), code, params }
  }
}
