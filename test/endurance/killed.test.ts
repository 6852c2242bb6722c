import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, describe, expect, it } from 'vitest'

import { openEmbeddedDatabase, openPostgres } from '#platform/database.ts'
import { postgresAddress } from '#test/engines.ts'
import { faultsOf, logFaults } from '#test/kept.ts'
import { newDatabase } from '#test/postgres.ts'
import { type Running, type SignedIn, signIn, startServer } from '#test/server.ts'
import { type Ledger, ownOrganisation, write } from '#test/writers.ts'

const engines = ['pglite', ...(postgresAddress === undefined ? [] : ['postgresql'])] as const
const times = 20

const ends: (() => unknown)[] = []
afterAll(async () => {
  for (const end of ends.toReversed()) await end()
})

describe.each(engines)('a server killed %s', (engine) => {
  it(`${times} times in the middle of writing loses nothing that it acknowledged, and starts again by itself`, async () => {
    const dataDir = mkdtempSync(join(tmpdir(), 'tenbin-killed-'))
    ends.push(() => rmSync(dataDir, { recursive: true, force: true }))
    const database = engine === 'pglite' ? undefined : await newDatabase(postgresAddress!)
    if (database) ends.push(database.drop)
    const { drop: _drop, ...env } = database ?? { drop: undefined }

    let server: Running = await startServer({ dataDir, args: ['--no-demo'], env })
    ends.push(() => server.kill('SIGKILL'))
    let who: SignedIn = await signIn(server.address, 'caio')
    let done = false
    const organisationId = await ownOrganisation(who)
    let told = 0
    const goesOn = (soFar: number) => {
      told = soFar
      return !done
    }
    const writing: Promise<Ledger> = write({ who: () => who, organisationId, writers: 8, goesOn })
    for (let n = 0; n < times; n += 1) {
      // In the middle of the work, and not always at the same moment of it.
      for (const before = told; told < before + 12;) await wait(10)
      await wait((n * 37) % 100)
      await server.kill('SIGKILL')
      server = await startServer({ dataDir, env })
      who = who.at(server.address)
    }
    for (const before = told; told < before + 12;) await wait(10)
    done = true
    const ledger = await writing
    expect(ledger.wrong).toEqual([])
    expect(ledger.unanswered).toBeGreaterThan(0)
    expect(ledger.told.length).toBeGreaterThan(times * 8)
    expect(await server.kill('SIGTERM')).toBe(0)

    const open = await (database === undefined
      ? openEmbeddedDatabase(join(dataDir, 'database'))
      : openPostgres(database.DATABASE_OWNER_URL))
    try {
      expect(await faultsOf(open.db, ledger.told)).toEqual([])
    } finally {
      await open.close()
    }
    expect(await logFaults(dataDir, env)).toEqual([])
  }, 1_800_000)
})
