import { describe, expect, test } from 'vitest'
import { checkCatalog, proveCatalog } from './check-catalog.ts'
import type { FaultCode } from './faults.ts'
import { loadText, spoiled, tea } from './tea.test-support.ts'
import type { Catalog } from './model.ts'
import { takeOutRules, uncoveredRules } from './take-out-rules.ts'

function catalogOf(text: string): Catalog {
  const read = loadText(text)
  if (!read.ok) throw new Error(JSON.stringify(read.faults))
  return read.catalog
}
const codes = (text: string): FaultCode[] => [...new Set(checkCatalog(catalogOf(text)).map((f) => f.code))]
/** Without cases nothing but the spoiled thing can be wrong. */
const bare = tea.slice(0, tea.indexOf('cases:'))

test('a catalog that is right proves, with nothing left to say', () => {
  expect(proveCatalog(catalogOf(tea), { released: true })).toEqual({ faults: [], notes: [] })
})

describe('a check finds', () => {
  const rows: [what: string, from: string, to: string, code: FaultCode][] = [
    ['a question that nothing shows', "{ question: kettle, is: 'yes' }", '{ any: [] }', 'unreachable-question'],
    [
      'a rule that can never apply',
      '{ label: hot }',
      '{ all: [{ label: hot }, { level: warmth, is: low }] }',
      'unreachable-rule',
    ],
    [
      'a rule behind a stricter condition',
      '{ level: warmth, is: high }, { question: cups, at-least: 5 }',
      '{ always: true }',
      'unreachable-rule',
    ],
    ['an outcome that nothing gives', 'gives: wait', 'gives: pour', 'unreachable-outcome'],
    [
      'a band that no answers reach',
      'above: 1,',
      'above: 1, to: 2 }\n      - { id: boiling, title: { ja: 沸, en: Boiling }, above: 2,',
      'unreachable-band',
    ],
    ['a value outside all bands', 'above: 1,', 'above: 1, below: 2,', 'level-not-total'],
    [
      'a table that may give nothing',
      '    otherwise: { id: cold, title: { ja: 冷たい, en: Cold }, gives: wait }\n',
      '',
      'table-not-total',
    ],
    ['an item without provenance', 'provenance: preset\n', '', 'missing-provenance'],
    ['official words without a source', 'id: cups\n', 'id: cups\n    provenance: official\n', 'missing-source'],
    ['an official text without a source', 'en: Cups }', 'en: Cups, provenance: official }', 'missing-source'],
    [
      'official words that cite what is not official',
      'kind: official }]',
      'kind: secondary }]\nsource: { document: memo, at: p. 1 }',
      'source-kind-differs',
    ],
  ]
  test.each(rows)('%s', (_, from, to, code) => {
    const more =
      code === 'source-kind-differs' ? spoiled('id: cups\n', 'id: cups\n    provenance: official\n', bare) : bare
    expect(codes(spoiled(from, to, more))).toContain(code)
  })

  test('each way in which a case differs', () => {
    const faults = checkCatalog(
      catalogOf(
        spoiled('expect: { outcome: ask, values: { twice: 4 }', 'expect: { outcome: pour, values: { twice: 5 }'),
      ),
    )
    expect(faults.map((f) => [f.code, f.path.join('.'), f.params['expected'], f.params['found']])).toEqual([
      ['case-fails', 'cases.0.expect.outcome', 'pour', 'ask'],
      ['case-fails', 'cases.0.expect.values.twice', 5, 4],
    ])
  })

  test('answers of a case that the catalog does not know', () => {
    expect(codes(spoiled('cups: 6', 'cups: 60'))).toContain('case-answer-fault')
  })

  test('rules that no case covers: a note, for a released edition a fault', () => {
    const text = spoiled('cups: 6 }, expect: { outcome: ask,', 'cups: 6 }, expect: {')
    const uncovered = proveCatalog(catalogOf(text))
    expect(uncovered.faults).toEqual([])
    expect(uncovered.notes.map((n) => n.params['what'])).toContain('verdict.many')
    expect(proveCatalog(catalogOf(text), { released: true }).faults.map((f) => f.params['what'])).toContain(
      'verdict.many',
    )
  })

  const tree = (goto: string): string => `format: tenbin-catalog/1
id: t
edition: '1'
languages: [en]
title: { en: T }
publisher: { en: P }
provenance: preset
sources: []
decide: { tree: a }
labels: [{ id: l, title: { en: L } }]
outcomes: [{ id: o, title: { en: O }, strictness: 1 }]
questions:
  - { id: a, kind: single, title: { en: A }, options: [{ id: x, title: { en: X }, labels: [l], goto: b }, { id: y, title: { en: Y }, goto: b }] }
  - { id: b, kind: text, title: { en: B }, goto: ${goto} }
`
  test('a dead end of a tree, also where only some labels lead there', () => {
    expect(codes(tree('[{ when: { label: l }, outcome: o }]'))).toEqual(['dead-end'])
    expect(codes(tree('[{ when: { label: l }, outcome: o }, { when: { not: { label: l } }, outcome: o }]'))).toEqual([])
    expect(codes(tree('{ outcome: o }'))).toEqual([])
  })
  test('a question of a tree that no goto leads to', () => {
    const text = `${tree('{ outcome: o }')}  - { id: c, kind: text, title: { en: C }, goto: { outcome: o } }\n`
    expect(codes(text)).toEqual(['unreachable-question'])
  })
  test('an optional question of a tree without a way on when it is left blank', () => {
    const text = spoiled('{ id: a, kind: single,', '{ id: a, kind: single, optional: true,', tree('{ outcome: o }'))
    expect(codes(text)).toEqual(['dead-end'])
  })
})

test('taking out reaches every rule, band, otherwise, condition, weight and label', () => {
  expect([...takeOutRules(catalogOf(tea))].map((m) => m.what)).toEqual([
    'verdict.many',
    'verdict.hot',
    'verdict.cold',
    'warmth.low',
    'warmth.high',
    'kettle.yes.weights',
    'kettle.yes.labels',
    'cups.show-when',
  ])
})
test('each rule of a well-covered catalog has a case that fails without it', () => {
  expect(uncoveredRules(catalogOf(tea), { alsoAnswers: true })).toEqual([])
})
