import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { loadLibrary } from '#catalog/catalog-library.ts'
import { entryInForce } from '#catalog/in-force.ts'
import type { AnswerValue } from '#catalog/model-result.ts'
import { type Stage, stages } from '#register/fields.ts'

import { standsInTheWay, steppedInto, wayOf } from './model.ts'
import { needsEdition } from './needs-edition.ts'
import { weighNeeds } from './weigh-needs.ts'

const { library } = loadLibrary(['catalogs'])
const edition = needsEdition(entryInForce(['catalogs'], library, 'stages'))

const weigh = (answers: Readonly<Record<string, AnswerValue>>, waivers = new Map<string, string>()) =>
  weighNeeds(edition, { answers, waivers, since: null, placeOf: () => ({ kind: 'none', id: null, useIds: [] }) })
const told = (answers: Readonly<Record<string, AnswerValue>>) =>
  weigh(answers).flatMap(({ id, effect, state }) => (state === 'met' ? [] : [`${id} ${effect} ${state}`]))

const nothingOpen = { 'uses-not-weighed': 0, 'uses-undecided': 0, 'uses-stale': 0 }
const lowRisk = {
  step: 'operation',
  way: 'onwards',
  verdict: 'proceed',
  'service-kind': 'ready-made-service',
  'conditions-blocking': 0,
  'conditions-warning': 0,
  ...nothingOpen,
}

describe('what a step needs', () => {
  it('lets a ready-made service that may proceed start without any paper, and warns of two things', () => {
    const nothing = {
      'board-consulted': 'none',
      'procurement-sheet': 'none',
      'contract-sheet': 'none',
      'system-rule': 'none',
      'ministry-rule': 'none',
      contact: 'none',
      'verification-plan': 'none',
    }
    expect(told({ ...lowRisk, ...nothing })).toEqual(['ministry-rule warns missing', 'contact warns missing'])
    expect(weigh({ ...lowRisk, ...nothing }).some(standsInTheWay)).toBe(false)
  })

  it('does not wait for rooms that say nothing where the need does not apply', () => {
    expect(weigh({ ...lowRisk, contact: 'named', 'ministry-rule': 'adopted' }).some(standsInTheWay)).toBe(false)
  })

  it('keeps every need of a high risk while the verdict is open', () => {
    const { verdict: _verdict, ...open } = lowRisk
    const needs = weigh({ ...open, 'uses-undecided': 1 })
    expect(needs.filter(standsInTheWay).map(({ id, state }) => [id, state])).toEqual([
      ['settle-verdict', 'missing'],
      ['board-advice', 'not-known'],
      ['procurement-sheet', 'not-known'],
      ['contract-sheet', 'not-known'],
      ['system-rule', 'not-known'],
      ['ministry-rule', 'not-known'],
      ['contact', 'not-known'],
      ['verification-plan', 'not-known'],
    ])
    expect(needs.find(({ id }) => id === 'system-rule')?.unanswered).toEqual(['verdict', 'system-rule'])
  })

  it('asks nothing of a step back and of stopping', () => {
    for (const way of ['back', 'stop']) expect(weigh({ ...lowRisk, way, 'uses-stale': 3 })).toEqual([])
  })

  it('passes a waived need and says which waiver let it', () => {
    const answers = { ...lowRisk, 'uses-stale': 1 }
    const needs = weigh(answers, new Map([['weigh-again', 'w']]))
    expect(needs.find(({ id }) => id === 'weigh-again')).toMatchObject({ state: 'waived', waiverId: 'w' })
    expect(weigh(answers).find(({ id }) => id === 'weigh-again')).toMatchObject({ state: 'missing', waiverId: null })
  })

  const answered = fc.record(
    Object.fromEntries(
      [...edition.questions.values()].map((q) => [
        q.id,
        'options' in q ? fc.constantFrom(...q.options.map((o) => o.id)) : fc.integer({ min: 0, max: 2 }),
      ]),
    ),
  )
  it('never lets through for want of an answer: what is open with some answers unknown is open with all of them', () => {
    fc.assert(
      fc.property(answered, fc.subarray([...edition.questions.keys()]), (all, forgotten) => {
        const some = Object.fromEntries(Object.entries(all).filter(([id]) => !forgotten.includes(id)))
        const before = new Set(
          weigh(some)
            .filter(standsInTheWay)
            .map(({ id }) => id),
        )
        for (const need of weigh(all).filter(standsInTheWay)) expect(before).toContain(need.id)
      }),
    )
  })

  it('is never made stricter by something more that is in place', () => {
    const better: Record<string, AnswerValue> = {
      'board-consulted': 'advised',
      'procurement-sheet': 'complete',
      'contract-sheet': 'complete',
      'system-rule': 'adopted',
      'ministry-rule': 'adopted',
      contact: 'named',
      'verification-plan': 'planned',
    }
    fc.assert(
      fc.property(answered, fc.constantFrom(...Object.keys(better)), (all, id) => {
        const count = (answers: Record<string, AnswerValue>) => weigh(answers).filter(standsInTheWay).length
        expect(count({ ...all, [id]: better[id]! })).toBeLessThanOrEqual(count(all))
      }),
    )
  })
})

describe('the way of a step', () => {
  const was = (...reached: Stage[]) => new Set(reached)
  it('is onwards to where a suspended or retired system never was, so that stopping is no way round', () => {
    expect(wayOf('suspended', 'operation', was('planning', 'retired', 'suspended'))).toBe('onwards')
    expect(wayOf('suspended', 'operation', was('planning', 'operation', 'suspended'))).toBe('resume')
    expect(wayOf('suspended', 'build-test', was('operation'))).toBe('resume')
  })

  it('of a stage that was never reported is none', () => {
    for (const to of stages) expect(wayOf(undefined, to, was())).toBeUndefined()
  })

  it('follows the order of the stages', () => {
    expect(wayOf('planning', 'operation', was())).toBe('onwards')
    expect(wayOf('operation', 'build-test', was())).toBe('back')
    for (const to of steppedInto) expect(wayOf('idea', to, was())).toBe('onwards')
  })
})
