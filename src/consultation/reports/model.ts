import * as z from 'zod'

/** Sections of a report; each has a text that the office writes. */
export const sections = [
  'overview',
  'uses',
  'movements',
  'high-risk',
  'overrides',
  'effect',
  'risk-cases',
  'conditions',
  'plans',
] as const
export type SectionId = (typeof sections)[number]

export const states = ['draft', 'checked', 'submitted'] as const
export type State = (typeof states)[number]
export const eventTypes = ['composed', 'recomputed', 'written', 'checked', 'sent-back', 'submitted'] as const
export type EventType = (typeof eventTypes)[number]

/** Who does what when: the office composes, the CAIO checks and submits (DS-920 caio-08); the states are our preset. */
export const workflow = {
  draft: { write: 'draft', recompute: 'draft', check: 'checked' },
  checked: { 'send-back': 'draft', submit: 'submitted' },
  submitted: {},
} as const satisfies Record<State, Partial<Record<string, State>>>
export const deeds = ['write', 'recompute', 'check', 'send-back', 'submit'] as const
export type Deed = (typeof deeds)[number]

/** In the order in which they are shown; each use has exactly one. */
export const reportVerdicts = ['consult-board', 'proceed', 'cannot-decide', 'out-of-scope', 'not-reported'] as const

const count = z.int().min(0)
const counts = z.record(z.string(), count)
const namedSystem = z.object({ systemId: z.uuid(), number: z.string(), name: z.string() })
export type NamedSystem = z.infer<typeof namedSystem>

/**
 * What a report counts. Uses by stage and verdict, each use once; what was not reported is a count of its own and in no
 * other. Hours are hours a year.
 */
export const figuresSchema = z.object({
  systems: count,
  uses: count,
  byStage: z.array(z.object({ stage: z.string(), verdicts: counts, total: count })),
  /** Uses without a verdict, and uses of which the stage was not reported. */
  notReported: z.object({ verdict: count, stage: count }),
  movements: z.object({ added: z.array(namedSystem), changed: z.array(namedSystem), retired: z.array(namedSystem) }),
  highRisk: z.array(
    namedSystem.extend({
      use: z.string(),
      stage: z.string(),
      /** The CAIO has decided on the verdict. */
      judged: z.boolean(),
      case: z.object({ number: z.string().nullable(), state: z.string() }).nullable(),
    }),
  ),
  overrides: z.array(namedSystem.extend({ use: z.string(), ruled: z.string(), decided: z.string() })),
  /** Of the uses in operation. */
  effect: z.object({
    uses: count,
    expectedHours: z.number(),
    expectedKnown: count,
    measuredHours: z.number(),
    measuredKnown: count,
    notMeasured: count,
  }),
  /** Conditions of advice by state, and those past their day. */
  conditions: z.object({ open: count, reported: count, met: count, withdrawn: count, overdue: count }),
})
export type Figures = z.infer<typeof figuresSchema>

/** Entered by hand. `count` null: not known yet. */
export const riskCasesSchema = z.strictObject({
  count: z.int().min(0).max(100_000).nullable(),
  text: z.string().trim().max(5000),
  source: z.string().trim().max(500),
})
export type RiskCases = z.infer<typeof riskCasesSchema>
export const textsSchema = z.partialRecord(z.enum(sections), z.string().max(10_000))
export type ReportTexts = z.infer<typeof textsSchema>
