import { isDateFormat, isoOf, momentOf, precisionShown, shownDate } from './excel-dates.ts'
import { fileFault } from './faults.ts'
import type { CellNote, Merge } from './grid.ts'
import { limits } from './limits.ts'
import type { Parts } from './read-zip.ts'
import { decodeXstring } from './workbook.ts'
import { attributeOf } from './xml-stream.ts'

// ECMA-376 part 1, 18.3 (worksheets).

export type SheetContent = {
  /** Index 0 is row 1 of the sheet; blank rows between filled ones are there, empty. */
  readonly rows: string[][]
  readonly merges: Merge[]
  readonly notes: CellNote[]
  readonly hiddenRows: number[]
  readonly hiddenColumns: number[]
  readonly links: { row: number; column: number; relation: string }[]
}
type SheetContext = {
  readonly sharedStrings: readonly string[]
  readonly formats: readonly string[]
  readonly from1904: boolean
}

/** `AB12` → row 12, column 28, both from 1. */
export function cellPlace(reference: string): { row: number; column: number } {
  let column = 0
  let i = 0
  for (; i < reference.length; i++) {
    const code = reference.charCodeAt(i) & 0xdf
    if (code < 65 || code > 90) break
    column = column * 26 + code - 64
  }
  return { row: Number(reference.slice(i)) || 0, column }
}

export function mergePlace(reference: string): Merge {
  const [from = '', to = from] = reference.split(':')
  const [a, b] = [cellPlace(from), cellPlace(to)]
  return { top: a.row, left: a.column, bottom: b.row, right: b.column }
}

type Cell = {
  row: number
  column: number
  type: string
  style: number
  value: string
  inline: string
  formula: string | undefined
}

/** The text of a cell as it is kept, and what it was besides. */
function readCell(cell: Cell, context: SheetContext): { text: string; note?: CellNote } {
  const { row, column } = cell
  const text = cellText(cell, context)
  if (cell.formula !== undefined) return { text, note: { row, column, kind: 'formula', formula: cell.formula } }
  const code = context.formats[cell.style] ?? 'General'
  if (cell.type !== 'n' || cell.value === '' || !isDateFormat(code)) return { text: padded(text, cell, code) }
  const moment = momentOf(Number(cell.value), context.from1904)
  if (!moment) return { text }
  const iso = isoOf(moment, code)
  return {
    text: iso,
    note: { row, column, kind: 'date', iso, shown: shownDate(moment, code), precision: precisionShown(code) },
  }
}

function cellText(cell: Cell, { sharedStrings }: SheetContext): string {
  switch (cell.type) {
    case 's':
      return sharedStrings[Number(cell.value)] ?? ''
    case 'inlineStr':
      return decodeXstring(cell.inline)
    case 'str':
      return decodeXstring(cell.value)
    case 'b':
      return cell.value === '1' || cell.value === 'true' ? 'TRUE' : 'FALSE'
    case 'n':
      return cell.value === '' || Number.isNaN(Number(cell.value)) ? cell.value : String(Number(cell.value))
    default:
      return cell.value
  }
}

/** A number shown with leading zeros is an identifier: 7 in the format 0000 was seen, and meant, as 0007. */
const padded = (text: string, cell: Cell, code: string): string =>
  cell.type === 'n' && /^0{2,}$/.test(code) && /^\d+$/.test(text) ? text.padStart(code.length, '0') : text

const usualCell = /^ r="([A-Z]+\d+)"(?: s="(\d+)")?(?: t="(\w+)")?\s*$/

class SheetReader {
  readonly content: SheetContent = { rows: [], merges: [], notes: [], hiddenRows: [], hiddenColumns: [], links: [] }
  #context: SheetContext
  #row = 0
  #column = 0
  #cells = 0
  #cell: Cell | undefined
  #into: 'value' | 'formula' | 'inline' | undefined
  #inReading = false

  constructor(context: SheetContext) {
    this.#context = context
  }

