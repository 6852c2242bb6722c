import * as z from 'zod'

import { type Catalog, cannotDecide } from '#catalog/model.ts'
import type { Answers, AnswerValue, Result } from '#catalog/model-result.ts'
import type { FieldId } from '#register/fields.ts'
import { anyFactSchema, staleFactSchema, verdictSchema } from '#register/api.ts'
import { type Fact, type Verdict, verdicts } from '#register/model.ts'

/** What the finder's addresses take and give; shared with the web. */

const unknownAnswer = z.strictObject({ unknown: z.literal(true) })
/** An option, several options, a number, a day or a text; or that it is not known. */
export const answerSchema: z.ZodType<AnswerValue> = z.union([
  z.string().max(20_000),
  z.number(),
  z.array(z.string().max(200)).max(500),
  unknownAnswer,
])
/** Answers by question id; a question that is not there has not been answered. */
export const answersSchema: z.ZodType<Answers> = z.record(z.string().max(120), answerSchema)

const open = z.record(z.string(), z.unknown())
/** The engine's result, `Result` of `#catalog/model-result.ts`, as it was stored. */
export const resultSchema = open.meta({ description: 'Result of the catalog engine' }) as unknown as z.ZodType<Result>

const bilingual = z.object({ ja: z.string(), en: z.string() })
/** null: the person is no longer there. */
const doneBy = z.object({ name: bilingual, post: bilingual }).nullable()
/** What a Chief AI Officer may decide, whatever the rule says. */
export const judgedVerdicts = ['consult-board', 'proceed', 'out-of-scope'] as const
export type JudgedVerdict = (typeof judgedVerdicts)[number]

export const judgementSchema = z.object({
  verdict: z.enum(judgedVerdicts),
  reason: z.string(),
  by: doneBy,
  at: z.string(),
})
export type Judgement = z.infer<typeof judgementSchema>

export const assessmentSchema = z.object({
  id: z.uuid(),
  useId: z.uuid(),
  catalog: z.string(),
  edition: z.string(),
  digest: z.string(),
  answers: answersSchema,
  result: resultSchema,
  /** What the rule says: an outcome id of the edition, or `cannot-decide`. */
  outcome: z.string(),
  /** What holds: the judgement where there is one, else the outcome. */
  effective: verdictSchema,
  judgement: judgementSchema.nullable(),
  madeAt: z.string(),
  madeBy: doneBy,
  role: z.string(),
  /** Only the assessment that counts now can be stale. */
  stale: z.boolean(),
  staleFacts: z.array(staleFactSchema),
})
export type Assessment = z.infer<typeof assessmentSchema>

export const prefillSchema = z.object({ answer: answerSchema, field: z.string(), fact: anyFactSchema })
export type Prefill = { readonly answer: AnswerValue; readonly field: FieldId; readonly fact: Fact }

/** Why an action is not open to the person, for the sentence beside it. */
const permission = z.object({
  open: z.boolean(),
  action: z.string(),
  roles: z.array(z.string()),
  /** The roles would do, but the use belongs to another organisation. */
  outside: z.boolean(),
})
export type Permission = z.infer<typeof permission>

export const finderSchema = z.object({
  use: z.object({
    useId: z.uuid(),
    systemId: z.uuid(),
    name: z.string(),
    useName: z.string().nullable(),
    number: z.string(),
    organisation: z.object({ id: z.uuid(), name: bilingual }),
    version: z.number().int(),
  }),
  catalog: z.object({ id: z.string(), edition: z.string(), digest: z.string() }),
  /** By question. A question whose fact is unanswered is left out; one whose fact says why it is absent is `unknown`. */
  prefilled: z.record(z.string(), prefillSchema),
  draft: z.object({ answers: answersSchema, at: z.string() }).nullable(),
  current: assessmentSchema.nullable(),
  /** Newest first, the current one included. */
  history: z.array(assessmentSchema),
  may: z.object({ assess: permission, 'override-verdict': permission, 'change-system': permission }),
})
export type Finder = z.infer<typeof finderSchema>

export const assessInputSchema = z.strictObject({
  answers: answersSchema,
  catalog: z.string().max(120),
  edition: z.string().max(60),
  /** Writes answers that differ from the register back into it. */
  updateRegister: z.boolean().optional(),
})
export const judgeInputSchema = z.strictObject({
  verdict: z.enum(judgedVerdicts),
  reason: z.string().trim().min(1).max(4000),
})
export const rejudgeInputSchema = z.strictObject({
  catalog: z.string().max(120),
  edition: z.string().max(60),
  organisationId: z.uuid().optional(),
  /** true: a new assessment is made for each use that was judged; the old ones stay. */
  record: z.boolean(),
})
export const rejudgementSchema = z.object({
  differs: z.array(
    z.object({
      useId: z.uuid(),
      systemId: z.uuid(),
      number: z.string(),
      name: z.string(),
      from: verdictSchema,
      to: verdictSchema,
      /** The Chief AI Officer had decided otherwise than the rule. */
      judged: z.boolean(),
    }),
  ),
  same: z.number().int(),
  /** Cannot be decided under the edition with the answers that are stored. Those that could be before are in `differs` too. */
  cannotJudge: z.number().int(),
  recorded: z.number().int(),
})
export type Rejudgement = z.infer<typeof rejudgementSchema>

export const staleUsesSchema = z.object({
  items: z.array(
    z.object({
      useId: z.uuid(),
      systemId: z.uuid(),
      number: z.string(),
      name: z.string(),
      organisation: z.object({ id: z.uuid(), name: bilingual }),
      verdict: verdictSchema,
      staleFacts: z.array(staleFactSchema),
      judgedAt: z.string().nullable(),
    }),
  ),
})

/** The register's word for an outcome. A rule that decides nothing says `cannot-decide`, never `proceed`. */
export const verdictOf = (outcome: string | null): Verdict =>
  outcome !== null && outcome !== 'not-reported' && (verdicts as readonly string[]).includes(outcome)
    ? (outcome as Verdict)
    : cannotDecide

/** The outcomes of an edition that the register has no word for: with one of them it cannot be the finder in force. */
export const strangeOutcomes = (catalog: Pick<Catalog, 'outcomes'>): string[] =>
  catalog.outcomes.map((o) => o.id).filter((id) => !(judgedVerdicts as readonly string[]).includes(id))
