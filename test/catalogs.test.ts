import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'

import { loadLibrary } from '#catalog/catalog-library.ts'
import { checkCatalog, uncoveredRules } from '#catalog/check-catalog.ts'
import { digestOf } from '#catalog/digest.ts'
import { evaluate } from '#catalog/evaluate.ts'
import { entryInForce } from '#catalog/in-force.ts'
import { loadCatalog } from '#catalog/load-catalog.ts'
import type { Answers } from '#catalog/model-result.ts'
import type { Catalog } from '#catalog/model.ts'
import { languagesOf, provenanceIn, type Text } from '#catalog/model-texts.ts'
import { fieldOf, isFieldId } from '#register/fields.ts'

const folders = readdirSync('catalogs', { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map((entry) => `catalogs/${entry.name}`)

function loaded(path: string): Catalog {
  const read = loadCatalog(path)
  if (!read.ok) throw new Error(`${path}: ${JSON.stringify(read.faults)}`)
  return read.catalog
}

test('the folder of catalogs is not empty', () => {
  expect(folders).toContain('catalogs/ds-920-1.0')
})

describe.each(folders)('%s', (path) => {
  test('loads and checks without a fault', () => {
    expect(checkCatalog(loaded(path), { released: true })).toEqual([])
  })

  test('has for every rule a case that fails when the rule is taken out', () => {
    expect(uncoveredRules(loaded(path), { alsoAnswers: true })).toEqual([])
  })

  test('has for every band of a level a case that expects it', () => {
    const { levels, cases } = loaded(path)
    const expected = new Set(cases.flatMap((c) => Object.entries(c.expect.levels ?? {}).map(([l, b]) => `${l}/${b}`)))
    expect(levels.flatMap((l) => l.bands.map((b) => `${l.id}/${b.id}`)).filter((band) => !expected.has(band))).toEqual(
      [],
    )
  })

  test('prefills only from fields that the register has, and knows every code of them', () => {
    for (const { id, ...question } of loaded(path).questions) {
      const link = question['register-field']
      if (!link) continue
      expect(isFieldId(link.field), id).toBe(true)
      if (isFieldId(link.field)) {
        const codes = fieldOf(link.field).codes ?? []
        // A code without an entry is the id of an option (docs/catalog-authoring.md).
        const options = 'options' in question ? question.options.map((option) => option.id) : []
        const known = new Set([...Object.keys(link.values ?? {}), ...options])
        expect([id, codes.filter((code) => !known.has(code))]).toEqual([id, []])
        expect([id, Object.keys(link.values ?? {}).filter((code) => !codes.includes(code))]).toEqual([id, []])
      }
    }
  })
})

test('what is in force is there, and what is released has not been edited', () => {
  const editions = new Map(folders.map(loaded).map((c) => [`${c.id} ${c.edition}`, digestOf(c)]))
  const inForce = parse(readFileSync('catalogs/in-force.yaml', 'utf8'))
  expect(editions.has(`${inForce.finder.catalog} ${inForce.finder.edition}`)).toBe(true)
  const released: { catalog: string; edition: string; digest: string }[] = parse(
    readFileSync('catalogs/released.yaml', 'utf8'),
  ).released
  expect(released.length).toBeGreaterThan(0)
  for (const r of released)
    expect(editions.get(`${r.catalog} ${r.edition}`), `${r.catalog} ${r.edition}`).toBe(r.digest)
})

/** Titles as published in the abstract of May 2025, section 3, 2 (1). */
const officialTitles = [
  'Compliance with Common Guiding Principles in AI Guidelines for Business',
  'Establishment of AI governance framework (Proper risk management while maximizing AI merits)',
  'Grasping latest trend of AI businesses and technologies for enhancing quality of generative AI systems',
  'Organizing processes to address information security incidents and risk cases particular to generative AI systems',
  'Literacy enhancement of workers engaged in development and operations of generative AI',
  'Proper management of data input and output of generative AI systems',
  'Measures to fulfill expected quality of generative AI systems',
  'Measures to avoid vendor lock-in',
  'Considering necessary updates of generative AI systems',
  'Considering cultural and linguistic aspects of outputs as necessary',
  'Considering avoidance of environmental damages',
  'Measures to prevent outputs of harmful information',
  'Measures to prevent outputs of disinformation and misinformation',
  'Ensuring equality and inclusiveness (measures to prevent outputs including biases and discriminations)',
  'Measures to prevent using generative AI systems for out-of-scope purposes',
  'Proper treatments of personal information, privacy, and intellectual properties',
  'Ensuring security of generative AI systems',
  'Ensuring accountability',
  'Ensuring robustness (Stability in appropriateness of outputs)',
  'Ensuring quality of data for learning by generative AI',
  'Verifiability of generative AI systems',
]

const both = (text: Text | undefined) => expect(languagesOf(text ?? {}).toSorted()).toEqual(['en', 'ja'])

describe('DS-920 edition 1.0', () => {
  const catalog = loaded('catalogs/ds-920-1.0')
  const itemsOf = (list: string) => catalog.lists.find((l) => l.id === list)?.items ?? []

  test('has the 21 procurement checks in the order and under the titles that were published', () => {
    const items = itemsOf('procurement-check')
    expect(items.map((i) => i.title['en'])).toEqual(officialTitles)
    expect(items.map((i) => i.id)).toEqual(officialTitles.map((_, at) => `p-${String(at + 1).padStart(2, '0')}`))
    for (const i of items) expect(provenanceIn('en', i.title, i), i.id).toBe('official')
  })

  test('has 6 contract checks, 13 clauses of the model rule and 7 roles with 25 duties', () => {
    expect(['contract-check', 'model-user-rule', 'roles'].map((l) => itemsOf(l).length)).toEqual([6, 13, 7])
    expect(itemsOf('roles').flatMap((r) => r.details ?? []).length).toBe(25)
  })

  test('says in both languages what each check asks and which evidence fits', () => {
    for (const i of [...itemsOf('procurement-check'), ...itemsOf('contract-check')]) {
      both(i.asks)
      expect(i.evidence?.length, i.id).toBeGreaterThan(0)
      for (const e of i.evidence ?? []) both(e)
    }
  })

  test('calls no Japanese wording official that is not published in Japanese', () => {
    const called = catalog.lists.flatMap((l) =>
      (l.items ?? []).filter((i) => provenanceIn('ja', i.title, i, l) === 'official'),
    )
    expect(called.map((i) => i.title['ja'])).toEqual(['先進的AI利活用アドバイザリーボード'])
  })

  test('marks the rules that combine the axes as a preset in both languages', () => {
    const rules = catalog.tables[0]?.rules.filter((r) => r.id.startsWith('hr-')) ?? []
    expect(rules.map((r) => r.id)).toEqual(['hr-1', 'hr-2', 'hr-3', 'hr-4'])
    for (const r of rules) expect([provenanceIn('ja', r), provenanceIn('en', r)]).toEqual(['preset', 'preset'])
  })
})

test('a ministry replaces the rule by a folder of its own, without code', () => {
  const folder = mkdtempSync(join(tmpdir(), 'tenbin-catalogs-'))
  const own = join(folder, 'ds-920-1.0-aoba')
  cpSync('catalogs/ds-920-1.0', own, { recursive: true })
  const rewrite = (file: string, from: string, to: string) => {
    const text = readFileSync(join(own, file), 'utf8')
    expect(text).toContain(from)
    writeFileSync(join(own, file), text.replace(from, to))
  }
  rewrite('catalog.yaml', "edition: '1.0'", "edition: '1.0-aoba'")
  rewrite('tables/verdict.yaml', 'at-least: 2', 'at-least: 1')
  writeFileSync(join(folder, 'in-force.yaml'), "finder: { catalog: ds-920, edition: '1.0-aoba' }\n")
  const { library, faults } = loadLibrary(['catalogs', folder])
  expect(faults).toEqual([])
  const inForce = entryInForce(['catalogs', folder], library, 'finder')
  const one: Answers = {
    'text-generative': 'yes',
    'sensitive-field': 'no',
    'special-secret': 'no',
    'users-kind': 'own-ministry',
    'error-harm': 'none',
    'confidential-in-training': 'yes',
    'personal-in-training': 'no',
    'human-judgement': 'all',
  }
  expect(inForce.edition).toBe('1.0-aoba')
  expect(evaluate(inForce.compiled, one).outcome).toBe('consult-board')
  expect(evaluate(entryInForce(['catalogs'], library, 'finder').compiled, one).outcome).toBe('proceed')
  expect(
    checkCatalog(inForce.content).map((p) => p.code),
    'cases of the copy still say what the old rule gives',
  ).toContain('case-fails')
  rmSync(folder, { recursive: true })
})

test('the glossary gives one English term per Japanese term and the other way round', () => {
  expect(existsSync('docs/glossary.md')).toBe(true)
  const rows = readFileSync('docs/glossary.md', 'utf8')
    .split('\n')
    .map((line) => line.split('|').map((cell) => cell.trim()))
    .filter((cells) => ['official', 'preset', 'verify'].includes(cells[3] ?? ''))
  expect(rows.length).toBeGreaterThan(150)
  for (const column of [1, 2]) {
    const terms = rows.map((cells) => (cells[column] ?? '').toLowerCase())
    expect(terms.filter((term, at) => terms.indexOf(term) !== at)).toEqual([])
  }
})
