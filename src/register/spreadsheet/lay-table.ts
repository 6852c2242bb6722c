import type { ColumnMap } from './column-map.ts'
import type { Grid } from './grid.ts'
import { headerFor, matchColumns, type MatchedTable } from './match-map.ts'

/** A grid laid under a map: header, the rows to judge, and the rows that are no data. */
export type LaidTable = MatchedTable & {
  readonly map: ColumnMap
  /** Indexes into `grid.rows`, in order. Blank rows after the last filled one are layout and no rows. */
  readonly body: readonly number[]
  /** Titles above the header and notes below it, kept as metadata of the file. */
  readonly metadata: readonly { readonly rowNumber: number; readonly cells: readonly string[] }[]
}

export const isBlank = (row: readonly string[]): boolean => row.every((cell) => cell.trim() === '')

/** @param headerRow  row number that a person chose; without it the rule of the map decides */
export function layTable(grid: Grid, map: ColumnMap, headerRow?: number): LaidTable {
  const matched = matchColumns(map, headerFor(grid, map, headerRow))
  const { index, depth } = matched.header
  let last = grid.rows.length - 1
  while (last > index && isBlank(grid.rows[last] ?? [])) last--
  const metadata: LaidTable['metadata'][number][] = []
  const body: number[] = []
  const setAside = (i: number) => metadata.push({ rowNumber: grid.rowNumbers[i] ?? 0, cells: grid.rows[i] ?? [] })
  for (let i = 0; i <= index - depth; i++) if (!isBlank(grid.rows[i] ?? [])) setAside(i)
  for (let i = index + 1; i <= last; i++) {
    const first = grid.rows[i]?.[0] ?? ''
    const isNote = i <= index + map.header.skip || map.header.skipMarks.some((mark) => first.startsWith(mark))
    if (isNote) setAside(i)
    else body.push(i)
  }
  return { ...matched, map, body, metadata }
}

/** Texts of merged ranges by the cells that they cover; ranges above the data say nothing of rows. */
export function mergedCells(grid: Grid, table: LaidTable): Map<string, string> {
  const covered = new Map<string, string>()
  const first = grid.rowNumbers[table.header.index] ?? 0
  for (const { top, left, bottom, right } of grid.merges) {
    const text = grid.rows[top - 1]?.[left - 1] ?? ''
    if (top <= first || text === '') continue
    for (let row = top; row <= Math.min(bottom, grid.rows.length); row++)
      for (let column = left; column <= Math.min(right, table.columns.length); column++)
        if (row !== top || column !== left) covered.set(`${row},${column}`, text)
  }
  return covered
}
