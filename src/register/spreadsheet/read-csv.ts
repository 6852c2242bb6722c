import { createHash } from 'node:crypto'

import { AppError } from '#platform/errors.ts'

import { decodeText, detectEncoding } from './decode-text.ts'
import { fileFault } from './faults.ts'
import { type Delimiter, delimiters, type Encoding, type Grid, type Warning } from './grid.ts'
import { limits } from './limits.ts'

type CsvTable = {
  readonly rows: string[][]
  /** The line of the file on which each row begins, from 1. */
  readonly lines: number[]
  readonly lineEnds: { crlf: number; lf: number; cr: number }
}

/**
 * RFC 4180, and what real files do beyond it: any line end, also mixed; a line end inside quotes is data; a quote inside an
 * unquoted cell is data; rows of any length. No trimming, no types.
 * @throws AppError `bad-file`: `quote-not-closed` with the line where the quote was opened, `text-after-quote`,
 *   `nul-character`; `too-large`: `too-many-rows`, `too-many-columns`
 */
export function parseCsv(text: string, delimiter: Delimiter): CsvTable {
  const table = emptyTable()
  fill(table, text, delimiter, limits.rows)
  return table
}

const emptyTable = (): CsvTable => ({ rows: [], lines: [], lineEnds: { crlf: 0, lf: 0, cr: 0 } })

/** Adds row after row, so that what came before a fault is there for a look at the beginning of a file. */
function fill(table: CsvTable, text: string, delimiter: Delimiter, maxRows: number): void {
  const end = text.length
  const stop = new RegExp(`[${delimiter}\r\n]`, 'g')
  let row: string[] = []
  let line = 1
  let rowLine = 1
  let i = 0
  const closeRow = () => {
    if (table.rows.length >= maxRows) throw fileFault({ fault: 'too-many-rows', limit: maxRows })
    table.rows.push(row)
    table.lines.push(rowLine)
    row = []
  }
  while (i < end || row.length > 0) {
    let cell: string
    if (text[i] === '"') {
      const quoted = quotedCell(text, i, line, delimiter)
      ;({ cell, next: i } = quoted)
      line += quoted.lineEnds
    } else {
      stop.lastIndex = i
      const next = stop.exec(text)?.index ?? end
      cell = text.slice(i, next)
      i = next
    }
    row.push(cell)
    if (row.length > limits.columns)
      throw fileFault({
        fault: 'too-many-columns',
        row: table.rows.length + 1,
        found: row.length,
        limit: limits.columns,
      })
    if (text[i] === delimiter) {
      i++
      if (i < end) continue
      row.push('')
    }
    closeRow()
    const width = lineEndAt(text, i, table.lineEnds)
    i += width
    line += width > 0 ? 1 : 0
    rowLine = line
  }
}

function lineEndAt(text: string, i: number, count: CsvTable['lineEnds']): 0 | 1 | 2 {
  if (text[i] === '\n') return (count.lf++, 1)
  if (text[i] !== '\r') return 0
  return text[i + 1] === '\n' ? (count.crlf++, 2) : (count.cr++, 1)
}

/** Line ends within a quoted cell count as lines of the file, for the places that messages name. */
function countLineEnds(text: string): number {
  let n = 0
  for (const end = /\r\n|\r|\n/g; end.exec(text);) n++
  return n
}

function quotedCell(text: string, start: number, line: number, delimiter: Delimiter) {
  let at = start + 1
  for (;;) {
    const quote = text.indexOf('"', at)
    if (quote < 0) throw fileFault({ fault: 'quote-not-closed', line })
    if (text[quote + 1] === '"') {
      at = quote + 2
      continue
    }
    const raw = text.slice(start + 1, quote)
    const lineEnds = countLineEnds(raw)
    const after = text[quote + 1]
    if (after !== undefined && after !== delimiter && after !== '\n' && after !== '\r') {
      const shown = text.slice(quote + 1, quote + 31)
      throw fileFault({ fault: 'text-after-quote', line: line + lineEnds, openedAtLine: line, text: shown })
    }
    return { cell: raw.includes('"') ? raw.replaceAll('""', '"') : raw, next: quote + 1, lineEnds }
  }
}

