import { describe, expect, test } from 'vitest'
import { checkCatalog } from './check-catalog.ts'
import { compile } from './compile.ts'
import { evaluate } from './evaluate.ts'
import type { Catalog } from './model.ts'
import { loadText, spoiled } from './tea.test-support.ts'

/** Two questions that may follow each other either way; labels see to it that none is asked twice. */
const garden = `format: tenbin-catalog/1
id: garden
edition: '1'
languages: [en]
title: { en: Garden }
publisher: { en: Office }
provenance: preset
sources: []
decide: { tree: season }
labels: [dry, wet, tall, short, winter].map
questions:
  - id: season
    kind: single
    title: { en: Season }
    options:
      - { id: winter, title: { en: Winter }, labels: [winter], goto: soil }
      - { id: summer, title: { en: Summer }, goto: hedge }
  - id: soil
    kind: single
    title: { en: Soil }
    goto: [{ when: { all: [{ not: { label: tall } }, { not: { label: short } }, { not: { label: winter } }] }, question: hedge }, { when: { label: wet }, outcome: wait }, { outcome: water }]
    options:
      - { id: dry, title: { en: Dry }, labels: [dry] }
      - { id: wet, title: { en: Wet }, labels: [wet] }
  - id: hedge
    kind: single
    title: { en: Hedge }
    goto: [{ when: { all: [{ not: { label: dry } }, { not: { label: wet } }] }, question: soil }, { outcome: wait }]
    options:
      - { id: tall, title: { en: Tall }, labels: [tall] }
      - { id: short, title: { en: Short }, labels: [short] }
outcomes:
  - { id: water, title: { en: Water }, strictness: 2 }
  - { id: wait, title: { en: Wait }, strictness: 1 }
`.replace(
  '[dry, wet, tall, short, winter].map',
  `[${['dry', 'wet', 'tall', 'short', 'winter'].map((l) => `{ id: ${l}, title: { en: ${l} } }`).join(', ')}]`,
)

function loaded(text: string): Catalog {
  const result = loadText(text)
  if (!result.ok) throw new Error(JSON.stringify(result.faults))
  return result.catalog
}

describe('ways that could come back to a question', () => {
  test('are no fault where labels see to it that no way does', () => {
    const catalog = loaded(garden)
    expect(checkCatalog(catalog)).toEqual([])
    const c = compile(catalog)
    expect(evaluate(c, { season: 'summer', hedge: 'tall', soil: 'dry' })).toMatchObject({
      outcome: 'water',
      visible: ['season', 'soil', 'hedge'],
    })
    expect(evaluate(c, { season: 'winter', soil: 'wet', hedge: 'tall' })).toMatchObject({
      outcome: 'wait',
      visible: ['season', 'soil'],
    })
    expect(evaluate(c, { season: 'summer' })).toMatchObject({
      outcome: 'cannot-decide',
      possible: ['water', 'wait'],
      matter: ['soil'],
      maybeVisible: ['soil'],
    })
  })

  test('are a fault that names the way where one does come back, and end without an outcome', () => {
    const endless = loaded(spoiled(', { not: { label: short } }, { not: { label: winter } }]', ']', garden))
    expect(checkCatalog(endless)).toEqual([
      { path: ['questions', 1], code: 'loop', params: { way: ['hedge', 'soil', 'hedge'] } },
    ])
    const c = compile(endless)
    expect(evaluate(c, { season: 'summer', hedge: 'short', soil: 'dry' })).toMatchObject({
      outcome: 'cannot-decide',
      possible: [],
      matter: [],
    })
    expect(evaluate(c, { season: 'summer', soil: 'wet' })).toMatchObject({
      outcome: 'cannot-decide',
      possible: ['wait'],
      matter: ['hedge'],
    })
  })
})
