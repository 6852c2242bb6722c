import { searchKey } from '#register/search-key.ts'

import type { ColumnMap, MapColumn } from './column-map.ts'
import { guessHeader, guessHeaderIndex, type Header, type HeaderColumn, readHeader } from './find-header.ts'
import type { Grid } from './grid.ts'
import { namesOf } from './header-names.ts'

type MatchedColumn = HeaderColumn & { readonly column: MapColumn | undefined }
export type MatchedTable = {
  readonly header: Header
  readonly columns: readonly MatchedColumn[]
  /** Positions of the organisation columns, from the outermost unit inwards. */
  readonly organisation: readonly number[]
  /** First header name of each column of the map that the table does not have. */
  readonly absentColumns: readonly string[]
}

/** Names of all columns that maps know, as search keys; of a name under groups (`a / b`) each part too. */
export function knownHeaders(maps: readonly ColumnMap[]): ReadonlySet<string> {
  const names = maps.flatMap((map) => [
    ...map.columns.flatMap((column) => column.headers),
    ...(map.organisation?.columns.flat() ?? []),
  ])
  return new Set(names.flatMap((name) => [name, ...name.split(' / ')]).map(searchKey))
}

/**
 * Puts the columns of a table beside those of a map; each column of the map is used once, the first that fits. A name that
 * stands nowhere as it is may differ by numbering, a remark in brackets or the group above, where only one column does.
 */
export function matchColumns(map: ColumnMap, header: Header): MatchedTable {
  const byKey = Map.groupBy(header.columns, (column) => searchKey(column.name))
  const roughly = roughNames(header)
  // The names of a column or unit stand in the order of preference.
  const bearing = (names: readonly string[]): HeaderColumn[] =>
    names.flatMap((name) => byKey.get(searchKey(name)) ?? [])
  const nearest = (names: readonly string[]): number | undefined =>
    names.map((name) => roughly.get(searchKey(name))).find((position) => position !== undefined)
  const taken = new Map<number, MapColumn>()
  const missing: MapColumn[] = []
  for (const column of map.columns) {
    const all = bearing(column.headers)
    // Repeated names are counted among all columns of the name, also those another column of the map has taken.
    const nth = all.toSorted((a, b) => a.position - b.position)[column.occurrence - 1]
    const free = all.find((own) => !taken.has(own.position))
    const found = column.occurrence > 1 ? nth : free
    if (found && !taken.has(found.position)) taken.set(found.position, column)
    else missing.push(column)
  }
  const absentColumns: string[] = []
  for (const column of missing) {
    const near = column.occurrence > 1 ? undefined : nearest(column.headers)
    if (near !== undefined && !taken.has(near)) taken.set(near, column)
    else absentColumns.push(column.headers[0] ?? '')
  }
  return {
    header,
    columns: header.columns.map((own) => ({ ...own, column: taken.get(own.position) })),
    organisation: (map.organisation?.columns ?? []).flatMap(
      (names) => bearing(names)[0]?.position ?? nearest(names) ?? [],
    ),
    absentColumns,
  }
}

/** Position of the one column that may be meant by a name; undefined where two may. */
function roughNames({ columns }: Header): ReadonlyMap<string, number | undefined> {
  const found = new Map<string, number | undefined>()
  for (const { name, position } of columns)
    for (const key of namesOf(name).slice(1)) found.set(key, found.has(key) ? undefined : position)
  return found
}

/** The header by the rule of the map, or on the row that a person chose (`rowNumber` of the grid). */
export function headerFor(grid: Grid, map: ColumnMap, chosenRow?: number): Header {
  const row = chosenRow ?? (map.header.row === 'guess' ? undefined : map.header.row)
  const index = row === undefined ? guessed(grid, map) : grid.rowNumbers.indexOf(row)
  return readHeader(grid, Math.max(0, index), map.header.depth)
}

function guessed(grid: Grid, map: ColumnMap): number {
  const known = knownHeaders([map])
  const around = guessHeader(grid, known)
  return around.depth === map.header.depth ? around.index : guessHeaderIndex(grid.rows, known)
}

/** The first map all of whose distinguishing headers stand in the table, or undefined. */
export function recogniseMap(grid: Grid, maps: readonly ColumnMap[], chosenRow?: number): ColumnMap | undefined {
  return maps.find((map) => {
    if (map.recognise.length === 0) return false
    const header = headerFor(grid, map, chosenRow)
    const names = new Set(header.columns.map((column) => searchKey(column.name)))
    const roughly = roughNames(header)
    return map.recognise.every((name) => names.has(searchKey(name)) || roughly.get(searchKey(name)) !== undefined)
  })
}
