import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { sql } from 'kysely'

import { transactions } from '#audit/transaction.ts'
import { type Db, openEmbeddedDatabase } from '#platform/database.ts'
import { newId } from '#platform/ids.ts'
import { migrate } from '#platform/migrate.ts'
import { type Sort, sorts } from '#register/api-filter.ts'
import { writeCursor } from '#register/cursor.ts'
import { startServer } from '#test/server.ts'

import { type Bench as Data, benchOrganisations, fillRegister } from './register-support.ts'
import { atMost, median, quantile, type Row } from './row.ts'

/** The register over HTTP: a server process on the embedded database, asked from here on the loopback. */

type Ask = (path: string, body?: unknown) => Promise<number>

/** Milliseconds until the last byte, as the person signed in. */
async function signedIn(address: string, personId: string): Promise<Ask> {
  const headers = { 'content-type': 'application/json' }
  const entered = await fetch(`${address}/api/v1/session`, {
    method: 'POST',
    headers,
    body: JSON.stringify({ personId }),
  })
  const cookie = entered.headers.getSetCookie()[0]!.split(';')[0]!
  return async (path, body) => {
    const began = performance.now()
    const asked =
      body === undefined
        ? { headers: { cookie } }
        : { method: 'POST', headers: { ...headers, cookie, origin: address }, body: JSON.stringify(body) }
    const answer = await fetch(`${address}/api/v1/${path}`, asked)
    const text = await answer.text()
    if (answer.status !== 200) throw new Error(`${path}: ${answer.status} ${text}`)
    return performance.now() - began
  }
}

/** The median over several askings, after one to warm up. */
async function medianOf(ask: () => Promise<number>, times: number): Promise<number> {
  const values: number[] = []
  await ask()
  for (let i = 0; i < times; i++) values.push(await ask())
  return median(values)
}

const firstPages = [
  'uses?limit=50',
  'uses?limit=50&f.stage=operation,build-test&f.personal-data=yes',
  'uses?limit=50&f.error-harm=not-applicable&sort=name',
  'uses?limit=50&verdict=consult-board&sort=organisation',
  `uses?limit=50&q=${encodeURIComponent('翻訳')}&f.stage=operation`,
]

async function manyAtOnce(ask: Ask, clients: number, each: number): Promise<number> {
  const values = await Promise.all(
    Array.from({ length: clients }, async (_, client) => {
      const own: number[] = []
      for (let i = 0; i < each; i++) own.push(await ask(firstPages[(client + i) % firstPages.length]!))
      return own
    }),
  )
  return quantile(values.flat(), 0.95)
}

const filters = [
  '',
  '&f.text-generative=yes',
  '&f.stage=operation&f.personal-data=yes',
  '&f.error-harm=not-applicable',
  '&f.stage=retired&f.special-secret=unknown&verdict=cannot-decide',
]
const places = [0, 0.5, 0.999]

/** Pages under every sort and filter, at the beginning, in the middle and at the end. */
async function pages(db: Db): Promise<string[]> {
  const column: Record<Sort, string> = {
    updated: 'updated_at',
    name: 'sort_name',
    organisation: 'sort_organisation',
    stage: 'stage_order',
    verdict: 'verdict_order',
  }
  const found: string[] = []
  for (const sort of sorts)
    for (const place of places) {
      const { rows } = await sql<{ value: string | number; id: string; all: number }>`
        select ${sql.raw(column[sort])} as value, use_id as id from use_listing order by 1, 2
        offset (select floor(count(*) * ${place}::float8)::int from use_listing) limit 1`.execute(db)
      const cursor = writeCursor({ direction: 'after', sort, order: 'asc', value: rows[0]!.value, id: rows[0]!.id })
      for (const filter of filters)
        found.push(`uses?limit=50&sort=${sort}&order=asc${filter}${place === 0 ? '' : `&cursor=${cursor}`}`)
    }
  return found
}

/** Words of two characters: in most uses, in some, in few, in none. */
const words = ['職員', '翻訳', '判例', '魑魅']

async function filled(
  folder: string,
  from: number,
  to: number,
  known?: Data,
): Promise<{ data: Data; pages: string[] }> {
  const database = await openEmbeddedDatabase(join(folder, 'database'))
  await migrate(database.db)
  const data = known
    ? { ...known, tx: transactions({ db: database.db, now: () => new Date(), newId: () => newId() }) }
    : await benchOrganisations(database.db)
  await fillRegister(database.db, data, from, to - from)
  const all = await pages(database.db)
  await database.close()
  return { data, pages: all }
}

async function* withServer(folder: string, data: Data, measure: (ask: Ask) => AsyncIterable<Row>): AsyncGenerator<Row> {
  const server = await startServer({ dataDir: folder, args: ['--no-demo'] })
  try {
    yield* measure(await signedIn(server.address, data.actor.personId))
  } finally {
    await server.kill('SIGTERM')
  }
}

async function* small(ask: Ask): AsyncGenerator<Row> {
  // The first hundred requests are answered while V8 still compiles; what is measured is a server that is up.
  for (let i = 0; i < 40; i++) for (const page of firstPages) await ask(page)
  const values: number[] = []
  for (const page of firstPages) values.push(await medianOf(() => ask(page), 30))
  yield atMost('list: first page of 50 with filters, 2,000 systems, p50', Math.max(...values), 20, 'ms')
  yield atMost('list: the same, 10 clients at once, p95', await manyAtOnce(ask, 10, 30), 200, 'ms')
}

const similar = { name: '申請書翻訳支援ツール', purpose: '申請書の翻訳に用いる。職員の作業時間を減らす。' }

async function* large(ask: Ask, all: readonly string[]): AsyncGenerator<Row> {
  const values: number[] = []
  for (const page of all) values.push(await medianOf(() => ask(page), 9))
  const slowest = all[values.indexOf(Math.max(...values))]!.replace(/&cursor=.*/, ' after the first')
  const worst = 'list: pages of 50 under every sort and filter, 100,000 systems, p50 of the slowest page'
  yield { ...atMost(worst, Math.max(...values), 40, 'ms'), note: slowest }
  yield atMost('list: the same, p50 of all pages', median(values), 40, 'ms')
  const found: number[] = []
  for (const word of words) found.push(await medianOf(() => ask(`uses?limit=50&q=${encodeURIComponent(word)}`), 9))
  yield atMost(
    'search: two-character Japanese word, 100,000 systems, p50 of the slowest word',
    Math.max(...found),
    150,
    'ms',
  )
  yield atMost('similar uses, 100,000 systems, p50', await medianOf(() => ask('similar-uses', similar), 7), 300, 'ms')
}

/** Targets: README, "Figures". The worst of several pages or words counts, not the best. */
export async function* bench(): AsyncGenerator<Row> {
  const folder = mkdtempSync(join(tmpdir(), 'tenbin-bench-register-'))
  try {
    const few = await filled(folder, 0, 2000)
    yield* withServer(folder, few.data, small)
    const many = await filled(folder, 2000, 100_000, few.data)
    yield* withServer(folder, few.data, (ask) => large(ask, many.pages))
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
