import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import type { Question } from '#catalog/model.ts'
import { cannotDecide } from '#catalog/model.ts'
import type { Facts } from '#register/model.ts'
import { fullFacts, harmless, shippedEditions, someFacts } from '#test/finder.ts'

import { judge } from './editions.ts'
import { answersOf, factsFromAnswers, prefill } from './prefill.ts'

const edition = shippedEditions().inForce()
const { questions } = edition.content
const outcomeOf = (facts: Facts) => judge(edition, answersOf(prefill(questions, facts))).outcome

const title = { ja: '問い', en: 'Question' }
const asked = (question: Partial<Question>): Question[] => [{ id: 'q', title, ...question } as Question]

describe('the register answers the finder', () => {
  it('fills every question whose field has a value, and says from which field', () => {
    const filled = prefill(questions, harmless)
    expect(filled['users-kind']).toEqual({
      answer: 'own-ministry',
      field: 'users-kind',
      fact: { value: 'own-ministry' },
    })
    expect(Object.keys(filled)).toHaveLength(Object.keys(harmless).length)
  })

  it('leaves out a question whose field is unanswered', () => {
    expect(prefill(questions, { 'users-kind': { absent: 'unanswered' } })).toEqual({})
  })

  it.each([
    { absent: 'unknown', note: '照会中' },
    { absent: 'not-applicable' },
    { absent: 'withheld' },
    { absent: 'waived', by: 'AI統括責任者', why: '試行' },
  ] as const)('takes a fact that is $absent as not known, never as no', (fact) => {
    expect(prefill(questions, { 'error-harm': fact })['error-harm']?.answer).toEqual({ unknown: true })
  })

  it('takes a code that the question has no option for as not known', () => {
    const one = asked({
      kind: 'single',
      options: [{ id: 'staff', title }],
      'register-field': { field: 'users-kind', values: { 'own-ministry': 'staff' } },
    })
    expect(prefill(one, { 'users-kind': { value: 'own-ministry' } })['q']?.answer).toBe('staff')
    expect(prefill(one, { 'users-kind': { value: 'citizens-outside' } })['q']?.answer).toEqual({ unknown: true })
  })

  it('takes several codes only where every one of them has an option', () => {
    const many = asked({
      kind: 'multiple',
      options: [
        { id: 'words', title },
        { id: 'pictures', title },
      ],
      'register-field': { field: 'modality', values: { text: 'words', image: 'pictures' } },
    })
    expect(prefill(many, { modality: { value: ['text', 'image'] } })['q']?.answer).toEqual(['words', 'pictures'])
    expect(prefill(many, { modality: { value: ['text', 'voice'] } })['q']?.answer).toEqual({ unknown: true })
  })

  it('takes a date only when the day is known, and a number only within its bounds', () => {
    const day = asked({ kind: 'date', 'register-field': { field: 'contract-end' } })
    expect(prefill(day, { 'contract-end': { value: '2027-03' } })['q']?.answer).toEqual({ unknown: true })
    expect(prefill(day, { 'contract-end': { value: '2027-03-31' } })['q']?.answer).toBe('2027-03-31')
    const people = asked({ kind: 'number', max: 100, 'register-field': { field: 'users-count' } })
    expect(prefill(people, { 'users-count': { value: 101 } })['q']?.answer).toEqual({ unknown: true })
    expect(prefill(people, { 'users-count': { value: 100 } })['q']?.answer).toBe(100)
  })

  it('never claims more than is known: what is filled in later cannot contradict a verdict', () => {
    fc.assert(
      fc.property(someFacts, fullFacts, (some, later) => {
        const verdict = outcomeOf(some)
        const known = Object.fromEntries(Object.entries(some).filter(([, fact]) => fact && 'value' in fact))
        if (verdict !== cannotDecide) expect(outcomeOf({ ...later, ...known })).toBe(verdict)
      }),
    )
  })
})

describe('the finder answers the register', () => {
  it('gives back only what differs', () => {
    expect(factsFromAnswers(questions, harmless, { 'users-kind': 'citizens-outside', 'error-harm': 'none' })).toEqual({
      'users-kind': { value: 'citizens-outside' },
    })
  })

  it('never overwrites a fact by not known', () => {
    expect(factsFromAnswers(questions, harmless, { 'users-kind': { unknown: true } })).toEqual({})
  })

  it('leaves the register as it is where an option stands for several of its codes', () => {
    const rough = asked({
      kind: 'single',
      options: [
        { id: 'inside', title },
        { id: 'outside', title },
      ],
      'register-field': {
        field: 'users-kind',
        values: { 'own-ministry': 'inside', 'several-organisations': 'inside', 'citizens-outside': 'outside' },
      },
    })
    expect(factsFromAnswers(rough, {}, { q: 'inside' })).toEqual({})
    expect(factsFromAnswers(rough, {}, { q: 'outside' })).toEqual({ 'users-kind': { value: 'citizens-outside' } })
  })

  it('gives nothing back for the answers that it was filled with', () => {
    fc.assert(
      fc.property(someFacts, (facts) => {
        expect(factsFromAnswers(questions, facts, answersOf(prefill(questions, facts)))).toEqual({})
      }),
    )
  })
})
