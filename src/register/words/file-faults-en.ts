import type { faults as source } from './file-faults-ja.ts'

const n = (value: number) => value.toLocaleString('en-US')
const megabytes = (bytes: number) => `${Math.round(bytes / 1024 / 1024)} MB`
const divide = 'Leave out rows, columns or sheets that are not needed, or divide the file.'
const named = (sheets: readonly string[]) => sheets.map((s) => `"${s}"`).join(', ')
const kinds: Readonly<Record<string, string>> = {
  text: 'plain text',
  xlsx: 'an XLSX workbook',
  xlsb: 'an XLSB workbook',
  ods: 'an OpenDocument table',
  zip: 'a ZIP archive',
  ole: 'an old Office format',
  pdf: 'a PDF',
  image: 'an image',
  gzip: 'a gzip archive',
  html: 'a web page (HTML)',
  xml: 'XML',
  binary: 'data that is no table',
}
const kind = (found: string) => kinds[found] ?? found

export const faults: typeof source = {
  'empty-file': () => ({
    what: 'The file is empty.',
    todo: 'It may be another file, or saving was cut short. Open the original and check.',
  }),
  'too-many-bytes': ({ found, limit }) => ({
    what: `The file has ${megabytes(found)}, more than the limit of ${megabytes(limit)}.`,
    todo: divide,
  }),
  'too-many-rows': ({ limit, sheet }) => ({
    what: `${sheet === undefined ? 'This file' : `The sheet "${sheet}"`} has more than ${n(limit)} rows.`,
    todo: 'Look for empty rows at the end, or divide the file.',
  }),
  'too-many-columns': ({ row, found, limit }) => ({
    what: `Row ${n(row)} has ${n(found)} columns, more than the limit of ${n(limit)}.`,
    todo: 'Check for separators inside texts and for columns that are not needed.',
  }),
  'too-many-cells': ({ limit }) => ({ what: `There are more than ${n(limit)} cells.`, todo: divide }),
  'quote-not-closed': ({ line }) => ({
    what: `The quotation mark (") opened on line ${n(line)} is never closed.`,
    todo: `Check line ${n(line)} of the original, mend the quotation mark and choose the file again.`,
  }),
  'text-after-quote': ({ line, openedAtLine, text }) => ({
    what: `On line ${n(line)} the text "${text}" follows a closing quotation mark opened on line ${n(openedAtLine)}.`,
    todo: 'Double quotation marks inside a text (""). Saving again from a spreadsheet program often mends it.',
  }),
  'invalid-bytes': ({ encoding, count, places }) => ({
    what: `${count === 1 ? '1 place' : `${n(count)} places`} cannot be read as ${encoding}${
      places[0] === undefined ? '' : `, the first on line ${n(places[0].line)}`
    }.`,
    todo: 'Choose another encoding. If none fits, save the file again as UTF-8.',
  }),
  'encoding-unknown': ({ candidates }) => ({
    what: `The encoding cannot be told (possible: ${candidates.join(', ')}). The text looks neither Japanese nor Western.`,
    todo: 'Choose the encoding. If the text is garbled in all of them, save the file again as UTF-8.',
  }),
  'nul-character': ({ line }) => ({
    what: `Line ${n(line)} holds a character that texts do not use (NUL). This may not be a CSV file.`,
    todo: 'Check the original and save it again as CSV or XLSX.',
  }),
  'not-what-name-says': ({ name, found }) => ({
    what: `The file is named "${name}", but its content is ${kind(found)}.`,
    todo: 'Open it in its own program and save it as CSV or XLSX. Renaming it is not enough.',
  }),
  'format-not-read': ({ found }) => ({
    what: `This format (${kind(found)}) cannot be read.`,
    todo: 'Open it in a spreadsheet program and save it as CSV or XLSX.',
  }),
  'old-excel': () => ({
    what: 'This is the old Excel format (XLS).',
    todo: 'Open it in Excel and save it as "Excel workbook (.xlsx)".',
  }),
  encrypted: () => ({
    what: 'It is protected by a password and cannot be read.',
    todo: 'Save it without the password and choose it again.',
  }),
  macros: () => ({
    what: 'This format contains macros. It is not read, for safety.',
    todo: 'Save it as "Excel workbook (.xlsx)". Macros are left out, the tables stay.',
  }),
  'zip-bomb': ({ part, found, limit }) => ({
    what: `The part "${part}" becomes too large when unpacked (${n(found)}, limit ${n(limit)}).`,
    todo: 'If a spreadsheet program opens it, copy the sheets you need into a new workbook and save that.',
  }),
  'broken-workbook': ({ detail }) => ({
    what: `The content of the XLSX file is broken (${detail}).`,
    todo: 'Open it in a spreadsheet program and save it again. If it does not open, ask the sender to send it again.',
  }),
  'document-type': ({ part }) => ({
    what: `The part "${part}" declares references to the outside. It is not read, for safety.`,
    todo: 'Open it in a spreadsheet program, copy it into a new workbook and save that.',
  }),
  'no-visible-sheet': ({ sheets }) => ({
    what: `No sheet is visible (hidden: ${named(sheets)}).`,
    todo: 'Choose a hidden sheet, or make it visible in the original.',
  }),
  'sheet-not-found': ({ wanted, sheets }) => ({
    what: `There is no sheet "${wanted}".`,
    todo: `Choose one of these: ${named(sheets)}`,
  }),
  'reading-takes-too-long': ({ limitMs }) => ({
    what: `Reading was given up after ${n(limitMs / 1000)} seconds.`,
    todo: divide,
  }),
  'needs-too-much-memory': ({ limitMb }) => ({
    what: `Reading it needs more than ${n(limitMb)} MB of memory.`,
    todo: divide,
  }),
}

export const nothingImported = 'The register was not changed.'
