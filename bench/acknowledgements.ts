import { sql } from 'kysely'

import { grantApplication } from '#platform/isolation.ts'
import { type Database, openPostgres } from '#platform/database.ts'
import { migrate } from '#platform/migrate.ts'
import { inScope } from '#platform/scope.ts'
import { postgresAddress } from '#test/engines.ts'
import { newDatabase } from '#test/postgres.ts'
import { may, rights } from '#test/rights.ts'
import { scopesBy } from '#access/policies/scope-of.ts'
import { followRule, staffOf } from '#user-rules/acknowledgements/follow.ts'

import { type Filled, fillStaff, staff } from './acknowledgements-support.ts'
import { atMost, median, type Row } from './row.ts'

const times = 15

/** Who has not acknowledged, of a ministry of 180,000, asked by its office with row-level security on. */
export async function* bench(): AsyncGenerator<Row> {
  const name = `who has not acknowledged, by organisation, ${staff.toLocaleString('en')} staff, PostgreSQL, p50`
  if (postgresAddress === undefined) {
    yield {
      name,
      value: null,
      unit: 'ms',
      target: '≤ 300 ms',
      pass: null,
      note: 'TENBIN_TEST_POSTGRES names no server',
    }
    return
  }
  const made = await newDatabase(postgresAddress)
  const owner = await openPostgres(made.DATABASE_OWNER_URL, { max: 2 })
  const app = await openPostgres(made.DATABASE_URL, { max: 2 })
  try {
    await migrate(owner.db)
    await grantApplication(owner.db, new URL(made.DATABASE_URL).username)
    const filled = await fillStaff(owner.db)
    yield* measure(name, app, filled)
  } finally {
    await app.close()
    await owner.close()
    await made.drop()
  }
}

async function* measure(name: string, app: Database, { ministry, office, rule }: Filled): AsyncGenerator<Row> {
  const actor = { personId: office, role: 'caio-office', organisationId: ministry }
  const deps = {
    db: app.scoped,
    may,
    now: () => new Date(),
    timeZone: 'Asia/Tokyo',
    acknowledging: { dueDays: 14, remindDays: 3, fewestAnswers: 5, provenance: 'preset' as const },
  }
  const asked = <T>(work: () => Promise<T>) => inScope(scopesBy(rights)(actor), work)
  const seen = await asked(() => sql<{ n: number }>`select count(*)::int as n from staff_count`.execute(app.scoped))
  const { total, rows } = await asked(() => followRule(deps, actor, { rule }))
  if (total.staff !== staff || total.this + total.earlier + total.never !== staff || total.never === 0)
    throw new Error(`counted ${JSON.stringify(total)} of ${staff}`)
  const counts = await spent(() => asked(() => followRule(deps, actor, { rule })))
  yield {
    ...atMost(name, median(counts), 300, 'ms'),
    note: `${rows.length} rows of 401 organisations, ${seen.rows[0]!.n} kept counts`,
  }
  const below = rows.find(({ itself }) => !itself)!.id
  const page = { limit: 50, after: undefined }
  const people = await spent(() =>
    asked(() => staffOf(deps, actor, { rule, organisation: below, show: 'missing' }, page)),
  )
  yield atMost('the first 50 people of a bureau who must acknowledge, p50', median(people), 300, 'ms')
}

async function spent(work: () => Promise<unknown>): Promise<number[]> {
  const all: number[] = []
  for (let n = 0; n < times; n++) {
    const from = performance.now()
    await work()
    all.push(performance.now() - from)
  }
  return all
}
