import { sql } from 'kysely'

import type { Db } from '#platform/database.ts'

import type { JobState, ListedDeadJob } from './api.ts'

type Asked = {
  readonly organisationId: string
  readonly open: boolean
  readonly limit: number
  readonly before: string | undefined
}

/** Failed jobs of the organisation and below, and those of the whole house; read as the system, after access was asked. */
export async function listDeadJobs(db: Db, { organisationId, open, limit, before }: Asked): Promise<ListedDeadJob[]> {
  const { rows } = await sql<ListedDeadJob>`
    select d.id, d.name, d.failure, d.tries, d.put_at as "putAt", d.failed_at as "failedAt", d.state, d.decided_at as "decidedAt",
      case when o.id is null then null else jsonb_build_object('ja', o.name_ja, 'en', o.name_en) end as organisation
    from dead_job d left join organisation o on o.id = d.organisation_id
    where (d.organisation_id is null or ${organisationId}::uuid = any(o.path)) ${open ? sql`and d.state = 'open'` : sql``}
      and (${before ?? null}::uuid is null or (d.failed_at, d.id) < (select failed_at, id from dead_job where id = ${before ?? null}::uuid))
    order by d.failed_at desc, d.id desc limit ${limit}`.execute(db)
  return rows
}

/** The queues as they are, without what the queue itself keeps beside ours. */
export async function readQueues(db: Db): Promise<Pick<JobState, 'queues' | 'outbox'>> {
  const queues = await sql<JobState['queues'][number]>`
    select q.name,
      count(j.id) filter (where j.state = 'created')::int as waiting,
      count(j.id) filter (where j.state = 'active')::int as running,
      count(j.id) filter (where j.state = 'retry')::int as again,
      count(j.id) filter (where j.state = 'completed')::int as done,
      max(j.completed_on) filter (where j.state = 'completed') as "lastDoneAt"
    from pgboss.queue q left join pgboss.job j on j.name = q.name
    where q.name not like '\\_\\_pgboss%' and q.name <> 'jobs.dead'
    group by q.name order by q.name`.execute(db)
  const outbox = await sql<JobState['outbox']>`
    select count(*)::int as waiting, min(at) as oldest from outbox where done_at is null`.execute(db)
  return { queues: queues.rows, outbox: outbox.rows[0]! }
}
