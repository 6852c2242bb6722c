import type { Provenance, SourcePlace } from './model-texts.ts'

/** What a person may know of an answer: a value, or that it is not known. */
export type UnknownAnswer = { unknown: true }
export type AnswerValue = string | number | readonly string[] | UnknownAnswer
/** Answers by question id. A question that is not there is not known (or, when optional, not answered). */
export type Answers = { readonly [question: string]: AnswerValue | undefined }

/** Codes of what can be wrong with answers that come from outside. */
export type AnswerFaultCode =
  | 'answers-not-an-object'
  | 'no-such-question'
  | 'no-such-option'
  | 'wrong-answer-type'
  | 'exclusive-with-others'
  | 'option-twice'
  | 'out-of-range'
  | 'not-whole'
  | 'no-such-day'
  | 'too-long'
export type AnswerFault = { code: AnswerFaultCode; question: string; params: Record<string, unknown> }

/** A number, or the bounds within which it must lie; `null` bounds are open. `null` alone: it has no value (division by zero). */
export type Amount = number | { from: number | null; to: number | null } | null

export type Because =
  | { kind: 'outcome'; id: string }
  | { kind: 'band'; level: string; id: string }
  | { kind: 'rule'; table: string; id: string }
  | { kind: 'when' }
export type DutyResult = { id: string; holds: 'yes' | 'possible'; because: Because[] }

export type LookedAt = { question: string; answer: AnswerValue | null }
export type Fired = {
  table: string
  rule: string
  gives: string
  /** It decided the outcome, alone or with others. */
  decisive: boolean
  lookedAt: LookedAt[]
  /** Per language of the catalog. */
  provenance: Record<string, Provenance>
  source: SourcePlace[]
}

export type LevelResult = { band: string | null; possible: string[]; value: Amount; share: Amount }
export type Step = { question: string; option: string | null; to: { question: string } | { outcome: string } }

export type Result = {
  /** An outcome id, `cannot-decide`, or null where the catalog decides nothing. */
  outcome: string | null
  /** Outcomes that some completion of the unknown answers may still give, strictest first. Never leaves one out. */
  possible: string[]
  scores: Record<string, { value: Amount; maximum: number | null }>
  values: Record<string, Amount>
  levels: Record<string, LevelResult>
  labels: { certain: string[]; possible: string[] }
  /** What each table gives for certain, and what it may give besides. */
  tables: Record<string, { gives: string[]; possible: string[] }>
  /** Of lists with `applies-when`: items that apply for certain (without condition always), and that may apply. */
  applies: Record<string, { certain: string[]; possible: string[] }>
  visible: string[]
  maybeVisible: string[]
  /** Unanswered visible questions, optional ones left out: what a form still has to ask. */
  unanswered: string[]
  /** Unanswered questions on which the outcome still depends; empty when it is settled. */
  matter: string[]
  fired: Fired[]
  /** Rules that fire in some completions only. */
  mayFire: { table: string; rule: string; gives: string }[]
  /** Of a tree: the steps that are certain. */
  path: Step[]
  duties: DutyResult[]
}
