import type { FieldId } from '#register/fields.ts'
import { readDate } from '#register/wareki.ts'

import type { ColumnMap, MapColumn, Reading } from './column-map.ts'
import type { HeaderColumn } from './find-header.ts'
import type { Grid } from './grid.ts'
import { cellReader } from './read-cell.ts'

const sampled = 200

/** Up to 200 cells of a column that say something. @param position  from 1 */
export const sampleOf = (rows: Grid['rows'], position: number): string[] =>
  rows
    .slice(0, sampled)
    .map((row) => (row[position - 1] ?? '').trim())
    .filter((cell) => cell !== '')

/**
 * Whether a column of a map reads at least half of the cells that say something. Texts are read whatever they say; an id
 * is short, and every row has its own. Without cells there is nothing against it.
 */
export function understands(
  column: MapColumn & { field: FieldId },
  cells: readonly string[],
  absent: ColumnMap['absent'],
) {
  if (cells.length === 0) return true
  if (column.field === 'source-id')
    return new Set(cells).size > cells.length * 0.8 && cells.every((cell) => cell.length <= 60)
  const read = cellReader({ absent } as ColumnMap, column)
  const readings = cells.map(read).filter(({ fact, marks }) => !fact || 'value' in fact || marks.length > 0)
  const understood = readings.filter(({ fact }) => fact !== undefined && 'value' in fact)
  return understood.length * 2 >= readings.length
}

/** The order of numbers in dates, where some date of the column has only one reading and none has only the other. */
export function orderOf(cells: readonly string[]): Extract<Reading, { as: 'date' }>['order'] | undefined {
  const reads = (order: 'month-first' | 'day-first') => cells.filter((cell) => readDate(cell, order).ok).length
  const [month, day] = [reads('month-first'), reads('day-first')]
  return month === day ? undefined : month > day ? 'month-first' : 'day-first'
}

const saysName =
  /(^|[^a-z])(name|title|naam|titel|nom|nombre|titre|nimi|navn|bezeichnung|tool|system)([^a-z]|$)|名|件|システム/i
const saysOther =
  /(^|[^a-z])(id|identifier|number|file|contact|owner|e-?mail|url|link|vendor|agency)([^a-z]|$)|番号|担当|連絡/i
const identifier = /^[\p{L}]{0,8}[-_. ]?\d[\d\-_.]*$/u

/** The column that most looks like names of things: a header that says so, texts that differ and are neither ids nor essays. */
export function nameColumn(columns: readonly HeaderColumn[], rows: Grid['rows']): HeaderColumn | undefined {
  const scored = columns.map((column) => {
    const cells = sampleOf(rows, column.position)
    const label = column.name.replaceAll('_', ' ')
    const said = saysName.test(label) && !saysOther.test(label) ? 2 : saysOther.test(label) ? -2 : 0
    if (cells.length === 0) return { column, score: rows.length > 0 ? said - 3 : said }
    const text = cells.filter((cell) => !identifier.test(cell) && cell.length <= 200).length / cells.length
    return { column, score: said + 2 * text + new Set(cells).size / cells.length }
  })
  const best = Math.max(...scored.map(({ score }) => score))
  return scored.find(({ score }) => score >= best - 0.2)?.column
}
