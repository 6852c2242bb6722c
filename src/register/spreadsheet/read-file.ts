import { readerFor } from './file-kind.ts'
import type { Grid } from './grid.ts'
import { type CsvOptions, readCsv } from './read-csv.ts'
import { readXlsx, type XlsxOptions } from './read-xlsx.ts'

export type ReadOptions = CsvOptions & XlsxOptions

/**
 * Reads a delivered file by what it is, after holding that against its name.
 * @param name  file name as delivered, for its ending and for messages
 * @throws AppError `bad-file`, `too-large` or `unsupported-format` with a FileFault as params
 */
export async function readFile(name: string, bytes: Uint8Array, options: ReadOptions = {}): Promise<Grid> {
  return readerFor(name, bytes) === 'csv' ? readCsv(bytes, options) : readXlsx(bytes, options)
}
