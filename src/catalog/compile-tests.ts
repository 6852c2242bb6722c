import type { Question } from './model.ts'
import { type QuestionTest, dateTests, numberTests } from './model-expressions.ts'
import type { Holds1 } from './compiled.ts'
import { type Domain, dayNumber, openSpan } from './domains.ts'
import { compare, point } from './ranges.ts'
import { type Truth, not, or, truth } from './truth.ts'

const dayAs = { before: 'less-than', 'on-or-before': 'at-most', after: 'more-than', 'on-or-after': 'at-least' } as const

/**
 * A test of one answer. A blank answer fails every test but `answered: false`. An open answer passes a test only when every
 * answer would; of a question that must be answered, every completion is an answer, so `answered: true` holds.
 */
export function compileTest(test: QuestionTest, question: Question, positions: ReadonlyMap<string, number>): Holds1 {
  const optional = question.optional === true
  if (test.answered !== undefined) {
    const wanted = test.answered
    return (d) => {
      const answered: Truth = d.kind === 'blank' ? 'no' : d.kind === 'open' && optional ? 'unknown' : 'yes'
      return wanted ? answered : not(answered)
    }
  }
  const inner = whenAnswered(test, question, positions)
  return (d) => {
    if (d.kind === 'blank') return 'no'
    const holds = inner(d)
    return d.kind === 'open' && optional && holds === 'yes' ? 'unknown' : holds
  }
}

function whenAnswered(test: QuestionTest, question: Question, positions: ReadonlyMap<string, number>): Holds1 {
  const at = (id: string): number => positions.get(id) ?? -1
  const count = positions.size
  if (test.is !== undefined) {
    const wanted = new Set([test.is].flat().map(at))
    const whole: Truth = wanted.size >= count ? 'yes' : 'unknown'
    return (d) => (d.kind === 'option' ? truth(wanted.has(d.index)) : d.kind === 'open' ? whole : 'no')
  }
  if (test.has !== undefined) return has(at(test.has))
  if (test['has-any'] !== undefined) {
    const each = test['has-any'].map((id) => has(at(id)))
    return (d) => each.reduce<Truth>((sofar, one) => or(sofar, one(d)), 'no')
  }
  if (test['has-all'] !== undefined) {
    const each = test['has-all'].map((id) => has(at(id)))
    return (d) => not(each.reduce<Truth>((sofar, one) => or(sofar, not(one(d))), 'no'))
  }
  if (typeof test.equals === 'string') {
    const text = test.equals
    return (d) => (d.kind === 'text' ? truth(d.text === text) : d.kind === 'open' ? 'unknown' : 'no')
  }
  return comparison(test, question)
}

function has(index: number): Holds1 {
  return (d) => {
    if (d.kind === 'open') return 'unknown'
    if (d.kind !== 'set') return 'no'
    const chosen = d.chosen[index]
    return chosen === 1 ? 'yes' : chosen === 2 ? 'unknown' : 'no'
  }
}

function comparison(test: QuestionTest, question: Question): Holds1 {
  const whole = openSpan(question)
  const spanOf = (d: Domain): Extract<Domain, { kind: 'span' }> | undefined =>
    d.kind === 'span' ? d : d.kind === 'open' ? whole : undefined
  for (const key of numberTests) {
    const than = test[key]
    if (typeof than !== 'number') continue
    const other = point(than)
    return (d) => {
      const value = spanOf(d)
      return value ? compare(value, key, other) : 'no'
    }
  }
  for (const key of dateTests) {
    const day = test[key]
    if (day === undefined) continue
    const other = point(dayNumber(day) ?? Number.NaN)
    return (d) => {
      const value = spanOf(d)
      return value ? compare(value, dayAs[key], other) : 'no'
    }
  }
  return () => 'no'
}

/** The constant with which a test compares a number or day, if it does. */
export function cutOf(test: QuestionTest): number | undefined {
  for (const key of numberTests) {
    const than = test[key]
    if (typeof than === 'number') return than
  }
  for (const key of dateTests) {
    const day = test[key]
    if (day !== undefined) return dayNumber(day)
  }
  return undefined
}
