import { z } from 'zod'

import { nameSchema } from '#access/model.ts'

import { itemKinds, reasonSchema } from './model.ts'

export const evidenceSchema = z.object({
  id: z.uuid(),
  item: z.object({ kind: z.enum(itemKinds), id: z.uuid() }),
  title: z.string(),
  fileName: z.string(),
  mediaType: z.string(),
  bytes: z.int(),
  sha256: z.string(),
  classification: z.string(),
  addedAt: z.string(),
  addedBy: nameSchema.nullable(),
  withdrawn: z.object({ at: z.string(), by: nameSchema.nullable(), because: z.string() }).nullable(),
})
export type Evidence = z.infer<typeof evidenceSchema>

export const evidenceListQuery = z.strictObject({ itemKind: z.enum(itemKinds), itemId: z.uuid() })

export const evidenceListSchema = z.object({
  items: z.array(evidenceSchema),
  /** What the form offers and holds a file against before it is sent. */
  rules: z.object({
    bytes: z.int(),
    endings: z.array(z.string()),
    classifications: z.array(z.string()),
  }),
  /** Open deeds; for each that is not, the page words the refusal. */
  may: z.object({ add: z.boolean(), withdraw: z.boolean() }),
})
export type EvidenceList = z.infer<typeof evidenceListSchema>

export const withdrawSchema = z.strictObject({ because: reasonSchema })
export const proofSchema = z.object({ ok: z.boolean(), sha256: z.string(), bytes: z.int() })
