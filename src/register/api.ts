import * as z from 'zod'

import { actions, nameSchema } from '#access/model.ts'

import { fieldIds, type FieldId, isFieldId, stages } from './fields.ts'
import { absences, type Fact, type Facts, factSchema, systemFactsSchema, useFactsSchema, verdicts } from './model.ts'

/** What the register's addresses take and give; shared with the web. Filters of lists are in `api-filter.ts`. */

export const fieldIdSchema = z.enum(fieldIds as [FieldId, ...FieldId[]])
export const verdictSchema = z.enum(verdicts)
export const stageSchema = z.enum(stages)

/** A fact as it is given back: a value, or why there is none. */
export const anyFactSchema = z.union([
  z.looseObject({ value: z.union([z.string(), z.number(), z.array(z.string())]) }),
  z.looseObject({ absent: z.enum(absences) }),
]) as unknown as z.ZodType<Fact>
const factsOut = z.record(z.string(), anyFactSchema) as unknown as z.ZodType<Facts>

const organisation = z.object({
  id: z.uuid(),
  name: nameSchema,
  /** Root first, itself last. */
  path: z.array(z.object({ id: z.uuid(), name: nameSchema })),
})
export const staleFactSchema = z.object({ field: fieldIdSchema, at: z.string() })
const linked = z.union([
  z.object({ value: z.string(), name: z.string() }),
  z.looseObject({ absent: z.enum(absences) }),
]) as unknown as z.ZodType<Fact & { name?: string }>
const linkedMany = z.union([
  z.object({ value: z.array(z.string()), names: z.array(z.string()) }),
  z.looseObject({ absent: z.enum(absences) }),
]) as unknown as z.ZodType<Fact & { names?: string[] }>

export const useRowSchema = z.object({
  useId: z.uuid(),
  systemId: z.uuid(),
  number: z.string(),
  /** Of the system, and of the use after it where the system has several. */
  name: z.string(),
  systemName: z.string(),
  /** English name of the system, where one was given. */
  nameEn: z.string().nullable(),
  useName: z.string().nullable(),
  /** Uses of the system. */
  uses: z.int(),
  purpose: z.string(),
  organisation,
  stage: anyFactSchema,
  verdict: verdictSchema,
  /** What the rule said, where the Chief AI Officer decided otherwise. */
  ruledVerdict: verdictSchema.nullable(),
  stale: z.boolean(),
  staleFacts: z.array(staleFactSchema),
  /** The strictest verdict of the system's uses. */
  strictest: verdictSchema,
  informationClass: anyFactSchema,
  personalData: anyFactSchema,
  supplier: linked,
  models: linkedMany,
  /** Version of the system, for a bulk change. */
  version: z.int(),
  updatedAt: z.string(),
  demo: z.boolean(),
})
export type UseRow = z.infer<typeof useRowSchema>
export const usesPageSchema = z.object({
  items: z.array(useRowSchema),
  next: z.string().nullable(),
  previous: z.string().nullable(),
})
export type UsesPage = z.infer<typeof usesPageSchema>
/** `total`: all uses of the organisation asked for and of those below it. */
export const usesCountSchema = z.object({ count: z.int(), total: z.int() })
export type UsesCount = z.infer<typeof usesCountSchema>

export const systemRowSchema = z.object({
  systemId: z.uuid(),
  number: z.string(),
  name: z.string(),
  organisation,
  strictest: verdictSchema,
  stage: anyFactSchema,
  uses: z.int(),
})
export type SystemRow = z.infer<typeof systemRowSchema>
export const systemsPageSchema = z.object({ items: z.array(systemRowSchema), next: z.string().nullable() })

const because = z.string().trim().min(1).max(2000)
export const newSystemSchema = z.strictObject({
  organisationId: z.uuid(),
  facts: systemFactsSchema,
  uses: z
    .array(z.strictObject({ facts: useFactsSchema }))
    .min(1)
    .max(50),
  /** Why a new one is needed although similar uses were shown. */
  newBecause: because.optional(),
})
export type NewSystem = z.infer<typeof newSystemSchema>

export const systemChangeSchema = z.strictObject({
  facts: systemFactsSchema.optional(),
  uses: z
    .array(z.strictObject({ id: z.uuid(), facts: useFactsSchema }))
    .max(50)
    .optional(),
  organisationId: z.uuid().optional(),
  reason: because.optional(),
})
export type SystemChange = z.infer<typeof systemChangeSchema>

export const newUseSchema = z.strictObject({ facts: useFactsSchema, reason: because.optional() })
export const stageMoveSchema = z.strictObject({ to: stageSchema, on: z.iso.date(), reason: because.optional() })

