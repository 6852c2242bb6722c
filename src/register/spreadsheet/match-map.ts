import { searchKey } from '#register/search-key.ts'

import type { ColumnMap, MapColumn } from './column-map.ts'
import { guessHeaderIndex, type Header, type HeaderColumn, readHeader } from './find-header.ts'
import type { Grid } from './grid.ts'

type MatchedColumn = HeaderColumn & { readonly column: MapColumn | undefined }
export type MatchedTable = {
  readonly header: Header
  readonly columns: readonly MatchedColumn[]
  /** Positions of the organisation columns, from the outermost unit inwards. */
  readonly organisation: readonly number[]
  /** First header name of each column of the map that the table does not have. */
  readonly absentColumns: readonly string[]
}

/** Names of all columns that maps know, as search keys. */
export const knownHeaders = (maps: readonly ColumnMap[]): ReadonlySet<string> =>
  new Set(
    maps.flatMap((map) => [
      ...map.columns.flatMap((column) => column.headers.map(searchKey)),
      ...(map.organisation?.columns.flat().map(searchKey) ?? []),
    ]),
  )

/** Puts the columns of a table beside those of a map; each column of the map is used once, the first that fits. */
export function matchColumns(map: ColumnMap, header: Header): MatchedTable {
  const byKey = Map.groupBy(header.columns, (column) => searchKey(column.name))
  // The names of a column or unit stand in the order of preference.
  const bearing = (names: readonly string[]): HeaderColumn[] =>
    names.flatMap((name) => byKey.get(searchKey(name)) ?? [])
  const taken = new Map<number, MapColumn>()
  const absentColumns: string[] = []
  for (const column of map.columns) {
    const all = bearing(column.headers)
    // Repeated names are counted among all columns of the name, also those another column of the map has taken.
    const nth = all.toSorted((a, b) => a.position - b.position)[column.occurrence - 1]
    const free = all.find((own) => !taken.has(own.position))
    const found = column.occurrence > 1 ? nth : free
    if (found && !taken.has(found.position)) taken.set(found.position, column)
    else absentColumns.push(column.headers[0] ?? '')
  }
  return {
    header,
    columns: header.columns.map((own) => ({ ...own, column: taken.get(own.position) })),
    organisation: (map.organisation?.columns ?? []).flatMap((names) => bearing(names)[0]?.position ?? []),
    absentColumns,
  }
}

/** The header by the rule of the map, or on the row that a person chose (`rowNumber` of the grid). */
export function headerFor(grid: Grid, map: ColumnMap, chosenRow?: number): Header {
  const row = chosenRow ?? (map.header.row === 'guess' ? undefined : map.header.row)
  const index = row === undefined ? guessHeaderIndex(grid.rows, knownHeaders([map])) : grid.rowNumbers.indexOf(row)
  return readHeader(grid, Math.max(0, index), map.header.depth)
}

/** The first map all of whose distinguishing headers stand in the table, or undefined. */
export function recogniseMap(grid: Grid, maps: readonly ColumnMap[], chosenRow?: number): ColumnMap | undefined {
  return maps.find((map) => {
    if (map.recognise.length === 0) return false
    const names = new Set(headerFor(grid, map, chosenRow).columns.map((column) => searchKey(column.name)))
    return map.recognise.every((name) => names.has(searchKey(name)))
  })
}
