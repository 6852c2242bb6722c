import { AppError } from '#platform/errors.ts'

import { excelCellCharacters, excelRows, excelSheetName } from './limits.ts'
import { refuseBrokenText } from './write-csv.ts'
import { writeZip, type ZipPart } from './write-zip.ts'

// ECMA-376 part 1: every cell is a text (18.3.1.4, inline string), so nothing a cell begins with makes it a formula, and
// nothing that looks like a date or a number is changed.

export type SheetToWrite = {
  readonly name: string
  readonly rows: readonly (readonly string[])[]
  /** Rows from the top that are header: bold, shaded, kept in view. 0 when the sheet is a plain grid. */
  readonly headerRows: number
  /** Columns at the left that stay in view. */
  readonly frozenColumns?: number
  /** Lists of choices by column, from 1; they help who fills in and refuse nothing. */
  readonly choices?: ReadonlyMap<number, readonly string[]>
  /** Cells wrap their text. */
  readonly wrap?: boolean
  /** Of the columns, in half-width characters; without them as wide as the texts. */
  readonly widths?: readonly number[]
  readonly hidden?: boolean
  /** A sheet to fill in: what is not to be changed is locked, without a password, since it protects from slips alone. */
  readonly form?: SheetForm
}

export type SheetForm = {
  /** Columns, from 1, that are filled in. */
  readonly editable: ReadonlySet<number>
  /** Rows from the top that hold a title and how to fill in; the header is the last of `headerRows`. */
  readonly titleRows: number
  /** What a spreadsheet program says of a cell that is not in its list of choices. */
  readonly notInList: string
}

