import { expect, test } from 'vitest'

import { AppError } from '#platform/errors.ts'

import { errorWords } from './error-words.ts'

test.each([
  'root-differs',
  'tiles-differ',
  'leaves-missing',
  'key-missing',
  'key-other',
  'key-unreadable',
  'origin-other',
])('why the log is not signed is told in words, with what to do: %s', (code) => {
  const params = { file: 'data/log-key.pem', key: 'a1b2c3d4', size: 3, signed: 5, origin: 'a/log', is: 'b/log' }
  const error = new AppError('unavailable', { reason: `log-${code}`, ...params })
  expect(errorWords(error, 'ja')).toMatch(/(ください|ません)/)
  expect(errorWords(error, 'en')).not.toMatch(/[{]"reason|undefined/)
})

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