/** The first line by which a file tells a spreadsheet program its delimiter; it stays in the grid as it came. */
const declared = /^\ufeff?"?sep=([,;\t|])"?\r?\n/

/** The delimiter that the file itself names, or that gives the most columns on which most of the first rows agree; a comma when none does. */
function detectDelimiter(text: string): Delimiter {
  const named = declared.exec(text)?.[1]
  const own = delimiters.find((delimiter) => delimiter === named)
  if (own) return own
  const start = text.slice(0, 200_000)
  const scores = delimiters.map((delimiter) => {
    const widths = new Map<number, number>()
    for (const row of firstRows(start, delimiter)) widths.set(row.length, (widths.get(row.length) ?? 0) + 1)
    const best = [...widths].filter(([width]) => width > 1).toSorted((a, b) => b[1] * b[0] - a[1] * a[0])[0]
    return best ? best[0] * best[1] : 0
  })
  return delimiters[scores.indexOf(Math.max(...scores))] ?? ','
}

/** Up to 50 rows; a fault, or a quote that the cut-off start leaves open, ends the look. */
function firstRows(text: string, delimiter: Delimiter): readonly string[][] {
  const table = emptyTable()
  try {
    fill(table, text, delimiter, 50)
  } catch (error) {
    if (!(error instanceof AppError)) throw error
  }
  return table.rows
}

export type CsvOptions = {
  readonly encoding?: Encoding
  readonly delimiter?: Delimiter
  /** What to do with bytes that the encoding does not have; `replace` only when a person said so. */
  readonly invalidBytes?: 'refuse' | 'replace'
}

/**
 * Reads a delivered CSV file as it stands.
 * @throws AppError `bad-file` or `too-large` with a FileFault as params; `encoding-unknown` when no encoding was given and
 *   the text looks right in none: it is better asked than imported as other characters
 */
export function readCsv(bytes: Uint8Array, options: CsvOptions = {}): Grid {
  if (bytes.length === 0) throw fileFault({ fault: 'empty-file' })
  if (bytes.length > limits.fileBytes)
    throw fileFault({ fault: 'too-many-bytes', found: bytes.length, limit: limits.fileBytes })
  const candidates = options.encoding ? undefined : detectEncoding(bytes)
  if (candidates?.[0].confidence === 'possible')
    throw fileFault({ fault: 'encoding-unknown', candidates: candidates.map((one) => one.encoding) })
  const encoding = options.encoding ?? candidates?.[0].encoding ?? 'utf-8'
  const { text, invalid, places } = decodeText(bytes, encoding, options.invalidBytes)
  const nul = text.indexOf('\0')
  if (nul >= 0) throw fileFault({ fault: 'nul-character', line: countLineEnds(text.slice(0, nul)) + 1 })
  if (text.trim() === '') throw fileFault({ fault: 'empty-file' })
  const delimiter = options.delimiter ?? detectDelimiter(text)
  const table = parseCsv(text, delimiter)
  return {
    format: 'csv',
    encoding,
    delimiter,
    sheets: [],
    rows: table.rows,
    rowNumbers: table.rows.map((_, i) => i + 1),
    lines: table.lines,
    merges: [],
    notes: [],
    warnings: csvWarnings(table, candidates, { count: invalid, lines: places.map((place) => place.line) }),
    sha256: createHash('sha256').update(bytes).digest('hex'),
    bytes: bytes.length,
  }
}

function csvWarnings(
  { lineEnds }: CsvTable,
  candidates: ReturnType<typeof detectEncoding> | undefined,
  replaced: { count: number; lines: number[] },
): Warning[] {
  const warnings: Warning[] = []
  if (Object.values(lineEnds).filter((n) => n > 0).length > 1) warnings.push({ code: 'mixed-line-ends', ...lineEnds })
  if (replaced.count > 0) warnings.push({ code: 'invalid-bytes-replaced', ...replaced })
  if (candidates && candidates[0].confidence !== 'certain')
    warnings.push({ code: 'encoding-unsure', others: candidates.slice(1).map((c) => c.encoding) })
  return warnings
}
