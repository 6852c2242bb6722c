import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import type { Facts } from '#register/model.ts'
import { finderFields, someFacts } from '#test/finder.ts'

import type { DossierUse, RegisterState } from './dossier.ts'
import { differencesBetween } from './difference.ts'
import { similarity } from './axes.ts'
import { declarationTypes, standingAfter } from './model.ts'

const id = (n: number) => `00000000-0000-7000-8000-${String(n).padStart(12, '0')}`

const use = (n: number, facts: Facts): DossierUse => ({
  id: id(n),
  position: n,
  name: `利用${n}`,
  facts,
  verdict: 'proceed',
  ruledVerdict: null,
  stale: false,
  assessment: null,
})

const country = fc.constantFrom<string | null>(null, '日本', '米国')
const states: fc.Arbitrary<RegisterState> = fc
  .record({
    facts: fc.record({ 'hosting-country': country, 'provider-unit': country }),
    uses: fc.array(someFacts, { minLength: 1, maxLength: 3 }),
    models: fc.array(country, { maxLength: 3 }),
    suppliers: fc.array(country, { maxLength: 2 }),
  })
  .map(({ facts, uses, models, suppliers }) => ({
    organisation: { id: id(1), name: { ja: 'みどり庁', en: '' } },
    system: {
      id: id(2),
      number: 'MID-0001',
      name: '仕組み',
      facts: Object.fromEntries(Object.entries(facts).flatMap(([k, v]) => (v === null ? [] : [[k, { value: v }]]))),
    },
    suppliers: suppliers.map((of, n) => ({ id: id(100 + n), name: `事業者${n}`, country: of })),
    models: models.map((hostingCountry, n) => ({
      id: id(200 + n),
      name: `模型${n}`,
      version: '1',
      supplierId: null,
      hostingCountry,
      modality: ['text'],
      tools: '',
      autonomy: null,
    })),
    uses: uses.map((one, n) => use(n + 1, one)),
  }))

/** One thing that is otherwise, and how a difference must name it. */
type Move = readonly [
  named: readonly [scope: string, of: string | null, field: string],
  (s: RegisterState) => RegisterState,
]

const moves = (s: RegisterState): Move[] => [
  [
    ['organisation', null, 'organisation'],
    (x) => ({ ...x, organisation: { id: id(9), name: { ja: 'あおば省', en: '' } } }),
  ],
  [
    ['system', null, 'hosting-country'],
    (x) => ({ ...x, system: { ...x.system, facts: { ...x.system.facts, 'hosting-country': { value: '別の国' } } } }),
  ],
  ...s.uses.flatMap((one): Move[] => [
    [
      ['use', one.id, 'expected-hours'],
      (x) => onUse(x, one.id, { facts: { ...one.facts, 'expected-hours': { value: 3500 } } }),
    ],
    ...finderFields.map((field): Move => [
      ['use', one.id, field],
      (x) => onUse(x, one.id, { facts: { ...one.facts, [field]: { absent: 'withheld', note: '新しい注' } } }),
    ]),
    [['verdict', one.id, 'verdict'], (x) => onUse(x, one.id, { verdict: 'consult-board' })],
    [['verdict', one.id, 'stale'], (x) => onUse(x, one.id, { stale: true })],
  ]),
  ...s.models.map((m): Move => [
    ['model', m.id, 'version'],
    (x) => ({ ...x, models: x.models.map((one) => (one.id === m.id ? { ...one, version: '2' } : one)) }),
  ]),
  ...s.suppliers.map((m): Move => [
    ['supplier', m.id, 'country'],
    (x) => ({ ...x, suppliers: x.suppliers.map((one) => (one.id === m.id ? { ...one, country: '別の国' } : one)) }),
  ]),
]

const onUse = (s: RegisterState, which: string, change: Partial<DossierUse>): RegisterState => ({
  ...s,
  uses: s.uses.map((one) => (one.id === which ? { ...one, ...change } : one)),
})
const nameOf = ({ scope, of, field }: { scope: string; of: string | null; field: string }) => `${scope} ${of} ${field}`

