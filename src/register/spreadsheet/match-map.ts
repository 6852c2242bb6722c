import { searchKey } from '#register/search-key.ts'

import type { ColumnMap, MapColumn } from './column-map.ts'
import { guessHeaderIndex, type Header, type HeaderColumn, readHeader } from './find-header.ts'
import type { Grid } from './grid.ts'

export type MatchedColumn = HeaderColumn & { readonly column: MapColumn | undefined }
export type MatchedTable = {
  readonly header: Header
  readonly columns: readonly MatchedColumn[]
  /** Positions of the organisation columns, from the outermost unit inwards. */
  readonly organisation: readonly number[]
  /** First header name of each column of the map that the table does not have. */
  readonly absentColumns: readonly string[]
}

const bears = (names: readonly string[], column: HeaderColumn): boolean => {
  const key = searchKey(column.name)
  return names.some((name) => searchKey(name) === key)
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
  const taken = new Map<number, MapColumn>()
  const absentColumns: string[] = []
  for (const column of map.columns) {
    const fitting = column.headers.flatMap((name) =>
      header.columns.filter((own) => bears([name], own) && !taken.has(own.position)),
    )
    // Repeated names are counted among all columns of the name, also those another column of the map has taken.
    const nth = header.columns.filter((own) => bears(column.headers, own))[column.occurrence - 1]
    const found = nth && !taken.has(nth.position) ? nth : column.occurrence === 1 ? fitting[0] : undefined
    if (found) taken.set(found.position, column)
    else absentColumns.push(column.headers[0] ?? '')
  }
  const organisation = (map.organisation?.columns ?? []).flatMap((names) => {
    // The names of a unit stand in the order of preference.
    const found = names.map((name) => header.columns.find((own) => bears([name], own))).find(Boolean)
    return found ? [found.position] : []
  })
  return {
    header,
    columns: header.columns.map((own) => ({ ...own, column: taken.get(own.position) })),
    organisation,
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
