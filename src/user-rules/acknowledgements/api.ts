import * as z from 'zod'

import { nameSchema } from '#access/model.ts'
import { clauseChangeSchema, ruleVersionSchema } from '#user-rules/api.ts'
import { clauseIdSchema } from '#user-rules/model.ts'

import { standings } from './model.ts'

export const acknowledgedSchema = z.object({
  id: z.uuid(),
  versionId: z.uuid(),
  number: z.int(),
  digest: z.string(),
  at: z.string(),
})
export type Acknowledged = z.infer<typeof acknowledgedSchema>

/** `digest`: of what was shown; `read`: the box was ticked. */
export const acknowledgeSchema = z.strictObject({
  digest: z.string().regex(/^[0-9a-f]{64}$/),
  read: z.literal(true),
})

/** A check question as staff see it: without the answer. */
export const askedQuestionSchema = z.object({
  id: z.uuid(),
  question: nameSchema,
  choices: z.array(nameSchema),
  clause: clauseIdSchema.nullable(),
  answered: z.boolean(),
})
export type AskedQuestion = z.infer<typeof askedQuestionSchema>

export const myRuleSchema = z.object({
  version: ruleVersionSchema,
  standing: z.enum(standings).nullable(),
  acknowledged: z.object({ number: z.int(), at: z.string() }).nullable(),
  /** The last day in time; nothing while the person is not asked. */
  due: z.object({ on: z.string(), over: z.boolean() }).nullable(),
  /** Since the version the person acknowledged; empty when there is none. */
  changes: z.array(clauseChangeSchema),
  /** Sentences for staff that were not there before: id of the clause and place of the sentence, such as `u-06 0`. */
  newLines: z.array(z.string()),
  questions: z.array(askedQuestionSchema),
  /** The next version, which is adopted and not yet in force. */
  ahead: z.object({ number: z.int(), effectiveFrom: z.string() }).nullable(),
})
export type MyRule = z.infer<typeof myRuleSchema>

export const myRulesSchema = z.object({
  organisation: z.object({ id: z.uuid(), name: nameSchema }),
  /** Whether rules concern the person at all: the Board and auditors read them and are not asked. */
  staff: z.boolean(),
  /** Acts as a deputy: acknowledges nothing in this role. */
  deputy: z.boolean(),
  /** Days within which a rule is acknowledged. */
  dueDays: z.int(),
  rules: z.array(myRuleSchema),
})
export type MyRules = z.infer<typeof myRulesSchema>

export const answerSchema = z.strictObject({ choice: z.int().min(0).max(9) })
export const answeredSchema = z.object({
  right: z.boolean(),
  explanation: nameSchema,
  clause: clauseIdSchema.nullable(),
})
export type Answered = z.infer<typeof answeredSchema>

const words = z.strictObject({ ja: z.string().trim().min(1).max(500), en: z.string().trim().min(1).max(500) })
/** A check question as it is written. */
export const questionSchema = z
  .strictObject({
    id: z.uuid().optional(),
    question: words,
    choices: z.array(words).min(2).max(5),
    /** Which choice is right, from 0. */
    answer: z.int().min(0).max(4),
    explanation: words,
    clause: clauseIdSchema.nullable(),
  })
  .refine((q) => q.answer < q.choices.length, { path: ['answer'] })
export type Question = z.infer<typeof questionSchema>
export const mostQuestions = 5
export const questionsSchema = z.strictObject({ questions: z.array(questionSchema).max(mostQuestions) })

export const writtenQuestionsSchema = z.object({
  questions: z.array(
    z.object({
      id: z.uuid(),
      question: nameSchema,
      choices: z.array(nameSchema),
      answer: z.int(),
      explanation: nameSchema,
      clause: clauseIdSchema.nullable(),
      /** How often each choice was the first; nothing while too few answered. */
      first: z.array(z.int()).nullable(),
    }),
  ),
  /** From so many answers on they are shown. */
  fewestAnswers: z.int(),
  mayWrite: z.boolean(),
  /** For If-Match. */
  version: z.int(),
})
export type WrittenQuestions = z.infer<typeof writtenQuestionsSchema>

export const usableSystemSchema = z.object({
  id: z.uuid(),
  number: z.string(),
  name: nameSchema,
  purpose: z.string().nullable(),
  organisation: nameSchema,
  /** The rule in force of the system. */
  rule: z.object({ number: z.int(), effectiveFrom: z.string() }).nullable(),
  /** Since when the person uses it, as the person said. */
  usedSince: z.string().nullable(),
})
export type UsableSystem = z.infer<typeof usableSystemSchema>

const counts = z.object({
  staff: z.int(),
  this: z.int(),
  wording: z.int(),
  earlier: z.int(),
  never: z.int(),
  /** Of `earlier` and `never`: those whose last day is over. */
  earlierOver: z.int(),
  neverOver: z.int(),
})
export type Counts = z.infer<typeof counts>

export const followedRuleSchema = z.object({
  ruleId: z.uuid(),
  versionId: z.uuid(),
  level: z.enum(['ministry', 'system']),
  name: nameSchema,
  number: z.int(),
  askedNumber: z.int(),
  effectiveFrom: z.string(),
  askedFrom: z.string(),
  digest: z.string(),
  questions: z.int(),
})
export type FollowedRule = z.infer<typeof followedRuleSchema>

export const followedSchema = z.object({
  rule: followedRuleSchema,
  /** The place that is shown, and those above it as far as the role reaches. */
  organisation: z.object({ id: z.uuid(), name: nameSchema }),
  above: z.array(z.object({ id: z.uuid(), name: nameSchema })),
  total: counts,
  /** The place itself without what lies below it (`itself`), and each place below with all that lies below that one. */
  rows: z.array(counts.extend({ id: z.uuid(), name: nameSchema, itself: z.boolean(), below: z.boolean() })),
  dueDays: z.int(),
  /** When everybody who was there on the first day should have acknowledged. */
  dueOn: z.string(),
  reminder: z.object({
    /** Whether this place, or one above it, was told today. */
    toldToday: z.boolean(),
    last: z.object({ at: z.string(), people: z.int() }).nullable(),
    may: z.boolean(),
  }),
})
export type Followed = z.infer<typeof followedSchema>

export const showns = [...standings, 'missing', 'over'] as const
export const missingQuery = z.strictObject({
  rule: z.uuid(),
  organisation: z.uuid().optional(),
  /** `missing`: earlier and never; `over`: of those, whose last day is over. */
  show: z.enum(showns).default('missing'),
})
export type MissingQuery = z.infer<typeof missingQuery>
export const staffRowSchema = z.object({
  id: z.uuid(),
  name: nameSchema,
  post: nameSchema,
  organisation: nameSchema,
  standing: z.enum(standings),
  number: z.int().nullable(),
  at: z.string().nullable(),
  dueOn: z.string(),
  over: z.boolean(),
})
export type StaffRow = z.infer<typeof staffRowSchema>
export const staffPageSchema = z.object({ items: z.array(staffRowSchema), next: z.string().nullable() })
export type StaffPage = z.infer<typeof staffPageSchema>

export const remindSchema = z.strictObject({ rule: z.uuid(), organisation: z.uuid() })
export const remindedSchema = z.object({ people: z.int() })
