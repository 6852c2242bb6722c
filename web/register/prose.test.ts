import { expect, it } from 'vitest'

import { firstSentence, langOf } from './prose.ts'

it('a list shows the first sentence of a purpose, whole', () => {
  expect(firstSentence('録音から要旨をまとめる。担当者が確かめる。')).toBe('録音から要旨をまとめる。')
  expect(firstSentence('It saves 3.5 hours. Staff check it.')).toBe('It saves 3.5 hours.')
  expect(firstSentence('文書の要約')).toBe('文書の要約')
  expect(firstSentence('')).toBe('')
})

it('a text is marked with its language only where it is not that of the page', () => {
  expect(langOf('会議録の要約', 'en')).toBe('ja')
  expect(langOf('会議録の要約', 'ja')).toBeUndefined()
  expect(langOf('Summary of minutes', 'ja')).toBe('en')
  expect(langOf('G-4.1', 'ja')).toBeUndefined()
})
