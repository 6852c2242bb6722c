import type { Db } from '#platform/database.ts'
import { AppError } from '#platform/errors.ts'
import type { Mark } from '#register/import/api.ts'
import { importSource, rowsOfImport } from '#register/import/store.ts'

export type ImportedGrid = {
  readonly fileName: string
  readonly rows: readonly (readonly string[])[]
  /** What the original had besides its texts. */
  readonly drops: readonly Mark[]
}

const pageSize = 1000

/**
 * The grid of an import as it was decoded: judged rows and those around them, in the order of the original.
 * @throws AppError `not-found`
 */
export async function loadGrid(db: Db, importId: string): Promise<ImportedGrid> {
  const source = await importSource(db, importId)
  if (!source) throw new AppError('not-found', { import: importId })
  const rows = new Map<number, readonly string[]>(source.outside.map((row) => [row.rowNumber, row.cells]))
  for (let after = 0; ;) {
    const page = await rowsOfImport(db, importId, { after, limit: pageSize })
    for (const row of page) rows.set(row.rowNumber, row.cells)
    if (page.length < pageSize) break
    after = page.at(-1)!.rowNumber
  }
  const last = Math.max(0, ...rows.keys())
  // A sheet may leave rows out; they are blank ones between others and keep the numbers of those below right.
  return {
    fileName: source.fileName,
    rows: Array.from({ length: last }, (_, i) => rows.get(i + 1) ?? []),
    drops: source.layout.drops ?? [],
  }
}
