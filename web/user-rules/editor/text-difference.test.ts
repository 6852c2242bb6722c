import fc from 'fast-check'
import { expect, it } from 'vitest'

import { differencesIn } from './text-difference.ts'

const side = (pieces: ReturnType<typeof differencesIn>, without: 'old' | 'new') =>
  pieces.filter(({ kind }) => kind !== without).map(({ text }) => text)

it('gives both texts back whole, whatever they are', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'grapheme' }),
      fc.string({ unit: 'grapheme' }),
      fc.constantFrom('ja', 'en'),
      (a, b, language) => {
        const pieces = differencesIn(a, b, language as 'ja' | 'en')
        expect(side(pieces, 'new').join('')).toBe(a)
        expect(side(pieces, 'old').join('')).toBe(b)
      },
    ),
  )
})

it('cuts Japanese at its words: what stays the same is not told as new', () => {
  const pieces = differencesIn(
    '職員は、個人情報を入力してはならない。',
    '職員は、個人情報を入力することができる。',
    'ja',
  )
  expect(pieces[0]).toEqual({ kind: 'same', text: '職員は、個人情報を入力' })
  expect(
    pieces
      .filter(({ kind }) => kind === 'new')
      .map(({ text }) => text)
      .join(''),
  ).toContain('できる')
})
