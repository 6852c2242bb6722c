import * as z from 'zod'

import { nameSchema, roleSchema } from '#access/model.ts'
import { provenances } from '#catalog/model-texts.ts'
import { reasonSchema, stageSchema } from '#register/api.ts'

import { effects, needStates, placeKinds, steppedInto } from './model.ts'

/** What the addresses of steps and waivers take and give; shared with the web. */

const provenance = z.enum(provenances)
export const needSchema = z.object({
  id: z.string(),
  effect: z.enum(effects),
  state: z.enum(needStates),
  title: nameSchema,
  text: nameSchema,
  /** Who does it. */
  role: roleSchema.nullable(),
  rule: z.string(),
  /** Title of the rule that asks for it. */
  reason: nameSchema,
  provenance: z.object({ ja: provenance, en: provenance }),
  sources: z.array(
    z.object({ document: z.string(), title: nameSchema, at: z.string().optional(), url: z.string().optional() }),
  ),
  place: z.object({ kind: z.enum(placeKinds), id: z.string().nullable(), useIds: z.array(z.uuid()) }),
  since: z.string().nullable(),
  unanswered: z.array(z.string()),
  waiverId: z.uuid().nullable(),
})

export const stepSchema = z.object({
  to: stageSchema,
  /** What the table of stages says against it. A reason to be written stands here too and does not close the step. */
  reasons: z.array(reasonSchema),
  needs: z.array(needSchema),
  /** Nothing stands in the way. */
  open: z.boolean(),
})
export type StepNeeds = z.infer<typeof stepSchema>

export const waiverSchema = z.object({
  id: z.uuid(),
  need: z.string(),
  title: nameSchema,
  step: z.enum(steppedInto),
  state: z.enum(['holds', 'ended', 'withdrawn']),
  /** The last day on which it holds. */
  untilOn: z.string().nullable(),
  reason: z.string(),
  at: z.string(),
  by: nameSchema.nullable(),
  withdrawn: z.object({ at: z.string(), reason: z.string(), by: nameSchema.nullable() }).nullable(),
})
export type Waiver = z.infer<typeof waiverSchema>

export const passageSchema = z.object({
  at: z.string(),
  fromStage: stageSchema,
  toStage: stageSchema,
  /** Titles of what was warned of, and of what had been waived. */
  warned: z.array(nameSchema),
  waived: z.array(nameSchema),
})

export const stepsSchema = z.object({
  systemId: z.uuid(),
  version: z.int(),
  from: stageSchema.nullable(),
  /** The edition that asks, and its questions that stand open, by id. */
  catalog: z.object({ catalog: z.string(), edition: z.string(), digest: z.string(), title: nameSchema }),
  questions: z.record(z.string(), nameSchema),
  steps: z.array(stepSchema),
  /** Open conditions of the Board, as far as the case may be seen. */
  conditions: z.array(
    z.object({
      id: z.uuid(),
      caseId: z.uuid(),
      position: z.int(),
      text: nameSchema,
      effect: z.enum(effects),
      stage: z.enum(steppedInto),
      state: z.enum(['open', 'reported']),
      dueOn: z.string().nullable(),
      overdue: z.boolean(),
    }),
  ),
  waivers: z.array(waiverSchema),
  passages: z.array(passageSchema),
  may: z.object({ waive: z.boolean() }),
})
export type Steps = z.infer<typeof stepsSchema>

export const reasonText = z.string().trim().min(1).max(2000)
export const newWaiverSchema = z.strictObject({
  need: z.string().min(1).max(100),
  step: z.enum(steppedInto),
  /** Left out: until it is withdrawn. */
  untilOn: z.iso.date().optional(),
  reason: reasonText,
})
export type NewWaiver = z.infer<typeof newWaiverSchema>
export const withdrawWaiverSchema = z.strictObject({ reason: reasonText })
