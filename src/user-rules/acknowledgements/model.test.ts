import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { askingOf, dueOn, isAsked, standingOf, standings } from './model.ts'

const day = (n: number) => `2026-01-${String(n).padStart(2, '0')}`

describe('who is asked to acknowledge', () => {
  it('a person is asked exactly when a version in substance came into force after the last one acknowledged', () => {
    fc.assert(
      fc.property(
        fc.array(fc.boolean(), { minLength: 1, maxLength: 8 }),
        fc.nat({ max: 8 }),
        fc.integer({ min: 1, max: 10 }),
        (substances, acknowledged, today) => {
          const versions = substances.map((substance, n) => ({ number: n + 1, substance, effectiveFrom: day(n + 1) }))
          const asking = askingOf(versions, day(today))!
          const number = acknowledged === 0 ? null : Math.min(acknowledged, asking.number)
          const after = versions.some(
            (v, n) => v.effectiveFrom <= day(today) && (v.substance || n === 0) && v.number > (number ?? 0),
          )
          expect(isAsked(standingOf(asking, { since: day(1), number }))).toBe(after)
        },
      ),
    )
  })

  it('every person has one standing, and only who acknowledged nothing never acknowledged', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 9 }),
        fc.integer({ min: 1, max: 9 }),
        fc.option(fc.integer({ min: 1, max: 9 })),
        (a, b, number) => {
          const asking = { number: Math.max(a, b), askedNumber: Math.min(a, b), askedFrom: day(1) }
          const standing = standingOf(asking, { since: day(1), number })
          expect(standings).toContain(standing)
          expect(standing === 'never').toBe(number === null)
        },
      ),
    )
  })

  it('the first version asks everybody, whatever it says of itself', () => {
    const asking = askingOf([{ number: 1, substance: false, effectiveFrom: day(1) }], day(2))!
    expect(standingOf(asking, { since: day(1), number: null })).toBe('never')
    expect(asking.askedNumber).toBe(1)
  })

  it('who arrives later has the same days, from the day of arrival', () => {
    const asking = { number: 1, askedNumber: 1, askedFrom: '2026-02-20' }
    expect(dueOn(asking, { since: '2020-04-01', number: null }, 14)).toBe('2026-03-06')
    expect(dueOn(asking, { since: '2026-04-01', number: null }, 14)).toBe('2026-04-15')
  })
})
