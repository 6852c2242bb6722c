// For tests: workbooks put together part by part, as no writer would.
import { writeZip } from './write-zip.ts'

const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const relations = (list: readonly string[]) =>
  `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${list.join('')}</Relationships>`

type MadeSheet = { name: string; xml: string; state?: string; relations?: string[] }
type MadeWorkbook = {
  sheets: MadeSheet[]
  sharedStrings?: string
  styles?: string
  workbookPr?: string
  parts?: Record<string, string | Iterable<string>>
  workbookRelations?: string[]
}

export const relation = (id: string, type: string, target: string, external = false): string =>
  `<Relationship Id="${id}" Type="${office}/${type}" Target="${target}"${external ? ' TargetMode="External"' : ''}/>`

/** @param made  `xml` of a sheet is what stands inside `<worksheet>` */
export function makeWorkbook(made: MadeWorkbook): Promise<Uint8Array> {
  const sheets = made.sheets
    .map(
      ({ name, state }, i) =>
        `<sheet name="${name}" sheetId="${i + 1}"${state ? ` state="${state}"` : ''} r:id="r${i}"/>`,
    )
    .join('')
  const parts: Record<string, string | Iterable<string>> = {
    '[Content_Types].xml': '<Types/>',
    '_rels/.rels': relations([relation('r', 'officeDocument', 'xl/workbook.xml')]),
    'xl/workbook.xml': `<workbook xmlns="${main}" xmlns:r="${office}">${made.workbookPr ?? ''}<sheets>${sheets}</sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': relations([
      ...made.sheets.map((_, i) => relation(`r${i}`, 'worksheet', `worksheets/sheet${i + 1}.xml`)),
      relation('rs', 'sharedStrings', 'sharedStrings.xml'),
      relation('rt', 'styles', '/xl/styles.xml'),
      ...(made.workbookRelations ?? []),
    ]),
    ...(made.sharedStrings === undefined
      ? {}
      : { 'xl/sharedStrings.xml': `<sst xmlns="${main}">${made.sharedStrings}</sst>` }),
    ...(made.styles === undefined
      ? {}
      : { 'xl/styles.xml': `<styleSheet xmlns="${main}">${made.styles}</styleSheet>` }),
    ...made.parts,
  }
  made.sheets.forEach((sheet, i) => {
    parts[`xl/worksheets/sheet${i + 1}.xml`] ??=
      `<worksheet xmlns="${main}" xmlns:r="${office}">${sheet.xml}</worksheet>`
    if (sheet.relations) parts[`xl/worksheets/_rels/sheet${i + 1}.xml.rels`] = relations(sheet.relations)
  })
  return writeZip(
    Object.entries(parts).map(([name, text]) => ({ name, text: typeof text === 'string' ? [text] : text })),
  )
}

/** Rows of inline texts as `<sheetData>`. */
export const textRows = (rows: readonly (readonly string[])[]): string =>
  `<sheetData>${rows.map((row) => `<row>${row.map((text) => `<c t="inlineStr"><is><t>${text}</t></is></c>`).join('')}</row>`).join('')}</sheetData>`
