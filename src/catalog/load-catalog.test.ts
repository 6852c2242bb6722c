import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { digestOf } from './digest.ts'
import { faultLine } from './fault-texts.ts'
import type { FaultCode } from './faults.ts'
import { loadCatalog } from './load-catalog.ts'
import { inFolder, loadText, spoiled, tea } from './tea.test-support.ts'

function faultsOf(text: string | Uint8Array): { line: number; key: string; code: FaultCode }[] {
  const read = loadText(text)
  return read.ok ? [] : read.faults.map(({ line, key, code }) => ({ line, key, code }))
}
const lineOf = (text: string, words: string): number => text.slice(0, text.indexOf(words)).split('\n').length

test('a catalog without faults loads', () => {
  expect(faultsOf(tea)).toEqual([])
})

describe('names file, line and key of', () => {
  const rows: [what: string, from: string, to: string, code: FaultCode, at: string, key: string][] = [
    ['an unknown key', '    integer: true', '    whole: true', 'unknown-key', 'whole', 'questions[1].whole'],
    [
      'an unknown key in the header',
      'provenance: preset',
      'provenance: preset\nauthor: me',
      'unknown-key',
      'author',
      'author',
    ],
    [
      'an unknown key in a condition',
      "{ question: kettle, is: 'yes' }",
      "{ question: kettle, iss: 'yes' }",
      'unknown-key',
      'show-when',
      'questions[1].show-when.iss',
    ],
    ['a missing key', 'id: tea\n', '', 'missing-key', 'format', 'id'],
    ['a missing kind', '    kind: number\n', '', 'missing-key', 'id: cups', 'questions[1].kind'],
    ['an unknown kind', 'kind: number', 'kind: numeric', 'not-allowed-value', 'numeric', 'questions[1].kind'],
    ['an id that YAML takes for a number', "edition: '1'", 'edition: 1', 'wrong-type', 'edition', 'edition'],
    [
      'a text that is no map',
      'title: { ja: 数, en: Cups }',
      'title: Cups',
      'wrong-type',
      'title: Cups',
      'questions[1].title',
    ],
    ['an id with a space', 'id: heat,', 'id: he at,', 'bad-format', 'he at', 'scores[0].id'],
    [
      'a condition of no known form',
      '{ label: hot }',
      '{ lable: hot }',
      'fits-no-form',
      'lable',
      'tables[0].rules[1].when',
    ],
    [
      'an expression of no known form',
      '{ score: heat }] }',
      '{ scores: heat }] }',
      'fits-no-form',
      'twice',
      'values[0].expr.product[1]',
    ],
    [
      'two tests in one condition',
      'at-least: 5 }',
      'at-least: 5, at-most: 7 }',
      'one-test-needed',
      'at-most',
      'tables[0].rules[0].when.all[1]',
    ],
    [
      'no test in a condition',
      ', at-least: 5 }',
      ' }',
      'one-test-needed',
      'question: cups }',
      'tables[0].rules[0].when.all[1]',
    ],
    [
      'a missing language',
      '{ ja: やかん, en: Kettle }',
      '{ ja: やかん }',
      'missing-text',
      'やかん',
      'questions[0].title',
    ],
    ['an empty text', 'en: Kettle', "en: ' '", 'missing-text', 'やかん', 'questions[0].title'],
    [
      'a language that is not declared',
      'en: Kettle',
      'en: Kettle, fr: Bouilloire',
      'language-not-declared',
      'やかん',
      'questions[0].title.fr',
    ],
    ['an id given twice', 'id: cups', 'id: kettle', 'duplicate-id', 'id: kettle\n    kind: number', 'questions[1].id'],
    [
      'a question that is not there',
      'question: kettle',
      'question: kettel',
      'no-such-item',
      'kettel',
      'questions[1].show-when.question',
    ],
    [
      'an option that is not there',
      "is: 'yes' }",
      "is: 'maybe' }",
      'no-such-option',
      'maybe',
      'questions[1].show-when.is',
    ],
    [
      'a band that is not there',
      'is: high',
      'is: highest',
      'no-such-band',
      'highest',
      'tables[0].rules[0].when.all[0]',
    ],
    [
      'a score that is not there',
      'weights: { heat: 2 }',
      'weights: { cold: 2 }',
      'no-such-item',
      'cold: 2',
      'questions[0].options[0].weights.cold',
    ],
    [
      'a label that is not there',
      'labels: [hot]',
      'labels: [warm]',
      'no-such-item',
      '[warm]',
      'questions[0].options[0].labels[0]',
    ],
    [
      'a duty that is not there',
      'duties: [blow]',
      'duties: [blwo]',
      'no-such-item',
      '[blwo]',
      'levels[0].bands[1].duties[0]',
    ],
    [
      'an outcome that is not there',
      'gives: wait',
      'gives: sleep',
      'no-such-item',
      'gives: sleep',
      'tables[0].otherwise.gives',
    ],
    [
      'a source that is not there',
      'provenance: preset',
      'provenance: preset\nsource: { document: mem }',
      'no-such-item',
      'source:',
      'source.document',
    ],
    [
      'a table that is not there',
      'decide: { table: verdict }',
      'decide: { table: verdicts }',
      'no-such-item',
      'decide',
      'decide.table',
    ],
    [
      'a test that the kind of question does not have',
      'question: cups, at-least: 5',
      "question: cups, is: 'yes'",
      'test-not-for-kind',
      'cups, is',
      'tables[0].rules[0].when.all[1].is',
    ],
    [
      'a condition on the outcome outside duties',
      '{ label: hot }',
      '{ outcome: ask }',
      'outcome-only-in-duties',
      '{ outcome: ask }',
      'tables[0].rules[1].when.outcome',
    ],
    ['a reserved id', 'id: ask,', 'id: cannot-decide,', 'reserved-id', 'id: cannot-decide', 'outcomes[0].id'],
    ['bands that leave a gap', 'above: 1,', 'above: 2,', 'bands-leave-gap', 'id: high', 'levels[0].bands[1]'],
    ['bands that both hold the bound', 'above: 1,', 'from: 1,', 'bands-overlap', 'id: high', 'levels[0].bands[1]'],
    [
      'bands of which neither holds the bound',
      ', to: 1 }',
      ', below: 1 }',
      'bands-leave-gap',
      'id: high',
      'levels[0].bands[1]',
    ],
    ['a bound given twice', 'above: 1,', 'above: 1, from: 1,', 'bounds-twice', 'id: high', 'levels[0].bands[1]'],
    ['a least above the most', 'min: 0', 'min: 10', 'min-above-max', 'min: 10', 'questions[1].min'],
    [
      'a day that does not exist',
      'kind: official }',
      'kind: official, date: 2025-02-30 }',
      'no-such-day',
      'sources',
      'sources[0].date',
    ],
    ['a value that uses itself', '{ score: heat }] }', '{ value: twice }] }', 'loop', 'twice', 'values[0]'],
    [
      'a question shown by itself',
      "{ question: kettle, is: 'yes' }",
      '{ question: cups, at-least: 1 }',
      'loop',
      'id: cups',
      'questions[1]',
    ],
    [
      'a goto without a tree',
      'labels: [hot] }',
      'labels: [hot], goto: cups }',
      'goto-without-tree',
      'goto',
      'questions[0].options[0].goto',
    ],
    [
      'exclusive in a single choice',
      'labels: [hot] }',
      'labels: [hot], exclusive: true }',
      'exclusive-in-single',
      'exclusive',
      'questions[0].options[0].exclusive',
    ],
    ['broken YAML', 'kind: number', 'kind: [number', 'yaml-error', 'kind: [number', ''],
    [
      'a key given twice',
      'kind: number',
      'kind: number\n    kind: number',
      'duplicate-key',
      'kind: number\n    title',
      'kind',
    ],
  ]
  test.each(rows)('%s', (_what, from, to, code, at, key) => {
    const text = spoiled(from, to)
    const faults = faultsOf(text)
    expect(faults.map((f) => f.code)).toContain(code)
    const fault = faults.find((f) => f.code === code)!
    expect(fault.key).toBe(key)
    if (code !== 'yaml-error') expect(fault.line).toBe(lineOf(text, at))
    else expect(fault.line).toBeGreaterThan(0)
  })

  test('a maximum of a score that has none', () => {
    const text = spoiled(
      '    max: 9\n',
      '    weights: { heat: { per-unit: 1 } }\n',
      spoiled('{ product: [2, { score: heat }] }', '{ maximum: heat }'),
    )
    expect(faultsOf(text).map((f) => f.code)).toEqual(['maximum-without-limit'])
  })

  test('a loop of gotos, and a condition for showing inside a tree', () => {
    const tree = `format: tenbin-catalog/1
id: t
edition: '1'
languages: [en]
title: { en: T }
publisher: { en: P }
provenance: preset
sources: []
decide: { tree: a }
questions:
  - { id: a, kind: text, title: { en: A }, goto: b }
  - { id: b, kind: text, title: { en: B }, goto: a, show-when: { always: true } }
`
    expect(faultsOf(tree).map((f) => [f.code, f.key])).toEqual([
      ['loop', 'questions[0]'],
      ['show-when-in-tree', 'questions[1].show-when'],
    ])
  })
})

