import fc from 'fast-check'
import { expect, it } from 'vitest'

import { createHttp } from './http.ts'
import { brokenAt } from './refuse-broken-text.ts'

const serverThatTakesAnything = async () => {
  const bugs: unknown[] = []
  const app = await createHttp({ maxUploadBytes: 1, onBug: (error) => void bugs.push(error) })
  app.post('/any', async () => ({ taken: true }))
  const send = async (payload: string) => {
    const headers = { 'content-type': 'application/json' }
    const answer = await app.inject({ method: 'POST', url: '/any', headers, payload })
    return { status: answer.statusCode, params: answer.json<{ params?: object }>().params }
  }
  return { bugs, send }
}

it('refuses a body that is nested deeper than anything we take, and is no bug', async () => {
  const { bugs, send } = await serverThatTakesAnything()
  for (const depth of [100, 100_000])
    for (const body of ['['.repeat(depth) + ']'.repeat(depth), '{"a":'.repeat(depth) + '1' + '}'.repeat(depth)])
      expect(await send(body)).toEqual({ status: 400, params: { in: 'body', reason: 'too-deep', most: 64 } })
  expect(await send('['.repeat(60) + ']'.repeat(60))).toMatchObject({ status: 200 })
  expect(bugs).toEqual([])
})

it('names the place of a text that no database text can hold, wherever it stands', () => {
  fc.assert(
    fc.property(fc.array(fc.stringMatching(/^[a-z]{1,5}$/), { minLength: 1, maxLength: 8 }), (names) => {
      const broken = names.reduceRight<unknown>((inner, name) => ({ [name]: inner }), 'a\0b')
      const sound = names.reduceRight<unknown>((inner, name) => ({ [name]: inner }), 'ab')
      expect(brokenAt(broken)).toBe(`/${names.join('/')}`)
      expect(brokenAt(sound)).toBeUndefined()
    }),
  )
})
