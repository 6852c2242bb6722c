import { createHash } from 'node:crypto'

import { fileFault } from './faults.ts'
import type { CellNote, Grid, SheetInfo, Warning } from './grid.ts'
import { limits } from './limits.ts'
import { cellPlace, readSheet, type SheetContent } from './read-sheet.ts'
import { openParts, type Parts } from './read-zip.ts'
import { sizeOf } from './sheet-size.ts'
import { readFormats, readSharedStrings, readWorkbook, type Relation, relationsOf, type Workbook } from './workbook.ts'
import { attributeOf } from './xml-stream.ts'

export type XlsxOptions = {
  /**
   * Name of the sheet to read; a hidden one only by naming it. Without it: the first visible sheet that has a table
   * (several rows of three columns or more), then one that has rows, so that a cover or a page of notes is passed over.
   */
  readonly sheet?: string
}

/**
 * Reads one sheet of a workbook as it stands: texts, the cached results of formulas, dates as ISO 8601 with what was
 * shown. Formulas are never computed, links never followed.
 * @throws AppError with a FileFault: `zip-bomb`, `macros`, `encrypted`, `broken-workbook`, `document-type`,
 *   `sheet-not-found`, `no-visible-sheet`, `empty-file`, the `too-many-…` faults
 */
export async function readXlsx(bytes: Uint8Array, options: XlsxOptions = {}): Promise<Grid> {
  if (bytes.length === 0) throw fileFault({ fault: 'empty-file' })
  if (bytes.length > limits.fileBytes)
    throw fileFault({ fault: 'too-many-bytes', found: bytes.length, limit: limits.fileBytes })
  const parts = await openParts(bytes)
  const workbook = await readWorkbook(parts)
  const sizes = await Promise.all(workbook.sheets.map((sheet) => sizeOf(parts, sheet.part)))
  const chosen = chooseSheet(workbook, sizes, options.sheet)
  const content = await readSheet(parts, chosen.part, {
    sharedStrings: await readSharedStrings(parts, workbook.sharedStringsPart),
    formats: await readFormats(parts, workbook.stylesPart),
    from1904: workbook.from1904,
  })
  if (content.rows.every((row) => row.every((cell) => cell.trim() === ''))) throw fileFault({ fault: 'empty-file' })
  const relations = await relationsOf(parts, chosen.part)
  const notes = [...content.notes, ...linkNotes(content, relations), ...(await commentNotes(parts, relations))]
  const sheets = workbook.sheets.map(({ name, state, part }, i) => ({
    name,
    state,
    rows: part === chosen.part ? content.rows.length : sizes[i]?.declared ? sizes[i].rows : 0,
    chosen: part === chosen.part,
  }))
  return {
    format: 'xlsx',
    sheet: chosen.name,
    sheets,
    rows: content.rows,
    rowNumbers: content.rows.map((_, i) => i + 1),
    merges: content.merges,
    notes,
    warnings: xlsxWarnings({ content, sheets, notes, workbook, relations }),
    sha256: createHash('sha256').update(bytes).digest('hex'),
    bytes: bytes.length,
  }
}

function chooseSheet({ sheets }: Workbook, sizes: readonly { rows: number; columns: number }[], wanted?: string) {
  const names = sheets.map((sheet) => sheet.name)
  const firstOf = (rows: number, columns: number) =>
    sheets.find((sheet, i) => {
      const size = sizes[i] ?? { rows: 0, columns: 0 }
      return sheet.state === 'visible' && size.rows >= rows && size.columns >= columns
    })
  const found =
    wanted === undefined
      ? (firstOf(2, 3) ?? firstOf(2, 1) ?? firstOf(0, 0))
      : sheets.find((sheet) => sheet.name === wanted)
  if (found) return found
  throw fileFault(
    wanted === undefined
      ? { fault: 'no-visible-sheet', sheets: names }
      : { fault: 'sheet-not-found', wanted, sheets: names },
  )
}

const linkNotes = (content: SheetContent, relations: ReadonlyMap<string, Relation>): CellNote[] =>
  content.links.map(({ row, column, relation }) => ({
    row,
    column,
    kind: 'link',
    target: relations.get(relation)?.target ?? '',
  }))

async function commentNotes(parts: Parts, relations: ReadonlyMap<string, Relation>): Promise<CellNote[]> {
  const notes: CellNote[] = []
  for (const { type, target } of relations.values()) {
    if (type !== 'comments' || !parts.has(target)) continue
    let place = { row: 0, column: 0 }
    let text = ''
    let inText = false
    await parts.feed(target, {
      open: (name, attributes) => {
        if (name === 'comment') {
          place = cellPlace(attributeOf(attributes, 'ref') ?? '')
          text = ''
        }
        inText = name === 't'
      },
      close: (name) => {
        if (name === 't') inText = false
        if (name === 'comment') notes.push({ ...place, kind: 'comment', text })
      },
      text: (piece) => {
        if (inText) text += piece
      },
    })
  }
  return notes
}

const partKinds = ['drawing', 'chart', 'image', 'pivotTable', 'table', 'oleObject', 'control']

function xlsxWarnings(found: {
  content: SheetContent
  sheets: readonly SheetInfo[]
  notes: readonly CellNote[]
  workbook: Workbook
  relations: ReadonlyMap<string, Relation>
}): Warning[] {
  const { content, sheets, notes, workbook, relations } = found
  const hidden = sheets.filter((sheet) => sheet.state !== 'visible').map((sheet) => sheet.name)
  const hiddenRows = content.hiddenRows.filter((row) => row <= content.rows.length)
  const ignored = [...new Set([...relations.values()].map(({ type }) => type))].filter((type) =>
    partKinds.includes(type),
  )
  const counts = (['formula', 'date', 'comment', 'link'] as const).flatMap((kind): Warning[] => {
    const count = notes.filter((note) => note.kind === kind).length
    return count > 0 ? [{ code: `${kind}s`, count }] : []
  })
  const warnings: Warning[] = []
  if (hidden.length > 0) warnings.push({ code: 'hidden-sheets', names: hidden })
  if (hiddenRows.length > 0)
    warnings.push({ code: 'hidden-rows', rows: hiddenRows.slice(0, limits.placesListed), count: hiddenRows.length })
  if (content.hiddenColumns.length > 0) warnings.push({ code: 'hidden-columns', columns: content.hiddenColumns })
  if (content.merges.length > 0) warnings.push({ code: 'merged-cells', count: content.merges.length })
  if (workbook.externalLinks.length > 0) warnings.push({ code: 'external-links', targets: workbook.externalLinks })
  if (ignored.length > 0) warnings.push({ code: 'ignored-parts', parts: ignored })
  return [...warnings, ...counts]
}
