import { describe, expect, test } from 'vitest'

import { en } from './en.ts'
import { ja } from './ja.ts'

type Found = { readonly path: string; readonly value: unknown }

/** Every leaf of the texts; a function counts as one. */
function leaves(value: unknown, path = ''): readonly Found[] {
  if (typeof value !== 'object' || value === null) return [{ path, value }]
  return Object.entries(value).flatMap(([key, inside]) => leaves(inside, path === '' ? key : `${path}.${key}`))
}
const textsOf = (texts: unknown) =>
  leaves(texts).filter((leaf): leaf is Found & { value: string } => typeof leaf.value === 'string')

describe('the texts', () => {
  test('both languages say the same things', () => {
    const japanese = leaves(ja).map(({ path }) => path)
    expect(japanese.length).toBeGreaterThan(500)
    expect(
      leaves(en)
        .map(({ path }) => path)
        .toSorted(),
    ).toEqual(japanese.toSorted())
  })
  test('no text is empty, except a counter that one language does without', () => {
    expect(
      [...textsOf(ja), ...textsOf(en)]
        .filter(({ path, value }) => value.trim() === '' && !path.endsWith('.unit'))
        .map(({ path }) => path),
    ).toEqual([])
  })
  test('no Japanese is left in the English, except the name of the other language and quoted input', () => {
    const quoted = new Set(['shell.otherLanguage'])
    const left = textsOf(en).filter(({ path, value }) => !quoted.has(path) && /[぀-ヿ一-鿿]/.test(value))
    expect(left.map(({ path, value }) => `${path}: ${value}`)).toEqual([])
  })
  test('nothing shouts and nothing blames', () => {
    const loud = [...textsOf(ja), ...textsOf(en)].filter(({ value }) => /[!！]|不正な値|入力エラー/.test(value))
    expect(loud.map(({ path, value }) => `${path}: ${value}`)).toEqual([])
  })
})
