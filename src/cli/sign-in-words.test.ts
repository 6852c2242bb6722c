import { expect, it } from 'vitest'

import { AppError } from '#platform/errors.ts'

import { errorWords } from './error-words.ts'

it('a fault of the sign-in settings is told by file, line and key, with what to do, in both languages', () => {
  const faults = [
    { code: 'secret-variable', line: 8, key: 'providers.0.client-secret', detail: 'AOBA_SECRET' },
    { code: 'unreadable', line: 1, key: '', detail: 'ENOENT' },
  ]
  const error = new AppError('unavailable', { reason: 'sign-in-file', file: 'sign-in.yaml', faults })
  expect(errorWords(error, 'en')).toBe(
    'Not started: the sign-in settings are faulty.\n' +
      '  sign-in.yaml:8: providers.0.client-secret: The environment variable AOBA_SECRET is not set or empty. Set it.\n' +
      '  sign-in.yaml:1: The file cannot be read (ENOENT). Check TENBIN_SIGN_IN.',
  )
  expect(errorWords(error, 'ja')).toContain('環境変数 AOBA_SECRET がないか、空です。')
})
