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
  const recognised = new Set(cells.map(searchKey).filter((key) => known.has(key))).size / cells.length
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

type Sheet = Pick<Grid, 'rows' | 'merges' | 'rowNumbers'>

const mostRows = 3

/**
 * The last row of the header and how many rows it takes. Above the names may stand groups (「個人情報」 over 「有無」 and
 * 「学習」), told by merged cells, or where a file has none by two rows that fill each other's gaps.
 */
export function guessHeader(grid: Sheet, known: ReadonlySet<string> = new Set()): { index: number; depth: number } {
  return headerAround(grid, guessHeaderIndex(grid.rows, known))
}

/** @param index  of one row of the header in `grid.rows` */
export function headerAround(grid: Sheet, index: number): { index: number; depth: number } {
  let [top, bottom] = [index, index]
  for (let before = -1; before !== bottom - top;) {
    before = bottom - top
    for (const merge of grid.merges) {
      const [from, to] = [grid.rowNumbers.indexOf(merge.top), grid.rowNumbers.indexOf(merge.bottom)]
      if (from < 0 || to <= from || from > bottom || to < top || to - from >= mostRows) continue
      top = Math.min(top, from)
      bottom = Math.max(bottom, to)
    }
  }
  if (bottom === top && isGroupRow(grid, top - 1, top)) top--
  else if (bottom === top && isGroupRow(grid, top, top + 1)) bottom++
  return bottom - top < mostRows ? { index: bottom, depth: bottom - top + 1 } : { index, depth: 1 }
}

const textAt = (grid: Sheet, index: number, column: number): string => grid.rows[index]?.[column]?.trim() ?? ''

/** Whether the upper row holds groups over names in the lower one. */
function isGroupRow(grid: Sheet, upper: number, lower: number): boolean {
  const width = Math.max(grid.rows[upper]?.length ?? 0, grid.rows[lower]?.length ?? 0)
  if (upper < 0 || filled(grid.rows[upper] ?? []) < 2 || filled(grid.rows[lower] ?? []) < 2) return false
  const row = grid.rowNumbers[upper]
  const spans = grid.merges.filter((m) => m.top === row && m.bottom === row && m.right > m.left)
  const named = spans.filter((m) => textAt(grid, lower, m.left - 1) !== '' && textAt(grid, lower, m.right - 1) !== '')
  if (named.length > 0 && spans.length === named.length)
    return namesOnly(grid.rows[lower] ?? []) && oneNameEach(grid, upper, lower, width, named)
  return (
    grid.merges.length === 0 &&
    textAt(grid, lower, 0) === '' &&
    fillEachOther(grid, upper, lower, width) &&
    namesOnly(grid.rows[lower] ?? [])
  )
}

const namesOnly = (row: readonly string[]): boolean =>
  row.every((cell) => cell.length <= 60 && !/^[\d\s.,/:%○〇×－-]+$/.test(cell))

/** A column without a group is named in one of the two rows, not in both: a row of data fills what the header fills. */
const oneNameEach = (grid: Sheet, upper: number, lower: number, width: number, groups: Grid['merges']): boolean =>
  Array.from({ length: width }, (_, column) => column).every(
    (column) =>
      groups.some((m) => m.left <= column + 1 && column + 1 <= m.right) ||
      textAt(grid, upper, column) === '' ||
      textAt(grid, lower, column) === '',
  )

/** Every column has a name in one of the rows, each row leaves some to the other, and groups stand left of their gaps. */
function fillEachOther(grid: Sheet, upper: number, lower: number, width: number): boolean {
  let [gaps, ownOnly] = [0, 0]
  for (let column = 0; column < width; column++) {
    const [above, below] = [textAt(grid, upper, column) !== '', textAt(grid, lower, column) !== '']
    if (!above && !below) return false
    if (above && !below) ownOnly++
    if (!above) gaps++
    if (!above && (column === 0 || textAt(grid, lower, column - 1) === '')) return false
  }
  return gaps > 0 && ownOnly > 0
}

/** Names over the columns: the last row's, and where groups stand above it, `group / name`. */
function columnNames(grid: Sheet, index: number, depth: number): string[] {
  const own = grid.rows[index] ?? []
  const width = Math.max(own.length, ...Array.from({ length: depth }, (_, k) => grid.rows[index - k]?.length ?? 0))
  return Array.from({ length: width }, (_, column) => {
    const path: string[] = []
    for (let k = depth - 1; k >= 0; k--) {
      const name = k > 0 ? groupText(grid, index - k, column, index) : mergedText(grid, index, column)
      if (name.trim() !== '' && path.at(-1) !== name) path.push(name)
    }
    return path.join(' / ')
  })
}

/** The group over a column; in a file without merged cells, the nearest one to the left over named columns. */
function groupText(grid: Sheet, index: number, column: number, names: number): string {
  const own = mergedText(grid, index, column)
  if (own.trim() !== '' || grid.merges.length > 0) return own
  for (let left = column; left >= 0 && textAt(grid, names, left) !== ''; left--)
    if (textAt(grid, index, left) !== '') return grid.rows[index]?.[left] ?? ''
  return ''
}

/** The text of a cell; inside a merged range, that of its top left cell. */
function mergedText(grid: Sheet, index: number, column: number): string {
  const own = grid.rows[index]?.[column] ?? ''
  const row = grid.rowNumbers[index] ?? 0
  if (own !== '' || grid.merges.length === 0) return own
  const merge = grid.merges.find(
    (m) => m.top <= row && row <= m.bottom && m.left <= column + 1 && column + 1 <= m.right,
  )
  return merge ? (grid.rows[index - (row - merge.top)]?.[merge.left - 1] ?? '') : own
}

/** @param index  of the last row of the header in `grid.rows`; @param depth  1 or more rows that it takes */
export function readHeader(grid: Sheet, index: number, depth = 1): Header {
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
