import type { Db } from '#platform/database.ts'
import { AppError } from '#platform/errors.ts'
import { writeCsv } from '#register/spreadsheet/write-csv.ts'

import type { Mark } from './api.ts'
import { importSource, rowsOfImport } from './store.ts'

const pageSize = 1000
const reasonText = ({ code, params }: Mark) => (params ? `${code} ${JSON.stringify(params)}` : code)

/**
 * The rejected rows for whoever sent them: number of the row in the original, the reasons, then the cells as they came.
 * Leading `= + - @` are escaped by an apostrophe, since people open the file in a spreadsheet program.
 * @throws AppError `not-found`
 */
export async function rejectedCsv(db: Db, id: string): Promise<{ fileName: string; content: Buffer }> {
  const source = await importSource(db, id)
  if (!source) throw new AppError('not-found', { import: id })
  const rows: string[][] = [['row', 'reasons', ...source.header]]
  for (let after = 0; ;) {
    const page = await rowsOfImport(db, id, { outcome: 'rejected', after, limit: pageSize })
    rows.push(...page.map((row) => [String(row.rowNumber), row.reasons.map(reasonText).join('; '), ...row.cells]))
    if (page.length < pageSize) break
    after = page.at(-1)!.rowNumber
  }
  const fileName = `${source.fileName.replace(/\.[^.]+$/, '')}-rejected.csv`
  return { fileName, content: Buffer.from(writeCsv(rows, { encoding: 'utf-8-bom', escape: 'apostrophe' })) }
}
