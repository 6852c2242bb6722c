import { z } from 'zod'

import { nameSchema } from '#access/model.ts'

import { peopleReasons } from './compile.ts'
import { clauseContentSchema, clauseIdSchema, contactSchema, levels, ruleStates, sections } from './model.ts'
import { categories, services, settingKindIds } from './settings.ts'

const personSchema = z.object({ id: z.uuid(), name: nameSchema, post: nameSchema })

export const clauseSchema = z.object({
  ...clauseContentSchema.shape,
  id: clauseIdSchema,
  /** Number of the article, from 1; nothing for one that was taken out. */
  number: z.int().nullable(),
  /** The item of the guide that it began with; its provenance is shown. */
  basedOn: z.string().nullable(),
  /** Who found both languages to say the same, and when; nothing since one of them was changed. */
  sameMeaning: z.object({ at: z.string(), by: nameSchema.nullable() }).nullable(),
  removedBecause: z.string().nullable(),
  /** For If-Match when this clause is changed. */
  version: z.int(),
})
export type Clause = z.infer<typeof clauseSchema>

export const clauseChangeSchema = z.object({
  clauseId: clauseIdSchema,
  kind: z.enum(['added', 'changed', 'removed', 'moved']),
  number: z.int().nullable(),
  heading: nameSchema,
  substantive: z.boolean(),
  /** What was changed of it. */
  parts: z.array(z.enum(['heading', 'text-ja', 'text-en', 'staff', 'settings', 'section'])),
  note: z.object({ title: nameSchema, text: nameSchema }).nullable(),
})
/** A clause that differs from the version before. */
export type ClauseChange = z.infer<typeof clauseChangeSchema>

export const ruleVersionSchema = z.object({
  id: z.uuid(),
  rule: z.object({
    id: z.uuid(),
    level: z.enum(levels),
    organisation: z.object({ id: z.uuid(), name: nameSchema }),
    system: z.object({ id: z.uuid(), name: nameSchema }).nullable(),
  }),
  number: z.int(),
  /** On the day asked for. */
  state: z.enum(ruleStates),
  effectiveFrom: z.string().nullable(),
  endedFrom: z.string().nullable(),
  adoptedAt: z.string().nullable(),
  adoptedBy: personSchema.nullable(),
  /** SHA-256 of the whole content as canonical JSON, hexadecimal. Of a draft: of what it holds now. */
  digest: z.string(),
  /** Whether it must be acknowledged again by those who acknowledged the version before. */
  substance: z.boolean(),
  contact: contactSchema.nullable(),
  /** In the order of their articles; those taken out come last, with the reason. */
  clauses: z.array(clauseSchema),
  /** Against the version before, in the order of articles; empty for the first. */
  changes: z.array(clauseChangeSchema),
  /** For If-Match when the version as a whole is changed. */
  version: z.int(),
})
export type RuleVersion = z.infer<typeof ruleVersionSchema>

const reviewSchema = z.object({
  personId: z.uuid(),
  name: nameSchema,
  post: nameSchema,
  namedAt: z.string(),
  finding: z.enum(['confirmed', 'sent-back']).nullable(),
  remark: z.string().nullable(),
  foundAt: z.string().nullable(),
})

const reasonSchema = z.object({ code: z.string(), params: z.record(z.string(), z.unknown()) })
export const stepSchema = z.object({ ok: z.boolean(), reasons: z.array(reasonSchema) })
/** Whether a step is open, and every reason why not. */
export type StepState = z.infer<typeof stepSchema>

const versionLineSchema = z.object({
  id: z.uuid(),
  number: z.int(),
  state: z.enum(ruleStates),
  effectiveFrom: z.string().nullable(),
  endedFrom: z.string().nullable(),
  adoptedAt: z.string().nullable(),
  substance: z.boolean().nullable(),
  reviewers: z.object({ confirmed: z.int(), of: z.int() }),
})
export type VersionLine = z.infer<typeof versionLineSchema>

export const ruleLineSchema = z.object({
  id: z.uuid(),
  level: z.enum(levels),
  organisation: z.object({ id: z.uuid(), name: nameSchema }),
  system: z.object({ id: z.uuid(), name: nameSchema }).nullable(),
  /** Newest first. */
  versions: z.array(versionLineSchema),
})
export type RuleLine = z.infer<typeof ruleLineSchema>

