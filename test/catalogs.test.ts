import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'

import { checkCatalog, uncoveredRules } from '#catalog/check-catalog.ts'
import { type Compiled, compile } from '#catalog/compile.ts'
import { digestOf } from '#catalog/digest.ts'
import { evaluate } from '#catalog/evaluate.ts'
import { loadCatalog } from '#catalog/load-catalog.ts'
import type { Answers } from '#catalog/model-result.ts'
import { type Catalog, cannotDecide } from '#catalog/model.ts'
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
    expect(checkCatalog(loaded(path))).toEqual([])
  })

  test('has for every rule a case that fails when the rule is taken out', () => {
    expect(uncoveredRules(loaded(path))).toEqual([])
  })

  test('has for every band of a level a case that expects it', () => {
    const { levels, cases } = loaded(path)
    const expected = new Set(cases.flatMap((c) => Object.entries(c.expect.levels ?? {}).map(([l, b]) => `${l}/${b}`)))
    expect(levels.flatMap((l) => l.bands.map((b) => `${l.id}/${b.id}`)).filter((band) => !expected.has(band))).toEqual([])
  })

  test('prefills only from fields that the register has, and knows every code of them', () => {
    for (const { id, ...question } of loaded(path).questions) {
      const link = question['register-field']
      if (!link) continue
      expect(isFieldId(link.field), id).toBe(true)
      if (isFieldId(link.field)) expect(Object.keys(link.values ?? {}).sort()).toEqual([...(fieldOf(link.field).codes ?? [])].sort())
    }
  })
})

test('what is in force is there, and what is released has not been edited', () => {
  const editions = new Map(folders.map(loaded).map((c) => [`${c.id} ${c.edition}`, digestOf(c)]))
  const inForce = parse(readFileSync('catalogs/in-force.yaml', 'utf8'))
  expect(editions.has(`${inForce.finder.catalog} ${inForce.finder.edition}`)).toBe(true)
  const released: { catalog: string; edition: string; digest: string }[] = parse(readFileSync('catalogs/released.yaml', 'utf8')).released
  expect(released.length).toBeGreaterThan(0)
  for (const r of released) expect(editions.get(`${r.catalog} ${r.edition}`), `${r.catalog} ${r.edition}`).toBe(r.digest)
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

describe('DS-920 edition 1.0', () => {
  const catalog = loaded('catalogs/ds-920-1.0')
  const itemsOf = (list: string) => catalog.lists.find((l) => l.id === list)?.items ?? []
  const both = (text: Text | undefined) => expect(languagesOf(text ?? {}).sort()).toEqual(['en', 'ja'])

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
    const called = catalog.lists.flatMap((l) => (l.items ?? []).filter((i) => provenanceIn('ja', i.title, i, l) === 'official'))
    expect(called.map((i) => i.title['ja'])).toEqual(['先進的AI利活用アドバイザリーボード'])
  })

  test('marks the rules that combine the axes as a preset in both languages', () => {
    const rules = catalog.tables[0]?.rules.filter((r) => r.id.startsWith('hr-')) ?? []
    expect(rules.map((r) => r.id)).toEqual(['hr-1', 'hr-2', 'hr-3', 'hr-4'])
    for (const r of rules) expect([provenanceIn('ja', r), provenanceIn('en', r)]).toEqual(['preset', 'preset'])
  })
})

/** The combination rule a second time, from its sentence and without the catalog: raised 2, half 1, clear 0. */
const consults = (a: number, b: number, c: number, d: number) => {
  const raised = [a, b, c, d].filter((x) => x === 2).length
  const half = [a, b, c, d].filter((x) => x === 1).length
  return b === 2 || raised >= 2 || (a === 2 && d !== 0) || (raised >= 1 && half >= 2)
}

