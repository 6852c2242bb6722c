import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, describe, expect, it } from 'vitest'

import { openPostgres } from '#platform/database.ts'
import { faultsOf, logFaults } from '#test/kept.ts'
import { newCluster, newDatabase, serverPrograms } from '#test/postgres.ts'
import { type Running, signIn, startServer } from '#test/server.ts'
import { ownOrganisation, write } from '#test/writers.ts'

const programs = serverPrograms()
if (programs === undefined)
  process.stderr.write(
    '!! SKIPPED / 省略: PostgreSQL stopped under load: no initdb and pg_ctl below /usr/lib/postgresql\n',
  )

const ends: (() => unknown)[] = []
afterAll(async () => {
  for (const end of ends.toReversed()) await end()
})

type Ready = { status: string; checks: { name: string; ready: boolean; lacks: { code: string }[] }[] }
const readyOf = async (server: Running) => {
  const answer = await fetch(`${server.address}/readyz`)
  return { code: answer.status, body: (await answer.json()) as Ready }
}

describe.skipIf(programs === undefined)('PostgreSQL', () => {
  it('stopped for 30 s under load is answered with a clear 503, and the server recovers by itself without a loss', async () => {
    const cluster = await newCluster(programs!)
    ends.push(cluster.remove)
    const database = await newDatabase(cluster.address)
    const { drop: _drop, ...env } = database
    const server = await startServer({ args: ['--no-demo'], env })
    ends.push(server.stop)
    const who = await signIn(server.address, 'caio')
    const organisationId = await ownOrganisation(who)
    let done = false
    const writing = write({ who: () => who, organisationId, writers: 8, goesOn: () => !done })
    await wait(1500)

    cluster.stop('fast')
    const stoppedAt = performance.now()
    const slowest = { ms: 0 }
    while (performance.now() - stoppedAt < 30_000) {
      const from = performance.now()
      const answer = await who.get('/api/v1/uses')
      slowest.ms = Math.max(slowest.ms, performance.now() - from)
      expect(answer.status).toBe(503)
      expect(answer.headers.get('content-type')).toMatch(/^application\/problem\+json/)
      expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0)
      expect(await answer.json()).toMatchObject({ code: 'unavailable', params: { reason: 'database' } })
      expect((await fetch(`${server.address}/healthz`)).status).toBe(200)
      const { code, body } = await readyOf(server)
      expect(code).toBe(503)
      expect(body.checks.find((check) => check.name === 'database')?.ready).toBe(false)
      await wait(500)
    }
    expect(slowest.ms).toBeLessThan(15_000)
    cluster.start()

    const recovered = await until(async () => (await readyOf(server)).code === 200)
    expect(recovered).toBe(true)
    expect((await who.get('/api/v1/uses')).status).toBe(200)
    await wait(1500)
    // And once as if the machine of the database had lost its power.
    cluster.stop('immediate')
    await wait(1000)
    cluster.start()
    expect(await until(async () => (await readyOf(server)).code === 200)).toBe(true)
    await wait(1500)
    done = true
    const ledger = await writing
    expect(ledger.wrong).toEqual([])
    expect(ledger.unanswered).toBe(0)
    expect(ledger.unavailable).toBeGreaterThan(0)
    expect(await server.kill('SIGTERM')).toBe(0)
    expect(server.printed()).not.toMatch(/"event":"bug"/)

    const owner = await openPostgres(database.DATABASE_OWNER_URL)
    expect(await faultsOf(owner.db, ledger.told)).toEqual([])
    await owner.close()
    expect(await logFaults(server.dataDir, env)).toEqual([])
  }, 600_000)
})

async function until(holds: () => Promise<boolean>): Promise<boolean> {
  for (const end = Date.now() + 30_000; Date.now() < end; await wait(250)) if (await holds()) return true
  return false
}
