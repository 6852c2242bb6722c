import { execFileSync } from 'node:child_process'
import { symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { compile } from './compile.ts'
import { checkCatalog, proveCatalog } from './check-catalog.ts'
import { evaluate } from './evaluate.ts'
import { faultLine, faultText } from './fault-texts.ts'
import { loadCatalog } from './load-catalog.ts'
import type { Catalog } from './model.ts'
import { inFolder, loadText, spoiled, tea } from './tea.test-support.ts'

function faultsOf(text: string | Uint8Array): { code: string; line: number; key: string }[] {
  const loaded = loadText(text)
  return loaded.ok ? [] : loaded.faults.map(({ code, line, key }) => ({ code, line, key }))
}
function catalogOf(text: string): Catalog {
  const loaded = loadText(text)
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.faults))
  return loaded.catalog
}
const kettle = tea.split('\n').findIndex((line) => line.includes('- id: kettle'))

describe('what only looks like a file', () => {
  test('a pipe is not waited for, a device is not read, a link that goes round is named', () => {
    inFolder({ 'catalog.yaml': tea, 'questions/extra.yaml': 'kind: text\ntitle: { ja: 他, en: Other }' }, (folder) => {
      execFileSync('mkfifo', [join(folder, 'questions', 'pipe.yaml')])
      symlinkSync('/dev/zero', join(folder, 'questions', 'zero.yaml'))
      symlinkSync('round.yaml', join(folder, 'questions', 'round.yaml'))
      symlinkSync('..', join(folder, 'questions', 'up'))
      const loaded = loadCatalog(folder)
      const named = loaded.ok ? [] : loaded.faults.map((f) => [f.file.slice(folder.length + 1), f.code])
      expect(named).toEqual([
        ['questions/pipe.yaml', 'not-a-file'],
        ['questions/round.yaml', 'not-readable'],
        ['questions/up', 'stray-file'],
        ['questions/zero.yaml', 'not-a-file'],
      ])
      expect(loadCatalog(join(folder, 'questions', 'pipe.yaml'))).toMatchObject({ faults: [{ code: 'not-a-file' }] })
    })
  })
  test('a linked folder is read like any other', () => {
    const extra = 'kind: text\noptional: true\ntitle: { ja: 他, en: Other }'
    inFolder({ 'a/catalog.yaml': tea, 'shared/extra.yaml': extra }, (folder) => {
      symlinkSync('../shared', join(folder, 'a', 'questions'))
      const loaded = loadCatalog(join(folder, 'a'))
      expect(loaded.ok && loaded.catalog.questions.map((q) => q.id)).toEqual(['kettle', 'cups', 'extra'])
    })
  })
})

describe('mistakes of form name the line and say what to do in both languages', () => {
  test('an alias that nothing stands for is not an attack', () => {
    const [fault] = faultsOf(spoiled('  - id: kettle\n', '  - id: kettle\n    <<: *common\n'))
    expect(fault).toEqual({ code: 'alias-without-anchor', line: kettle + 2, key: '' })
  })
  test('the line of the first byte that is not UTF-8', () => {
    const bytes = Buffer.from(spoiled('en: Kettle', 'en: K\u0000ttle'))
    bytes[bytes.indexOf(0)] = 0xe9
    expect(faultsOf(bytes)).toEqual([{ code: 'not-utf8', line: kettle + 3, key: '' }])
  })
  test('a control character, which no database would take', () => {
    expect(faultsOf(spoiled('en: Kettle', 'en: "Ket\\0tle"'))).toEqual([
      { code: 'control-character', line: kettle + 3, key: 'questions[0].title.en' },
    ])
  })
  test('a wrong word for the provenance lists the right ones', () => {
    const loaded = loadText(spoiled('provenance: preset\n', 'provenance: sure\n'))
    expect(loaded).toMatchObject({
      faults: [{ code: 'not-allowed-value', params: { allowed: ['official', 'secondary', 'preset'] } }],
    })
  })
  test.each([
    ['en: Kettle', "en: 'Kettle", 'yaml-error'],
    ['    kind: single\n', '\tkind: single\n', 'yaml-error'],
    ['id: kettle\n', 'id: 12\n', 'wrong-type'],
    ['title: { ja: やかん, en: Kettle }', 'title: Kettle', 'wrong-type'],
    ['max: 9', 'max: .inf', 'wrong-type'],
    ['id: kettle\n', 'id: やかん\n', 'bad-format'],
    ['cups: 6 }', "cups: 'six' }", 'case-answer-fault'],
  ])('%s → %s: Japanese words in Japanese', (from, to, code) => {
    const loaded = loadText(spoiled(from, to))
    const faults = loaded.ok ? checkCatalog(loaded.catalog) : loaded.faults
    const fault = faults.find((f) => f.code === code)
    expect(fault).toBeDefined()
    expect(faultText(fault!, 'ja')).toMatch(/ください。/)
    expect(faultText(fault!, 'ja')).not.toMatch(/[a-z]{4,} [a-z]{2,} [a-z]{2,}/)
    expect(faultText(fault!, 'en')).not.toMatch(/ください/)
  })
  test('an example', () => {
    const loaded = loadText(spoiled('id: kettle\n', 'id: 12\n'))
    const [fault] = loaded.ok ? [] : loaded.faults
    expect(faultLine({ ...fault!, file: 'c.yaml' }, 'ja')).toBe(
      `c.yaml:${kettle + 1}: questions[0].id: 型が違います。文字列が必要ですが、数（12）があります。引用符で囲んでください。 [wrong-type]`,
    )
  })
})

