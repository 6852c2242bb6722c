import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { cannotDecide } from '#catalog/model.ts'
import type { Facts } from '#register/model.ts'
import { fullFacts, harmless, shippedEditions, someFacts } from '#test/finder.ts'

import { judge } from './editions.ts'
import { answersOf, prefill } from './prefill.ts'
import { restsOn } from './rests-on.ts'

const edition = shippedEditions().inForce()
const { questions } = edition.content
function weigh(facts: Facts) {
  const answers = answersOf(prefill(questions, facts))
  const result = judge(edition, answers)
  return { result, rests: restsOn(questions, { facts, answers, result }, (some) => judge(edition, some)) }
}

describe('what a verdict rests on', () => {
  it('is not what cannot move it: serious harm alone decides, whoever uses it', () => {
    const { result, rests } = weigh({ ...harmless, 'error-harm': { value: 'serious' } })
    expect(result.outcome).toBe('consult-board')
    expect(Object.keys(rests)).toContain('error-harm')
    expect(Object.keys(rests)).not.toContain('users-kind')
    expect(Object.keys(rests)).not.toContain('human-judgement')
  })

  it('is every axis where no rule fires', () => {
    expect(Object.keys(weigh(harmless).rests).toSorted()).toEqual(Object.keys(harmless).toSorted())
  })

  it('is the scope alone where the guideline does not apply', () => {
    expect(weigh({ ...harmless, 'text-generative': { value: 'no' } }).rests).toEqual({
      'text-generative': { value: 'no' },
    })
  })

  it('is every fact that may play a part where nothing can be decided, the unanswered one included', () => {
    const { result, rests } = weigh({ ...harmless, 'error-harm': { absent: 'unanswered' } })
    expect(result.outcome).toBe(cannotDecide)
    expect(rests['error-harm']).toEqual({ absent: 'unanswered' })
  })

  it('keeps the facts as they were', () => {
    const note = { absent: 'unknown', note: '照会中' } as const
    expect(weigh({ ...harmless, 'error-harm': note }).rests['error-harm']).toEqual(note)
  })

  it('never leaves out a fact whose change would move the verdict', () => {
    fc.assert(
      fc.property(someFacts, fullFacts, (facts, other) => {
        const { result, rests } = weigh(facts)
        if (result.outcome === cannotDecide) return
        const changed: Facts = { ...other, ...rests }
        expect(weigh(changed).result.outcome).toBe(result.outcome)
      }),
      { numRuns: 300 },
    )
  })
})
