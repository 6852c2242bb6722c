import { AppError, type ErrorCode } from '#platform/errors.ts'

/** Where invalid bytes stand: `line` counts line ends before it, from 1; `offset` is in bytes from 0. */
export type BytePlace = { readonly line: number; readonly offset: number; readonly bytes: string }

/** Why a file as a whole cannot be read. `line`, `row` and `column` count from 1, as a person sees them. */
export type FileFault =
  | { readonly fault: 'empty-file' }
  | { readonly fault: 'too-many-bytes'; readonly found: number; readonly limit: number }
  | { readonly fault: 'too-many-rows'; readonly limit: number; readonly sheet?: string }
  | { readonly fault: 'too-many-columns'; readonly row: number; readonly found: number; readonly limit: number }
  | { readonly fault: 'too-many-cells'; readonly limit: number }
  | { readonly fault: 'quote-not-closed'; readonly line: number }
  | { readonly fault: 'text-after-quote'; readonly line: number; readonly openedAtLine: number; readonly text: string }
  | { readonly fault: 'invalid-bytes'; readonly encoding: string; readonly count: number; readonly places: BytePlace[] }
  | { readonly fault: 'encoding-unknown'; readonly candidates: readonly string[] }
  | { readonly fault: 'nul-character'; readonly line: number }
  | { readonly fault: 'not-what-name-says'; readonly name: string; readonly found: string }
  | { readonly fault: 'format-not-read'; readonly found: string }
  | { readonly fault: 'old-excel' }
  | { readonly fault: 'encrypted' }
  | { readonly fault: 'macros' }
  | {
      readonly fault: 'zip-bomb'
      readonly part: string
      readonly measure: string
      readonly found: number
      readonly limit: number
    }
  | { readonly fault: 'broken-workbook'; readonly detail: string }
  | { readonly fault: 'document-type'; readonly part: string }
  | { readonly fault: 'no-visible-sheet'; readonly sheets: string[] }
  | { readonly fault: 'sheet-not-found'; readonly wanted: string; readonly sheets: string[] }
  | { readonly fault: 'reading-takes-too-long'; readonly limitMs: number }
  | { readonly fault: 'needs-too-much-memory'; readonly limitMb: number }

const codes: Readonly<Partial<Record<FileFault['fault'], ErrorCode>>> = {
  'too-many-bytes': 'too-large',
  'too-many-rows': 'too-large',
  'too-many-columns': 'too-large',
  'too-many-cells': 'too-large',
  'zip-bomb': 'too-large',
  'reading-takes-too-long': 'too-large',
  'needs-too-much-memory': 'too-large',
  'format-not-read': 'unsupported-format',
  'old-excel': 'unsupported-format',
  encrypted: 'unsupported-format',
  macros: 'unsupported-format',
}

/** The error to throw for a file that cannot be read; its params are the fault itself. */
export const fileFault = (fault: FileFault, cause?: unknown): AppError =>
  new AppError(codes[fault.fault] ?? 'bad-file', fault, cause)
