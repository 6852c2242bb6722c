import { createHash } from 'node:crypto'

import { type SheetToWrite, sheetNameFrom, writeXlsx } from '#register/spreadsheet/write-xlsx.ts'

import { formWords } from './form-words.ts'
import type { Form } from './model.ts'

/** Row of the header, from 1: above it a title and how to fill in. */
export const headerRow = 3
/** The hidden sheet by which a workbook that comes back is known, with every cell as it went out. */
export const machineSheet = 'tenbin'
const format = 'tenbin-form/1'

/** What holds a row of the machine sheet together: the rows as they went out, whatever a program does to the file. */
export const machineDigest = (rows: readonly (readonly string[])[]): string =>
  createHash('sha256').update(JSON.stringify(rows)).digest('hex')

/**
 * Writes a sheet as a workbook to fill in: locked ids, lists of choices, a table of the codes, the machine sheet. Equal
 * input gives equal bytes.
 */
export function writeForm(form: Form): Promise<Uint8Array> {
  const words = formWords[form.language]
  const { columns, rows, procurement } = form
  const sheet: SheetToWrite = {
    name: sheetNameFrom(words.sheets[form.kind]),
    rows: [
      [
        `${words.sheets[form.kind]}　${procurement.number}　${procurement.title}`.replaceAll(
          '　',
          form.language === 'ja' ? '　' : ', ',
        ),
      ],
      [words.howTo],
      columns.map((column) => column.name),
      ...rows.map((row) => columns.map(({ key }) => (key === 'id' ? row.id : (row.values[key] ?? '')))),
    ],
    headerRows: headerRow,
    frozenColumns: 1,
    widths: columns.map((column) => column.width),
    choices: new Map(
      columns.flatMap(({ choices }, i) => (choices ? [[i + 1, choices.map((choice) => choice.words)] as const] : [])),
    ),
    form: {
      editable: new Set(columns.flatMap(({ editable }, i) => (editable ? [i + 1] : []))),
      titleRows: headerRow - 1,
      notInList: words.notInList,
    },
  }
  return writeXlsx([
    sheet,
    codeSheet(form),
    { name: machineSheet, rows: machineRows(form), headerRows: 0, hidden: true },
  ])
}

/** Every word of a list with what it stands for, to be read beside the sheet. */
function codeSheet({ columns, language }: Form): SheetToWrite {
  const words = formWords[language]
  const rows = columns.flatMap(({ name, choices = [] }) => choices.map((choice) => [name, choice.words, choice.code]))
  return { name: sheetNameFrom(words.codes.name), rows: [[...words.codes.head], ...rows], headerRows: 1, wrap: true }
}

function machineRows(form: Form): string[][] {
  const { columns, rows, procurement } = form
  const body = [
    ['columns', ...columns.map((column) => column.key)],
    ...rows.map((row) => ['row', row.id, String(row.version), ...columns.map(({ key }) => row.values[key] ?? '')]),
  ]
  return [
    ['format', format],
    ['sheet', form.kind],
    ['procurement', procurement.id, procurement.number],
    ['bidder', form.bidderId ?? '-'],
    ['edition', form.edition],
    ['language', form.language],
    ['sha256', machineDigest(body)],
    ...body,
  ]
}
