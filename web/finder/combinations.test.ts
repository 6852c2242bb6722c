import { describe, expect, it } from 'vitest'

import { compile } from '#catalog/compile.ts'
import { loadCatalog } from '#catalog/load-catalog.ts'
import type { Catalog } from '#catalog/model.ts'

import { combinationsOf } from './combinations.ts'
import { optionState, readSections } from './reading.ts'

const loaded = loadCatalog('catalogs/ds-920-1.0')
if (!loaded.ok) throw new Error('catalogs/ds-920-1.0 does not load')
const { catalog } = loaded
const all = combinationsOf(catalog, compile(catalog)) ?? []

describe('the table of all combinations of DS-920 1.0', () => {
  it('has each of the 3 × 3 × 2 × 3 states of the axes once', () => {
    expect(all).toHaveLength(54)
    expect(new Set(all.map((c) => JSON.stringify(c.bands))).size).toBe(54)
  })

  it('never decides without naming a rule', () => {
    for (const one of all) expect(one.rules.length).toBeGreaterThan(0)
  })

  it('says consult the Board exactly where the preset rule of the axes says so', () => {
    for (const { bands, outcome } of all) {
      const states = Object.values(bands)
      const raised = states.filter((s) => s === 'raised').length
      const half = states.filter((s) => s === 'half').length
      const consult =
        bands['axis-b'] === 'raised' ||
        raised >= 2 ||
        (bands['axis-a'] === 'raised' && bands['axis-d'] !== 'clear') ||
        (raised === 1 && half >= 2)
      expect([bands, outcome]).toEqual([bands, consult ? 'consult-board' : 'proceed'])
    }
  })

  it('is not made for rules whose answers cannot be listed', () => {
    const withNumber = { ...catalog, questions: catalog.questions.map((q) => ({ ...q, kind: 'number' })) }
    expect(combinationsOf(withNumber as unknown as Catalog, compile(catalog))).toBeUndefined()
  })
})

describe('the form made of DS-920 1.0', () => {
  const sections = readSections(catalog)

  it('asks the scope first and then the axes A to D under their letters', () => {
    expect(sections.map(({ gate, mark }) => (gate ? 'gate' : mark))).toEqual(['gate', 'A', 'B', 'C', 'D'])
  })

  it('shows at each answer what it means for its axis', () => {
    const users = catalog.questions.find((q) => q.id === 'users-kind')
    const states = users && 'options' in users ? users.options.map((o) => optionState(catalog, o)) : []
    expect(states.map((s) => (s?.kind === 'band' ? s.band.id : ''))).toEqual(['clear', 'half', 'raised'])
  })

  it('shows points instead of a state where several answers add up', () => {
    const added = { ...catalog, scores: catalog.scores.map((s) => ({ ...s, combine: 'sum' as const })) }
    const option = { id: 'x', title: { ja: 'あ', en: 'a' }, weights: { 'axis-a': 2 } }
    expect(optionState(added, option)).toMatchObject({ kind: 'points', points: [{ points: 2 }] })
  })
})