test('all faults are listed at once, those of shape and those of meaning', () => {
  const text = spoiled(
    'whole: true',
    'whole: true',
    spoiled(
      'integer: true',
      'whole: true',
      spoiled('labels: [hot]', 'labels: [warm]', spoiled('gives: wait', 'gives: sleep')),
    ),
  )
  expect(
    faultsOf(text)
      .map((f) => f.code)
      .toSorted(),
  ).toEqual(['no-such-item', 'no-such-item', 'unknown-key'])
  const withItemLeftOut = spoiled('kind: number', 'kind: numeric', spoiled('gives: wait', 'gives: sleep'))
  expect(
    faultsOf(withItemLeftOut)
      .map((f) => f.code)
      .toSorted(),
  ).toEqual(['no-such-item', 'not-allowed-value'])
})

describe('a file that is not what it should be is refused with a reason', () => {
  const rows: [string, string | Uint8Array, FaultCode][] = [
    ['empty', '', 'not-a-map'],
    ['a list', '- a\n- b\n', 'not-a-map'],
    ['not UTF-8', new Uint8Array([0x66, 0x6f, 0x82, 0xa0, 0x3a, 0x20, 0x31]), 'not-utf8'],
    ['larger than 5 MB', `a: ${'x'.repeat(5 * 1024 * 1024)}`, 'file-too-large'],
    [
      'an alias bomb',
      [
        'a0: &a0 [x,x,x,x,x,x,x,x,x,x]',
        ...Array.from(
          { length: 9 },
          (_, i) => `a${i + 1}: &a${i + 1} [${Array.from({ length: 10 }, () => `*a${i}`).join(',')}]`,
        ),
      ].join('\n'),
      'too-many-aliases',
    ],
    ['20,000 keys in one map', Array.from({ length: 20_000 }, (_, i) => `k${i}: 1`).join('\n'), 'unknown-key'],
    ['nested 2,000,000 deep', `a: ${'['.repeat(2_000_000)}`, 'nested-too-deep'],
    ['a key called __proto__', `__proto__: { x: 1 }\n${tea}`, 'unknown-key'],
  ]
  test.each(rows)('%s', (_, text, code) => {
    expect(faultsOf(text).map((f) => f.code)).toContain(code)
  })

  test('more than 20,000 items', () => {
    const items = Array.from({ length: 20_001 }, (_, i) => `  - { id: l${i}, title: { ja: x, en: x } }`).join('\n')
    expect(
      faultsOf(
        spoiled(
          'labels: [{ id: hot, title: { ja: 熱い, en: Hot } }]',
          `labels:\n  - { id: hot, title: { ja: x, en: x } }\n${items}`,
        ),
      ).map((f) => f.code),
    ).toContain('too-many-items')
  })

  test('no such path, and a folder without catalog.yaml', () => {
    expect(loadCatalog('no/such/path')).toMatchObject({ ok: false, faults: [{ code: 'no-such-path' }] })
    inFolder({ 'a.txt': 'x' }, (folder) =>
      expect(loadCatalog(folder)).toMatchObject({ ok: false, faults: [{ code: 'no-catalog-file' }] }),
    )
  })
})

