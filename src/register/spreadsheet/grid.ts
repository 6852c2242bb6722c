import type { DatePrecision } from '#register/wareki.ts'

export const encodings = [
  'utf-8',
  'utf-8-bom',
  'utf-16le',
  'utf-16be',
  'cp932',
  'euc-jp',
  'iso-2022-jp',
  'windows-1252',
] as const
export type Encoding = (typeof encodings)[number]
export const delimiters = [',', '\t', ';', '|'] as const
export type Delimiter = (typeof delimiters)[number]

export type SheetInfo = {
  readonly name: string
  readonly state: 'visible' | 'hidden' | 'very-hidden'
  /** Rows that the file declares for the sheet, blank formatted ones included. */
  readonly rows: number
  readonly chosen: boolean
}

/** What a cell was besides its text. `row` and `column` count from 1, as a spreadsheet program shows them. */
export type CellNote = { readonly row: number; readonly column: number } & (
  | { readonly kind: 'formula'; readonly formula: string }
  | { readonly kind: 'date'; readonly iso: string; readonly shown: string; readonly precision: DatePrecision | 'time' }
  | { readonly kind: 'comment'; readonly text: string }
  | { readonly kind: 'link'; readonly target: string }
)

/** From 1, both ends included. */
export type Merge = { readonly top: number; readonly left: number; readonly bottom: number; readonly right: number }

export type Warning =
  | { readonly code: 'hidden-sheets'; readonly names: readonly string[] }
  | { readonly code: 'hidden-rows'; readonly rows: readonly number[]; readonly count: number }
  | { readonly code: 'hidden-columns'; readonly columns: readonly number[] }
  | { readonly code: 'merged-cells'; readonly count: number }
  | { readonly code: 'formulas'; readonly count: number }
  | { readonly code: 'dates'; readonly count: number }
  | { readonly code: 'comments'; readonly count: number }
  | { readonly code: 'links'; readonly count: number }
  | { readonly code: 'external-links'; readonly targets: readonly string[] }
  | { readonly code: 'ignored-parts'; readonly parts: readonly string[] }
  | { readonly code: 'mixed-line-ends'; readonly crlf: number; readonly lf: number; readonly cr: number }
  | { readonly code: 'invalid-bytes-replaced'; readonly count: number; readonly lines: readonly number[] }
  | { readonly code: 'encoding-unsure'; readonly others: readonly Encoding[] }

/**
 * A delivered table before anything is understood of it: every cell as the text that was decoded.
 * `rows[i]` is row `rowNumbers[i]` of the sheet or record of the file, from 1, as a spreadsheet program numbers it; in CSV
 * it begins on line `lines[i]`. Rows of a CSV file keep their own length; rows of a sheet end at their last filled cell.
 */
export type Grid = {
  readonly format: 'csv' | 'xlsx'
  readonly encoding?: Encoding
  readonly delimiter?: Delimiter
  readonly sheet?: string
  readonly sheets: readonly SheetInfo[]
  readonly rows: readonly (readonly string[])[]
  readonly rowNumbers: readonly number[]
  readonly lines?: readonly number[]
  readonly merges: readonly Merge[]
  readonly notes: readonly CellNote[]
  readonly warnings: readonly Warning[]
  /** Of the file as delivered, lower-case hex. */
  readonly sha256: string
  readonly bytes: number
}
