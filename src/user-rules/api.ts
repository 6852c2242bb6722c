import { z } from 'zod'

import { nameSchema } from '#access/model.ts'

import { clauseContentSchema, clauseIdSchema, contactSchema, levels, ruleStates } from './model.ts'

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