describe('the difference between a dossier and the register', () => {
  it('is empty where nothing changed, in whatever order the keys come back', () => {
    fc.assert(
      fc.property(states, (state) => {
        const again = JSON.parse(JSON.stringify(state)) as RegisterState
        const reversed = { ...again, system: { ...again.system, facts: turned(again.system.facts) } }
        expect(differencesBetween(state, again)).toEqual([])
        expect(differencesBetween(state, reversed)).toEqual([])
      }),
    )
  })

  it('names every field that changed and no other', () => {
    fc.assert(
      fc.property(
        states.chain((state) =>
          fc.record({ state: fc.constant(state), chosen: fc.subarray(moves(state), { minLength: 1 }) }),
        ),
        ({ state, chosen }) => {
          // Of moves of one use that rewrite its facts, the last would undo the others: one of each.
          const once = chosen.filter(
            ([named], i) =>
              !chosen.slice(0, i).some(([other]) => other[0] === 'use' && named[0] === 'use' && other[1] === named[1]),
          )
          const now = once.reduce((x, [, move]) => move(x), state)
          const found = differencesBetween(state, now).map(nameOf)
          expect(found.toSorted()).toEqual(once.map(([[scope, of, field]]) => nameOf({ scope, of, field })).toSorted())
        },
      ),
    )
  })

  it('names a use that is gone and one that is new', () => {
    fc.assert(
      fc.property(states, (state) => {
        const now = { ...state, uses: [...state.uses.slice(1), use(99, { purpose: { value: '新しい使い方' } })] }
        expect(differencesBetween(state, now).map(nameOf)).toEqual([
          `use ${state.uses[0]!.id} use`,
          `use ${id(99)} use`,
        ])
      }),
    )
  })
})

const turned = (facts: Facts): Facts => Object.fromEntries(Object.entries(facts).toReversed())

describe('how alike two dossiers are', () => {
  const likeness = fc.record({
    axes: fc.dictionary(
      fc.constantFrom('axis-a', 'axis-b', 'axis-c', 'axis-d'),
      fc.constantFrom('clear', 'half', 'raised', null),
    ),
    fieldsOfWork: fc.subarray(['translation', 'programming', 'other']),
  })
  it('lies in 0…1 and is the same either way round', () => {
    fc.assert(
      fc.property(likeness, likeness, (a, b) => {
        const found = similarity(a, b)
        expect(found).toEqual(similarity(b, a))
        expect(found.similarity).toBeGreaterThanOrEqual(0)
        expect(found.similarity).toBeLessThanOrEqual(1)
      }),
    )
  })
  it('counts an axis that is not known on either side as not alike', () => {
    expect(
      similarity({ axes: { a: null }, fieldsOfWork: [] }, { axes: { a: null }, fieldsOfWork: [] }).similarity,
    ).toBe(0)
  })
  it('is 1 for the same settled axes and a common field of work', () => {
    const one = { axes: { a: 'half', b: 'raised' }, fieldsOfWork: ['other'] }
    expect(similarity(one, one)).toEqual({ similarity: 1, sameAxes: ['a', 'b'] })
  })
})

describe('the standing of a member', () => {
  it('is recused after an interest until others decide, whatever the member says', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(...declarationTypes)),
        fc.array(fc.constantFrom('no-interest', 'interest', 'recused' as const)),
        (before, after) => {
          expect(standingAfter([...before, 'interest', ...after])).toBe('recused')
        },
      ),
    )
  })
  it('deliberates only with an own word of no interest', () => {
    expect(standingAfter([])).toBe('undeclared')
    expect(standingAfter(['recused', 'readmitted'])).toBe('undeclared')
    expect(standingAfter(['recused', 'no-interest', 'readmitted'])).toBe('deliberating')
  })
})
