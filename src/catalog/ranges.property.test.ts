import fc from 'fast-check'
import { expect, test } from 'vitest'
import { snap } from './ranges.ts'

const slow = (value: number): number => Number(value.toPrecision(12))

test('a number is brought to 12 digits just as writing it out with 12 digits does', () => {
  const near = fc
    .tuple(
      fc.integer({ min: -1e12, max: 1e12 }),
      fc.constantFrom(1, 10, 1e3, 1e5, 1e6, 1e7, 1e9, 1e14),
      fc.double({ min: -1e-9, max: 1e-9, noNaN: true }),
    )
    .map(([whole, by, off]) => (whole / by) * (1 + off))
  fc.assert(
    fc.property(fc.oneof(near, fc.double({ noNaN: true, noDefaultInfinity: true })), (value) => {
      expect(snap(value)).toBe(Number.isInteger(value) && Math.abs(value) < 1e12 ? value : slow(value))
    }),
    { numRuns: 20_000 },
  )
})
