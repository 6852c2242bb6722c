import { describe, expect, test } from 'vitest'

import { apiAddress, readProblem } from './api.ts'

describe('calls to the server', () => {
  test('a list goes over as one value, and what is missing is left out', () => {
    expect(
      decodeURIComponent(
        apiAddress('/uses', { q: '要約', verdict: ['a', 'b'], cursor: undefined, limit: 50, all: [] }),
      ),
    ).toBe('/api/v1/uses?q=要約&verdict=a,b&limit=50')
  })
  test('a problem keeps code, params and receipt number', () => {
    const body = JSON.stringify({ code: 'not-permitted', params: { roles: ['caio'] }, requestId: '7F3A' })
    expect(readProblem(403, body)).toMatchObject({
      status: 403,
      code: 'not-permitted',
      params: { roles: ['caio'] },
      requestId: '7F3A',
    })
  })
  test('an answer that is no problem document is a bug, not a crash', () => {
    for (const body of ['', '<html>', 'null', '{}', '{"code":1}']) expect(readProblem(502, body).code).toBe('bug')
  })
})
