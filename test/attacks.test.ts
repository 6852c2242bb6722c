import { once } from 'node:events'
import { readdirSync } from 'node:fs'
import { request } from 'node:http'
import { connect } from 'node:net'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'

import { fill, leavesOf, type Schema, withLeaf } from '#test/fill-schema.ts'
import { heldAtMost } from '#test/memory.ts'
import { type Running, type SignedIn, signIn, startServer } from '#test/server.ts'
import { ownOrganisation, systemOf } from '#test/writers.ts'

let server: Running
let who: SignedIn
let port: number
beforeAll(async () => {
  server = await startServer({
    args: ['--no-demo'],
    env: { TENBIN_HEADERS_WITHIN_SECONDS: '2', TENBIN_REQUEST_WITHIN_SECONDS: '25', TENBIN_LOG_FORMAT: 'json' },
  })
  port = Number(new URL(server.address).port)
  who = await signIn(server.address, 'caio')
})
afterAll(() => server.stop())
afterEach(async () => {
  expect((await fetch(`${server.address}/healthz`)).status).toBe(200)
  expect(server.printed().match(/^.*"event":"bug".*$/gm) ?? []).toEqual([])
})

const json = async <T>(answer: Promise<Response>) => (await (await answer).json()) as T
const total = async () => (await json<{ total: number }>(who.get('/api/v1/uses/count'))).total

/** Sends bytes as they are: fetch would tidy an address. */
async function raw(sent: string): Promise<string> {
  const socket = connect(port, '127.0.0.1')
  let text = ''
  socket.on('data', (chunk: Buffer) => (text += chunk.toString()))
  socket.on('error', () => {})
  socket.write(sent)
  await Promise.race([once(socket, 'close'), wait(45_000)])
  socket.destroy()
  return text
}

describe('an address that climbs out of its folder', () => {
  it.each([
    '/../../../../etc/passwd',
    '/assets/../../../package.json',
    '/assets/..%2f..%2f..%2fpackage.json',
    '/%2e%2e/%2e%2e/%2e%2e/etc/passwd',
    '/assets/%2e%2e%2f%2e%2e%2f%2e%2e%2fetc%2fpasswd',
    '/..%5c..%5c..%5cpackage.json',
    '//etc/passwd',
    '/assets/....//....//package.json',
    '/api/v1/imports/..%2f..%2f..%2fetc%2fpasswd/original',
    '/api/v1/catalogs/..%2f..%2fpackage.json/1',
    '/tile/../../../../etc/passwd',
    '/assets/%00/../../package.json',
  ])('finds nothing there: %s', async (address) => {
    const text = await raw(
      `GET ${address} HTTP/1.1\r\nhost: localhost\r\ncookie: ${who.cookie}\r\nconnection: close\r\n\r\n`,
    )
    const [, status = ''] = /^HTTP\/1\.1 (\d+)/.exec(text) ?? []
    // The one page of the app is the answer to every address that is none of the API.
    expect(['200', '400', '404']).toContain(status)
    if (status === '200') expect(text).toContain('<div id="root">')
    expect(text).not.toMatch(/root:x?:0:0|"name": "tenbin"|"private": true/)
  })

  it('in a body is no hash of a file', async () => {
    const answer = await who.send('POST', '/api/v1/imports', { sha256: '../../../../etc/passwd', fileName: 'x.csv' })
    expect(answer.status).toBe(400)
  })
})

describe('a gigabyte', () => {
  const gigabyte = 1024 ** 3
  const filesIn = (folder: string): number => {
    try {
      return readdirSync(join(server.dataDir, folder), { recursive: true, withFileTypes: true }).filter((f) =>
        f.isFile(),
      ).length
    } catch {
      return 0
    }
  }
  /** Streams until all is sent or the server refuses. */
  async function stream(path: string, type: string, head: string, length?: number) {
    let sent = 0
    const asked = request({
      host: '127.0.0.1',
      port,
      path,
      method: 'POST',
      headers: {
        'content-type': type,
        cookie: who.cookie,
        origin: server.address,
        ...(length === undefined ? {} : { 'content-length': length }),
      },
    })
    let status = 0
    let body = ''
    const answered = new Promise<void>((done) => {
      asked.on('response', (answer) => {
        status = answer.statusCode ?? 0
        answer.on('data', (chunk: Buffer) => (body += chunk.toString()))
        answer.on('end', done)
        answer.on('error', () => done())
      })
      asked.on('error', () => done())
      asked.on('close', () => done())
    })
    let over = false
    void answered.then(() => (over = true))
    const piece = Buffer.alloc(1024 * 1024, 'あ,い\n')
    asked.write(head)
    while (!over && sent < gigabyte) {
      sent += piece.length
      if (!asked.write(piece)) await Promise.race([once(asked, 'drain'), answered]).catch(() => {})
    }
    asked.destroy()
    await answered
    return { status, body, sent }
  }

  it('as an uploaded file is refused long before its end, held in little memory, and leaves nothing', async () => {
    const before = [filesIn('files'), filesIn('staging'), await total()]
    const boundary = '----tenbin'
    const head = `--${boundary}\r\ncontent-disposition: form-data; name="file"; filename="a.csv"\r\ncontent-type: text/csv\r\n\r\n`
    const { status, body, sent } = await stream(
      '/api/v1/import-files',
      `multipart/form-data; boundary=${boundary}`,
      head,
    )
    expect([status, (JSON.parse(body) as { code: string }).code]).toEqual([413, 'too-large'])
    expect(sent).toBeLessThan(200 * 1024 * 1024)
    await wait(300)
    expect([filesIn('files'), filesIn('staging'), await total()]).toEqual(before)
    expect(heldAtMost(server.pid)).toBeLessThan(1200)
  })

  it('as the body of a request is refused by its announced length', async () => {
    const { status, sent } = await stream('/api/v1/systems', 'application/json', '{"x":"', gigabyte)
    expect([0, 413]).toContain(status)
    expect(sent).toBeLessThan(20 * 1024 * 1024)
  })
})

