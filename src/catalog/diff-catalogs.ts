import { type Catalog, parts } from './model.ts'

/** One value that differs, by its path inside the item: `options.yes.weights.impact`. */
export type ChangedPath = { path: string; old: unknown; new: unknown }
export type CatalogDiff = {
  from: { catalog: string; edition: string }
  to: { catalog: string; edition: string }
  header: ChangedPath[]
  added: { part: string; id: string }[]
  removed: { part: string; id: string }[]
  changed: { part: string; id: string; changes: ChangedPath[] }[]
}

type Item = { id: string }
const ofHeader = [
  'id',
  'edition',
  'released',
  'languages',
  'title',
  'publisher',
  'url',
  'provenance',
  'source',
  'note',
  'decide',
  'budget',
] as const

/** What was added, removed and changed from one catalog to another, item by item; the order of items does not count. */
export function diffCatalogs(from: Catalog, to: Catalog): CatalogDiff {
  const diff: CatalogDiff = {
    from: { catalog: from.id, edition: from.edition },
    to: { catalog: to.id, edition: to.edition },
    header: ofHeader.flatMap((key) => changesIn(from[key], to[key], [key])),
    added: [],
    removed: [],
    changed: [],
  }
  for (const part of [...parts, 'sources'] as const) compareItems(part, from[part], to[part], diff)
  compareItems('lists', from.lists.map(withoutItems), to.lists.map(withoutItems), diff)
  const lists = new Set([...from.lists, ...to.lists].map((list) => list.id))
  for (const id of lists) compareItems(id, itemsOf(from, id), itemsOf(to, id), diff)
  return diff
}
function withoutItems(list: Catalog['lists'][number]): Item {
  return { ...list, items: undefined } as Item
}
function itemsOf(catalog: Catalog, list: string): Item[] {
  return catalog.lists.find((l) => l.id === list)?.items ?? []
}

function compareItems(part: string, from: readonly Item[], to: readonly Item[], diff: CatalogDiff): void {
  const before = new Map(from.map((item) => [item.id, item]))
  const after = new Map(to.map((item) => [item.id, item]))
  for (const id of before.keys()) if (!after.has(id)) diff.removed.push({ part, id })
  for (const [id, item] of after) {
    const old = before.get(id)
    if (!old) {
      diff.added.push({ part, id })
      continue
    }
    const changes = changesIn(old, item, [])
    if (changes.length > 0) diff.changed.push({ part, id, changes })
  }
}

const isMap = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
const hasIds = (value: unknown): value is Item[] =>
  Array.isArray(value) && value.length > 0 && value.every((item) => isMap(item) && typeof item['id'] === 'string')

/** Lists of items with ids are compared by id, other lists as wholes. `order` is layout, not content. */
function changesIn(from: unknown, to: unknown, path: readonly string[]): ChangedPath[] {
  if (JSON.stringify(from) === JSON.stringify(to)) return []
  if (hasIds(from) && hasIds(to)) {
    const ids = new Set([...from, ...to].map((item) => item.id))
    return [...ids].flatMap((id) =>
      changesIn(
        from.find((i) => i.id === id),
        to.find((i) => i.id === id),
        [...path, id],
      ),
    )
  }
  if (isMap(from) && isMap(to)) {
    const keys = new Set([...Object.keys(from), ...Object.keys(to)])
    return [...keys].filter((key) => key !== 'order').flatMap((key) => changesIn(from[key], to[key], [...path, key]))
  }
  return [{ path: path.join('.'), old: from ?? null, new: to ?? null }]
}
