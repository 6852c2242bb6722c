import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { gramsOf, gramsOfTerm, searchKey, searchTerms } from './search-key.ts'

const anyText = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({ unit: 'grapheme' }),
  fc.string({ unit: fc.integer({ min: 0, max: 0xffff }).map((n) => String.fromCharCode(n)) }),
  fc.string({
    unit: fc.constantFrom(...'生成ＡＩのシステム髙﨑ｶﾞがガか゛\u3099 \u3000\n－ー〜ｰςΣİß⼤①㈱\u200b\ufe0f𠮷'.split('')),
  }),
)

test.each([
  ['ＡＩ', 'ai'],
  ['生成 AI', '生成AI'],
  ['生成\u3000ＡＩ', '生成ai'],
  ['ｾｲｾｲ', 'せいせい'],
  ['ガイドライン', 'がいどらいん'],
  ['か\u3099く', 'がく'],
  ['ｶﾞｸ', 'ガク'],
  ['サーバー', 'サ－バ―'],
  ['10〜20', '１０～２０'],
  ['髙﨑 邉', '高崎辺'],
  ['⽤⾏⼤⽣', '用行大生'],
  ['⻑官⺠', '長官民'],
  ['don’t', "don't"],
  ['Stra\u00adße\u200b', 'STRASSE'],
  ['㈱葵', '(株)葵'],
  ['葛\u{e0100}城', '葛城'],
  ['東日本\ufeff', '東日本'],
])('%j and %j have the same key', (a, b) => {
  expect(searchKey(a)).toBe(searchKey(b))
})

test('different words keep different keys', () => {
  const words = ['生成', '生或', '要約', '要訳', 'システム', 'シスデム', 'は', 'ば', 'ぱ', 'っ', 'つ', '大', '犬']
  expect(new Set(words.map(searchKey)).size).toBe(words.length)
})

test('the key of a key is the key', () => {
  fc.assert(
    fc.property(anyText, (text) => {
      expect(searchKey(searchKey(text))).toBe(searchKey(text))
    }),
    { numRuns: 2000 },
  )
})

test('the short way through plain characters gives the same key as the long one', () => {
  const plain = fc.integer({ min: 0x20, max: 0xff5e }).map((n) => String.fromCharCode(n))
  const text = fc.oneof(
    anyText,
    fc.string({ unit: plain }),
    fc.string({ unit: fc.constantFrom(...Array.from('あア亜A ー〜\u3000。、Ａ～々ヿゟ')) }),
  )
  fc.assert(
    fc.property(text, (given) => {
      // A zero-width space has no key, and makes the text go the long way.
      expect(searchKey(given)).toBe(searchKey(`${given}\u200b`))
    }),
    { numRuns: 2000 },
  )
})

test('width, kana and case never change the key', () => {
  const ascii = fc.string({ unit: fc.integer({ min: 0x21, max: 0x7e }).map((n) => String.fromCharCode(n)) })
  const wide = (s: string) => s.replace(/[!-~]/g, (c) => String.fromCharCode(c.charCodeAt(0) + 0xfee0))
  fc.assert(
    fc.property(ascii, (s) => {
      expect(searchKey(wide(s))).toBe(searchKey(s))
    }),
  )
  fc.assert(
    fc.property(ascii, (s) => {
      expect(searchKey(s.toUpperCase())).toBe(searchKey(s.toLowerCase()))
    }),
  )
  const kana = fc.string({ unit: fc.integer({ min: 0x3041, max: 0x3096 }).map((n) => String.fromCharCode(n)) })
  const katakana = (s: string) => s.replace(/./g, (c) => String.fromCharCode(c.charCodeAt(0) + 0x60))
  fc.assert(
    fc.property(kana, (s) => {
      expect(searchKey(katakana(s))).toBe(searchKey(s))
    }),
  )
})

test('every two-character part of a key is found by its number', () => {
  fc.assert(
    fc.property(anyText, (text) => {
      const grams = new Set(gramsOf(text))
      for (const run of searchKey(text).split(' '))
        for (let i = 0; i + 1 < run.length; i++) {
          const code = (run.charCodeAt(i) << 16) | run.charCodeAt(i + 1)
          expect(grams.has(code)).toBe(true)
        }
    }),
  )
})

test('a word is found in every text that holds it, wherever it stands', () => {
  const word = fc.string({
    unit: fc.constantFrom(...Array.from('生成要約支援ＡIシステムしすてむ髙高')),
    minLength: 2,
    maxLength: 6,
  })
  fc.assert(
    fc.property(word, anyText, anyText, (term, before, after) => {
      const grams = new Set(gramsOf(`${before}。${term}。${after}`))
      expect(gramsOfTerm(term).every((gram) => grams.has(gram))).toBe(true)
    }),
  )
})

test('the numbers fit a signed 32-bit column and come sorted without repeats', () => {
  fc.assert(
    fc.property(anyText, (text) => {
      const grams = gramsOf(text)
      expect(grams).toEqual([...new Set(grams)].toSorted((a, b) => a - b))
      expect(grams.every((gram) => gram === (gram | 0))).toBe(true)
    }),
  )
})

test('a word of one character asks nothing of the index; a run of one character is kept', () => {
  expect(gramsOfTerm('税')).toEqual([])
  expect(gramsOf('a bc')).toContain(0x61)
})

test('a query is split into words at any white space', () => {
  expect(searchTerms(' 生成AI\u3000調達  ')).toEqual(['生成ai', '調達'])
})
