import { sql } from 'kysely'
import { getConstructionPlans, getMigrationPlans } from 'pg-boss'

import type { Db } from './database.ts'
import { AppError } from './errors.ts'
import { statementsIn } from './sql-statements.ts'

export const jobsSchema = 'pgboss'

/** Any number: all that start at once must agree on it. "jobs" in ASCII. */
const lockId = 0x6a6f6273

/**
 * Makes the schema of the queue (pg-boss), or brings an older one forward: part of migrating, done by the owner, so that
 * the role of the application needs no right to create anything.
 * @throws AppError `unavailable` when the database is newer than this program
 */
export const installJobs = (db: Db): Promise<'made' | 'brought-forward' | undefined> =>
  db.transaction().execute(async (t) => {
    await sql`select pg_advisory_xact_lock(${sql.lit(lockId)})`.execute(t)
    return install(t)
  })

async function install(t: Db): Promise<'made' | 'brought-forward' | undefined> {
  const needed = neededVersion()
  const has = await versionOf(t)
  if (has === undefined) {
    await run(t, getConstructionPlans(jobsSchema))
    return 'made'
  }
  if (has > needed)
    throw new AppError('unavailable', { reason: 'database-newer', has: `jobs ${has}`, knows: `jobs ${needed}` })
  if (has === needed) return undefined
  await run(t, getMigrationPlans(jobsSchema, has))
  return 'brought-forward'
}

/** What the role of the application may do with the queue: its rows, never its tables. */
export async function grantJobs(t: Db, role: string): Promise<void> {
  const [schema, to] = [sql.id(jobsSchema), sql.id(role)]
  await sql`grant usage on schema ${schema} to ${to}`.execute(t)
  await sql`grant select, insert, update, delete on all tables in schema ${schema} to ${to}`.execute(t)
  await sql`grant execute on all functions in schema ${schema} to ${to}`.execute(t)
}

/** The last statement of the plans says which version they make. */
function neededVersion(): number {
  const said = /insert into \w+\.version\(version\) values \('(\d+)'\)/i.exec(getConstructionPlans(jobsSchema))
  if (!said) throw new Error('the plans of the queue do not say their version')
  return Number(said[1])
}

async function versionOf(t: Db): Promise<number | undefined> {
  const there = await sql<{
    there: boolean
  }>`select to_regclass(${`${jobsSchema}.version`}) is not null as there`.execute(t)
  if (there.rows[0]?.there !== true) return undefined
  const { rows } = await sql<{ version: number }>`select version from ${sql.id(jobsSchema)}.version`.execute(t)
  return rows[0]?.version
}

/** The transaction is that of the caller. */
async function run(t: Db, plans: string): Promise<void> {
  for (const statement of statementsIn(plans)) {
    if (/^(begin|commit)$/i.test(statement)) continue
    await sql.raw(statement).execute(t)
  }
}
