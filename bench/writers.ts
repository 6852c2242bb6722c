import { postgresAddress } from '#test/engines.ts'
import { newDatabase } from '#test/postgres.ts'
import { signIn, startServer } from '#test/server.ts'
import { ownOrganisation, write } from '#test/writers.ts'

import { atMost, quantile, type Row } from './row.ts'

const sizes = [
  { writers: 8, changes: 800 },
  { writers: 64, changes: 3200 },
] as const

/** Real changes through the API of a running server, each writer as fast as it is answered. */
export async function* bench(): AsyncGenerator<Row> {
  yield* on('embedded')
  if (postgresAddress !== undefined) yield* on('PostgreSQL')
  else
    yield {
      name: 'failed requests, 8 and 64 writers, PostgreSQL',
      value: null,
      unit: 'requests',
      target: '0',
      pass: null,
      note: 'TENBIN_TEST_POSTGRES names no server',
    }
}

async function* on(engine: 'embedded' | 'PostgreSQL'): AsyncGenerator<Row> {
  const database = engine === 'embedded' ? undefined : await newDatabase(postgresAddress!)
  const env = database
    ? { DATABASE_URL: database.DATABASE_URL, DATABASE_OWNER_URL: database.DATABASE_OWNER_URL }
    : undefined
  const server = await startServer({ args: ['--no-demo'], ...(env && { env }) })
  try {
    const who = await signIn(server.address, 'caio')
    const organisationId = await ownOrganisation(who)
    for (const { writers, changes } of sizes) {
      const from = performance.now()
      const ledger = await write({ who: () => who, organisationId, writers, goesOn: (done) => done < changes })
      const seconds = (performance.now() - from) / 1000
      const failed = ledger.wrong.length + ledger.unavailable + ledger.unanswered
      const what = `${writers} writers over HTTP, ${engine}`
      yield { ...atMost(`failed requests, ${what}`, failed, 0, 'requests'), note: `${ledger.told.length} changes` }
      yield {
        name: `changes a second, ${what}`,
        value: Math.round(ledger.told.length / seconds),
        unit: '/s',
        target: '–',
        pass: null,
        note: `p50 ${Math.round(quantile(ledger.ms, 0.5))} ms, p95 ${Math.round(quantile(ledger.ms, 0.95))} ms`,
      }
    }
  } finally {
    await server.stop()
    await database?.drop()
  }
}
