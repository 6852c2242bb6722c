import { expect, it } from 'vitest'

import type { Fact } from '#register/model.ts'

import { factsToSend, formFaults, type FormValues, newSystemValues } from './form-values.ts'

const alone = { needsBecause: false, joining: false }
const values = (change: Partial<FormValues> = {}): FormValues => ({
  ...newSystemValues('00000000-0000-4000-8000-000000000001'),
  system: { name: { value: '会議録の要約' } },
  ...change,
})
const codes = (given: FormValues, asked = alone) => formFaults(given, asked).map(({ path, code }) => [path, code])

it('a name is all that must be there', () => {
  expect(codes(values())).toEqual([])
  expect(codes(values({ system: {} }))).toEqual([['system.name', 'required']])
})

it('each value that the register would not take is a fault at its own field', () => {
  const system: Record<string, Fact> = {
    name: { value: 'x'.repeat(501) },
    'contract-start': { value: 'no-such-date' },
    stage: { value: 'flying' },
  }
  const facts: Record<string, Fact> = {
    'users-count': { value: Number.NaN },
    purpose: { absent: 'waived', by: '', why: '' },
  }
  expect(codes(values({ system, uses: [{ useId: null, facts }] }))).toEqual([
    ['system.name', 'tooLong'],
    ['system.stage', 'choice'],
    ['system.contract-start', 'date'],
    ['uses.0.facts.purpose', 'waived'],
    ['uses.0.facts.users-count', 'notANumber'],
  ])
})

it('a contract that ends before it starts is a fault at its end, naming the start', () => {
  const system: Record<string, Fact> = {
    name: { value: '要約' },
    'contract-start': { value: '2026-04-01' },
    'contract-end': { value: '2026-03-31' },
  }
  expect(formFaults(values({ system }), alone)).toEqual([
    { path: 'system.contract-end', field: 'contract-end', code: 'endBeforeStart', params: { start: '2026-04-01' } },
  ])
})

it('one use needs no name, several need different ones', () => {
  const named = (name?: string) => ({
    useId: null,
    facts: name === undefined ? {} : { 'use-name': { value: name } },
  })
  expect(codes(values({ uses: [named()] }))).toEqual([])
  expect(codes(values({ uses: [named('窓口'), named()] }))).toEqual([['uses.1.facts.use-name', 'useName']])
  expect(codes(values({ uses: [named('窓口'), named('窓口')] }))).toEqual([['uses.1.facts.use-name', 'useNameTwice']])
})

it('where similar uses were shown a reason is asked for, and joining one asks for the name of the use instead', () => {
  expect(codes(values(), { needsBecause: true, joining: false })).toEqual([['newBecause', 'newBecause']])
  expect(codes(values({ system: {} }), { needsBecause: true, joining: true })).toEqual([
    ['uses.0.facts.use-name', 'useName'],
  ])
})

it('what is sent has only fields of its scope that somebody answered', () => {
  const facts: Record<string, Fact> = {
    name: { value: '要約' },
    purpose: { value: '会議' },
    supplier: { absent: 'unanswered' },
    ismap: { absent: 'withheld' },
  }
  expect(factsToSend(facts, 'system')).toEqual({ name: { value: '要約' }, ismap: { absent: 'withheld' } })
  expect(factsToSend(facts, 'use')).toEqual({ purpose: { value: '会議' } })
})
