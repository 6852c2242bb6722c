import { z } from 'zod'

/** Sheets of a procurement that leave the house as a workbook to fill in, and come back. */
export const formKinds = ['check-sheet', 'contract-sheet', 'answer-sheet', 'comparison'] as const
export type FormKind = (typeof formKinds)[number]
export const languages = ['ja', 'en'] as const
export type Language = (typeof languages)[number]

export const columnKeys = [
  'id',
  'group',
  'title',
  'proposal',
  'decision',
  'reason',
  'requirement',
  'chapter',
  'evidence',
  'verification',
  'clauseText',
  'clauseNumber',
  'clauseState',
  'agreedOn',
  'bidder',
  'fulfils',
  'answer',
  'mark',
  'markReason',
] as const
export type ColumnKey = (typeof columnKeys)[number]

/** A choice as it stands in a cell, and the code it means. */
export type Choice = { readonly code: string; readonly words: string }
export type FormColumn = {
  readonly key: ColumnKey
  readonly name: string
  /** Half-width characters. */
  readonly width: number
  readonly editable: boolean
  readonly choices?: readonly Choice[]
  /** UTF-16 units that a cell may hold. */
  readonly most?: number
  readonly date?: boolean
  /** May not be left empty. */
  readonly needed?: boolean
}
/** One row by its id: what each cell says, in the words of the language. */
export type FormRow = {
  /** What stands in the first column: `P06`, `P06 / A社`. */
  readonly id: string
  /** What it is in the database: item, and bidder where a row is of one. */
  readonly item: string
  readonly bidderId?: string
  readonly version: number
  readonly values: Readonly<Partial<Record<ColumnKey, string>>>
}

/** A sheet as it is now, ready to be written and to be held against one that comes back. */
export type Form = {
  readonly kind: FormKind
  readonly language: Language
  readonly procurement: { readonly id: string; readonly number: string; readonly title: string }
  readonly bidderId?: string
  readonly edition: string
  readonly columns: readonly FormColumn[]
  readonly rows: readonly FormRow[]
}

const cell = z.string().describe('address as a spreadsheet program shows it, `E7`')
const named = <C extends string>(code: C) => ({ code: z.literal(code), cell })
/** Why a workbook that came back is not taken: each with its cell. */
export const formFaultSchema = z.discriminatedUnion('code', [
  z.object({ code: z.literal('not-our-file') }),
  z.object({ code: z.literal('machine-sheet-changed') }),
  z.object({ code: z.literal('other-procurement'), found: z.string() }),
  z.object({ code: z.literal('other-sheet'), found: z.string() }),
  z.object({ code: z.literal('other-bidder') }),
  z.object({ code: z.literal('other-edition'), found: z.string(), now: z.string() }),
  z.object({ ...named('unknown-column'), name: z.string() }),
  z.object({ ...named('repeated-column'), name: z.string() }),
  z.object({ code: z.literal('missing-column'), name: z.string() }),
  z.object({ ...named('unknown-id'), id: z.string() }),
  z.object({ ...named('repeated-id'), id: z.string(), first: z.string() }),
  z.object({ ...named('row-without-id') }),
  z.object({ code: z.literal('missing-id'), id: z.string() }),
  z.object({ code: z.literal('item-gone'), id: z.string() }),
  z.object({ ...named('formula'), formula: z.string() }),
  z.object({ code: z.literal('merged-cells'), range: z.string() }),
  z.object({ code: z.literal('hidden-row'), row: z.int() }),
  z.object({ code: z.literal('hidden-column'), column: z.string() }),
  z.object({ ...named('locked-changed'), name: z.string(), was: z.string() }),
  z.object({ ...named('too-long'), found: z.int(), limit: z.int() }),
  z.object({ ...named('not-in-list'), found: z.string(), choices: z.array(z.string()) }),
  z.object({ ...named('not-a-date'), found: z.string() }),
  z.object({ ...named('reason-needed'), id: z.string() }),
  z.object({ ...named('date-needed'), id: z.string() }),
  z.object({ ...named('too-many-lines'), found: z.int(), limit: z.int() }),
  z.object({ ...named('state-keeps'), state: z.string(), name: z.string() }),
  z.object({ ...named('mark-not-possible'), id: z.string() }),
])
export type FormFault = z.infer<typeof formFaultSchema>

/** One cell that the file changes. `conflict`: it was changed in the sheet as well since the file was written. */
export const differenceSchema = z.object({
  id: z.string(),
  column: z.enum(columnKeys),
  name: z.string(),
  cell,
  /** What it was when the file was written, what it is now, what the file says. */
  base: z.string(),
  now: z.string(),
  to: z.string(),
  conflict: z.boolean(),
})
export type Difference = z.infer<typeof differenceSchema>

/** Which one is taken where both changed, by `P06 reason`. */
export const choicesSchema = z.record(z.string().max(200), z.enum(['file', 'now']))
export type Choices = z.infer<typeof choicesSchema>
export const differenceKey = (difference: Pick<Difference, 'id' | 'column'>): string =>
  `${difference.id} ${difference.column}`