const axisQuestions = {
  'users-kind': ['own-ministry', 'several-organisations', 'citizens-outside'],
  'error-harm': ['none', 'limited', 'serious'],
  'confidential-in-training': ['no', 'yes'],
  'personal-in-training': ['no', 'yes'],
  'human-judgement': ['all', 'some', 'none'],
} as const
const scopeQuestions = { 'text-generative': ['yes', 'no'], 'sensitive-field': ['no', 'yes'], 'special-secret': ['no', 'yes'] } as const
const every = { ...scopeQuestions, ...axisQuestions }
type Choice = Readonly<Record<string, string | undefined>>

/** All answers to the questions; with `unknown` also those that leave questions open. */
function choices(questions: Readonly<Record<string, readonly string[]>>, unknown: boolean): Choice[] {
  return Object.entries(questions).reduce<Choice[]>(
    (sofar, [id, options]) => sofar.flatMap((c) => [...options, ...(unknown ? [undefined] : [])].map((o) => ({ ...c, [id]: o }))),
    [{}],
  )
}

function outcomeOf(c: Choice): string {
  if (c['text-generative'] === 'no' || c['sensitive-field'] === 'yes' || c['special-secret'] === 'yes') return 'out-of-scope'
  const at = (id: keyof typeof axisQuestions) => (axisQuestions[id] as readonly (string | undefined)[]).indexOf(c[id])
  const store = c['confidential-in-training'] === 'yes' || c['personal-in-training'] === 'yes' ? 2 : 0
  return consults(at('users-kind'), at('error-harm'), store, at('human-judgement')) ? 'consult-board' : 'proceed'
}

/** By brute force: every completion of what is open, and each open question whose answer alone can still move the set. */
const known = new Map<string, Set<string>>()
function possibleOutcomes(c: Choice): Set<string> {
  const key = Object.keys(every).map((id) => c[id] ?? '?').join()
  const found = known.get(key)
  if (found) return found
  const open = Object.entries(every).find(([id]) => c[id] === undefined)
  const result = open
    ? new Set(open[1].flatMap((option) => [...possibleOutcomes({ ...c, [open[0]]: option })]))
    : new Set([outcomeOf(c)])
  known.set(key, result)
  return result
}

describe('the combination rule', () => {
  const compiled: Compiled = compile(loaded('catalogs/ds-920-1.0'))
  const answersOf = (c: Choice): Answers => Object.fromEntries(Object.entries(c).filter(([, v]) => v !== undefined))
  const inScope = { 'text-generative': 'yes', 'sensitive-field': 'no', 'special-secret': 'no' }

  test('gives for each of the 108 combinations of answers what its sentence says', () => {
    const all = choices(axisQuestions, false)
    expect(all.length).toBe(108)
    for (const c of all) expect(evaluate(compiled, answersOf({ ...inScope, ...c })).outcome, JSON.stringify(c)).toBe(outcomeOf({ ...inScope, ...c }))
  })

  test('decides with open answers exactly when every completion agrees, and names what matters when not', () => {
    const partial = choices(axisQuestions, true).map((c) => ({ ...inScope, ...c }))
    expect(partial.length).toBe(576)
    for (const c of partial) agrees(c)
  })

  test('does so when the scope is open too', () => {
    const scopes = choices(scopeQuestions, true)
    const axes = choices(axisQuestions, true).filter((_, at) => at % 7 === 0)
    expect(scopes.length).toBe(27)
    for (const s of scopes) for (const a of axes) agrees({ ...s, ...a })
  })

  function agrees(c: Choice): void {
    const possible = possibleOutcomes(c)
    const result = evaluate(compiled, answersOf(c))
    const name = JSON.stringify(c)
    expect(result.outcome, name).toBe(possible.size === 1 ? [...possible][0] : cannotDecide)
    expect([...result.possible].sort(), name).toEqual([...possible].sort())
    const open = Object.keys(every).filter((id) => c[id] === undefined)
    const settled = possible.size === 1
    if (settled) expect(result.matter, name).toEqual([])
    else expect(result.matter.length, name).toBeGreaterThan(0)
    expect(result.matter.filter((id) => !open.includes(id)), name).toEqual([])
  }
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
