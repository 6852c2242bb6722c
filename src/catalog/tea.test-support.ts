import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { type Loaded, loadCatalog } from './load-catalog.ts'

/** A small catalog that proves; tests spoil it in one place each. */
export const tea = `format: tenbin-catalog/1
id: tea
edition: '1'
languages: [ja, en]
title: { ja: 決まり, en: Rules }
publisher: { ja: 総務, en: Office }
provenance: preset
sources: [{ id: memo, title: { ja: 覚書, en: Memo }, kind: official }]
decide: { table: verdict }
scores: [{ id: heat, title: { ja: 熱さ, en: Heat } }]
labels: [{ id: hot, title: { ja: 熱い, en: Hot } }]
questions:
  - id: kettle
    kind: single
    title: { ja: やかん, en: Kettle }
    options:
      - { id: 'yes', title: { ja: はい, en: 'Yes' }, weights: { heat: 2 }, labels: [hot] }
      - { id: 'no', title: { ja: いいえ, en: 'No' } }
  - id: cups
    kind: number
    title: { ja: 数, en: Cups }
    show-when: { question: kettle, is: 'yes' }
    min: 0
    max: 9
    integer: true
values: [{ id: twice, expr: { product: [2, { score: heat }] } }]
levels:
  - id: warmth
    title: { ja: 温度, en: Warmth }
    of: { score: heat }
    bands:
      - { id: low, title: { ja: 低, en: Low }, to: 1 }
      - { id: high, title: { ja: 高, en: High }, above: 1, duties: [blow] }
tables:
  - id: verdict
    title: { ja: 判定, en: Verdict }
    hit: first
    rules:
      - id: many
        title: { ja: 多い, en: Many }
        when: { all: [{ level: warmth, is: high }, { question: cups, at-least: 5 }] }
        gives: ask
      - id: hot
        title: { ja: 熱い, en: Hot }
        when: { label: hot }
        gives: pour
    otherwise: { id: cold, title: { ja: 冷たい, en: Cold }, gives: wait }
outcomes:
  - { id: ask, title: { ja: 聞く, en: Ask }, strictness: 3 }
  - { id: wait, title: { ja: 待つ, en: Wait }, strictness: 2 }
  - { id: pour, title: { ja: 注ぐ, en: Pour }, strictness: 1 }
duties: [{ id: blow, title: { ja: 冷ます, en: Blow } }]
cases:
  - { id: many, title: { ja: 多い, en: Many }, answers: { kettle: 'yes', cups: 6 }, expect: { outcome: ask, values: { twice: 4 }, duties: [blow] } }
  - { id: few, title: { ja: 少ない, en: Few }, answers: { kettle: 'yes', cups: 4 }, expect: { outcome: pour, levels: { warmth: high } } }
  - { id: cold, title: { ja: 冷たい, en: Cold }, answers: { kettle: 'no' }, expect: { outcome: wait, levels: { warmth: low }, visible: [kettle] } }
`

/** Replaces text that must be there, so that a test cannot pass because nothing was spoiled. */
export function spoiled(from: string, to: string, text = tea): string {
  if (!text.includes(from)) throw new Error(`nothing to replace: ${from}`)
  return text.replace(from, to)
}

/** Writes files into a fresh folder, calls back with its path and removes it. */
export function inFolder<T>(files: Record<string, string | Uint8Array>, then: (folder: string) => T): T {
  const folder = mkdtempSync(join(tmpdir(), 'tenbin-catalog-'))
  const remove = (): void => rmSync(folder, { recursive: true, force: true })
  try {
    for (const [name, content] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, name)), { recursive: true })
      writeFileSync(join(folder, name), content)
    }
    const made = then(folder)
    if (made instanceof Promise) return made.finally(remove) as T
    remove()
    return made
  } catch (error) {
    remove()
    throw error
  }
}
export function loadText(text: string | Uint8Array): Loaded {
  return inFolder({ 'c.yaml': text }, (folder) => loadCatalog(join(folder, 'c.yaml')))
}
