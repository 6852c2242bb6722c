import { expect, test } from 'vitest'

import { AppError } from '#platform/errors.ts'

import { errorWords } from './error-words.ts'

test.each([
  ['none-in-force', { folders: ['catalogs'] }],
  ['in-force-missing', { file: 'own/in-force.yaml', catalog: 'tea', edition: '2' }],
  ['in-force-unreadable', { file: 'own/in-force.yaml' }],
  ['not-a-finder', { catalog: 'tea', edition: '2', outcomes: ['pour'] }],
])('a rule that cannot be put in force is told in words: %s', (reason, params) => {
  const error = new AppError('unavailable', { reason, ...params })
  expect(errorWords(error, 'ja')).toMatch(/(ください|ありません)/)
  expect(errorWords(error, 'en')).not.toMatch(/[{]"reason|undefined/)
})
