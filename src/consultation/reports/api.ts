import * as z from 'zod'

import { deeds, eventTypes, figuresSchema, riskCasesSchema, states, textsSchema } from './model.ts'

/** The shapes of the addresses of periodic reports; shared with the web. */

const bilingual = z.object({ ja: z.string(), en: z.string() })
const day = z.iso.date()
const period = z.object({ key: z.string(), from: day, to: day, dueOn: day })

const reportRow = z.object({ id: z.uuid(), number: z.int(), state: z.enum(states), submittedAt: z.string().nullable() })
export const reportListSchema = z.object({
  periods: z.array(
    period.extend({
      current: z.boolean(),
      rows: z.array(
        z.object({
          organisation: z.object({ id: z.uuid(), name: bilingual }),
          /** Newest version first; empty: nothing is there that may be seen. */
          reports: z.array(reportRow),
          /** Nothing was submitted and the day it was due is over. */
          overdue: z.boolean(),
          mayCompose: z.boolean(),
        }),
      ),
    }),
  ),
  rule: z.object({ provenance: z.string(), source: z.object({ document: z.string(), at: z.string() }) }),
})
export type ReportList = z.infer<typeof reportListSchema>

export const composeSchema = z.strictObject({
  period: z.string().regex(/^\d{4}-\d{2}$/),
  organisationId: z.uuid().optional(),
})
export const writeSchema = z.strictObject({ texts: textsSchema, riskCases: riskCasesSchema.nullable() })
export type WriteReport = z.infer<typeof writeSchema>
export const sendBackSchema = z.strictObject({ note: z.string().trim().min(1).max(2000) })

const who = z.object({ name: bilingual, post: bilingual }).nullable()
const change = z.object({ at: z.string(), was: z.number(), now: z.number() })
const deed = z.object({ ok: z.boolean(), because: z.enum(['wrong-state', 'not-permitted']).optional() })
export const reportSchema = z.object({
  id: z.uuid(),
  organisation: z.object({ id: z.uuid(), name: bilingual }),
  period,
  number: z.int(),
  state: z.enum(states),
  figures: figuresSchema,
  figuresAt: z.string(),
  texts: textsSchema,
  riskCases: riskCasesSchema.nullable(),
  checkedAt: z.string().nullable(),
  checkedBy: who,
  submittedAt: z.string().nullable(),
  submittedBy: who,
  /** SHA-256 of what was submitted. */
  digest: z.string().nullable(),
  version: z.int(),
  /** Other versions of the same period, newest first. */
  others: z.array(reportRow),
  events: z.array(
    z.object({
      id: z.uuid(),
      at: z.string(),
      type: z.enum(eventTypes),
      by: who,
      role: z.string(),
      note: z.string().nullable(),
    }),
  ),
  can: z.record(z.enum(deeds), deed),
  replaceable: z.boolean(),
})
export type Report = z.infer<typeof reportSchema>
export const figuresNowSchema = z.object({ at: z.string(), changes: z.array(change) })
export type FiguresNow = z.infer<typeof figuresNowSchema>