describe('a request that never ends', () => {
  it('is ended, and two hundred of them keep nobody out', async () => {
    const slow = Array.from({ length: 200 }, () => {
      const socket = connect(port, '127.0.0.1')
      socket.on('error', () => {})
      socket.resume()
      socket.write('GET /api/v1/uses HTTP/1.1\r\nhost: localhost\r\n')
      return socket
    })
    const from = performance.now()
    expect((await who.get('/api/v1/uses')).status).toBe(200)
    expect(performance.now() - from).toBeLessThan(5000)
    await Promise.race([Promise.all(slow.map((socket) => once(socket, 'close'))), wait(15_000)])
    expect(slow.filter((socket) => !socket.closed).length).toBe(0)
  })

  it('in its body is answered with 408 and stores nothing', async () => {
    const before = await total()
    const text = await raw(
      `POST /api/v1/systems HTTP/1.1\r\nhost: 127.0.0.1:${port}\r\norigin: ${server.address}\r\ncookie: ${who.cookie}\r\ncontent-type: application/json\r\ncontent-length: 1000\r\n\r\n{"organisationId":`,
    )
    expect(text).toMatch(/^HTTP\/1\.1 408 /)
    expect(text).toContain('"reason":"too-slow"')
    expect(await total()).toBe(before)
  })
})

type Parameter = { name: string; in: string; schema: Schema }
type Operation = { parameters?: Parameter[]; requestBody?: { content: Record<string, { schema: Schema }> } }
type OpenApi = { paths: Record<string, Record<string, Operation>>; components: { schemas: Record<string, Schema> } }

const hostile = [
  `'; drop table ai_system cascade; --`,
  `' or 1=1; select pg_sleep(30); --`,
  `00000000-0000-7000-8000-000000000009' union select id_hash from session --`,
  `\\'); update role_held set role='administrator'; --`,
  `1); delete from audit_entry; --`,
  `%' and 1=(select 1/0) --`,
  '\u0000',
  '\ud800',
]

describe('SQL', () => {
  it('in every field of every route is a text like any other', async () => {
    const api = await json<OpenApi>(who.get('/api/openapi.json'))
    const organisationId = await ownOrganisation(who)
    const faults: string[] = []
    let asked = 0
    let turn = 0
    const next = () => hostile[(turn += 1) % hostile.length]!
    const ask = async (method: string, path: string, body: unknown, where: string) => {
      asked += 1
      const from = performance.now()
      const answer = await who.send(method.toUpperCase(), path, body, { 'if-match': '"1"' })
      const text = await answer.text()
      if (answer.status >= 500) faults.push(`${method} ${where}: ${answer.status} ${text.slice(0, 120)}`)
      if (performance.now() - from > 15_000) faults.push(`${method} ${where}: slept`)
      if (/syntax error|SQLSTATE|relation "|invalid input/.test(text)) faults.push(`${method} ${where}: speaks of SQL`)
    }
    for (const [pattern, methods] of Object.entries(api.paths))
      for (const [method, operation] of Object.entries(methods)) {
        // Signing out ends the test; the demonstration and the keys of the log are not there to be changed.
        if (/session|sign-out|\/demo/.test(pattern) && method !== 'get') continue
        const known = api.components.schemas
        const body = Object.values(operation.requestBody?.content ?? {})[0]?.schema
        const filled = body === undefined ? undefined : fill(body, known)
        const parameters = operation.parameters ?? []
        const address = (evil?: Parameter) =>
          addressOf(pattern, parameters, (one) => (one === evil ? next() : String(fill(one.schema, known))))
        for (const parameter of parameters.filter((p) => p.in !== 'header'))
          await ask(method, address(parameter), filled, `${pattern} ${parameter.in} ${parameter.name}`)
        for (const leaf of filled === undefined ? [] : leavesOf(filled))
          await ask(method, address(), withLeaf(filled, leaf, next()), `${pattern} ${leaf.join('.')}`)
      }
    expect(faults).toEqual([])
    expect(asked).toBeGreaterThan(150)
    // What SQL would have done was not done.
    expect((await who.get('/api/v1/me')).status).toBe(200)
    const kept = systemOf(organisationId, `'; drop table ai_system; --`)
    const made = await json<{ id: string; facts: { name: unknown } }>(who.send('POST', '/api/v1/systems', kept))
    expect(made.facts.name).toEqual({ value: `'; drop table ai_system; --` })
    expect((await who.get(`/api/v1/systems/${made.id}/history`)).status).toBe(200)
  }, 180_000)
})

function addressOf(pattern: string, parameters: readonly Parameter[], value: (one: Parameter) => string): string {
  const path = pattern.replaceAll(/\{(\w+)\}/g, (_whole, name: string) => {
    const parameter = parameters.find((one) => one.in === 'path' && one.name === name)
    return encodeText(parameter ? value(parameter) : 'x')
  })
  const query = parameters
    .filter((one) => one.in === 'query')
    .map((one) => `${encodeText(one.name)}=${encodeText(value(one))}`)
  return query.length > 0 ? `${path}?${query.join('&')}` : path
}

/** Half a surrogate cannot be written in an address. */
const encodeText = (text: string) => encodeURIComponent(text.toWellFormed())
