import type { Question } from '#catalog/model.ts'
import type { Answers, AnswerValue } from '#catalog/model-result.ts'
import { fieldOf, type FieldId, isFieldId } from '#register/fields.ts'
import { type Fact, factOf, type Facts, type FactValue } from '#register/model.ts'

import type { Prefill } from './api.ts'

/**
 * From the register to the finder and back. The catalog says which field answers which question (`register-field`); no
 * field and no question is named here.
 */
type Linked = Question & { readonly 'register-field': NonNullable<Question['register-field']> }

const unknown = { unknown: true } as const
const isFullDay = (value: string) => /^\d{4}-\d{2}-\d{2}$/.test(value)

export const fieldOfQuestion = (question: Question): FieldId | undefined => {
  const field = question['register-field']?.field
  return field !== undefined && isFieldId(field) ? field : undefined
}

/** The questions of an edition that the register can answer, with the field that does. */
export function linkedQuestions(questions: readonly Question[]): { question: Linked; field: FieldId }[] {
  return questions.flatMap((question) => {
    const field = fieldOfQuestion(question)
    return field === undefined ? [] : [{ question: question as Linked, field }]
  })
}

function optionOf(question: Linked, code: string): string | undefined {
  const mapped = question['register-field'].values?.[code] ?? code
  const options = 'options' in question ? question.options : []
  return options.some((o) => o.id === mapped) ? mapped : undefined
}

/** A value that the question has no exact word for is not known: an answer is never nearer than the register. */
function answerFor(question: Linked, value: FactValue): AnswerValue {
  if (question.kind === 'single' || question.kind === 'multiple') return optionsFor(question, value)
  if (question.kind === 'number') return typeof value === 'number' && fits(question, value) ? value : unknown
  if (typeof value !== 'string') return unknown
  if (question.kind === 'date') return isFullDay(value) ? value : unknown
  return value.length <= (question['max-length'] ?? Infinity) ? value : unknown
}

function optionsFor(question: Linked, value: FactValue): AnswerValue {
  const codes = Array.isArray(value) ? (value as readonly string[]) : [String(value)]
  const options = [...new Set(codes.map((code) => optionOf(question, code)))]
  if (options.includes(undefined)) return unknown
  if (question.kind === 'multiple') return options as string[]
  return options.length === 1 ? options[0]! : unknown
}

const fits = (question: Extract<Question, { kind: 'number' }>, value: number) =>
  value >= (question.min ?? -Infinity) &&
  value <= (question.max ?? Infinity) &&
  (question.integer !== true || Number.isInteger(value))

/**
 * What the register already answers. A fact that is unanswered answers nothing; one that says why it is absent (not
 * known, withheld, not applicable, waived) is an unknown answer: none of these means "no".
 */
export function prefill(questions: readonly Question[], facts: Facts): Record<string, Prefill> {
  const filled: Record<string, Prefill> = {}
  for (const { question, field } of linkedQuestions(questions)) {
    const fact = factOf(facts, field)
    if ('absent' in fact && fact.absent === 'unanswered') continue
    filled[question.id] = { answer: 'value' in fact ? answerFor(question, fact.value) : unknown, field, fact }
  }
  return filled
}

export const answersOf = (prefilled: Readonly<Record<string, Prefill>>): Answers =>
  Object.fromEntries(Object.entries(prefilled).map(([id, p]) => [id, p.answer]))

function codeOf(question: Linked, option: string): string | undefined {
  const values = question['register-field'].values
  if (!values) return option
  const codes = Object.keys(values).filter((code) => values[code] === option)
  // Several codes for one option: the answer does not say which, so the register is left as it is.
  return codes.length === 1 ? codes[0] : undefined
}

function factFrom(question: Linked, field: FieldId, answer: AnswerValue): Fact | undefined {
  if (typeof answer === 'object' && 'unknown' in answer) return undefined
  const many = typeof answer === 'object'
  if (question.kind !== 'single' && question.kind !== 'multiple') return many ? undefined : { value: answer }
  const codes = (many ? [...answer] : [String(answer)]).map((option) => codeOf(question, option))
  const known = fieldOf(field).codes ?? []
  if (codes.some((code) => code === undefined || !known.includes(code))) return undefined
  return fieldOf(field).kind === 'codes' ? { value: codes as string[] } : { value: codes[0] as string }
}

/**
 * What the register should say after these answers: only what differs from it. "Not known" never overwrites a fact, and
 * an answer that the register has no exact word for changes nothing.
 */
export function factsFromAnswers(questions: readonly Question[], facts: Facts, answers: Answers): Facts {
  const before = prefill(questions, facts)
  const changed: Partial<Record<FieldId, Fact>> = {}
  for (const { question, field } of linkedQuestions(questions)) {
    const answer = answers[question.id]
    if (answer === undefined || sameAnswer(before[question.id]?.answer, answer)) continue
    const fact = factFrom(question, field, answer)
    if (fact) changed[field] = fact
  }
  return changed
}

export function sameAnswer(a: AnswerValue | undefined, b: AnswerValue | undefined): boolean {
  if (Array.isArray(a) && Array.isArray(b)) return a.length === b.length && a.every((x) => b.includes(x))
  return JSON.stringify(a) === JSON.stringify(b)
}
