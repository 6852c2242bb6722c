import { sql } from 'kysely'

import { scopesBy } from '#access/policies/scope-of.ts'
import type { Actor } from '#audit/transaction.ts'
import { noticesJobs } from '#notifications/jobs.ts'
import type { Database } from '#platform/database.ts'
import { type JobRunner, jobRunner } from '#platform/job-runner.ts'
import type { Handler } from '#platform/jobs.ts'
import { smtpMailer } from '#platform/mail.ts'
import { appOn } from '#test/app.ts'

export type Working = Awaited<ReturnType<typeof workingOn>>

/** The server with its jobs running, as in one process. @param smtp address of a mail server */
export async function workingOn(
  database: Database,
  options: { smtp?: string; settings?: Record<string, string>; now?: () => Date; others?: readonly Handler[] } = {},
) {
  const { app, deps } = await appOn(database, options.settings ?? {})
  await sql`delete from pgboss.job`.execute(database.db)
  const mailer =
    options.smtp === undefined
      ? undefined
      : smtpMailer({ url: options.smtp, from: '天秤 <tenbin@example.go.jp>', tls: 'off' })
  const bugs: unknown[] = []
  const now = options.now ?? deps.now
  const { handlers, onDead } = noticesJobs(
    { ...deps, db: database.scoped, now, mailer, scopeOf: scopesBy(deps.rights) },
    options.others ?? [],
  )
  const runner: JobRunner = jobRunner({
    db: database.scoped,
    now,
    newId: deps.newId,
    timeZone: 'Asia/Tokyo',
    handlers: [...handlers, ...(options.others ?? [])],
    onDead,
    onBug: (error) => void bugs.push(error),
    pollSeconds: 0.5,
    tickMs: 20,
  })
  await runner.start()
  return {
    app,
    deps,
    runner,
    bugs,
    /** What waits for its next try is due now. */
    hurry: () =>
      sql`update pgboss.job set start_after = now() where state in ('created', 'retry')`.execute(database.db),
    stop: async () => {
      await runner.stop()
      mailer?.close()
      await app.close()
    },
  }
}

/** Waits for what another part of the process does; fails with what it saw last. */
export async function until<T>(see: () => T | Promise<T>, holds: (seen: T) => boolean): Promise<T> {
  const end = Date.now() + 20_000
  for (;;) {
    const seen = await see()
    if (holds(seen)) return seen
    if (Date.now() > end) throw new Error(`waited in vain; last seen ${JSON.stringify(seen)}`)
    await new Promise((resolve) => setTimeout(resolve, 25))
  }
}

/** Nothing waits and nothing runs: all that follows from what was committed has been done. */
export const settled = (database: Database): Promise<number> =>
  until(
    async () => {
      const { rows } = await sql<{ n: number }>`
        select (select count(*) from outbox where done_at is null)::int
          + (select count(*) from pgboss.job where state in ('created', 'active') and name not like '\\_\\_%')::int as n`.execute(
        database.db,
      )
      return rows[0]!.n
    },
    (n) => n === 0,
  )

export const toldTo = async (database: Database, { personId }: Actor) => {
  const { rows } = await sql<{ kind: string; itemId: string; params: Record<string, unknown>; mail: string }>`
    select kind, item_id as "itemId", params, mail from notification where person_id = ${personId} order by created_at, kind`.execute(
    database.db,
  )
  return rows
}

export const giveMail = (database: Database, { personId }: Actor, mail: string, language = 'ja') =>
  sql`update person set mail = ${mail}, language = ${language} where id = ${personId}`.execute(database.db)
