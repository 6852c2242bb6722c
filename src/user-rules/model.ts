import { z } from 'zod'

import { settingSchema, wordsSchema } from './settings.ts'

/** Sections of a rule: those of the Model User's Rule (DS-920 v1.0, reference 2). */
export const sections = ['purpose', 'before-use', 'input', 'output', 'contact'] as const
export type Section = (typeof sections)[number]

/** What a sentence for staff says: what may be done, what is not done, what is always done, or a plain statement. */
export const staffKinds = ['do', 'dont', 'always', 'text'] as const

/** A sentence on the staff page. It is right without its label. */
export const staffLineSchema = z.strictObject({ kind: z.enum(staffKinds), ...wordsSchema.shape })
export type StaffLine = z.infer<typeof staffLineSchema>

/** Ids are stable over versions: those of the guide (`u-06`, `x-voice`, `s-users`) or `c-…` of the ministry's own. */
export const clauseIdSchema = z.string().regex(/^[a-z0-9][a-z0-9-]{0,59}$/)

/** What changed, in words for staff. */
export const changeNoteSchema = z.strictObject({ title: wordsSchema, text: wordsSchema })
export type ChangeNote = z.infer<typeof changeNoteSchema>

/** What a clause says, as it is edited. */
export const clauseContentSchema = z.strictObject({
  section: z.enum(sections),
  heading: wordsSchema,
  /** The text of the article. */
  text: wordsSchema,
  /** Sentences for the staff page; none when the article says nothing that staff do. */
  staff: z.array(staffLineSchema).max(20),
  settings: z.array(settingSchema).max(100),
  change: changeNoteSchema.nullable(),
  /** Why the change is one of words alone; nothing when it may be one of substance. */
  wordingOnly: z.string().min(1).max(1000).nullable(),
})
export type ClauseContent = z.infer<typeof clauseContentSchema>

/** Where staff turn to. */
export const contactSchema = z.strictObject({
  unit: wordsSchema,
  phone: z.string().max(100),
  mail: z.string().max(200),
})
export type Contact = z.infer<typeof contactSchema>

/** Stored states of a version. Whether an adopted one is in force or over is a matter of the date (`stateOn`). */
export const storedStates = ['draft', 'review', 'adopted'] as const
export type StoredState = (typeof storedStates)[number]
export const ruleStates = ['draft', 'review', 'adopted', 'in-force', 'ended'] as const
export type RuleState = (typeof ruleStates)[number]

export const levels = ['ministry', 'system'] as const
export type Level = (typeof levels)[number]

type Dated = {
  readonly state: StoredState
  /** `YYYY-MM-DD`, a day of the office. */
  readonly effectiveFrom: string | null
  readonly endedFrom: string | null
  /** The first day of the version that came after; nothing while there is none. */
  readonly followedFrom: string | null
}

/** @param on `YYYY-MM-DD` */
export function stateOn(version: Dated, on: string): RuleState {
  if (version.state !== 'adopted') return version.state
  const { effectiveFrom, endedFrom, followedFrom } = version
  if ([endedFrom, followedFrom].some((day) => day !== null && day <= on)) return 'ended'
  return effectiveFrom !== null && effectiveFrom <= on ? 'in-force' : 'adopted'
}

/** What became of a rule, as the history and the log tell it. */
export const ruleEventTypes = [
  'rule-begun',
  'version-begun',
  'clause-added',
  'clause-changed',
  'clause-moved',
  'clause-removed',
  'clause-restored',
  'meaning-confirmed',
  'version-changed',
  'review-began',
  'review-confirmed',
  'review-sent-back',
  'back-to-draft',
  'adopted',
  'in-force',
  'ended',
  'discarded',
] as const