test('a header that calls everything official must say where it stands', () => {
  expect(checkCatalog(catalogOf(spoiled('provenance: preset\n', 'provenance: official\n')))).toEqual([
    { path: ['provenance'], code: 'missing-source', params: { provenance: 'official' } },
  ])
  const cited = spoiled('provenance: preset\n', 'provenance: official\nsource: { document: memo }\n')
  expect(checkCatalog(catalogOf(cited))).toEqual([])
  const book = spoiled(
    'kind: official }]',
    'kind: official }, { id: book, title: { ja: 本, en: Book }, kind: preset }]',
    cited,
  )
  const elsewhere = spoiled('    kind: single\n', '    kind: single\n    source: { document: book }\n', book)
  expect(checkCatalog(catalogOf(elsewhere))).toMatchObject([
    { path: ['questions', 0], code: 'source-kind-differs', params: { provenance: 'official', kinds: ['preset'] } },
  ])
})

describe('rows that are very long', () => {
  const head = `format: tenbin-catalog/1
id: row
edition: '1'
languages: [en]
title: { en: Row }
publisher: { en: Office }
provenance: preset
sources: []
`
  const yesNo = "options: [{ id: 'yes', title: { en: Y } }, { id: 'no', title: { en: N } }]"
  const shown = (count: number): string =>
    `${head}decide: { table: t }
questions:
${Array.from({ length: count }, (_, i) => `  - { id: q${i}, kind: single, title: { en: Q }, ${yesNo}${i > 0 ? `, show-when: { question: q${i - 1}, is: 'yes' }` : ''} }`).join('\n')}
tables:
  - { id: t, title: { en: T }, hit: first, rules: [{ id: r, title: { en: R }, when: { question: q${count - 1}, is: 'yes' }, gives: a }], otherwise: { id: o, title: { en: O }, gives: b } }
outcomes: [{ id: a, title: { en: A }, strictness: 1 }, { id: b, title: { en: B }, strictness: 2 }]
`
  test('of conditions are judged to 499 and a table and refused beyond', () => {
    expect(evaluate(compile(catalogOf(shown(499))), {})).toMatchObject({
      outcome: 'cannot-decide',
      possible: ['b', 'a'],
    })
    expect(faultsOf(shown(501))).toMatchObject([{ code: 'row-too-long', key: 'questions[500]' }])
  })
  test('of a tree are judged, and beyond what can be followed nothing is claimed', () => {
    const count = 3000
    const tree = `${head}decide: { tree: q0 }
questions:
${Array.from({ length: count }, (_, i) => `  - { id: q${i}, kind: single, title: { en: Q }, options: [{ id: 'yes', title: { en: Y }, goto: ${i + 1 < count ? `q${i + 1}` : '{ outcome: a }'} }, { id: 'no', title: { en: N }, goto: { outcome: b } }] }`).join('\n')}
outcomes: [{ id: a, title: { en: A }, strictness: 1 }, { id: b, title: { en: B }, strictness: 2 }]
`
    const catalog = catalogOf(tree)
    const c = compile(catalog)
    const all = Object.fromEntries(catalog.questions.map((q) => [q.id, 'yes']))
    expect(evaluate(c, all).outcome).toBe('a')
    expect(evaluate(c, {})).toMatchObject({ outcome: 'cannot-decide', possible: ['b', 'a'] })
    const { faults, notes } = proveCatalog(catalog)
    expect(faults).toEqual([])
    expect(notes).toContainEqual({ path: ['decide'], code: 'not-settled', params: { what: 'tree' } })
  })
})
