import { searchKey } from '#register/search-key.ts'

import type { Grid } from './grid.ts'

/** One column: `position` from 1; `name` as written; `occurrence` counts the same name from the left, from 1. */
export type HeaderColumn = { readonly position: number; readonly name: string; readonly occurrence: number }
export type Header = {
  /** Index into `grid.rows` of the last row of the header; data begin below. */
  readonly index: number
  /** Number of rows that the header takes: 2 when groups stand above the names. */
  readonly depth: number
  readonly columns: readonly HeaderColumn[]
  /** Names that stand over more than one column. */
  readonly repeated: readonly string[]
}

const lookAt = 40
const filled = (row: readonly string[]): number => row.filter((cell) => cell.trim() !== '').length

/** How much a row looks like names of columns: short, different from each other, not numbers or dates, no sentences. */
function headerLikeness(row: readonly string[], width: number, known: ReadonlySet<string>): number {
  const cells = row.filter((cell) => cell.trim() !== '')
  if (cells.length < 2) return 0
  const different = new Set(cells.map(searchKey)).size / cells.length
  const nameLike = cells.filter((cell) => !/^[\d\s.,/:%-]+$/.test(cell)).length / cells.length
  const recognised = cells.filter((cell) => known.has(searchKey(cell))).length / cells.length
  // Real headers repeat a name here and there ("If other, please explain"), so repeats cost half.
  return (cells.length / Math.max(1, width)) * ((1 + different) / 2) * nameLike + recognised * 2
}

/**
 * The row that most looks like the header among the first 40: as wide as the table, names and not values; titles, notes
 * and captions above it are passed over. `known` are names that a map recognises, which decide where there are any.
 * @returns index into `rows`; 0 when nothing looks like a header
 */
export function guessHeaderIndex(rows: Grid['rows'], known: ReadonlySet<string> = new Set()): number {
  const first = rows.slice(0, lookAt)
  const width = Math.max(0, ...first.map(filled))
  const scores = first.map((row) => headerLikeness(row, width, known))
  // A row of data can look a little more like names than the header above it: the upper one of near equals is taken.
  const enough = Math.max(0, ...scores) * 0.85
  return enough === 0 ? 0 : scores.findIndex((score) => score >= enough)
}

/** Names over the columns: the last row's, and where groups stand above it, `group / name`. */
function columnNames(grid: Pick<Grid, 'rows' | 'merges' | 'rowNumbers'>, index: number, depth: number): string[] {
  const own = grid.rows[index] ?? []
  const width = Math.max(own.length, ...Array.from({ length: depth }, (_, k) => grid.rows[index - k]?.length ?? 0))
  return Array.from({ length: width }, (_, column) => {
    const path: string[] = []
    for (let k = depth - 1; k >= 0; k--) {
      const name = mergedText(grid, index - k, column)
      if (name.trim() !== '' && path.at(-1) !== name) path.push(name)
    }
    return path.join(' / ')
  })
}

/** The text of a cell; inside a merged range, that of its top left cell. */
function mergedText(grid: Pick<Grid, 'rows' | 'merges' | 'rowNumbers'>, index: number, column: number): string {
  const own = grid.rows[index]?.[column] ?? ''
  const row = grid.rowNumbers[index] ?? 0
  if (own !== '' || grid.merges.length === 0) return own
  const merge = grid.merges.find(
    (m) => m.top <= row && row <= m.bottom && m.left <= column + 1 && column + 1 <= m.right,
  )
  return merge ? (grid.rows[index - (row - merge.top)]?.[merge.left - 1] ?? '') : own
}

/** @param index  of the last row of the header in `grid.rows`; @param depth  1 or more rows that it takes */
export function readHeader(grid: Pick<Grid, 'rows' | 'merges' | 'rowNumbers'>, index: number, depth = 1): Header {
  const seen = new Map<string, number>()
  const columns = columnNames(grid, index, Math.min(depth, index + 1)).map((name, i) => {
    const occurrence = (seen.get(name) ?? 0) + 1
    seen.set(name, occurrence)
    return { position: i + 1, name, occurrence }
  })
  // Blank names at the right end are layout, unless a cell below them says something; the row rules see that.
  while (columns.length > 1 && columns.at(-1)?.name === '' && grid.rows.length > 0 && !isCsvLike(grid)) columns.pop()
  const repeated = [...seen].filter(([name, n]) => n > 1 && name.trim() !== '').map(([name]) => name)
  return { index, depth, columns, repeated }
}

/** In CSV the number of columns is what the header row has, blank names included. */
const isCsvLike = (grid: object): boolean => 'lines' in grid
