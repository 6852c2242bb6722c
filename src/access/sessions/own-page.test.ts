import * as fc from 'fast-check'
import { expect, it } from 'vitest'

import { ownPath } from './own-page.ts'

const here = 'https://tenbin.example'
const part = fc.oneof(
  fc.constantFrom(
    '/',
    '//',
    '\\',
    '..',
    '.',
    '%2f',
    '%5c',
    '%2e%2e',
    'elsewhere.example',
    '@',
    ':',
    'https:',
    '?',
    '#',
    '\t',
    '\n',
    '　',
  ),
  fc.string({ maxLength: 5 }),
)

it('an address to go on to never leaves the app, whatever it is made of', () => {
  fc.assert(
    fc.property(fc.array(part, { maxLength: 8 }), (parts) => {
      const path = ownPath(`/${parts.join('')}`)
      expect(path).toMatch(/^\/(?![/\\])[\x21-\x7e]*$/)
      expect(new URL(path, here).origin).toBe(here)
    }),
    { numRuns: 2000 },
  )
})

it('an address of the app is kept with its question and its place', () => {
  for (const path of ['/', '/register?q=%E8%A6%81&f.stage=operation', '/systems/1#history', '/a/b/'])
    expect(ownPath(path)).toBe(path)
})
