import { type CannotHold, cannotHoldCp932 } from './encode-cp932.ts'
import type { Grid } from './grid.ts'
import { excelCellCharacters, excelRows, limits } from './limits.ts'
import type { Mark } from './read-cell.ts'
import type { CsvEncoding } from './write-csv.ts'

export type ExportFormat = 'csv' | 'xlsx' | 'json'
export type ProfileId = 'round-trip' | 'register'

/** What each profile is for, how it writes, and which parts of the record it leaves out. Shown before anything is written. */
export const profiles = {
  /** The imported grid, cell for cell, as it was decoded. */
  'round-trip': {
    formats: ['csv', 'xlsx', 'json'],
    escape: 'none',
    leavesOut: ['register-changes', 'layout'],
  },
  /** Every field of the register, with the states of absence written out; read back by register-table.ts. */
  register: {
    formats: ['csv', 'xlsx', 'json'],
    escape: 'apostrophe',
    leavesOut: ['history', 'assessments', 'originals'],
  },
} as const satisfies Record<
  ProfileId,
  { formats: readonly ExportFormat[]; escape: 'none' | 'apostrophe'; leavesOut: readonly string[] }
>

export type ExportPlan = {
  readonly profile: ProfileId
  readonly format: ExportFormat
  readonly encoding: CsvEncoding
  readonly rows: readonly (readonly string[])[]
  /** The grid that `round-trip` gives back, for what it was besides its texts. */
  readonly source?: Pick<Grid, 'format' | 'notes' | 'sheets' | 'merges'>
}

/** What the file will not have, before it is written: parts of the record, and cells that the format cannot hold. */
export function dropsOf({ profile, format, rows, source }: ExportPlan): Mark[] {
  const parts = profiles[profile].leavesOut.filter((part) => part !== 'layout' || source?.format === 'xlsx')
  return [
    ...parts.map((code): Mark => ({ code })),
    ...sourceDrops(source),
    ...(format === 'xlsx' ? xlsxDrops(rows) : []),
  ]
}

const noteParts = { formula: 'formulas', comment: 'comments', link: 'links', date: 'date-formats' } as const

function sourceDrops(source: ExportPlan['source']): Mark[] {
  if (!source) return []
  const drops = Object.entries(noteParts).flatMap(([kind, code]): Mark[] => {
    const count = source.notes.filter((note) => note.kind === kind).length
    return count > 0 ? [{ code, params: { count } }] : []
  })
  const others = source.sheets.filter((sheet) => !sheet.chosen).map((sheet) => sheet.name)
  if (others.length > 0) drops.push({ code: 'other-sheets', params: { names: others, count: others.length } })
  if (source.merges.length > 0) drops.push({ code: 'merged-cells', params: { count: source.merges.length } })
  return drops
}

/** Cells and rows that no workbook holds; `writeXlsx` refuses them, so that nothing is cut. */
function xlsxDrops(rows: ExportPlan['rows']): Mark[] {
  const drops: Mark[] = []
  const places: { row: number; column: number }[] = []
  rows.forEach((row, r) =>
    row.forEach((cell, c) => {
      if (cell.length > excelCellCharacters) places.push({ row: r + 1, column: c + 1 })
    }),
  )
  if (places.length > 0)
    drops.push({
      code: 'too-long',
      params: { count: places.length, limit: excelCellCharacters, places: places.slice(0, limits.placesListed) },
    })
  if (rows.length > excelRows) drops.push({ code: 'too-many-rows', params: { limit: excelRows } })
  return drops
}

/** Characters that the chosen encoding cannot hold; only CP932 has any. */
export const cannotHoldIn = ({ format, encoding, rows }: ExportPlan): CannotHold[] =>
  format === 'csv' && encoding === 'cp932' ? cannotHoldCp932(rows) : []
