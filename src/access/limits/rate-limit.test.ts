import { expect, it } from 'vitest'

import { onEachEngine } from '#test/engines.ts'

import { countShared, isSpent } from './rate-count.ts'
import { rateCounter } from './rate-limit.ts'

const three = { most: 3, windowMs: 60_000 }

it('lets through as many as allowed in a window, and says how long to wait', () => {
  let at = Date.parse('2026-11-21T00:00:10Z')
  const count = rateCounter(() => new Date(at))
  expect([1, 2, 3].map(() => count('a', three).ok)).toEqual([true, true, true])
  expect(count('a', three)).toEqual({ ok: false, retryAfter: 50 })
  expect(count('b', three)).toEqual({ ok: true })
  at += 50_000
  expect(count('a', three)).toEqual({ ok: true })
})

it('counts nothing where there is no limit', () => {
  const count = rateCounter(() => new Date())
  for (let n = 0; n < 100; n += 1) expect(count('a', undefined)).toEqual({ ok: true })
})

it('keeps its memory small whatever keys are invented', () => {
  const count = rateCounter(() => new Date(0))
  for (let n = 0; n < 60_000; n += 1) count(`invented ${n}`, three)
  // The first key was forgotten, so it begins anew; the last one was not.
  expect([1, 2, 3].map(() => count('invented 0', three).ok)).toEqual([true, true, true])
  count('invented 59999', three)
  count('invented 59999', three)
  expect(count('invented 59999', three).ok).toBe(false)
})

onEachEngine('a count for all servers', (database) => {
  it('is one count, however many ask at once', async () => {
    const { db } = database()
    const deps = { db, now: () => new Date('2026-11-21T00:00:10Z') }
    const counted = await Promise.all(Array.from({ length: 8 }, () => countShared(deps, 'address 192.0.2.1', three)))
    expect(counted.filter(({ ok }) => ok)).toHaveLength(3)
    expect(await isSpent(deps, 'address 192.0.2.1', three)).toEqual({ ok: false, retryAfter: 50 })
    expect(await isSpent(deps, 'address 192.0.2.2', three)).toEqual({ ok: true })
  })
})
