import fc from 'fast-check'
import { expect, it } from 'vitest'

import type { KnownName } from './model.ts'
import { findNames, formsOf, withoutNames } from './names.ts'

const names: KnownName[] = [
  ...formsOf('organisation', 'あおば省'),
  ...formsOf('organisation', 'Ministry of Aoba'),
  ...formsOf('supplier', '株式会社北斗データ'),
  ...formsOf('person', '三好 直'),
  ...formsOf('system', '問合せ支援ボット'),
]
const neutral = {
  organisation: 'ある府省',
  unit: '担当部署',
  system: 'このシステム',
  supplier: 'ある事業者',
  person: '担当者',
  number: '（番号は省略）',
}

it.each([
  ['あおば省では使えますか。', 'あおば省'],
  ['アオバ省では使えますか。', 'アオバ省'],
  ['あおば　省では使えますか。', 'あおば　省'],
  ['The MINISTRY OF  AOBA asks.', 'MINISTRY OF  AOBA'],
  ['北斗データに確かめた。', '北斗データ'],
  ['（株）北斗データに確かめた。', '北斗データ'],
  ['三好が答えます。', '三好'],
  ['問合せ支援ﾎﾞｯﾄの件', '問合せ支援ﾎﾞｯﾄ'],
])('finds a name however it is written: %s', (text, found) => {
  expect(findNames(text, names).map((hit) => hit.text)).toEqual([found])
})

it('takes a Latin name inside a longer word for another word', () => {
  expect(findNames('Aobakusa', formsOf('organisation', 'Aoba'))).toEqual([])
  expect(findNames('in Aoba today', formsOf('organisation', 'Aoba'))).toHaveLength(1)
})

const anyText = fc.string({ unit: fc.constantFrom(...Array.from('あおば省の件　で、三好直 北斗 Ministryof data。ー')) })

it('finds every name that is put into a text, at its place', () => {
  fc.assert(
    fc.property(anyText, anyText, fc.constantFrom(...names), (before, after, { name }) => {
      const text = `${before}。${name}。${after}`
      const at = before.length + 1
      expect(findNames(text, names).some((hit) => hit.from <= at && hit.to >= at + name.length)).toBe(true)
    }),
  )
})

it('proposes a text in which no name is found any more', () => {
  fc.assert(
    fc.property(fc.array(fc.oneof(anyText, fc.constantFrom(...names.map((one) => one.name)))), (parts) => {
      expect(findNames(withoutNames(parts.join(''), names, neutral), names)).toEqual([])
    }),
  )
})

it('leaves a text without names as it is', () => {
  expect(withoutNames('要件の書き方を教えてください。', names, neutral)).toBe('要件の書き方を教えてください。')
})
