import { z } from 'zod'

import { fieldOf, fields, isFieldId } from '#register/fields.ts'

// A column map is data: which column of a sender's table is which field, and what its words mean. It never holds code.

const texts = z.strictObject({ ja: z.string().min(1), en: z.string().min(1) })
const words = z.array(z.string()).default([])

/** Which raw texts say that a value is not there, and how. Compared by the search key; blank cells are `unanswered`. */
const absentWordsSchema = z.strictObject({
  unanswered: words,
  unknown: words,
  'not-applicable': words,
  /** 「なし」: there is none. Kept apart by its note, since it says more than "the question does not apply". */
  none: words,
  withheld: words,
  waived: z.strictObject({ by: z.string().min(1), words: z.array(z.string().min(1)).min(1) }).optional(),
})
export type AbsentWords = z.infer<typeof absentWordsSchema>

const values = z.record(z.string(), z.string())
/** How several values stand in one cell. `python-list` reads `['a', 'b']` as text; nothing is ever evaluated. */
const split = z.enum(['semicolon', 'comma', 'line', 'any', 'python-list'])

export const readingSchema = z.discriminatedUnion('as', [
  z.strictObject({ as: z.literal('text') }),
  z.strictObject({ as: z.literal('code'), values }),
  z.strictObject({ as: z.literal('codes'), split: split.default('any'), values }),
  z.strictObject({ as: z.literal('list'), split: split.default('any') }),
  z.strictObject({ as: z.literal('date'), order: z.enum(['month-first', 'day-first', 'none']).default('none') }),
  /** `units`: word after the number → factor to the field's unit. */
  z.strictObject({ as: z.literal('number'), units: z.record(z.string(), z.number().positive()).default({}) }),
])
export type Reading = z.infer<typeof readingSchema>

const fieldId = z.string().refine(isFieldId, { message: 'no such field' })

const columnSchema = z.strictObject({
  /** Names that this column may bear, compared by the search key. */
  headers: z.array(z.string()).min(1),
  /** Which one, from the left, when the same name stands over several columns. */
  occurrence: z.int().min(1).default(1),
  field: fieldId.nullable(),
  read: readingSchema.default({ as: 'text' }),
  absent: absentWordsSchema.partial().optional(),
  /** Why the column goes into no field; its cells are kept all the same. */
  why: z.string().optional(),
})

const organisationSchema = z.strictObject({
  /** From the outermost unit inwards; each with the names that its column may bear. */
  columns: z.array(z.array(z.string()).min(1)).min(1),
  /** Texts between units within one cell. */
  split: z.array(z.string().min(1)).default([]),
  missing: z.enum(['create', 'flag']).default('flag'),
})

const headerSchema = z.strictObject({
  row: z.union([z.literal('guess'), z.int().min(1)]).default('guess'),
  /** Rows that the header takes. */
  depth: z.int().min(1).max(3).default(1),
  /** Rows right below the header that are no data, kept as metadata of the file. */
  skip: z.int().min(0).max(20).default(0),
  /** Rows whose first cell begins so are no data either. */
  skipMarks: z.array(z.string().min(1)).default([]),
})

export const columnMapSchema = z
  .strictObject({
    id: z.string().regex(/^[a-z0-9][a-z0-9-]{0,80}$/),
    version: z.int().min(1),
    name: texts,
    source: z.string().optional(),
    /** Headers that tell this form from others; all must be there for the map to be chosen unasked. */
    recognise: z.array(z.string().min(1)).default([]),
    header: headerSchema.prefault({}),
    absent: absentWordsSchema.prefault({}),
    columns: z.array(columnSchema).min(1),
    organisation: organisationSchema.optional(),
    /** What the form as a whole says of every row. */
    fixed: z.record(z.string(), z.string()).default({}),
    /** Fields without which a row is rejected. */
    required: z.array(fieldId).default(['name']),
  })
  .superRefine((map, check) => {
    map.columns.forEach((column, i) => refuseMismatch(column, ['columns', i], check))
    for (const [field, value] of Object.entries(map.fixed))
      if (isFieldId(field)) refuseCode(field, value, ['fixed', field], check)
      else check.addIssue({ code: 'custom', path: ['fixed', field], message: 'no such field' })
    if (!map.columns.some((column) => column.field === 'name'))
      check.addIssue({ code: 'custom', path: ['columns'], message: 'no column goes into the field name' })
  })
export type ColumnMap = z.infer<typeof columnMapSchema>
export type MapColumn = ColumnMap['columns'][number]

type Check = { addIssue: (issue: { code: 'custom'; path: PropertyKey[]; message: string }) => void }

const readingsOf: Readonly<Record<ReturnType<typeof fieldOf>['kind'], readonly Reading['as'][]>> = {
  text: ['text'],
  'long-text': ['text'],
  code: ['code'],
  codes: ['codes', 'code'],
  number: ['number'],
  date: ['date'],
  supplier: ['text', 'list'],
  models: ['text', 'list'],
}

function refuseMismatch(column: MapColumn, path: PropertyKey[], check: Check): void {
  // A field that does not exist is a fault of its own, told by its own key.
  if (column.field === null || !Object.hasOwn(fields, column.field)) return
  const { kind } = fieldOf(column.field)
  if (!readingsOf[kind].includes(column.read.as))
    check.addIssue({
      code: 'custom',
      path: [...path, 'read', 'as'],
      message: `${column.field} is a ${kind}: read it as ${readingsOf[kind].join(' or ')}`,
    })
  if ('values' in column.read)
    for (const [word, code] of Object.entries(column.read.values))
      refuseCode(column.field, code, [...path, 'read', 'values', word], check)
}

function refuseCode(field: string, code: string, path: PropertyKey[], check: Check): void {
  const codes = isFieldId(field) ? fieldOf(field).codes : undefined
  if (codes && !codes.includes(code))
    check.addIssue({ code: 'custom', path, message: `${code} is no code of ${field}` })
}
