import { describe, expect, it } from 'vitest'

import type { Catalog } from '#catalog/model.ts'
import type { Cond } from '#catalog/model-expressions.ts'
import { en } from '#web/texts/en.ts'
import { ja } from '#web/texts/ja.ts'

import { conditionWords } from './condition-words.ts'

const band = (id: string, jaTitle: string, enTitle: string) => ({ id, title: { ja: jaTitle, en: enTitle } })
const catalog = {
  questions: [
    {
      id: 'who',
      kind: 'single',
      title: { ja: '誰が使いますか', en: 'Who uses it?' },
      options: [band('own', '職員', 'Staff'), band('all', '国民', 'Citizens')],
    },
    { id: 'many', kind: 'number', title: { ja: '人数', en: 'How many' } },
  ],
  scores: [band('s', '点', 'Points')],
  values: [band('raised', '該当の数', 'Axes raised')],
  labels: [],
  tables: [],
  outcomes: [band('board', '相談', 'Consult')],
  levels: [{ ...band('a', '軸A', 'Axis A'), bands: [band('half', '一部', 'Half'), band('raised', '該当', 'Raised')] }],
} as unknown as Catalog
const japanese = conditionWords(catalog, ja, 'ja')
const english = conditionWords(catalog, en, 'en')

describe('a condition in words', () => {
  it('says what the engine tests, in both languages', () => {
    const cond: Cond = {
      all: [
        { level: 'a', is: 'raised' },
        { expr: { value: 'raised' }, 'at-least': 2 },
      ],
    }
    expect(japanese.cond(cond)).toBe('軸Aが「該当」、かつ「該当の数」が2以上')
    expect(english.cond(cond)).toBe('Axis A is “Raised”, and “Axes raised” is at least 2')
  })

  it('puts parts within parts in brackets, so that and/or cannot be misread', () => {
    const cond: Cond = {
      all: [
        { question: 'who', is: 'all' },
        {
          any: [
            { question: 'many', 'more-than': 10 },
            { level: 'a', 'at-least': 'half' },
          ],
        },
      ],
    }
    expect(japanese.cond(cond)).toBe(
      '「誰が使いますか」の答えが「国民」、かつ（「人数」の答えが10より大きい、または軸Aが「一部」以上）',
    )
  })

  it('keeps inclusive and exclusive bounds apart', () => {
    expect(japanese.bounds({ from: 1, below: 2 })).toBe('1以上、2未満')
    expect(english.bounds({ above: 0.25, to: 0.5 }, true)).toBe('above 25%, at most 50%')
    expect(japanese.bounds({})).toBe('全ての値')
  })

  it('puts sums inside products in brackets', () => {
    expect(japanese.num({ product: [{ sum: [1, { score: 's' }] }, 2] })).toBe('（1 ＋ 「点」） × 2')
  })

  it('names the next question or the outcome of an answer', () => {
    expect(japanese.goto('many')).toBe('「人数」へ進む')
    expect(english.goto([{ when: { question: 'who', is: 'own' }, outcome: 'board' }, { question: 'many' }])).toBe(
      'outcome “Consult” if the answer to “Who uses it?” is “Staff”, go to “How many”',
    )
  })
})
