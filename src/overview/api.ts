import * as z from 'zod'

import { roles } from '#access/model.ts'
import { waitScreens } from '#register/waits.ts'

/** What the overview's addresses give; shared with the web. */

/**
 * The list that shows exactly what was counted: query of `GET /uses` and of the register screen. A figure without its
 * filter is not sent.
 */
export const filterSchema = z.record(z.string(), z.string())
export type Filter = z.infer<typeof filterSchema>

/** A figure and the list that shows it. */
export const figureSchema = z.object({ count: z.number().int(), filter: filterSchema })
export type Figure = z.infer<typeof figureSchema>

/** Columns of the tables, in the order in which they are shown. */
export const overviewVerdicts = ['consult-board', 'proceed', 'cannot-decide', 'out-of-scope', 'not-reported'] as const

const counts = z.object({
  'consult-board': figureSchema,
  proceed: figureSchema,
  'cannot-decide': figureSchema,
  'out-of-scope': figureSchema,
  'not-reported': figureSchema,
})
/** `key`: a code, or the absence (`unanswered`, `unknown`, …) that stands in its place. */
const row = z.object({ key: z.string(), counts, total: figureSchema })
export type OverviewRow = z.infer<typeof row>

const bilingual = z.object({ ja: z.string(), en: z.string() })
const organisationRow = row.extend({
  name: bilingual,
  /** Only the uses held by the organisation itself, not by those below it. */
  itselfOnly: z.boolean(),
})
export type OrganisationRow = z.infer<typeof organisationRow>

/** Who acts next; `bureau` is the person in a bureau who collects the reports, not a role of sign-in. */
export const waitingParties = [...roles, 'bureau'] as const
/** What waits in the register; the codes of the other rooms are theirs, worded where their texts are. */
export const waitingTasks = ['confirm-verdict', 'answer-finder', 'judge-again', 'report-verdict'] as const
const waiting = z.object({
  who: z.enum(waitingParties),
  what: z.string(),
  /** The screen whose list shows exactly these, with `filter` as its query. */
  screen: z.enum(['register', ...waitScreens]),
  count: z.number().int(),
  /** ISO 8601, UTC: since when the one that waits longest has waited. */
  oldest: z.string().nullable(),
  filter: filterSchema,
})
export type Waiting = z.infer<typeof waiting>

export const fieldStates = ['value', 'not-applicable', 'unknown', 'withheld', 'waived', 'unanswered'] as const
const fieldRow = z.object({
  field: z.string(),
  value: z.number().int(),
  'not-applicable': z.number().int(),
  unknown: z.number().int(),
  withheld: z.number().int(),
  waived: z.number().int(),
  unanswered: z.number().int(),
  /** By state. `value` has none where the list cannot be filtered by having a value. */
  filters: z.record(z.string(), filterSchema),
})
export type FieldRow = z.infer<typeof fieldRow>

const effectRow = z.object({
  key: z.string(),
  uses: figureSchema,
  /** Hours a year, sum over the uses that state an expectation. */
  expected: z.number(),
  expectedKnown: z.number().int(),
  /** Hours a year, sum over the uses that were measured. A use not measured adds nothing: it is in `notMeasured`. */
  measured: z.number(),
  measuredKnown: z.number().int(),
  notMeasured: figureSchema,
})
export type EffectRow = z.infer<typeof effectRow>

export const overviewSchema = z.object({
  at: z.string(),
  organisation: z.object({ id: z.uuid(), name: bilingual, kind: z.string() }),
  uses: figureSchema,
  systems: z.number().int(),
  edition: z.object({ catalog: z.string(), edition: z.string(), title: bilingual }).nullable(),
  waiting: z.array(waiting),
  byStage: z.array(row),
  byOrganisation: z.array(organisationRow),
  byField: z.array(row),
  total: row,
  stale: figureSchema,
  notReported: z.object({
    verdict: figureSchema,
    ofAll: z.number().int(),
    inOperation: figureSchema,
    fields: z.array(fieldRow),
  }),
  /** Uses in operation. */
  effect: z.object({
    uses: figureSchema,
    expectedTotal: z.number(),
    expectedKnown: z.number().int(),
    measuredTotal: z.number(),
    measured: z.number().int(),
    notMeasured: figureSchema,
    byField: z.array(effectRow),
  }),
})
export type Overview = z.infer<typeof overviewSchema>

/** Figures of the register are not there for whoever does not read it. */
export const navigationCountsSchema = z.object({
  register: z.int().optional(),
  notReported: z.int().optional(),
  imports: z.int().optional(),
  cannotDecide: z.int().optional(),
  stale: z.int().optional(),
  /** What waits for the role of who asks, by screen; a screen on which nothing waits is not there. */
  waits: z.partialRecord(z.enum(waitScreens), z.int()),
})
export type NavigationCounts = z.infer<typeof navigationCountsSchema>
