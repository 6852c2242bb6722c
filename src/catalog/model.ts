import * as z from 'zod'
import { condSchema, daySchema, idSchema, numSchema } from './model-expressions.ts'
import { cited, languageSchema, provenanceSchema, sourceSchema, textSchema } from './model-texts.ts'

/** The format of catalogs: docs/catalog-authoring.md says what each key means. */
export const formatName = 'tenbin-catalog/1'
/** The engine's own outcome: the answers given do not settle it. No catalog may use the id. */
export const cannotDecide = 'cannot-decide'

const ids = z.array(idSchema)
const bounds = {
  from: z.number().optional(),
  above: z.number().optional(),
  to: z.number().optional(),
  below: z.number().optional(),
}
export type Bounds = { [K in keyof typeof bounds]?: number | undefined }

const target = z.union([
  z.strictObject({ when: condSchema.optional(), question: idSchema }),
  z.strictObject({ when: condSchema.optional(), outcome: idSchema }),
])
const gotoSchema = z
  .union([idSchema, z.strictObject({ outcome: idSchema }), z.array(target).min(1)])
  .meta({ id: 'Goto', description: 'The next question, an outcome, or a list of them with conditions, first match.' })
export type Goto = z.infer<typeof gotoSchema>

const optionSchema = z
  .strictObject({
    id: idSchema,
    title: textSchema,
    help: textSchema.optional(),
    note: textSchema.optional(),
    weights: z.record(idSchema, z.number()).optional(),
    labels: ids.optional(),
    goto: gotoSchema.optional(),
    exclusive: z.literal(true).optional(),
    ...cited,
  })
  .meta({ id: 'Option' })
export type Option = z.infer<typeof optionSchema>

const pointsBand = z.strictObject({ ...bounds, points: z.number() })
const numberWeight = z.union([
  z.strictObject({ 'per-unit': z.number() }),
  z.strictObject({ bands: z.array(pointsBand).min(1) }),
])
export type NumberWeight = z.infer<typeof numberWeight>

const everyQuestion = {
  id: idSchema,
  section: idSchema.optional(),
  title: textSchema,
  help: textSchema.optional(),
  'official-title': textSchema.optional(),
  'looks-at': textSchema.optional(),
  example: textSchema.optional(),
  'show-when': condSchema.optional(),
  optional: z.boolean().optional(),
  goto: gotoSchema.optional(),
  'register-field': z
    .strictObject({ field: z.string().min(1), values: z.record(z.string(), idSchema).optional() })
    .optional(),
  ...cited,
}
const questionSchema = z
  .discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('single'), options: z.array(optionSchema).min(1), ...everyQuestion }),
    z.strictObject({ kind: z.literal('multiple'), options: z.array(optionSchema).min(1), ...everyQuestion }),
    z.strictObject({
      kind: z.literal('number'),
      unit: textSchema.optional(),
      min: z.number().optional(),
      max: z.number().optional(),
      integer: z.boolean().optional(),
      weights: z.record(idSchema, numberWeight).optional(),
      ...everyQuestion,
    }),
    z.strictObject({
      kind: z.literal('date'),
      min: daySchema.optional(),
      max: daySchema.optional(),
      ...everyQuestion,
    }),
    z.strictObject({ kind: z.literal('text'), 'max-length': z.int().min(1).optional(), ...everyQuestion }),
  ])
  .meta({ id: 'Question' })
export type Question = z.infer<typeof questionSchema>

const section = z.strictObject({ id: idSchema, title: textSchema, text: textSchema.optional(), ...cited })
const score = z.strictObject({
  id: idSchema,
  title: textSchema,
  text: textSchema.optional(),
  combine: z.enum(['sum', 'max']).optional(),
  ...cited,
})
const value = z.strictObject({
  id: idSchema,
  title: textSchema.optional(),
  text: textSchema.optional(),
  expr: numSchema,
  ...cited,
})
const label = z.strictObject({ id: idSchema, title: textSchema, text: textSchema.optional(), ...cited })

const band = z.strictObject({
  id: idSchema,
  title: textSchema,
  text: textSchema.optional(),
  ...bounds,
  outcome: idSchema.optional(),
  duties: ids.optional(),
  ...cited,
})
export type Band = z.infer<typeof band>
const level = z.strictObject({
  id: idSchema,
  title: textSchema,
  text: textSchema.optional(),
  of: numSchema,
  'share-of': numSchema.optional(),
  bands: z.array(band).min(1),
  ...cited,
})
export type Level = z.infer<typeof level>

const rule = z.strictObject({
  id: idSchema,
  title: textSchema,
  when: condSchema,
  gives: idSchema,
  labels: ids.optional(),
  duties: ids.optional(),
  'looks-at': ids.optional(),
  ...cited,
})
export type Rule = z.infer<typeof rule>
const otherwise = z.strictObject({
  id: idSchema,
  title: textSchema,
  gives: idSchema,
  labels: ids.optional(),
  duties: ids.optional(),
  ...cited,
})
const table = z.strictObject({
  id: idSchema,
  title: textSchema,
  text: textSchema.optional(),
  hit: z.enum(['first', 'collect']),
  rules: z.array(rule),
  otherwise: otherwise.optional(),
  ...cited,
})
export type Table = z.infer<typeof table>

