import { z } from 'zod'

import { nameSchema } from '#access/model.ts'

import { patterns } from './model.ts'
import { states } from './workflow.ts'

const systemNamed = z.object({ id: z.uuid(), number: z.string(), name: z.string() })

export const procurementRowSchema = z.object({
  id: z.uuid(),
  number: z.string(),
  title: z.string(),
  state: z.enum(states),
  pattern: z.enum(patterns).nullable(),
  system: systemNamed,
  organisation: nameSchema,
  /** Of the Procurement Check Sheet: included + leftOut + undecided = items. */
  counts: z.object({
    items: z.int(),
    included: z.int(),
    leftOut: z.int(),
    undecided: z.int(),
    agreed: z.int(),
    proved: z.int(),
  }),
  waits: z.array(z.object({ what: z.string(), count: z.int(), since: z.string().nullable() })),
  createdAt: z.string(),
  updatedAt: z.string(),
})
export type ProcurementRow = z.infer<typeof procurementRowSchema>

/** A system in the stage of procurement without one. `since`: ISO 8601, as precise as known. */
export const systemWithoutSchema = z.object({ ...systemNamed.shape, organisation: nameSchema, since: z.string() })
export type SystemWithout = z.infer<typeof systemWithoutSchema>

export const procurementListSchema = z.object({
  procurements: z.array(procurementRowSchema),
  next: z.string().nullable(),
  /** On the first page: those of the own organisation, at most 100. */
  without: z.array(systemWithoutSchema),
})
export type ProcurementList = z.infer<typeof procurementListSchema>