  open(name: string, attributes: string): void {
    if (name === 'c') this.#openCell(attributes)
    else if (name === 'v') this.#into = 'value'
    else if (name === 't') this.#into = this.#inReading ? undefined : 'inline'
    else if (name === 'rPh') this.#inReading = true
    else if (name === 'row') this.#openRow(attributes)
    else if (name === 'f' && this.#cell) {
      this.#cell.formula ??= ''
      this.#into = 'formula'
    } else if (name === 'mergeCell') this.content.merges.push(mergePlace(attributeOf(attributes, 'ref') ?? ''))
    else if (name === 'hyperlink') {
      const relation = attributeOf(attributes, String.raw`\w+:id`)
      if (relation) this.content.links.push({ ...cellPlace(attributeOf(attributes, 'ref') ?? ''), relation })
    } else if (name === 'col') this.#hideColumns(attributes)
  }

  text(piece: string): void {
    if (this.#into === undefined || !this.#cell) return
    if (this.#into === 'value') this.#cell.value += piece
    else if (this.#into === 'inline') this.#cell.inline += piece
    else this.#cell.formula += piece
  }

  close(name: string): void {
    if (name === 'c') this.#closeCell()
    else if (name === 'v' || name === 't' || name === 'f') this.#into = undefined
    else if (name === 'rPh') this.#inReading = false
  }

  #openRow(attributes: string): void {
    this.#row = Number(attributeOf(attributes, 'r')) || this.#row + 1
    this.#column = 0
    if (/\shidden="(1|true)"/.test(attributes)) this.content.hiddenRows.push(this.#row)
  }

  #openCell(attributes: string): void {
    // Nearly every cell has its attributes in this order; the others are asked one by one.
    const usual = usualCell.exec(attributes)
    const ask = (name: string, at: 1 | 2 | 3) => (usual ? usual[at] : attributeOf(attributes, name))
    const reference = ask('r', 1)
    const place = reference ? cellPlace(reference) : { row: this.#row, column: this.#column + 1 }
    this.#column = place.column
    this.#cell = {
      row: place.row || this.#row,
      column: place.column,
      type: ask('t', 3) ?? 'n',
      style: Number(ask('s', 2) ?? 0),
      value: '',
      inline: '',
      formula: undefined,
    }
  }

  #closeCell(): void {
    const cell = this.#cell
    this.#cell = undefined
    if (!cell) return
    const { text, note } = readCell(cell, this.#context)
    if (note) this.content.notes.push(note)
    // A cell that holds an empty text is there; one that only has a format is not.
    const isText = cell.type === 'inlineStr' || cell.type === 's' || cell.type === 'str'
    if (text === '' && !note && !isText) return
    if (cell.row > limits.rows) throw fileFault({ fault: 'too-many-rows', limit: limits.rows })
    if (cell.column > limits.columns)
      throw fileFault({ fault: 'too-many-columns', row: cell.row, found: cell.column, limit: limits.columns })
    if (++this.#cells > limits.cells) throw fileFault({ fault: 'too-many-cells', limit: limits.cells })
    const { rows } = this.content
    while (rows.length < cell.row) rows.push([])
    const row = rows[cell.row - 1] ?? []
    while (row.length < cell.column) row.push('')
    row[cell.column - 1] = text
  }

  #hideColumns(attributes: string): void {
    if (!/\shidden="(1|true)"/.test(attributes)) return
    const [from, to] = [Number(attributeOf(attributes, 'min')), Number(attributeOf(attributes, 'max'))]
    for (let column = from; column <= Math.min(to, limits.columns); column++) this.content.hiddenColumns.push(column)
  }
}

/** @throws AppError `too-many-rows`, `too-many-columns`, `too-many-cells`, `broken-workbook`, `document-type` */
export async function readSheet(parts: Parts, part: string, context: SheetContext): Promise<SheetContent> {
  const reader = new SheetReader(context)
  await parts.feed(part, {
    open: (name, attributes) => reader.open(name, attributes),
    close: (name) => reader.close(name),
    text: (piece) => reader.text(piece),
  })
  return reader.content
}
