import { searchKey } from '#register/search-key.ts'

import type { Grid } from './grid.ts'
import type { LaidTable } from './lay-table.ts'

export const blockRows = 16

/**
 * Spreadsheet programs save a CSV file in blocks of 16 rows and leave out the delimiters of last columns that are empty in
 * the whole block (https://support.microsoft.com/kb/77295). A line that broke in two never makes a whole block shorter.
 */
export function shortBlocks(grid: Grid, table: LaidTable): Set<number> {
  const expected = table.columns.length
  const short = new Set<number>()
  if (grid.format !== 'csv') return short
  for (let from = 0; from < grid.rows.length; from += blockRows) {
    const block = grid.rows.slice(from, from + blockRows)
    const width = block[0]?.length ?? 0
    if (block.length > 1 && width > 1 && width < expected && block.every((row) => row.length === width))
      short.add(from / blockRows)
  }
  return short
}

const totals = new Set(
  ['計', '合計', '小計', '総計', '累計', '合 計', '小 計', 'total', 'subtotal', 'grand total'].map(searchKey),
)
/** A line of sums is no use of AI, though its first cells stand where a name would. */
export const isTotal = (name: string): boolean => totals.has(searchKey(name))
