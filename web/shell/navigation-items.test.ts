import { describe, expect, test } from 'vitest'

import { roles } from '#access/model.ts'

import { currentItem, navigationOf } from './navigation-items.ts'

describe('the side navigation', () => {
  test('the item with the longest address is the current one', () => {
    expect(currentItem(navigationOf.caio, '/')).toBe('overview')
    expect(currentItem(navigationOf.caio, '/register')).toBe('register')
    expect(currentItem(navigationOf.caio, '/register/new')).toBe('registerNew')
    expect(currentItem(navigationOf.caio, '/systems/1/edit')).toBe('register')
    expect(currentItem(navigationOf.caio, '/registered')).toBeUndefined()
  })
  test('every role has a navigation without doubles', () => {
    for (const role of roles) {
      const ids = navigationOf[role].flatMap((group) => group.items.map((item) => item.id))
      expect(ids.length).toBeGreaterThan(0)
      expect(new Set(ids).size).toBe(ids.length)
    }
  })
})
