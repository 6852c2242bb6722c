import { expect, it } from 'vitest'

import { between } from './use-selection.ts'

const keys = ['a', 'b', 'c', 'd']

it('a range holds both ends, in whichever direction it was drawn', () => {
  expect(between(keys, 'b', 'd')).toEqual(['b', 'c', 'd'])
  expect(between(keys, 'd', 'b')).toEqual(['b', 'c', 'd'])
})

it('a range that begins on another page is the last row alone', () => {
  expect(between(keys, 'x', 'c')).toEqual(['c'])
  expect(between(keys, '', 'c')).toEqual(['c'])
})
