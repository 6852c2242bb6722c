import { sql } from 'kysely'

import type { Db } from './database.ts'
import type { InsertJobs } from './dispatch-outbox.ts'
import type { Now } from './ids.ts'
import type { Handler } from './jobs.ts'

/** Day and time in a time zone: `2026-11-22` and `07:24`. */
export function dayAndTime(at: Date, timeZone: string): { day: string; time: string } {
  // sv-SE writes dates as ISO 8601 does.
  const written = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'short' }).format(at)
  const [day = '', time = ''] = written.split(' ')
  return { day, time }
}

/**
 * Puts the jobs of today whose time has come, once a day whichever process asks first. A day on which nothing ran is not
 * made up for; a time of today that was missed is.
 * @returns the names of the jobs that were put
 */
export async function putDaily(
  deps: { readonly db: Db; readonly now: Now; readonly timeZone: string; readonly handlers: readonly Handler[] },
  insert: InsertJobs,
): Promise<string[]> {
  const { day, time } = dayAndTime(deps.now(), deps.timeZone)
  const due = deps.handlers.filter(({ at }) => at !== undefined && at <= time).map(({ job }) => job.name)
  if (due.length === 0) return []
  const known = await sql<{ name: string }>`select name from job_day where last_on >= ${day}::date`.execute(deps.db)
  const done = new Set(known.rows.map((row) => row.name))
  const open = due.filter((name) => !done.has(name))
  if (open.length === 0) return []
  return deps.db.transaction().execute(async (t) => {
    const { rows } = await sql<{ name: string }>`
      insert into job_day (name, last_on) select name, ${day}::date from unnest(${open}::text[]) as open(name)
      on conflict (name) do update set last_on = excluded.last_on where job_day.last_on < excluded.last_on
      returning name`.execute(t)
    for (const { name } of rows) await insert(t, name, [{ data: {} }])
    return rows.map(({ name }) => name)
  })
}
