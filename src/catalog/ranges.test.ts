import { expect, test } from 'vitest'
import { compare, divide, nothing, point, range, round, snap } from './ranges.ts'

test('halves go where the mode says, on both sides of zero', () => {
  const of = (mode: Parameters<typeof round>[1]): number[] => [2.5, 3.5, -2.5, 2.4, -2.6].map((v) => round(v, mode, 0))
  expect(of('half-up')).toEqual([3, 4, -3, 2, -3])
  expect(of('half-down')).toEqual([2, 3, -2, 2, -3])
  expect(of('half-even')).toEqual([2, 4, -2, 2, -3])
  expect(of('up')).toEqual([3, 4, -3, 3, -3])
  expect(of('down')).toEqual([2, 3, -2, 2, -2])
  expect(of('floor')).toEqual([2, 3, -3, 2, -3])
  expect(of('ceiling')).toEqual([3, 4, -2, 3, -2])
})

test('binary fractions do not show: 12 digits count, in rounding and comparing', () => {
  expect(round(1.005, 'half-up', 2)).toBe(1.01)
  expect(round(0.85 * 90, 'half-up', 0)).toBe(77)
  expect(round(1234, 'half-up', -2)).toBe(1200)
  expect(snap(0.1 + 0.2)).toBe(0.3)
  expect(compare(point(0.1 + 0.2), 'equals', point(0.3))).toBe('yes')
  expect(compare(point(0.1 + 0.2), 'more-than', point(0.3))).toBe('no')
})

test('a division by zero has no value, and nothing compared with it is settled', () => {
  expect(divide(point(1), point(0))).toEqual(nothing)
  expect(compare(divide(point(0), point(0)), 'equals', point(0))).toBe('unknown')
  expect(compare(divide(point(1), range(-1, 1)), 'at-least', point(0))).toBe('unknown')
  expect(divide(range(1, 2), range(2, 4))).toMatchObject({ lo: 0.25, hi: 1, gap: false })
})
