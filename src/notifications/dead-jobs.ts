import { sql } from 'kysely'

import { systemActor } from '#access/nobody.ts'
import type { May } from '#access/may.ts'
import { type Actor, type RunTx, txOver } from '#audit/transaction.ts'
import type { Db } from '#platform/database.ts'
import { outboxRow } from '#platform/dispatch-outbox.ts'
import { AppError } from '#platform/errors.ts'
import type { DeadJob, JobContext, JobName } from '#platform/jobs.ts'

import type { NoticesDeps } from './deps.ts'

/** Keeps a job that failed for good, tells the log, and lets its administrators be told. */
export async function keepDeadJob(deps: Pick<NoticesDeps, 'now' | 'newId'>, t: Db, dead: DeadJob): Promise<void> {
  const organisationId = await organisationOf(t, dead.payload)
  const at = deps.now()
  const { rows } = await sql`
    insert into dead_job (id, name, organisation_id, payload, failure, tries, put_at, failed_at, state)
    values (${dead.id}, ${dead.name}, ${organisationId ?? null}, ${JSON.stringify(dead.payload)}::jsonb,
      ${JSON.stringify(dead.failure)}::jsonb, ${dead.tries}, ${dead.putAt}, ${at.toISOString()}, 'open')
    on conflict (id) do update set failure = excluded.failure, tries = excluded.tries, failed_at = excluded.failed_at, state = 'open',
      decided_at = null, decided_by = null
    returning id`.execute(t)
  if (rows.length === 0) return
  const actor = { ...systemActor, ...(organisationId !== undefined && { organisationId }) }
  const own = txOver(t, { actor, at, newId: deps.newId })
  const { id, name } = dead
  await own.append({
    type: 'job.failed',
    itemKind: 'job',
    itemId: id,
    detail: { name, code: dead.failure.code, tries: dead.tries },
  })
  // What tells of failures does not tell of its own: it would go on for ever. The screen and the log have it.
  if (name === 'notices.tell') return
  await own.emit({
    type: 'jobs.failed',
    payload: { job: id, name, code: dead.failure.code, ...(organisationId === undefined && { wholeHouse: true }) },
  })
}

/** Whose job it was, from what it is about; nothing for a job of the whole house. */
async function organisationOf(t: Db, payload: DeadJob['payload']): Promise<string | undefined> {
  const { event, notification, delivery, person } = payload as Record<string, string | undefined>
  if (event !== undefined) {
    const of = (await outboxRow(t, event))?.organisationId
    return of === systemActor.organisationId ? undefined : of
  }
  const { rows } = await sql<{ id: string }>`
    select organisation_id as id from notification where id = ${notification ?? null}::uuid
    union all select organisation_id from webhook_delivery where id = ${delivery ?? null}::uuid
    union all select organisation_id from person where id = ${person ?? null}::uuid`.execute(t)
  return rows[0]?.id
}

type Decision = { readonly id: string; readonly decision: 'retried' | 'discarded' }

/**
 * An administrator lets a failed job be tried again, or discards it. Jobs of the whole house are decided on by any
 * administrator.
 * @throws AppError `not-found`, `not-permitted`, `wrong-state` when somebody has decided already
 */
export function decideDeadJob(deps: { tx: RunTx; may: May }, actor: Actor, { id, decision }: Decision): Promise<void> {
  return deps.tx(actor, async (t) => {
    const dead = await t.asSystem(async () => {
      const { rows } = await sql<{ name: string; state: string; organisationId: string | null; path: string[] | null }>`
        select d.name, d.state, d.organisation_id as "organisationId", o.path
        from dead_job d left join organisation o on o.id = d.organisation_id where d.id = ${id} for update of d`.execute(
        t.db,
      )
      return rows[0]
    })
    if (!dead) throw new AppError('not-found', { job: id })
    deps.may(actor, 'manage-jobs', dead.path === null ? undefined : { organisationPath: dead.path })
    if (dead.state !== 'open') throw new AppError('wrong-state', { reason: 'decided', state: dead.state })
    await t.asSystem(async () => {
      await sql`update dead_job set state = ${decision}, decided_at = ${t.at.toISOString()}, decided_by = ${actor.personId}
        where id = ${id}`.execute(t.db)
    })
    const organisationId = dead.organisationId ?? actor.organisationId
    await t.append({
      type: `job.${decision}`,
      itemKind: 'job',
      itemId: id,
      organisationId,
      detail: { name: dead.name },
    })
    if (decision === 'retried') await t.emit({ type: 'jobs.retried', payload: { job: id } })
  })
}

/** Puts a job that an administrator gave back into its queue, with what it was put with. */
export async function putAgain(
  deps: Pick<NoticesDeps, 'db'>,
  jobs: readonly JobName[],
  eventId: string,
  context: JobContext,
): Promise<void> {
  await deps.db.transaction().execute(async (t) => {
    const event = await outboxRow(t, eventId)
    const { rows } = await sql<{ name: string; payload: unknown }>`
      select name, payload from dead_job where id = ${String(event?.payload['job'])}::uuid`.execute(t)
    const job = jobs.find(({ name }) => name === rows[0]?.name)
    // A job that this edition no longer knows has nobody to do it.
    if (job) await context.put(t, job, rows[0]!.payload)
  })
}
