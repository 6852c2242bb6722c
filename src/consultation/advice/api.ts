import * as z from 'zod'

import { nameSchema } from '#access/model.ts'
import { reasonSchema } from '#register/api.ts'

import {
  adviceStates,
  conditionDeeds,
  conditionInputSchema,
  conditionStages,
  conditionStates,
  effects,
  longestAdvice,
} from './model.ts'

/** What the addresses of advice and conditions take and give; shared with the web. */

const organisation = z.object({
  id: z.uuid(),
  name: nameSchema,
  path: z.array(z.object({ id: z.uuid(), name: nameSchema })),
})
const words = z.string().trim().min(1).max(5000)
const reason = z.string().trim().min(1).max(2000)

export const conditionSchema = z.object({
  id: z.uuid(),
  caseId: z.uuid(),
  caseNumber: z.string().nullable(),
  systemId: z.uuid(),
  systemName: z.string(),
  /** That of the case. */
  organisation,
  position: z.int(),
  text: nameSchema,
  effect: z.enum(effects),
  stage: z.enum(conditionStages),
  owner: organisation,
  ownerUnit: z.string(),
  dueOn: z.string().nullable(),
  evidenceWanted: z.string(),
  binding: z.boolean(),
  state: z.enum(conditionStates),
  /** Open or reported, and its day is over. */
  overdue: z.boolean(),
  /** Of the wording, from 1. */
  number: z.int(),
  changeAsked: z.object({ words: z.string(), at: z.string() }).nullable(),
  since: z.string().nullable(),
  reportedAt: z.string().nullable(),
  settledAt: z.string().nullable(),
  version: z.int(),
  /** Deeds that are open to who asks. */
  may: z.array(z.enum(conditionDeeds)),
  demo: z.boolean(),
})
export type Condition = z.infer<typeof conditionSchema>

export const conditionEventSchema = z.object({
  id: z.uuid(),
  at: z.string(),
  type: z.enum(['bound', 'reported', 'sent-back', 'met', 'change-asked', 'changed', 'change-refused', 'withdrawn']),
  number: z.int(),
  words: z.string(),
  /** The wording from then on. */
  content: z.record(z.string(), z.unknown()).nullable(),
  by: nameSchema.nullable(),
  role: z.string(),
})
export type ConditionEvent = z.infer<typeof conditionEventSchema>
export const conditionDetailSchema = conditionSchema.extend({ events: z.array(conditionEventSchema) })
export type ConditionDetail = z.infer<typeof conditionDetailSchema>

export const adviceSchema = z.object({
  caseId: z.uuid(),
  /** Nothing while there is no draft, and for who does not see drafts. */
  advice: z
    .object({
      id: z.uuid(),
      state: z.enum(adviceStates),
      text: nameSchema,
      version: z.int(),
      updatedAt: z.string(),
      updatedBy: nameSchema.nullable(),
      adopted: z.object({ at: z.string(), by: nameSchema.nullable(), digest: z.string() }).nullable(),
    })
    .nullable(),
  conditions: z.array(conditionSchema),
  /** Why the advice cannot be adopted yet; empty where it can. For the Board's side only. */
  reasons: z.array(reasonSchema),
  /** Names of the members that the reasons point to, by id. */
  members: z.record(z.string(), nameSchema),
  published: z.array(z.object({ at: z.string(), entryId: z.uuid(), takenBack: z.boolean(), withheld: z.int() })),
  may: z.object({ draft: z.boolean(), adopt: z.boolean(), publish: z.boolean() }),
})
export type Advice = z.infer<typeof adviceSchema>

export const adviceTextSchema = z.strictObject({
  text: z.strictObject({ ja: z.string().trim().max(longestAdvice), en: z.string().trim().max(longestAdvice) }),
})
export const adoptedSchema = z.discriminatedUnion('ok', [
  z.object({ ok: z.literal(true), digest: z.string() }),
  z.object({ ok: z.literal(false), reasons: z.array(reasonSchema) }),
])
export type Adopted = z.infer<typeof adoptedSchema>

export const wordsSchema = z.strictObject({ words })
export const settlementSchema = z.discriminatedUnion('result', [
  z.strictObject({ result: z.literal('met'), words: z.string().trim().max(5000).default('') }),
  z.strictObject({ result: z.literal('sent-back'), words }),
])
export const revisionSchema = z.strictObject({ condition: conditionInputSchema, words: reason })
export const reasonedSchema = z.strictObject({ words: reason })

export const conditionFilters = ['to-meet', 'reported', 'overdue', 'change-asked', 'met', 'withdrawn', 'all'] as const
export type ConditionFilter = (typeof conditionFilters)[number]
export const conditionsQuerySchema = z.strictObject({
  show: z.enum(conditionFilters).default('all'),
  system: z.uuid().optional(),
  case: z.uuid().optional(),
  organisation: z.uuid().optional(),
  effect: z.enum(effects).optional(),
  stage: z.enum(conditionStages).optional(),
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(50),
})
export type ConditionsQuery = z.infer<typeof conditionsQuerySchema>
const counts = z.object({
  'to-meet': z.int(),
  reported: z.int(),
  overdue: z.int(),
  'change-asked': z.int(),
  met: z.int(),
  withdrawn: z.int(),
  all: z.int(),
})
export const conditionsPageSchema = z.object({
  items: z.array(conditionSchema),
  next: z.string().nullable(),
  /** Of all that the other filters leave. What is overdue is counted in `to-meet` or `reported` as well. */
  counts,
})
export type ConditionsPage = z.infer<typeof conditionsPageSchema>

/** A piece of advice that can be withheld: a paragraph, or one statement of a condition. */
export const publicPartSchema = z.object({
  id: z.string(),
  kind: z.enum(['paragraph', 'paragraph-en', 'condition', 'owner', 'due', 'evidence']),
  /** Number of the paragraph or of the condition, from 1. */
  number: z.int(),
  text: z.string(),
})
export type PublicPart = z.infer<typeof publicPartSchema>
export const withheldSchema = z.strictObject({ part: z.string().max(60), reason: z.string().trim().min(1).max(300) })
export const publicationInputSchema = z.strictObject({
  title: z.string().trim().min(1).max(200),
  about: z.string().trim().min(1).max(5000),
  withheld: z.array(withheldSchema).max(500),
})
export type PublicationInput = z.infer<typeof publicationInputSchema>
export const publicationStateSchema = z.object({
  parts: z.array(publicPartSchema),
  published: z
    .object({ at: z.string(), entryId: z.uuid(), content: z.string(), withheld: z.array(withheldSchema) })
    .nullable(),
})
export type PublicationState = z.infer<typeof publicationStateSchema>
export const publishedSchema = z.discriminatedUnion('ok', [
  z.object({ ok: z.literal(true), entryId: z.uuid(), number: z.string() }),
  z.object({ ok: z.literal(false), reasons: z.array(reasonSchema) }),
])
export type Published = z.infer<typeof publishedSchema>
