import { z } from 'zod'

import { nameSchema } from '#access/model.ts'

import {
  clauseStates,
  lacks,
  patterns,
  presetSchema,
  proofKinds,
  proofStages,
  proofStates,
  proposalSchema,
  sheetKinds,
  sheetStates,
  ways,
} from './model.ts'
import { states } from './workflow.ts'

/** A proof of one item: evidence attached to it, or a setting of the user's rule. */
export const proofSchema = z.object({
  id: z.uuid(),
  kind: z.enum(proofKinds),
  what: z.string(),
  setting: z.string().nullable(),
  responsible: z.string(),
  stage: z.enum(proofStages),
  /** ISO 8601 day. */
  dueOn: z.string().nullable(),
  state: z.enum(proofStates),
  doneAt: z.string().nullable(),
  version: z.int(),
})
export type ItemProof = z.infer<typeof proofSchema>

export const sheetItemSchema = z.object({
  id: z.uuid(),
  /** `p-06`; `labelOf` gives the label people read. */
  item: z.string(),
  sheet: z.enum(sheetKinds),
  position: z.int(),
  group: z.string(),
  preset: presetSchema,
  proposal: proposalSchema,
  included: z.boolean().nullable(),
  reason: z.string().nullable(),
  decidedAt: z.string().nullable(),
  /** Text of the specification, Japanese. */
  requirement: z.string(),
  /** Its number in the specification, `3.2.4`; empty while it has none. */
  chapter: z.string(),
  evidence: z.array(z.string()),
  verification: z.array(z.enum(ways)),
  clause: z.object({
    text: z.string(),
    number: z.string(),
    state: z.enum(clauseStates),
    agreedOn: z.string().nullable(),
  }),
  proofs: z.array(proofSchema),
  /** Files attached to the item and not withdrawn. */
  files: z.int(),
  lack: z.enum(lacks).nullable(),
  version: z.int(),
})
export type SheetItem = z.infer<typeof sheetItemSchema>

export const sheetSchema = z.object({
  id: z.uuid(),
  number: z.string(),
  title: z.string(),
  system: z.object({ id: z.uuid(), number: z.string(), name: z.string() }),
  organisation: z.object({ id: z.uuid(), name: nameSchema, path: z.array(z.uuid()) }),
  pattern: z.enum(patterns).nullable(),
  state: z.enum(states),
  /** What proposed the items. */
  catalog: z.string(),
  edition: z.string(),
  digest: z.string(),
  proposedAt: z.string(),
  createdAt: z.string(),
  updatedAt: z.string(),
  version: z.int(),
  /** Both sheets, in order: first the procurement checks, then the contract checks. */
  items: z.array(sheetItemSchema),
  states: z.object({ 'procurement-check': z.enum(sheetStates), 'contract-check': z.enum(sheetStates) }),
})
export type Sheet = z.infer<typeof sheetSchema>