export const ruleListSchema = z.object({
  rules: z.array(ruleLineSchema),
  /** Systems in operation of which no rule is in force. */
  withoutRule: z.array(
    z.object({
      id: z.uuid(),
      name: nameSchema,
      organisation: nameSchema,
      ruleId: z.uuid().nullable(),
      mayBegin: z.boolean(),
    }),
  ),
  may: z.object({
    /** Where no rule of the organisation is there yet and one may be begun: the organisation. */
    beginMinistry: z.object({ id: z.uuid(), name: nameSchema }).nullable(),
    beginSystem: z.boolean(),
  }),
})
export type RuleList = z.infer<typeof ruleListSchema>

export const versionDetailSchema = z.object({
  version: ruleVersionSchema,
  /** Every version of the rule that may be seen, newest first. */
  versions: z.array(versionLineSchema),
  /** Clauses of the version before; nothing for the first. */
  before: z.object({ number: z.int(), clauses: z.array(clauseSchema) }).nullable(),
  reviews: z.array(reviewSchema),
  review: stepSchema,
  adopt: stepSchema,
  /** Who must acknowledge when it comes into force, people. */
  concerned: z.int(),
  may: z.object({
    write: z.boolean(),
    adopt: z.boolean(),
    /** Named to look at it. */
    review: z.boolean(),
    beginNext: z.boolean(),
  }),
})
export type VersionDetail = z.infer<typeof versionDetailSchema>

export const guideClauseSchema = z.object({
  id: clauseIdSchema,
  section: z.enum(sections),
  heading: nameSchema,
  text: nameSchema,
  renders: z.object({ catalog: z.string(), edition: z.string(), item: z.string() }).nullable(),
  settings: z.int(),
})
export type GuideClause = z.infer<typeof guideClauseSchema>

export const clauseChangeBody = clauseContentSchema.omit({ section: true }).partial()
export const newClauseBody = z.union([
  z.strictObject({ fromGuide: clauseIdSchema }),
  z.strictObject({ content: clauseContentSchema, after: clauseIdSchema.nullable() }),
])
export const moveBody = z.strictObject({ section: z.enum(sections), after: clauseIdSchema.nullable() })
export const reasonBody = z.strictObject({ because: z.string().trim().min(1).max(1000) })
const daySchema = z.iso.date()
export const versionChangeBody = z.strictObject({
  effectiveFrom: daySchema.nullable().optional(),
  contact: contactSchema.nullable().optional(),
})
export const reviewBody = z.strictObject({ reviewers: z.array(z.uuid()).max(50) })
export const findingBody = z.strictObject({
  finding: z.enum(['confirmed', 'sent-back']),
  remark: z.string().trim().max(4000).nullable(),
})
export const endBody = z.strictObject({ from: daySchema, because: z.string().trim().min(1).max(1000) })
export const reviewersSchema = z.object({
  people: z.array(personSchema),
})
const articleSchema = z.object({
  level: z.enum(levels),
  ruleId: z.uuid(),
  clauseId: clauseIdSchema,
  number: z.int(),
  value: z.union([z.string(), z.number(), z.array(z.string()).readonly()]),
  refusal: nameSchema.nullable(),
  names: z.record(
    z.string(),
    z.object({ ja: z.string(), en: z.string(), terms: z.array(z.string()).readonly().optional() }),
  ),
})
/** The shape of `CompiledRule`. */
export const compiledSchema = z.object({
  format: z.literal('tenbin-compiled-rule/1'),
  rules: z.array(z.object({ level: z.enum(levels), id: z.uuid(), version: z.int(), digest: z.string() })).readonly(),
  settings: z
    .array(
      z.object({
        key: z.string(),
        kind: z.enum(settingKindIds),
        service: z.enum(services).nullable(),
        category: z.enum(categories).nullable(),
        value: articleSchema.shape.value,
        names: articleSchema.shape.names,
        articles: z.array(articleSchema).readonly(),
      }),
    )
    .readonly(),
  forPeople: z
    .array(
      z.object({
        level: z.enum(levels),
        ruleId: z.uuid(),
        clauseId: clauseIdSchema,
        number: z.int(),
        heading: nameSchema,
        key: z.string().nullable(),
        codes: z.array(z.string()).readonly(),
        reason: z.enum(peopleReasons),
      }),
    )
    .readonly(),
})