export const reasonSchema = z.object({ code: z.string(), params: z.record(z.string(), z.unknown()) })
export const useDetailSchema = z.object({
  id: z.uuid(),
  position: z.int(),
  facts: factsOut,
  verdict: verdictSchema,
  ruledVerdict: verdictSchema.nullable(),
  stale: z.boolean(),
  staleFacts: z.array(staleFactSchema),
  assessmentId: z.uuid().nullable(),
})
export const systemDetailSchema = z.object({
  id: z.uuid(),
  number: z.string(),
  organisation,
  facts: factsOut,
  version: z.int(),
  uses: z.array(useDetailSchema),
  strictest: verdictSchema,
  names: z.object({
    suppliers: z.record(z.string(), z.string()),
    models: z.record(z.string(), z.object({ name: z.string(), version: z.string(), supplierId: z.uuid().nullable() })),
  }),
  allowedSteps: z.array(z.object({ to: stageSchema, open: z.boolean(), reasons: z.array(reasonSchema) })),
  newBecause: z.string().nullable(),
  origin: z.object({ importId: z.uuid(), rowNumber: z.int() }).nullable(),
  demo: z.boolean(),
  createdAt: z.string(),
  updatedAt: z.string(),
  may: z.record(z.enum(actions), z.boolean()),
})
export type SystemDetail = z.infer<typeof systemDetailSchema>
export const stageMovedSchema = z.discriminatedUnion('ok', [
  z.object({ ok: z.literal(true), system: systemDetailSchema }),
  z.object({ ok: z.literal(false), reasons: z.array(reasonSchema) }),
])
export type StageMoved = z.infer<typeof stageMovedSchema>

export const similarInputSchema = z.strictObject({
  organisationId: z.uuid().optional(),
  name: z.string().max(500),
  purpose: z.string().max(20_000).optional(),
  supplier: z.uuid().optional(),
  models: z.array(z.uuid()).max(50).optional(),
  /** Left out: the system that is being edited. */
  exceptSystemId: z.uuid().optional(),
})
export type SimilarInput = z.infer<typeof similarInputSchema>
export const similarBecause = ['name', 'purpose', 'supplier', 'model'] as const
export const similarUseSchema = z.object({
  useId: z.uuid(),
  systemId: z.uuid(),
  number: z.string(),
  name: z.string(),
  purpose: z.string(),
  organisation,
  sameMinistry: z.boolean(),
  stage: anyFactSchema,
  verdict: verdictSchema,
  reuse: anyFactSchema,
  /** 0…1; 1 is the same name and all else alike. */
  score: z.number(),
  because: z.array(z.enum(similarBecause)),
})
export type SimilarUse = z.infer<typeof similarUseSchema>
export const similarUsesSchema = z.object({ similar: z.array(similarUseSchema) })

export const changeKinds = [
  'registered',
  'imported',
  'changed',
  'use-added',
  'use-removed',
  'stage',
  'bulk',
  'removed',
] as const
export type ChangeKind = (typeof changeKinds)[number]
const doneBy = z.object({ name: nameSchema, post: nameSchema })
export const historyItemSchema = z.object({
  id: z.uuid(),
  at: z.string(),
  kind: z.enum(changeKinds),
  actor: doneBy.nullable(),
  role: z.string(),
  reason: z.string().nullable(),
  useId: z.uuid().nullable(),
  fields: z.array(
    z.object({
      scope: z.enum(['system', 'use']),
      field: z.enum(['organisation', ...fieldIds] as ['organisation', ...FieldId[]]),
      from: anyFactSchema,
      to: anyFactSchema,
    }),
  ),
  version: z.int(),
  /** Place in the transparency log, from 0; null for the moment until it has one. */
  logIndex: z.int().nullable(),
})
export type HistoryItem = z.infer<typeof historyItemSchema>
export const historySchema = z.object({
  items: z.array(historyItemSchema),
  next: z.string().nullable(),
  /** Of the ids that stand in the fields. */
  names: z.object({
    suppliers: z.record(z.string(), z.string()),
    models: z.record(z.string(), z.string()),
    organisations: z.record(z.string(), nameSchema),
    uses: z.record(z.string(), z.string()),
  }),
})
export type History = z.infer<typeof historySchema>

/** Facts by field, system and use together: a bulk change sets both kinds. */
export const factsByFieldSchema: z.ZodType<Facts> = z.record(z.string(), z.unknown()).transform((given, ctx) => {
  const facts: Partial<Record<FieldId, Fact>> = {}
  for (const [id, value] of Object.entries(given)) {
    const parsed = isFieldId(id) ? factSchema(id).safeParse(value) : undefined
    if (isFieldId(id) && parsed?.success) facts[id] = parsed.data
    else ctx.addIssue({ code: 'custom', path: [id], message: 'not a fact of this field' })
  }
  return facts
}) as unknown as z.ZodType<Facts>
