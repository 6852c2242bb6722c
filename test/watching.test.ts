import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { otlpReceiver } from '#test/otlp.ts'
import { type Running, type SignedIn, signIn, startServer } from '#test/server.ts'

/** Planted wherever a person may write: none of it may be told to who operates the server. */
const personal = ['山田太郎', 'yamada.taro', '秘密の検索語', '名簿2026', 'tanaka-hanako']
const [name, account, words, fileName, path] = personal as [string, string, string, string, string]

const trace = '0af7651916cd43dd8448eb211c80319c'
const traceparent = `00-${trace}-b7ad6b7169203331-01`

let receiver: Awaited<ReturnType<typeof otlpReceiver>>
let server: Running
let who: SignedIn
let personId: string
let lines: Record<string, unknown>[] = []
beforeAll(async () => {
  receiver = await otlpReceiver()
  server = await startServer({
    args: ['--no-demo'],
    env: {
      TENBIN_LOG_LEVEL: 'debug',
      TENBIN_LOG_FORMAT: 'json',
      OTEL_EXPORTER_OTLP_ENDPOINT: receiver.address,
      OTEL_METRIC_EXPORT_INTERVAL: '500',
    },
  })
  who = await signIn(server.address, 'caio')
  personId = ((await (await who.get('/api/v1/me')).json()) as { id: string }).id
  await askEverything()
  await until(() => receiver.spans.some((span) => span.traceId === trace) && receiver.metrics.has('tenbin.refusals'))
  await server.kill('SIGTERM')
  lines = server
    .printed()
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line) as Record<string, unknown>)
})
afterAll(async () => {
  await server.stop()
  await receiver.close()
})

/** Every route of the API, by every method, with planted text in address, query, headers and body; and a few that work. */
async function askEverything(): Promise<void> {
  const openapi = (await (await fetch(`${server.address}/api/openapi.json`)).json()) as {
    paths: Record<string, Record<string, unknown>>
  }
  const planted = {
    name: { ja: name, en: account },
    q: words,
    facts: { name: { value: name } },
    note: words,
    reason: words,
  }
  for (const [pattern, methods] of Object.entries(openapi.paths))
    for (const method of Object.keys(methods)) {
      // Signing out would leave the rest unasked.
      if (method === 'delete' && /session/.test(pattern)) continue
      if (/session/.test(pattern) && method !== 'get') continue
      const filled = pattern.replaceAll(/\{\w+\}/g, encodeURIComponent(path))
      const answer = await who.send(
        method.toUpperCase(),
        `${filled}?q=${encodeURIComponent(words)}&name=${account}`,
        ['get', 'head', 'delete'].includes(method) ? undefined : planted,
        { 'user-agent': account, referer: `http://x/${account}`, 'x-name': account },
      )
      await answer.arrayBuffer()
    }
  await (await who.get(`/api/v1/uses?q=${encodeURIComponent(words)}`)).arrayBuffer()
  await (
    await who.upload('/api/v1/import-files', `${fileName}.csv`, Buffer.from(`システム名称\n${name}\n`))
  ).arrayBuffer()
  await fetch(`${server.address}/${path}/${encodeURIComponent(name)}?q=${account}`)
  await fetch(`${server.address}/api/v1/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: `{"personId": "${name}`,
  })
  await who.send('GET', '/api/v1/me', undefined, { traceparent })
  const auditor = await signIn(server.address, 'auditor')
  await auditor.send('POST', '/api/v1/organisations', { nameJa: name, nameEn: account, kind: 'division' })
}

async function until(holds: () => boolean): Promise<void> {
  for (const end = Date.now() + 30_000; Date.now() < end && !holds();) await wait(100)
}

describe('the log', () => {
  it('is one JSON object a line, and tells of each request its route, status, time, and who by id and role', () => {
    const requests = lines.filter((line) => line['event'] === 'request')
    expect(requests.length).toBeGreaterThan(50)
    for (const line of requests) {
      expect(line['id']).toMatch(/^[0-9A-F]{4,8}$/)
      expect(line['method']).toMatch(/^[A-Z]+$/)
      expect(line['route']).toMatch(/^(\/|\(none\)$)/)
      expect(line).toMatchObject({ status: expect.any(Number), ms: expect.any(Number), at: expect.any(String) })
    }
    const me = requests.find((line) => line['route'] === '/api/v1/me' && line['status'] === 200)
    expect(me).toMatchObject({ level: 'info', role: 'caio', person: expect.stringMatching(/^[0-9a-f-]{36}$/) })
    if (personId !== undefined) expect(lines.some((line) => line['person'] === personId)).toBe(true)
    expect(lines.map((line) => line['event'])).toEqual(expect.arrayContaining(['started', 'stopping', 'stopped']))
  })

  it('says of a refusal by which action and policy', () => {
    const refused = lines.find((line) => line['status'] === 403 && line['role'] === 'auditor')
    expect(refused).toMatchObject({
      level: 'warn',
      code: 'not-permitted',
      action: 'manage-organisations',
      policy: expect.any(String),
    })
  })

  it('has no bug in it after all that', () => {
    expect(lines.filter((line) => line['event'] === 'bug' || Number(line['status']) >= 500)).toEqual([])
  })

  it.each(personal)('never holds what a person wrote: %s', (text) => {
    expect(server.printed()).not.toContain(text)
    expect(server.printed()).not.toContain(encodeURIComponent(text))
  })

  it('never holds a query, a cookie or a token', () => {
    expect(server.printed()).not.toMatch(/[?&](q|name)=|tenbin_session|authorization/i)
    expect(server.printed()).not.toContain(who.cookie.split('=')[1]!)
  })
})

describe('traces and metrics', () => {
  it('have a span for each request, named by method and route, in the trace of who asked', () => {
    const span = receiver.spans.find((one) => one.traceId === trace)
    expect(span).toMatchObject({ name: 'GET /api/v1/me', parentSpanId: 'b7ad6b7169203331' })
    expect(span!.attributes).toMatchObject({
      'http.route': '/api/v1/me',
      'http.response.status_code': 200,
      'tenbin.role': 'caio',
    })
    expect(lines.some((line) => line['trace'] === trace)).toBe(true)
  })

  it('have a span for the transaction of a use case, below that of its request', () => {
    const work = receiver.spans.filter((span) => span.name === 'transaction')
    expect(work.length).toBeGreaterThan(0)
    const ids = new Set(receiver.spans.map((span) => span.spanId))
    expect(work.some((span) => span.parentSpanId !== undefined && ids.has(span.parentSpanId))).toBe(true)
  })

  it('count requests and refusals', () => {
    expect([...receiver.metrics.keys()]).toEqual(
      expect.arrayContaining([
        'http.server.request.duration',
        'tenbin.work.duration',
        'tenbin.refusals',
        'tenbin.log.lag',
        'tenbin.jobs.waiting',
        'tenbin.jobs.failed',
      ]),
    )
    expect(receiver.metrics.get('tenbin.refusals')).toContainEqual(
      expect.objectContaining({ code: 'not-permitted', action: 'manage-organisations' }),
    )
  })

  it.each(personal)('never hold what a person wrote: %s', (text) => {
    expect(receiver.text()).not.toContain(text)
    expect(receiver.text()).not.toContain(encodeURIComponent(text))
  })
})