const escapeXml = (text: string): string =>
  text.replace(/[&<>"]/g, (c) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[c] ?? c)

/** XML 1.0 §2.2 has none of these; and it would turn CR into a newline. */
const notXml = /(?![\t\n\u007f-\u009f])\p{Cc}|[\ufffe\uffff]/gu

/** ST_Xstring (22.9.2.19): what XML cannot hold, the CR it would change, and texts that look like such an escape. */
const encodeXstring = (text: string): string =>
  text
    .replace(/_(?=x[0-9a-fA-F]{4}_)/g, '_x005F_')
    .replace(notXml, (c) => `_x${c.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}_`)

export function columnName(column: number): string {
  let name = ''
  for (let n = column; n > 0; n = Math.floor((n - 1) / 26)) name = String.fromCharCode(65 + ((n - 1) % 26)) + name
  return name
}

/** Display width in half-width characters: Japanese characters take two. */
const fullWidthOf = (text: string): number => {
  let width = 0
  for (const c of text) width += c.codePointAt(0)! > 0x2e7f ? 2 : 1
  return width
}
const widthOf = (text: string): number => fullWidthOf(text.slice(0, 60))

function columnWidths({ rows, widths: given }: SheetToWrite): readonly number[] {
  if (given) return given
  const widths: number[] = []
  for (const row of rows.slice(0, 200))
    row.forEach((cell, i) => {
      const longest = Math.max(...cell.split('\n', 5).map(widthOf))
      widths[i] = Math.min(50, Math.max(widths[i] ?? 8, longest + 2))
    })
  return Array.from(widths, (width) => width ?? 8)
}

function* sheetXml(sheet: SheetToWrite): Generator<string> {
  const { rows, headerRows, frozenColumns = 0 } = sheet
  yield '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
  if (sheet.form) yield '<sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>'
  const width = rows.reduce((most, row) => Math.max(most, row.length), 1)
  yield `<dimension ref="A1:${columnName(width)}${Math.max(1, rows.length)}"/>`
  const corner = `${columnName(frozenColumns + 1)}${headerRows + 1}`
  const split = `${frozenColumns > 0 ? ` xSplit="${frozenColumns}"` : ''}${headerRows > 0 ? ` ySplit="${headerRows}"` : ''}`
  const pane = frozenColumns > 0 && headerRows > 0 ? 'bottomRight' : headerRows > 0 ? 'bottomLeft' : 'topRight'
  if (split)
    yield `<sheetViews><sheetView workbookViewId="0"><pane${split} topLeftCell="${corner}" activePane="${pane}" state="frozen"/></sheetView></sheetViews>`
  const widths = columnWidths(sheet)
  if (widths.length > 0)
    yield `<cols>${widths.map((w, i) => `<col min="${i + 1}" max="${i + 1}" width="${w}" customWidth="1"/>`).join('')}</cols>`
  yield '<sheetData>'
  const names = widths.map((_, i) => columnName(i + 1))
  for (const [r, row] of rows.entries()) {
    // Empty cells are written too: where a row ends is part of what was delivered.
    const cells = row.map((cell, c) => {
      const place = `r="${names[c] ?? columnName(c + 1)}${r + 1}" s="${styleOf(sheet, r, c)}"`
      return `<c ${place} t="inlineStr"><is><t xml:space="preserve">${escapeXml(encodeXstring(cell))}</t></is></c>`
    })
    yield `<row r="${r + 1}"${heightOf(sheet, row, r)}>${cells.join('')}</row>`
  }
  yield '</sheetData>'
  // Order of the parts: CT_Worksheet (18.3.1.99).
  if (sheet.form) yield '<sheetProtection sheet="1" formatColumns="0" formatRows="0"/>'
  yield validations(sheet)
  if (sheet.form) yield formPage
  yield '</worksheet>'
}

const formPage =
  '<pageMargins left="0.4" right="0.4" top="0.5" bottom="0.6" header="0.3" footer="0.3"/>' +
  '<pageSetup paperSize="9" orientation="landscape" fitToHeight="0"/><headerFooter><oddFooter>&amp;L&amp;A&amp;R&amp;P / &amp;N</oddFooter></headerFooter>'

const linePoints = 15.5
/** Not every program makes the row of a wrapped text as high as its lines. As high as Excel allows at most (409 pt). */
function heightOf({ form, widths }: SheetToWrite, row: readonly string[], at: number): string {
  if (!form || !widths || at < form.titleRows) return ''
  const linesOf = (cell: string, width: number) =>
    cell.split('\n').reduce((sum, line) => sum + Math.max(1, Math.ceil((fullWidthOf(line) * 1.05) / width)), 0)
  const lines = Math.max(1, ...row.map((cell, i) => linesOf(cell, widths[i] ?? 8)))
  return ` ht="${Math.min(409, lines * linePoints)}"`
}

/** Index into `cellXfs` of the styles below. */
function styleOf({ form, headerRows, wrap }: SheetToWrite, row: number, column: number): number {
  if (!form) return row < headerRows ? 1 : wrap ? 2 : 3
  if (row < form.titleRows) return row === 0 ? 6 : 3
  if (row < headerRows) return 1
  return form.editable.has(column + 1) ? 4 : 5
}

/** Choices stand in a sheet of their own: a list inside a formula holds 255 characters only, and no comma. */
function validations({ choices, headerRows, rows, form }: SheetToWrite): string {
  if (!choices || choices.size === 0) return ''
  const lists = [...choices].map(([column, words], i) => {
    const name = columnName(column)
    const source = columnName(i + 1)
    const refuse = form
      ? `errorStyle="stop" showErrorMessage="1" error="${escapeXml(form.notInList)}"`
      : 'errorStyle="warning"'
    const last = form ? Math.max(rows.length, headerRows + 1) : excelRows
    return (
      `<dataValidation type="list" allowBlank="1" ${refuse} sqref="${name}${headerRows + 1}:${name}${last}">` +
      `<formula1>${choicesSheet}!$${source}$1:$${source}$${words.length}</formula1></dataValidation>`
    )
  })
  return `<dataValidations count="${lists.length}">${lists.join('')}</dataValidations>`
}

const choicesSheet = 'choices'

/** The hidden sheet that holds the lists of choices of the first sheet that has any. */
function choiceSheet(sheets: readonly SheetToWrite[]): SheetToWrite | undefined {
  const lists = [...(sheets.find((sheet) => sheet.choices && sheet.choices.size > 0)?.choices?.values() ?? [])]
  if (lists.length === 0) return undefined
  const height = Math.max(...lists.map((words) => words.length))
  const rows = Array.from({ length: height }, (_, r) => lists.map((words) => words[r] ?? ''))
  return { name: choicesSheet, rows, headerRows: 0, hidden: true }
}

const styles =
  '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">' +
  '<fonts count="2"><font><sz val="11"/><name val="Yu Gothic"/></font><font><b/><sz val="11"/><name val="Yu Gothic"/></font></fonts>' +
  '<fills count="4"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>' +
  '<fill><patternFill patternType="solid"><fgColor rgb="FFE8F1FE"/></patternFill></fill><fill><patternFill patternType="solid"><fgColor rgb="FFF2F2F2"/></patternFill></fill></fills>' +
  '<borders count="3"><border/><border><bottom style="thin"><color rgb="FF767676"/></bottom></border><border><left style="thin"><color rgb="FFBFBFBF"/></left><right style="thin"><color rgb="FFBFBFBF"/></right><top style="thin"><color rgb="FFBFBFBF"/></top><bottom style="thin"><color rgb="FFBFBFBF"/></bottom></border></borders>' +
  '<cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="7"><xf/>' +
  '<xf numFmtId="49" fontId="1" fillId="2" borderId="1" applyNumberFormat="1" applyFont="1" applyFill="1" applyBorder="1" applyAlignment="1"><alignment vertical="top" wrapText="1"/></xf>' +
  '<xf numFmtId="49" applyNumberFormat="1" applyAlignment="1"><alignment vertical="top" wrapText="1"/></xf>' +
  '<xf numFmtId="49" applyNumberFormat="1"/>' +
  // A form: filled in, locked, title.
  '<xf numFmtId="49" borderId="2" applyNumberFormat="1" applyBorder="1" applyAlignment="1" applyProtection="1"><alignment vertical="top" wrapText="1"/><protection locked="0"/></xf>' +
  '<xf numFmtId="49" fillId="3" borderId="2" applyNumberFormat="1" applyFill="1" applyBorder="1" applyAlignment="1"><alignment vertical="top" wrapText="1"/></xf>' +
  '<xf numFmtId="49" fontId="1" applyNumberFormat="1" applyFont="1"/></cellXfs></styleSheet>'

const head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
const officeRelations = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const packageRelations = 'http://schemas.openxmlformats.org/package/2006/relationships'
const mainType = 'application/vnd.openxmlformats-officedocument.spreadsheetml'

/** The header of a form stands on every printed page (18.2.5, built-in name). */
function printTitles(sheets: readonly SheetToWrite[]): string {
  const names = sheets.flatMap(({ name, form, headerRows }, i) =>
    form
      ? [
          `<definedName name="_xlnm.Print_Titles" localSheetId="${i}">'${escapeXml(name.replaceAll("'", "''"))}'!$${headerRows}:$${headerRows}</definedName>`,
        ]
      : [],
  )
  return names.length > 0 ? `<definedNames>${names.join('')}</definedNames>` : ''
}

function workbookParts(sheets: readonly SheetToWrite[]): ZipPart[] {
  const numbers = sheets.map((_, i) => i + 1)
  const contentTypes =
    `${head}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>` +
    `<Override PartName="/xl/workbook.xml" ContentType="${mainType}.sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="${mainType}.styles+xml"/>` +
    `${numbers.map((n) => `<Override PartName="/xl/worksheets/sheet${n}.xml" ContentType="${mainType}.worksheet+xml"/>`).join('')}</Types>`
  const workbook =
    `${head}<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="${officeRelations}"><sheets>` +
    `${sheets.map(({ name, hidden }, i) => `<sheet name="${escapeXml(name)}" sheetId="${i + 1}"${hidden ? ' state="hidden"' : ''} r:id="rId${i + 1}"/>`).join('')}</sheets>${printTitles(sheets)}</workbook>`
  const relation = (n: number | string, type: string, target: string) =>
    `<Relationship Id="rId${n}" Type="${officeRelations}/${type}" Target="${target}"/>`
  const workbookRelations = `${head}<Relationships xmlns="${packageRelations}">${numbers.map((n) => relation(n, 'worksheet', `worksheets/sheet${n}.xml`)).join('')}${relation('S', 'styles', 'styles.xml')}</Relationships>`
  const rootRelations = `${head}<Relationships xmlns="${packageRelations}">${relation(1, 'officeDocument', 'xl/workbook.xml')}</Relationships>`
  return [
    { name: '[Content_Types].xml', text: [contentTypes] },
    { name: '_rels/.rels', text: [rootRelations] },
    { name: 'xl/workbook.xml', text: [workbook] },
    { name: 'xl/_rels/workbook.xml.rels', text: [workbookRelations] },
    { name: 'xl/styles.xml', text: [styles] },
    ...sheets.map((sheet, i) => ({ name: `xl/worksheets/sheet${i + 1}.xml`, text: sheetXml(sheet) })),
  ]
}

/** A name that spreadsheet programs accept: without `[]:*?/\`, not quoted, at most 31 UTF-16 units. */
export const sheetNameFrom = (name: string): string =>
  name
    .replace(/[[\]:*?/\\]/g, ' ')
    .replace(/^'+|'+$/g, '')
    .slice(0, excelSheetName)
    .trim() || 'Sheet1'

/**
 * Writes a workbook of text cells. Equal input gives equal bytes.
 * @throws AppError `bad-input`: `cell-too-long` (a cell of a workbook holds 32,767 characters), `too-many-rows`,
 *   `broken-text`. Ask `dropsOf` before.
 */
export async function writeXlsx(sheets: readonly SheetToWrite[]): Promise<Uint8Array> {
  for (const { rows, name } of sheets) {
    refuseBrokenText(rows)
    if (rows.length > excelRows)
      throw new AppError('bad-input', { reason: 'too-many-rows', sheet: name, limit: excelRows })
    rows.forEach((row, r) =>
      row.forEach((cell, c) => {
        if (cell.length > excelCellCharacters)
          throw new AppError('bad-input', {
            reason: 'cell-too-long',
            sheet: name,
            row: r + 1,
            column: c + 1,
            limit: excelCellCharacters,
          })
      }),
    )
  }
  const choices = choiceSheet(sheets)
  const all = choices ? [...sheets, choices] : sheets
  return writeZip(workbookParts(all))
}
