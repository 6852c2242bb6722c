import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'

import { postgresAddress } from '#test/engines.ts'
import { type Addresses, newDatabase } from '#test/postgres.ts'
import { type Running, type SignedIn, signIn, startServer } from '#test/server.ts'

const running: Running[] = []
const start = async (options: Parameters<typeof startServer>[0]) => {
  const server = await startServer(options)
  running.push(server)
  return server
}
afterEach(async () => {
  for (const server of running.splice(0)) await server.stop()
})

const json = async <T>(answer: Promise<Response>) => (await (await answer).json()) as T
type Ready = { status: string; checks: { name: string; ready: boolean; lacks: unknown[] }[] }
const readyOf = async ({ address }: Running) => {
  const answer = await fetch(`${address}/readyz`)
  return { code: answer.status, ...((await answer.json()) as Ready) }
}

const csvOf = (rows: number) =>
  Buffer.from(
    [
      'システム名称,所管部署,目的・概要',
      ...Array.from({ length: rows }, (_, i) => `要約支援${i},総務課,${'通知文を短くまとめる。'.repeat(20)}`),
    ].join('\n'),
  )

async function begin(who: SignedIn, rows: number): Promise<string> {
  const { sha256 } = await json<{ sha256: string }>(who.upload('/api/v1/import-files', '台帳.csv', csvOf(rows)))
  return (await json<{ id: string }>(who.send('POST', '/api/v1/imports', { sha256, fileName: '台帳.csv' }))).id
}

describe('one process on the embedded database', () => {
  it('says that it is ready, and with which parts', async () => {
    const server = await start({ args: ['--no-demo'] })
    const ready = await readyOf(server)
    expect([ready.code, ready.status]).toEqual([200, 'ready'])
    expect(ready.checks.map((c) => c.name)).toEqual(expect.arrayContaining(['database', 'migrations', 'isolation']))
  })

  it('refuses to run a part alone, and says why', async () => {
    for (const only of ['web', 'worker'])
      await expect(startServer({ args: ['--only', only], env: { LANG: 'en_GB.UTF-8' } })).rejects.toThrow(
        /embedded database is open in one process only/,
      )
  })

  it('says first that it stops, then finishes what runs, and then ends', async () => {
    const server = await start({ args: ['--no-demo'], env: { TENBIN_STOP_AFTER_SECONDS: '3' } })
    const who = await signIn(server.address, 'caio')
    const id = await begin(who, 1500)
    const ended = server.kill('SIGTERM')
    await wait(500)
    expect(await readyOf(server)).toMatchObject({ code: 503, status: 'stopping' })
    expect((await fetch(`${server.address}/healthz`)).status).toBe(200)
    expect(await ended).toBe(0)
    const again = await start({ dataDir: server.dataDir })
    const end = await json<{ state: string; stored: number }>(
      (await signIn(again.address, 'caio')).get(`/api/v1/imports/${id}`),
    )
    expect(end).toMatchObject({ state: 'done', stored: 1500 })
  })
})

describe.skipIf(postgresAddress === undefined)('several processes on one PostgreSQL', () => {
  let database: Addresses & { drop: () => Promise<void> }
  beforeAll(async () => {
    database = await newDatabase(postgresAddress!)
  })
  afterAll(() => database.drop())
  const env = () => ({ DATABASE_URL: database.DATABASE_URL, DATABASE_OWNER_URL: database.DATABASE_OWNER_URL })

  it('start at once on an empty database, put the first content in once, and know each other’s sessions and imports', async () => {
    const [a, b, worker] = await Promise.all([
      start({ args: ['--only', 'web'], env: env() }),
      start({ args: ['--only', 'web'], env: env() }),
      start({ args: ['--only', 'worker'], env: env() }),
    ])
    for (const server of [a, b, worker]) expect(await readyOf(server)).toMatchObject({ code: 200, status: 'ready' })
    expect((await fetch(`${worker.address}/api/v1/me`)).status).toBe(404)
    const who = await signIn(a.address, 'caio')
    const { people } = await json<{ people: { name: { ja: string } }[] }>(fetch(`${b.address}/api/v1/people`))
    expect(people.length).toBeGreaterThan(20)
    expect(new Set(people.map((p) => p.name.ja)).size).toBe(people.length)
    const elsewhere = who.at(b.address)
    expect((await elsewhere.get('/api/v1/me')).status).toBe(200)

    const id = await begin(who, 15_000)
    const seen = await until(async () => {
      const { progress } = await json<{ progress: { done: number } | null }>(
        elsewhere.get(`/api/v1/imports/${id}/progress`),
      )
      return (progress?.done ?? 0) > 0 && progress
    })
    expect(seen).toMatchObject({ all: 15_000, step: 'storing' })
    // A server that starts now leaves it alone.
    await start({ args: ['--only', 'web'], env: env() })
    expect(await json(elsewhere.get(`/api/v1/imports/${id}`))).toMatchObject({ state: 'running' })
    expect((await elsewhere.send('POST', `/api/v1/imports/${id}/cancel`)).status).toBe(204)
    expect(await json(who.get(`/api/v1/imports/${id}`))).toMatchObject({ state: 'cancelled', stored: 0 })
    expect((await elsewhere.send('POST', `/api/v1/imports/${id}/cancel`)).status).toBe(409)
  })
})

async function until<T>(ask: () => Promise<T | false>): Promise<T> {
  for (const end = Date.now() + 30_000; Date.now() < end;) {
    const found = await ask()
    if (found !== false) return found
    await wait(100)
  }
  throw new Error('it never came')
}
