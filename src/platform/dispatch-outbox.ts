import { sql } from 'kysely'
import { createHash } from 'node:crypto'

import type { Db } from './database.ts'
import type { Now } from './ids.ts'
import type { Handler, OutboxRow } from './jobs.ts'

/** Adds jobs to a queue within a transaction. */
export type InsertJobs = (t: Db, name: string, jobs: readonly { id?: string; data: object }[]) => Promise<unknown>

const atOnce = 200

/**
 * Moves committed events to the queues, exactly once for each listener: the jobs are put and the events marked in one
 * transaction, and what another process is moving is passed over.
 * @returns the names of the jobs that were put
 */
export async function dispatchOutbox(
  deps: { readonly db: Db; readonly now: Now; readonly handlers: readonly Handler[] },
  insert: InsertJobs,
): Promise<Set<string>> {
  const put = new Set<string>()
  const listening = deps.handlers.filter(({ on }) => on !== undefined)
  let moved = atOnce
  while (moved === atOnce) {
    moved = await deps.db.transaction().execute(async (t) => {
      const { rows } = await sql<{ id: string; type: string }>`
        select id, type from outbox where done_at is null order by at, id limit ${atOnce} for update skip locked`.execute(
        t,
      )
      if (rows.length === 0) return 0
      for (const { on, job } of listening) {
        const heard = rows.filter(({ type }) => on === 'all' || on!.includes(type))
        if (heard.length === 0) continue
        await insert(
          t,
          job.name,
          heard.map(({ id }) => ({ id: jobIdOf(id, job.name), data: { event: id } })),
        )
        put.add(job.name)
      }
      await sql`update outbox set done_at = ${deps.now().toISOString()} where id = any(${rows.map((r) => r.id)}::uuid[])`.execute(
        t,
      )
      return rows.length
    })
  }
  return put
}

/** UUID version 8 (RFC 9562 §5.8) of event and listener: the same event never makes a second job. */
function jobIdOf(event: string, name: string): string {
  const bytes = createHash('sha256').update(`${event} ${name}`).digest().subarray(0, 16)
  bytes[6] = (bytes[6]! & 0x0f) | 0x80
  bytes[8] = (bytes[8]! & 0x3f) | 0x80
  const hex = bytes.toString('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
}

/** @returns the event, or nothing when retention has taken it away */
export async function outboxRow(db: Db, id: string): Promise<OutboxRow | undefined> {
  const { rows } = await sql<OutboxRow>`
    select id, at, type, organisation_id as "organisationId", payload from outbox where id = ${id}`.execute(db)
  return rows[0]
}
