import { connect } from 'node:net'
import { once } from 'node:events'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { type Running, type SignedIn, signIn, startServer } from '#test/server.ts'

let server: Running
let who: SignedIn
beforeAll(async () => {
  server = await startServer({
    args: ['--no-demo'],
    env: { TENBIN_PUBLIC_ADDRESS: 'https://tenbin.example.go.jp', TENBIN_HEADERS_WITHIN_SECONDS: '2' },
  })
  who = await signIn(server.address, 'caio').catch(() => signedOut(server.address))
})
afterAll(() => server.stop())

/** Under an https address the cookie may need https; the headers are the same for who is not signed in. */
const signedOut = (address: string): SignedIn => {
  const send: SignedIn['send'] = (method, path, body) =>
    fetch(`${address}${path}`, {
      method,
      headers: body === undefined ? {} : { 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
  return { get: (path) => send('GET', path), send } as SignedIn
}

const missing = (headers: Headers): string[] =>
  [
    [/^default-src '(self|none)'/, 'content-security-policy'],
    [/frame-ancestors 'none'/, 'content-security-policy'],
    [/^nosniff$/, 'x-content-type-options'],
    [/^DENY$/, 'x-frame-options'],
    [/^(same-origin|no-referrer)$/, 'referrer-policy'],
    [/camera=\(\).*geolocation=\(\)/, 'permissions-policy'],
    [/^same-origin$/, 'cross-origin-opener-policy'],
    [/^same-origin$/, 'cross-origin-resource-policy'],
    [/^max-age=\d{8,}/, 'strict-transport-security'],
  ].flatMap(([form, name]) => ((form as RegExp).test(headers.get(name as string) ?? '') ? [] : [name as string]))

const loose = (headers: Headers): boolean => /unsafe-|\*|https?:/.test(headers.get('content-security-policy') ?? '')

describe('the headers that keep foreign content from running', () => {
  it('are those of data for data, however its address is written, and for people who are provisioned', async () => {
    for (const address of ['/api/v1/me', '/%61pi/v1/me', '/scim/v2/Users', '/%73cim/v2/Users']) {
      const answer = await fetch(`${server.address}${address}`)
      await answer.arrayBuffer()
      const { headers } = answer
      expect([address, headers.get('cache-control'), headers.get('content-security-policy')]).toEqual([
        address,
        'no-store',
        expect.stringMatching(/^default-src 'none'.*sandbox/),
      ])
    }
  })

  it('are on every answer of every route, whatever it says', async () => {
    const openapi = (await (await who.get('/api/openapi.json')).json()) as { paths: Record<string, object> }
    const faults: string[] = []
    const seen = new Set<number>()
    for (const [pattern, methods] of Object.entries(openapi.paths))
      for (const method of Object.keys(methods)) {
        if (/session/.test(pattern) && method !== 'get') continue
        const address = pattern.replaceAll(/\{\w+\}/g, '00000000-0000-7000-8000-000000000009')
        const answer = await who.send(method.toUpperCase(), address, ['get', 'head'].includes(method) ? undefined : {})
        await answer.arrayBuffer()
        seen.add(answer.status)
        for (const name of missing(answer.headers)) faults.push(`${method} ${pattern} (${answer.status}): ${name}`)
        if (loose(answer.headers)) faults.push(`${method} ${pattern}: loose policy`)
        if (
          pattern.startsWith('/api/v1') &&
          !/no-store|no-cache|immutable|max-age/.test(answer.headers.get('cache-control') ?? '')
        )
          faults.push(`${method} ${pattern}: may be kept`)
      }
    expect(faults).toEqual([])
    expect([...seen].some((status) => status >= 400)).toBe(true)
    expect(seen).toContain(200)
  })

  it.each([
    ['the page', '/', 'GET'],
    ['a page below it', '/systems/new', 'GET'],
    ['what is not there', '/api/v1/nothing', 'GET'],
    ['a file that is not there', '/assets/nothing.js', 'GET'],
    ['a method that is not there', '/api/v1/me', 'PUT'],
    ['an address that cannot be read', '/%E0%A4%A', 'GET'],
    ['a body that cannot be read', '/api/v1/session', 'POST'],
  ])('are on %s', async (_what, path, method) => {
    const answer = await fetch(`${server.address}${path}`, {
      method,
      ...(method === 'POST' ? { body: '{', headers: { 'content-type': 'application/json' } } : {}),
    })
    await answer.arrayBuffer()
    expect(missing(answer.headers)).toEqual([])
  })

  it('are on the answer to what is no request at all, and to headers that never end', async () => {
    for (const [sent, status] of [
      ['no request\r\n\r\n', 400],
      ['GET / HTTP/1.1\r\nhost: x\r\n', 408],
      [`GET / HTTP/1.1\r\nhost: x\r\nx: ${'a'.repeat(70_000)}\r\n\r\n`, 431],
    ] as const) {
      const text = await rawAnswer(sent)
      expect(text).toMatch(new RegExp(`^HTTP/1.1 ${status} `))
      expect(text).toContain('application/problem+json')
      const [head = ''] = text.split('\r\n\r\n')
      const headers = new Headers(
        head
          .split('\r\n')
          .slice(1)
          .map(
            (line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 1).trim()] as [string, string],
          ),
      )
      expect(missing(headers)).toEqual([])
    }
  })

  it('have no HSTS where people reach the server without https', async () => {
    const plain = await startServer({ args: ['--no-demo'] })
    const answer = await fetch(`${plain.address}/healthz`)
    await plain.stop()
    expect(missing(answer.headers)).toEqual(['strict-transport-security'])
  })
})

async function rawAnswer(sent: string): Promise<string> {
  const socket = connect(Number(new URL(server.address).port), '127.0.0.1')
  let text = ''
  socket.on('data', (chunk: Buffer) => (text += chunk.toString()))
  socket.on('error', () => {})
  socket.write(sent)
  await once(socket, 'close')
  return text
}
