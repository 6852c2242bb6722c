import { sql } from 'kysely'

import type { Db } from '#platform/database.ts'

import type { LogFinding, Verification } from './api.ts'

export async function startVerification(db: Db, run: { id: string; at: string; by: string }): Promise<void> {
  await sql`insert into log_verification (id, started_at, outcome, started_by)
    values (${run.id}, ${run.at}::timestamptz, 'running', ${run.by}::uuid)`.execute(db)
}

type Finished = {
  readonly id: string
  readonly at: string
  readonly outcome: Verification['outcome']
  readonly size: number | null
  /** hex */
  readonly root: string | null
  readonly findings: readonly LogFinding[]
  readonly counts: Verification['counts']
}

export async function finishVerification(db: Db, run: Finished): Promise<Verification> {
  await sql`update log_verification set finished_at = ${run.at}::timestamptz, outcome = ${run.outcome},
    size = ${run.size}::bigint, root = decode(${run.root}, 'hex'), findings = ${JSON.stringify(run.findings)}::jsonb,
    counts = ${JSON.stringify(run.counts)}::jsonb where id = ${run.id}`.execute(db)
  return (await verificationsBy(db, sql`v.id = ${run.id}`, 1))[0]!
}

/** Newest first. */
export const lastVerifications = (db: Db, limit: number): Promise<Verification[]> =>
  verificationsBy(db, sql`true`, limit)
export const verificationById = async (db: Db, id: string): Promise<Verification | undefined> =>
  (await verificationsBy(db, sql`v.id = ${id}`, 1))[0]

async function verificationsBy(db: Db, which: ReturnType<typeof sql>, limit: number): Promise<Verification[]> {
  const { rows } = await sql<Verification>`
    select v.id, v.started_at as "startedAt", v.finished_at as "finishedAt", v.outcome, v.size,
      encode(v.root, 'hex') as root, v.findings, v.counts,
      case when p.id is null then null else jsonb_build_object('ja', p.post_ja, 'en', p.post_en) end as by
    from log_verification v left join person p on p.id = v.started_by
    where ${which} order by v.started_at desc, v.id desc limit ${limit}`.execute(db)
  return rows
}