describe('a folder', () => {
  const item = (text: string): string => `title: { ja: ${text}, en: ${text} }\n`
  const labels = 'labels: [{ id: hot, title: { ja: 熱い, en: Hot } }]\n'
  const base = {
    'catalog.yaml': spoiled(labels, 'lists: [{ id: roles, title: { ja: 役割, en: Roles } }]\n'),
    'labels/hot.yaml': item('Hot'),
  }

  test('gives the same digest as the single file with the same content', () => {
    const single = loadText(tea)
    inFolder({ 'catalog.yaml': spoiled(labels, ''), 'labels/hot.yaml': 'title: { ja: 熱い, en: Hot }\n' }, (folder) => {
      const split = loadCatalog(folder)
      if (!split.ok || !single.ok) throw new Error(JSON.stringify(split))
      expect(digestOf(split.catalog)).toBe(digestOf(single.catalog))
    })
  })

  test('keeps items by order, then by name with numbers as numbers', () => {
    inFolder(
      { ...base, 'roles/r10.yaml': item('x'), 'roles/r2.yaml': item('x'), 'roles/z.yaml': `order: 1\n${item('x')}` },
      (folder) => {
        const read = loadCatalog(folder)
        expect(read.ok && read.catalog.lists[0]?.items?.map((i) => i.id)).toEqual(['z', 'r2', 'r10'])
      },
    )
  })

  test('names the file of an item in its fault', () => {
    inFolder({ ...base, 'labels/warm.yaml': 'title: { ja: 温, en: Warm }\ncolour: red\n' }, (folder) => {
      const read = loadCatalog(folder)
      expect(read.ok ? [] : read.faults).toMatchObject([
        { file: join(folder, 'labels/warm.yaml'), line: 2, key: 'colour', code: 'unknown-key' },
      ])
    })
  })

  test('refuses files and folders that have no place, and ids that differ from the file name', () => {
    inFolder(
      {
        ...base,
        'label/x.yaml': item('x'),
        'labels/y.yml': item('y'),
        'extra.yaml': 'a: 1',
        'labels/z.yaml': `id: zz\n${item('z')}`,
        'README.md': 'fine',
      },
      (folder) => {
        const read = loadCatalog(folder)
        expect(read.ok ? [] : read.faults.map((f) => f.code).toSorted()).toEqual([
          'id-differs-from-file',
          'stray-file',
          'stray-file',
          'stray-folder',
        ])
      },
    )
  })
})

test('a fault is worded in both languages, with the place first', () => {
  const fault = {
    file: 'c.yaml',
    line: 3,
    key: 'id',
    code: 'no-such-item' as const,
    params: { part: 'questions', id: 'kettel', near: 'kettle' },
  }
  expect(faultLine(fault, 'en')).toBe(
    'c.yaml:3: id: There is no "kettel" in questions. Did you mean "kettle"? [no-such-item]',
  )
  expect(faultLine(fault, 'ja')).toBe(
    'c.yaml:3: id: questions に「kettel」はありません。「kettle」ではありませんか。 [no-such-item]',
  )
})