const outcome = z.strictObject({
  id: idSchema,
  title: textSchema,
  text: textSchema.optional(),
  strictness: z.number(),
  duties: ids.optional(),
  ...cited,
})
export type Outcome = z.infer<typeof outcome>
const duty = z.strictObject({
  id: idSchema,
  title: textSchema,
  text: textSchema.optional(),
  role: z.union([idSchema, textSchema]).optional(),
  when: condSchema.optional(),
  ...cited,
})
export type Duty = z.infer<typeof duty>

const link = z.strictObject({
  catalog: idSchema,
  edition: z.string().optional(),
  item: idSchema,
  relation: idSchema,
  note: textSchema.optional(),
  provenance: provenanceSchema,
  source: sourceSchema.optional(),
})
const detail = z.strictObject({
  id: idSchema,
  title: textSchema.optional(),
  text: textSchema,
  stage: idSchema.optional(),
  notes: z.array(textSchema).optional(),
  ...cited,
})
/** A sentence for the people whom an item concerns. */
const sentence = z.strictObject({ kind: z.enum(['do', 'dont', 'always', 'text']), text: textSchema })
const listItem = z
  .strictObject({
    id: idSchema,
    number: z.union([z.string(), z.number()]).optional(),
    group: idSchema.optional(),
    title: textSchema,
    text: textSchema.optional(),
    asks: textSchema.optional(),
    evidence: z.array(textSchema).optional(),
    stage: idSchema.optional(),
    role: idSchema.optional(),
    notes: z.array(textSchema).optional(),
    details: z.array(detail).optional(),
    staff: z.array(sentence).optional(),
    /** What a machine can keep; the part of the product that uses the list says which settings there are and checks them. */
    settings: z.array(z.looseObject({ kind: idSchema })).optional(),
    links: z.array(link).optional(),
    'applies-when': condSchema.optional(),
    ...cited,
  })
  .meta({ id: 'ListItem' })
export type ListItem = z.infer<typeof listItem>
const group = z.strictObject({ id: idSchema, title: textSchema, text: textSchema.optional(), ...cited })
const list = z.strictObject({
  id: idSchema,
  title: textSchema,
  text: textSchema.optional(),
  groups: z.array(group).optional(),
  items: z.array(listItem).optional(),
  ...cited,
})
export type List = z.infer<typeof list>

const expectation = z.strictObject({
  outcome: idSchema.optional(),
  scores: z.record(idSchema, z.number()).optional(),
  values: z.record(idSchema, z.number()).optional(),
  levels: z.record(idSchema, idSchema).optional(),
  labels: ids.optional(),
  fired: ids.optional(),
  duties: ids.optional(),
  visible: ids.optional(),
  matter: ids.optional(),
})
const exampleCase = z.strictObject({
  id: idSchema,
  title: textSchema,
  answers: z.record(z.string(), z.unknown()),
  expect: expectation,
  ...cited,
})
export type Case = z.infer<typeof exampleCase>

const sourceDocument = z.strictObject({
  id: idSchema,
  title: textSchema,
  publisher: textSchema.optional(),
  kind: z.enum(['official', 'secondary', 'preset']),
  url: z.string().optional(),
  date: daySchema.optional(),
  note: textSchema.optional(),
})

const decide = z.union([
  z.strictObject({ table: idSchema }),
  z.strictObject({ tree: idSchema }),
  z.strictObject({ level: idSchema }),
])

export const catalogSchema = z.strictObject({
  format: z.literal(formatName),
  id: idSchema,
  edition: z.string().min(1).max(60),
  released: daySchema.optional(),
  languages: z.array(languageSchema).min(1),
  title: textSchema,
  publisher: textSchema,
  url: z.string().optional(),
  provenance: provenanceSchema.optional(),
  source: sourceSchema.optional(),
  note: textSchema.optional(),
  sources: z.array(sourceDocument),
  decide: decide.optional(),
  budget: z.strictObject({ completions: z.int().min(0).max(1_000_000) }).optional(),
  sections: z.array(section).default([]),
  questions: z.array(questionSchema).default([]),
  scores: z.array(score).default([]),
  values: z.array(value).default([]),
  labels: z.array(label).default([]),
  levels: z.array(level).default([]),
  tables: z.array(table).default([]),
  outcomes: z.array(outcome).default([]),
  duties: z.array(duty).default([]),
  lists: z.array(list).default([]),
  cases: z.array(exampleCase).default([]),
})
/** One edition of one document as data. */
export type Catalog = z.infer<typeof catalogSchema>

/** The parts of a catalog that have a folder of their own, one file an item. */
export const parts = [
  'sections',
  'questions',
  'scores',
  'values',
  'labels',
  'levels',
  'tables',
  'outcomes',
  'duties',
  'cases',
] as const

/** An edition of a catalog and the digest of its content, as assessments keep it. */
export type CatalogRef = { catalog: string; edition: string; digest: string }
