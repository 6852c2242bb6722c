import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { openEmbeddedDatabase, openPostgres } from '#platform/database.ts'
import { postgresAddress } from '#test/engines.ts'
import { faultsOf, logFaults } from '#test/kept.ts'
import { newDatabase } from '#test/postgres.ts'
import { type Running, type SignedIn, signIn, startServer } from '#test/server.ts'
import { ownOrganisation, type Told, write } from '#test/writers.ts'

const engines = ['pglite', ...(postgresAddress === undefined ? [] : ['postgresql'])] as const

describe.each(engines)('writers at once [%s]', (engine) => {
  let server: Running
  let who: SignedIn
  let organisationId: string
  let database: Awaited<ReturnType<typeof newDatabase>> | undefined
  const told: Told[] = []
  let env: NodeJS.ProcessEnv = {}
  beforeAll(async () => {
    database = engine === 'pglite' ? undefined : await newDatabase(postgresAddress!)
    env =
      database === undefined
        ? {}
        : { DATABASE_URL: database.DATABASE_URL, DATABASE_OWNER_URL: database.DATABASE_OWNER_URL }
    server = await startServer({ args: ['--no-demo'], env })
    who = await signIn(server.address, 'caio')
    organisationId = await ownOrganisation(who)
  })
  afterAll(async () => {
    await server.stop()
    await database?.drop()
  })

  it.each([
    [8, 240],
    [64, 10_000],
  ])(
    '%i of them have no request that fails',
    async (writers, changes) => {
      const ledger = await write({ who: () => who, organisationId, writers, goesOn: (done) => done < changes })
      told.push(...ledger.told)
      expect(ledger).toMatchObject({ wrong: [], unavailable: 0, unanswered: 0 })
      expect(ledger.told.length).toBeGreaterThanOrEqual(changes)
    },
    900_000,
  )

  it('have every change that they were told of in the register, in the history and in the log, once', async () => {
    expect(told.length).toBeGreaterThan(10_000)
    await server.kill('SIGTERM')
    const open = await (database === undefined
      ? openEmbeddedDatabase(join(server.dataDir, 'database'))
      : openPostgres(database.DATABASE_OWNER_URL))
    expect(await faultsOf(open.db, told)).toEqual([])
    await open.close()
    expect(await logFaults(server.dataDir, env)).toEqual([])
  })
})
