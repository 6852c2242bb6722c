import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { compile } from '#user-rules/compile.ts'
import type { Setting } from '#user-rules/settings.ts'

import { isMyNumber } from './my-number.ts'
import { findPersonalData, tryText } from './try-text.ts'

const refusal = { ja: 'マイナンバーが含まれているため、送りませんでした。', en: 'Not sent: it contains a My Number.' }
const setting = (category: string, value: string, service = 'contracted', rest = {}): Setting =>
  ({ kind: 'personal-data', service, category, value, provenance: 'own', ...rest }) as Setting
const rule = compile({
  rule: { id: '00000000-0000-7000-8000-000000000001', level: 'ministry' },
  number: 3,
  digest: '0'.repeat(64),
  clauses: [
    {
      id: 'u-06',
      number: 6,
      heading: { ja: '個人情報の入力', en: 'Personal information' },
      settings: [
        setting('name', 'mask'),
        setting('phone', 'mask'),
        setting('name', 'refuse', 'terms-of-service'),
        setting('my-number', 'refuse', 'any', { refusal }),
        {
          kind: 'subjects',
          value: ['elections'],
          names: { elections: { ja: '選挙', en: 'Elections', terms: ['投票依頼'] } },
          provenance: 'own',
        },
      ],
    },
  ],
})
const found = (text: string) => findPersonalData(text).map(({ category, from, to }) => [category, text.slice(from, to)])

/** The check digit of eleven digits, computed another way than in the code. */
function checkDigit(eleven: string): number {
  const weights = [6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2]
  const rest = weights.reduce((sum, weight, n) => sum + weight * Number(eleven[n]), 0) % 11
  return rest < 2 ? 0 : 11 - rest
}

describe('personal data in a text', () => {
  it('finds a My Number by its check digit, however it is grouped and in full-width digits', () => {
    const number = `12345678901${checkDigit('12345678901')}`
    for (const written of [
      number,
      number.replace(/(\d{4})(?=\d)/g, '$1-'),
      number.replaceAll(/\d/g, (d) => String.fromCharCode(d.charCodeAt(0) + 0xfee0)),
    ])
      expect(found(`番号は${written}です`)).toEqual([['my-number', written]])
  })

  it('takes twelve digits with another last digit for no My Number', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^\d{11}$/), fc.integer({ min: 0, max: 9 }), (eleven, last) => {
        expect(isMyNumber(`${eleven}${last}`)).toBe(last === checkDigit(eleven))
      }),
    )
  })

  it.each([
    ['電話は03-0000-0000です', 'phone', '03-0000-0000'],
    ['携帯 090-1234-5678 まで', 'phone', '090-1234-5678'],
    ['０３－００００－００００', 'phone', '０３－００００－００００'],
    ['hanako@example.go.jp へ', 'mail', 'hanako@example.go.jp'],
    ['〒100-0000 にお住まい', 'address', '〒100-0000'],
    ['東京都架空区見本1-2-3に住む', 'address', '東京都架空区見本1-2-3'],
    ['普通 1234567', 'account-number', '1234567'],
    ['口座番号は7654321', 'account-number', '7654321'],
    ['平成元年1月8日生まれ', 'birth-date', '平成元年1月8日'],
    ['相談者は見本花子さんです', 'name', '見本花子'],
    ['氏名：見本 太郎', 'name', '見本 太郎'],
    ['Mr. Taro Mihon called', 'name', 'Taro Mihon'],
  ])('finds in 「%s」 the %s', (text, category, part) => {
    expect(found(text)).toContainEqual([category, part])
  })

  it.each([
    'お客様の申請は12月14日までです',
    '予算は1,234,567円',
    '第3版は2026-12-01から',
    '同様の仕様',
    '多様な模様',
    '担当者様',
  ])('finds nothing personal in 「%s」', (text) => expect(found(text)).toEqual([]))

  it('never overlaps and never loses a sign, whatever the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), (text) => {
        const { pieces } = tryText(rule, 'contracted', text)
        expect(pieces.map((p) => p.text).join('')).toBe(text)
      }),
    )
  })
})

describe('what a rule does with a text', () => {
  const text = '相談者は見本花子さん、電話は03-0000-0000です。'

  it('masks for the contracted service what it refuses for one used on terms', () => {
    expect(tryText(rule, 'contracted', text).outcome).toBe('masked')
    expect(tryText(rule, 'terms-of-service', text).outcome).toBe('refused')
  })

  it('names the article that decides', () => {
    const { because } = tryText(rule, 'contracted', `12345678901${checkDigit('12345678901')}`)
    expect(because[0]?.articles[0]).toMatchObject({ number: 6, refusal: { ja: `${refusal.ja}（利活用ルール第6条）` } })
  })

  it('numbers what it masks: the same name has the same number', () => {
    const { pieces } = tryText(rule, 'contracted', '見本花子さんと見本太郎さん、また見本花子さん')
    const numbers = pieces.flatMap((p) => (p.kind === 'found' ? [p.number] : []))
    expect(numbers).toEqual([1, 2, 1])
  })

  it('says what was found and is not regulated', () => {
    expect(tryText(rule, 'contracted', 'a@example.jp').notSet).toEqual(['mail'])
  })

  it('refuses a subject that is left out', () => {
    expect(tryText(rule, 'contracted', '投票依頼の文を書いて')).toMatchObject({
      outcome: 'refused',
      subjects: ['elections'],
    })
  })
})
