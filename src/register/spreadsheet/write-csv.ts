import { AppError } from '#platform/errors.ts'

import { cannotHoldCp932, encodeCp932 } from './encode-cp932.ts'
import { escapeCell } from './formula-escape.ts'

export type CsvEncoding = 'utf-8' | 'utf-8-bom' | 'cp932'
export type CsvWriting = {
  readonly encoding: CsvEncoding
  /** `apostrophe`: the declared escape of formula-escape.ts, for files that people open in a spreadsheet program. */
  readonly escape: 'none' | 'apostrophe'
}

/** Quoted where RFC 4180 needs it, and where a reader might trim blanks or take a lone empty cell for no row. */
const quoted = (cell: string, alone: boolean): string =>
  /[",\r\n\t;]|^\s|\s$/.test(cell) || (alone && cell === '') ? `"${cell.replaceAll('"', '""')}"` : cell

/** Cells as CSV text, rows ended by CRLF (RFC 4180). A row without cells is an empty line, read back as one blank cell. */
export function csvText(rows: readonly (readonly string[])[], escape: CsvWriting['escape'] = 'none'): string {
  const lines = rows.map((row) =>
    row.map((cell) => quoted(escape === 'apostrophe' ? escapeCell(cell) : cell, row.length === 1)).join(','),
  )
  return lines.map((line) => `${line}\r\n`).join('')
}

/**
 * Writes a CSV file. Nothing is replaced on the way.
 * @throws AppError `bad-input` with `cannotHold` when CP932 lacks a character, or with `loneSurrogates` when a cell is no
 *   well-formed text, which no encoding holds
 */
export function writeCsv(rows: readonly (readonly string[])[], { encoding, escape }: CsvWriting): Uint8Array {
  refuseBrokenText(rows)
  const text = csvText(rows, escape)
  if (encoding !== 'cp932') return new TextEncoder().encode(encoding === 'utf-8-bom' ? `\ufeff${text}` : text)
  const cannotHold = cannotHoldCp932(rows)
  if (cannotHold.length > 0) throw new AppError('bad-input', { reason: 'cannot-hold', encoding, cannotHold })
  return encodeCp932(text)
}

export function refuseBrokenText(rows: readonly (readonly string[])[]): void {
  rows.forEach((cells, r) =>
    cells.forEach((cell, c) => {
      if (!cell.isWellFormed()) throw new AppError('bad-input', { reason: 'broken-text', row: r + 1, column: c + 1 })
    }),
  )
}
