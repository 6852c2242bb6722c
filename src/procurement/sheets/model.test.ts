import { describe, expect, test } from 'vitest'

import { gapsIn, labelOf, lackOf, sheetState } from './model.ts'

const clause = { text: '甲は…する。', state: 'open' } as const
const item = { sheet: 'procurement-check', included: true, requirement: '記録は国内に置くこと。', clause } as const

describe('what an item lacks', () => {
  test('an undecided item lacks the decision', () => {
    expect(lackOf({ ...item, included: null })).toBe('decision')
  })
  test('an item that is left out lacks nothing', () => {
    expect(lackOf({ ...item, included: false, requirement: '' })).toBeUndefined()
  })
  test('a requirement with a place to fill in is not complete', () => {
    expect(lackOf({ ...item, requirement: '【期間】で消すこと。' })).toBe('requirement-gap')
    expect(lackOf({ ...item, requirement: ' ' })).toBe('requirement')
    expect(lackOf(item)).toBeUndefined()
  })
  test('a contract check is complete when its clause is agreed', () => {
    const check = { ...item, sheet: 'contract-check' } as const
    expect(lackOf(check)).toBe('agreement')
    expect(lackOf({ ...check, clause: { text: '【期間】', state: 'agreed' } })).toBe('clause')
    expect(lackOf({ ...check, clause: { ...clause, state: 'agreed' } })).toBeUndefined()
  })
  test('a sheet without items was never made, which is not the same as complete', () => {
    expect(sheetState([])).toBe('none')
    expect(sheetState([item, { ...item, included: null }])).toBe('open')
    expect(sheetState([item])).toBe('complete')
  })
})

test('places to fill in are found in both languages', () => {
  expect(gapsIn('【期間】以内に、[period] に')).toEqual(['【期間】', '[period]'])
  expect(labelOf('p-06')).toBe('P06')
})
