import type { Question } from './model.ts'
import type { AnswerFaultCode, AnswerValue } from './model-result.ts'

/**
 * What is known of one answer: everything from "nothing" (`open`) to one definite answer. The search for what could still
 * happen works on these, so that a known answer and a supposed one go the same way.
 */
export type Domain =
  | { readonly kind: 'open' }
  | { readonly kind: 'blank' }
  | { readonly kind: 'option'; readonly index: number }
  /** Per option: 0 not chosen, 1 chosen, 2 open. */
  | { readonly kind: 'set'; readonly chosen: readonly number[] }
  | { readonly kind: 'span'; readonly lo: number; readonly hi: number; readonly gap: false }
  /** `null`: a text that no condition of the catalog names. */
  | { readonly kind: 'text'; readonly text: string | null }

export const open: Domain = { kind: 'open' }
export const blank: Domain = { kind: 'blank' }
export function span(lo: number, hi: number): Domain {
  return { kind: 'span', lo, hi, gap: false }
}

export function isSettled(domain: Domain): boolean {
  switch (domain.kind) {
    case 'open':
      return false
    case 'set':
      return !domain.chosen.includes(2)
    case 'span':
      return domain.lo === domain.hi
    case 'blank':
    case 'option':
    case 'text':
      return true
  }
}

/** Days since 1970-01-01 of a day that exists, else undefined. */
export function dayNumber(text: string): number | undefined {
  const parts = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text)
  if (!parts) return undefined
  const time = Date.UTC(Number(parts[1]), Number(parts[2]) - 1, Number(parts[3]))
  // Date.UTC reads years 0 to 99 as 1900 to 1999 and rolls 30 February over: the way back shows both.
  if (new Date(time).toISOString().slice(0, 10) !== text) return undefined
  return time / 86_400_000
}
export function dayText(day: number): string {
  return new Date(day * 86_400_000).toISOString().slice(0, 10)
}

type Read = { domain: Domain } | { fault: AnswerFaultCode; params: Record<string, unknown> }
type Of<K extends Question['kind']> = Extract<Question, { kind: K }>
const wrongType = (expected: string): Read => ({ fault: 'wrong-answer-type', params: { expected } })

export function isUnknownAnswer(value: unknown): boolean {
  return typeof value === 'object' && value !== null && (value as { unknown?: unknown }).unknown === true
}

/** Reads an answer as it came from outside. A missing answer is open; of an optional question it is blank. */
export function readAnswer(question: Question, positions: ReadonlyMap<string, number>, value: unknown): Read {
  if (value === undefined || value === null) return { domain: question.optional ? blank : open }
  if (isUnknownAnswer(value)) return { domain: open }
  switch (question.kind) {
    case 'single':
      return readOption(positions, value)
    case 'multiple':
      return readOptions(question, positions, value)
    case 'number':
      return readNumber(question, value)
    case 'date':
      return readDay(question, value)
    case 'text':
      return readText(question, value)
  }
}

function readOption(positions: ReadonlyMap<string, number>, value: unknown): Read {
  if (typeof value !== 'string') return wrongType('option')
  const index = positions.get(value)
  return index === undefined
    ? { fault: 'no-such-option', params: { option: value, allowed: [...positions.keys()] } }
    : { domain: { kind: 'option', index } }
}

function readOptions(question: Of<'multiple'>, positions: ReadonlyMap<string, number>, value: unknown): Read {
  if (!Array.isArray(value)) return wrongType('options')
  const chosen = question.options.map(() => 0)
  for (const id of value as unknown[]) {
    if (typeof id !== 'string') return wrongType('options')
    const index = positions.get(id)
    if (index === undefined) return { fault: 'no-such-option', params: { option: id, allowed: [...positions.keys()] } }
    if (chosen[index] === 1) return { fault: 'option-twice', params: { option: id } }
    chosen[index] = 1
  }
  const alone = question.options.find((option, i) => option.exclusive && chosen[i] === 1)
  if (alone && value.length > 1) return { fault: 'exclusive-with-others', params: { option: alone.id } }
  return { domain: { kind: 'set', chosen } }
}

function readNumber(question: Of<'number'>, value: unknown): Read {
  if (typeof value !== 'number' || !Number.isFinite(value)) return wrongType('number')
  if (question.integer && !Number.isInteger(value)) return { fault: 'not-whole', params: { value } }
  const { min = -Infinity, max = Infinity } = question
  if (value < min || value > max)
    return { fault: 'out-of-range', params: { value, min: question.min, max: question.max } }
  return { domain: span(value, value) }
}

function readDay(question: Of<'date'>, value: unknown): Read {
  if (typeof value !== 'string') return wrongType('date')
  const day = dayNumber(value)
  if (day === undefined) return { fault: 'no-such-day', params: { value } }
  if ((question.min && value < question.min) || (question.max && value > question.max))
    return { fault: 'out-of-range', params: { value, min: question.min, max: question.max } }
  return { domain: span(day, day) }
}

function readText(question: Of<'text'>, value: unknown): Read {
  if (typeof value !== 'string') return wrongType('text')
  const most = question['max-length']
  if (most !== undefined && Array.from(value).length > most) return { fault: 'too-long', params: { most } }
  return { domain: { kind: 'text', text: value } }
}

/** The span of an open number or date question: its declared bounds. */
export function openSpan(question: Question): Extract<Domain, { kind: 'span' }> {
  if (question.kind === 'number')
    return { kind: 'span', lo: question.min ?? -Infinity, hi: question.max ?? Infinity, gap: false }
  if (question.kind === 'date') {
    const lo = question.min === undefined ? -Infinity : (dayNumber(question.min) ?? -Infinity)
    const hi = question.max === undefined ? Infinity : (dayNumber(question.max) ?? Infinity)
    return { kind: 'span', lo, hi, gap: false }
  }
  return { kind: 'span', lo: -Infinity, hi: Infinity, gap: false }
}

/** Back to the form of an answer; undefined where it is not settled. */
export function answerOf(question: Question, domain: Domain): AnswerValue | undefined {
  switch (domain.kind) {
    case 'option':
      return 'options' in question ? question.options[domain.index]?.id : undefined
    case 'set':
      return isSettled(domain) && 'options' in question
        ? question.options.filter((_, i) => domain.chosen[i] === 1).map((option) => option.id)
        : undefined
    case 'span':
      if (domain.lo !== domain.hi) return undefined
      return question.kind === 'date' ? dayText(domain.lo) : domain.lo
    case 'text':
      return domain.text ?? undefined
    case 'open':
    case 'blank':
      return undefined
  }
}
