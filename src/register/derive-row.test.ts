import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { filterOf } from '#register/api-filter.ts'
import { deriveRow, type RowSource } from '#register/derive-row.ts'
import { fieldIds, fieldOf } from '#register/fields.ts'
import { absences, type Facts, stateOf } from '#register/model.ts'

const source = (facts: Facts, useFacts: Facts = {}, more: Partial<RowSource> = {}): RowSource => ({
  system: { number: 'AO-0001', facts: { name: { value: '議事録作成' }, ...facts }, importId: null, demo: false },
  use: { facts: useFacts, verdict: 'not-reported', stale: false, judged: false, several: false },
  organisation: { path: ['ministry', 'bureau'], codePath: 'AO/AO-1' },
  suppliers: new Map([['s', { id: 's', name: '青空システムズ', nameEn: 'Aozora Systems' }]]),
  models: new Map([['m', { id: 'm', name: 'Ginga-LM', version: '2', supplierId: 's' }]]),
  ...more,
})

describe('The row of a use', () => {
  it('says of every field that can be filtered exactly one state: its values, or why there is none', () => {
    const state = fc.constantFrom(...absences, 'value' as const)
    fc.assert(
      fc.property(fc.record({ ismap: state, stage: state, 'personal-data': state }), (states) => {
        const facts = Object.fromEntries(
          Object.entries(states).flatMap(([id, s]) => {
            if (s === 'unanswered') return []
            return [
              [id, s === 'value' ? { value: fieldOf(id as 'ismap').codes![0]! } : { absent: s, by: 'a', why: 'b' }],
            ]
          }),
        ) as Facts
        const { facets } = deriveRow(source(facts, facts))
        for (const [id, s] of Object.entries(states)) {
          const own = facets.filter((token) => token.startsWith(`f.${id}=`))
          expect(own).toEqual([`f.${id}=${s === 'value' ? fieldOf(id as 'ismap').codes![0] : s}`])
        }
      }),
    )
  })

  it('has a token for every field that counts as reported, also those without codes', () => {
    const { facets } = deriveRow(source({}, { purpose: { value: '要約' } }))
    for (const id of fieldIds.filter((one) => fieldOf(one).reported))
      expect([id, facets.filter((t) => t.startsWith(`f.${id}=`))]).toEqual([
        id,
        [`f.${id}=${id === 'purpose' ? 'value' : 'unanswered'}`],
      ])
    expect(stateOf({}, 'purpose')).toBe('unanswered')
  })

  it('stands below every organisation of its path, and with both the contractor and the maker of its model', () => {
    const { facets } = deriveRow(source({ supplier: { value: 'x' }, models: { value: ['m'] } }))
    expect(facets).toEqual(
      expect.arrayContaining(['org=ministry', 'org=bureau', 'at=bureau', 'supplier=x', 'supplier=s', 'model=m']),
    )
    expect(facets).not.toContain('at=ministry')
  })

  it('is found by number, names, purpose, units, supplier and model, each for itself', () => {
    const facts: Facts = {
      'name-en': { value: 'Minutes' },
      'planner-unit': { value: '企画課' },
      models: { value: ['m'] },
    }
    const { searchKey } = deriveRow(source(facts, { purpose: { value: '会議を記録する' } }))
    const words = searchKey.split('\n')
    expect(words).toEqual(
      expect.arrayContaining(['ao-0001', '議事録作成', 'minutes', '企画課', '会議を記録する', 'ginga-lm 2']),
    )
  })

  it('carries the name of the use only where the system has several', () => {
    const named = { 'use-name': { value: '電話' } }
    expect(deriveRow(source({}, named)).name).toBe('議事録作成')
    const several = { facts: named, verdict: 'proceed' as const, stale: false, judged: true, several: true }
    expect(deriveRow(source({}, {}, { use: several })).name).toBe('議事録作成 › 電話')
  })

  it('is found by the filter written for it', () => {
    const use = { facts: {}, verdict: 'consult-board' as const, stale: true, judged: false, several: false }
    const { facets } = deriveRow(source({ stage: { value: 'operation' } }, {}, { use }))
    const asked = {
      verdict: 'consult-board',
      stale: 'yes',
      judged: 'no',
      'f.stage': 'idea,operation',
      'f.purpose': 'unanswered',
    }
    for (const group of filterOf(asked).anyOf) expect(group.some((token) => facets.includes(token))).toBe(true)
  })
})
