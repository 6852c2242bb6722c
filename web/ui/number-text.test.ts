import { describe, expect, test } from 'vitest'

import { ja } from '#web/texts/ja.ts'

import { numberFault, readNumber } from './number-text.ts'

describe('a number as people type it', () => {
  test.each([
    ['3200', 3200],
    ['3,200', 3200],
    ['３，２００', 3200],
    ['−5', -5],
    ['.5', 0.5],
    [' 12 ', 12],
  ])('%s is %d', (text, value) => {
    expect(readNumber(text)).toBe(value)
  })
  test('nothing is no number, and not zero', () => {
    expect(readNumber('')).toBeUndefined()
    expect(readNumber('　')).toBeUndefined()
  })
  test('words are not a number', () => {
    for (const text of ['約3000', '12人', '1e5', '-', '1.2.3']) expect(readNumber(text)).toBeNaN()
  })
  test('a fault is worded, and no value is no fault', () => {
    expect(numberFault(undefined, { min: 0 }, ja)).toBeUndefined()
    expect(numberFault(Number.NaN, {}, ja)).toBe(ja.ui.number.notANumber)
    expect(numberFault(-1, { min: 0 }, ja)).toBe(ja.ui.number.tooSmall('0'))
    expect(numberFault(1.5, { integer: true }, ja)).toBe(ja.ui.number.integer)
    expect(numberFault(3, { min: 0, max: 5, integer: true }, ja)).toBeUndefined()
  })
})
