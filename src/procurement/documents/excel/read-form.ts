import type { Grid } from '#register/spreadsheet/grid.ts'
import { readInWorker } from '#register/spreadsheet/read-in-worker.ts'
import { columnName } from '#register/spreadsheet/write-xlsx.ts'
import { AppError } from '#platform/errors.ts'

import type { FormFault, FormKind, Language } from './model.ts'
import { headerRow, machineDigest, machineSheet } from './write-form.ts'

/** What a workbook says of itself, and every cell as it went out. */
export type Machine = {
  readonly kind: string
  readonly procurementId: string
  readonly number: string
  readonly bidderId: string
  readonly edition: string
  readonly language: Language
  readonly columns: readonly string[]
  /** By id of the row: the cells by key. */
  readonly base: ReadonlyMap<string, Readonly<Record<string, string>>>
}
/** A form as it came back, cell by cell. Rows are numbered as a spreadsheet program shows them. */
export type ReadForm = {
  readonly machine: Machine
  readonly header: readonly string[]
  readonly rows: readonly { readonly row: number; readonly cells: readonly string[] }[]
}
export type FormReading =
  | { readonly ok: true; readonly form: ReadForm; readonly faults: readonly FormFault[] }
  | { readonly ok: false; readonly faults: readonly FormFault[] }

export const address = (column: number, row: number): string => `${columnName(column)}${row}`

/**
 * Reads a filled workbook in a thread of its own, within the limits of imports.
 * @throws AppError with a FileFault: no workbook, macros, encrypted, a bomb, …
 */
export async function readForm(name: string, bytes: Uint8Array, kind: FormKind): Promise<FormReading> {
  const machineGrid = await readInWorker(name, bytes, { sheet: machineSheet }).catch((error: unknown) => {
    if (error instanceof AppError && error.params['fault'] === 'sheet-not-found') return undefined
    throw error
  })
  if (machineGrid?.format !== 'xlsx') return { ok: false, faults: [{ code: 'not-our-file' }] }
  const machine = machineOf(machineGrid)
  if (machine === undefined) return { ok: false, faults: [{ code: 'machine-sheet-changed' }] }
  if (machine.kind !== kind) return { ok: false, faults: [{ code: 'other-sheet', found: machine.kind }] }
  const first = machineGrid.sheets.find((sheet) => sheet.state === 'visible')
  if (!first) return { ok: false, faults: [{ code: 'not-our-file' }] }
  const grid = await readInWorker(name, bytes, { sheet: first.name })
  const header = grid.rows[headerRow - 1] ?? []
  const rows = grid.rows
    .map((cells, i) => ({ row: i + 1, cells }))
    .slice(headerRow)
    .filter(({ cells }) => cells.some((cell) => cell.trim() !== ''))
  return { ok: true, form: { machine, header, rows }, faults: shapeFaults(grid) }
}

/** What was drawn or computed where words were to be written: it would be lost, or not be what was seen. */
function shapeFaults(grid: Grid): FormFault[] {
  const faults: FormFault[] = []
  for (const note of grid.notes)
    if (note.kind === 'formula')
      faults.push({ code: 'formula', cell: address(note.column, note.row), formula: note.formula.slice(0, 100) })
  for (const { top, left, bottom, right } of grid.merges)
    if (bottom >= headerRow)
      faults.push({ code: 'merged-cells', range: `${address(left, top)}:${address(right, bottom)}` })
  for (const warning of grid.warnings) {
    if (warning.code === 'hidden-rows')
      for (const row of warning.rows) if (row >= headerRow) faults.push({ code: 'hidden-row', row })
    if (warning.code === 'hidden-columns')
      for (const column of warning.columns)
        if (column <= (grid.rows[headerRow - 1]?.length ?? 0))
          faults.push({ code: 'hidden-column', column: columnName(column) })
  }
  return faults
}

/** Rows end at their last filled cell in a sheet that was saved again: made as long as they were. */
function machineOf({ rows }: Grid): Machine | undefined {
  const facts = new Map(rows.map(([name = '', ...values]) => [name, values]))
  const columns = facts.get('columns') ?? []
  const body = rows
    .filter(([name]) => name === 'columns' || name === 'row')
    .map(([name = '', ...values]) => {
      if (name === 'columns') return [name, ...values]
      return [name, ...Array.from({ length: columns.length + 2 }, (_, i) => values[i] ?? '')]
    })
  if (facts.get('format')?.[0] !== 'tenbin-form/1' || facts.get('sha256')?.[0] !== machineDigest(body)) return undefined
  const base = body.slice(1).map(([, id = '', , ...cells]) => {
    return [id, Object.fromEntries(columns.map((key, i) => [key, cells[i] ?? '']))] as const
  })
  const language = facts.get('language')?.[0]
  return {
    kind: facts.get('sheet')?.[0] ?? '',
    procurementId: facts.get('procurement')?.[0] ?? '',
    number: facts.get('procurement')?.[1] ?? '',
    bidderId: facts.get('bidder')?.[0] ?? '',
    edition: facts.get('edition')?.[0] ?? '',
    language: language === 'en' ? 'en' : 'ja',
    columns,
    base: new Map(base),
  }
}
