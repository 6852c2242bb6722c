import { searchKey } from '#register/search-key.ts'

import type { ColumnMap, MapColumn } from './column-map.ts'
import type { Header, HeaderColumn } from './find-header.ts'

/** A name with its numbering, brackets and remarks taken off: 「(3) 所管部署（必須）※」 → 「所管部署」. */
export const bareHeader = (name: string): string =>
  searchKey(
    name
      .normalize('NFKC')
      .replace(/^[\s(]*(\d{1,3}|[a-z])[).:、．]\s*/i, '')
      .replace(/^[①-⑳]/, '')
      .replace(/[(（【[][^)）】\]]*[)）】\]]/g, '')
      .replace(/[※*:：?？].*$/s, ''),
  )

type Known = { readonly key: string; readonly column: MapColumn; readonly map: ColumnMap }

/** How well a header fits a known name: 3 equal, 2 equal without remarks, 1 one holds the other; 0 not at all. */
function fit(header: string, known: string): number {
  const [own, bare] = [searchKey(header), bareHeader(header)]
  if (own === known) return 3
  if (bare !== '' && bare === known) return 2
  const long = /^[\p{ASCII}]+$/u.test(known) ? known.length >= 8 : known.length >= 3
  return long && (own.includes(known) || (bare.length >= 4 && known.includes(bare))) ? 1 : 0
}

function bestFor(column: HeaderColumn, known: readonly Known[], used: ReadonlySet<string>): Known | undefined {
  let best: { score: number; length: number; known: Known } | undefined
  for (const candidate of known) {
    if (candidate.column.field === null || used.has(candidate.column.field)) continue
    const score = fit(column.name, candidate.key)
    if (score === 0) continue
    if (!best || score > best.score || (score === best.score && candidate.key.length > best.length))
      best = { score, length: candidate.key.length, known: candidate }
  }
  return best?.known
}

/**
 * A map for a table that no map knows, put together from what the given maps know of names and values. It is a proposal:
 * a person sees and corrects it before anything is imported. Columns that fit nothing go into no field.
 */
export function proposeMap(header: Header, maps: readonly ColumnMap[], id = 'proposed'): ColumnMap {
  const known: Known[] = maps.flatMap((map) =>
    map.columns.flatMap((column) => column.headers.map((name) => ({ key: searchKey(name), column, map }))),
  )
  const used = new Set<string>()
  const columns = new Map<number, MapColumn>()
  const named = header.columns.filter((column) => column.name.trim() !== '')
  const organisation = organisationColumns(named, maps)
  // Exact names first, so that a vague one never takes the field of a column that says it plainly.
  for (const least of [3, 2, 1])
    for (const column of named) {
      if (columns.has(column.position)) continue
      const found = bestFor(column, known, used)
      if (!found || fit(column.name, found.key) < least || found.column.field === null) continue
      used.add(found.column.field)
      columns.set(column.position, { ...found.column, headers: [column.name], occurrence: column.occurrence })
    }
  const all = named.map((column) => columns.get(column.position) ?? rest(column))
  return {
    id,
    version: 1,
    name: { ja: '見出しから作った案', en: 'Proposed from the headers' },
    recognise: [],
    header: { row: 'guess', depth: header.depth, skip: 0, skipMarks: [] },
    absent: mergedAbsent(maps),
    columns: used.has('name') ? all : withName(all, organisation.flat()),
    ...(organisation.length > 0
      ? { organisation: { columns: organisation, split: ['／', '/', '\n', '　'], missing: 'flag' as const } }
      : {}),
    fixed: {},
    required: ['name'],
  }
}

const rest = (column: HeaderColumn): MapColumn => ({
  headers: [column.name],
  occurrence: column.occurrence,
  field: null,
  read: { as: 'text' },
})

/** A table without any name of a system: the first free column stands in, for the person to correct. */
function withName(columns: MapColumn[], organisation: readonly string[]): MapColumn[] {
  const free = columns.findIndex((column) => column.field === null && !organisation.includes(column.headers[0] ?? ''))
  const at = free >= 0 ? free : 0
  return columns.map((column, i) => (i === at ? { ...column, field: 'name', read: { as: 'text' } } : column))
}

function organisationColumns(columns: readonly HeaderColumn[], maps: readonly ColumnMap[]): string[][] {
  const found: string[][] = []
  for (const map of maps)
    for (const names of map.organisation?.columns ?? []) {
      const keys = names.map(searchKey)
      const column = columns.find(({ name }) => keys.includes(searchKey(name)) || keys.includes(bareHeader(name)))
      if (column && !found.some(([name]) => name === column.name)) found.push([column.name])
    }
  return found
}

function mergedAbsent(maps: readonly ColumnMap[]): ColumnMap['absent'] {
  const all = (state: 'unanswered' | 'unknown' | 'not-applicable' | 'none' | 'withheld') => [
    ...new Set(maps.flatMap((map) => map.absent[state])),
  ]
  return {
    unanswered: all('unanswered'),
    unknown: all('unknown'),
    'not-applicable': all('not-applicable'),
    none: all('none'),
    withheld: all('withheld'),
  }
}
