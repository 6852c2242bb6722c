import { sql } from 'kysely'

import type { Name } from '#access/model.ts'
import type { Tx } from '#audit/transaction.ts'
import type { Answers, Result } from '#catalog/model-result.ts'
import type { Db } from '#platform/database.ts'
import type { Facts } from '#register/model.ts'
import type { StaleFact } from '#register/model-facts.ts'

import { type Assessment, type JudgedVerdict, type Judgement, verdictOf } from './api.ts'

type DoneBy = { readonly name: Name; readonly post: Name } | null

export type NewAssessment = {
  readonly id: string
  readonly useId: string
  readonly systemId: string
  readonly organisationId: string
  readonly catalog: string
  readonly edition: string
  readonly digest: string
  readonly answers: Answers
  readonly result: Result
  readonly outcome: string
  readonly restsOn: Facts
  readonly demo: boolean
}

const part = 500

/** One statement however many: a new edition judges thousands of uses again. */
export async function insertAssessments(t: Tx, made: readonly NewAssessment[]): Promise<void> {
  for (let i = 0; i < made.length; i += part)
    await sql`insert into assessment (id, use_id, system_id, organisation_id, catalog, edition, digest, answers, result,
        outcome, rests_on, made_at, made_by, made_role, demo)
      select r.id, r."useId", r."systemId", r."organisationId", r.catalog, r.edition, r.digest, r.answers, r.result,
        r.outcome, r."restsOn", ${t.at.toISOString()}::timestamptz, ${t.actor.personId}::uuid, ${t.actor.role}, r.demo
      from jsonb_to_recordset(${JSON.stringify(made.slice(i, i + part))}::jsonb) as r(id uuid, "useId" uuid,
        "systemId" uuid, "organisationId" uuid, catalog text, edition text, digest text, answers jsonb, result jsonb,
        outcome text, "restsOn" jsonb, demo boolean)`.execute(t.db)
}

export type NewJudgement = {
  readonly id: string
  readonly assessmentId: string
  readonly useId: string
  readonly organisationId: string
  readonly verdict: JudgedVerdict
  readonly reason: string
  readonly demo: boolean
}

export async function insertJudgement(t: Tx, j: NewJudgement): Promise<void> {
  await sql`insert into judgement (id, assessment_id, use_id, organisation_id, verdict, reason, made_at, made_by, made_role, demo)
    values (${j.id}, ${j.assessmentId}, ${j.useId}, ${j.organisationId}, ${j.verdict}, ${j.reason},
      ${t.at.toISOString()}::timestamptz, ${t.actor.personId}, ${t.actor.role}, ${j.demo})`.execute(t.db)
}

/** A judgement goes along to the assessments of a new edition that say the same as before: who judged, when and why stay. */
export async function carryJudgements(t: Tx, pairs: readonly { from: string; to: string }[]): Promise<void> {
  if (pairs.length === 0) return
  const rows = pairs.map((pair) => ({ ...pair, id: t.newId() }))
  await sql`insert into judgement (id, assessment_id, use_id, organisation_id, verdict, reason, made_at, made_by, made_role, demo)
    select r.id, r."to", j.use_id, j.organisation_id, j.verdict, j.reason, j.made_at, j.made_by, j.made_role, j.demo
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(id uuid, "from" uuid, "to" uuid)
    cross join lateral (select * from judgement x where x.assessment_id = r."from" order by x.made_at desc, x.id desc limit 1) j`.execute(
    t.db,
  )
}

type AssessmentRow = Omit<Assessment, 'effective' | 'judgement' | 'stale' | 'staleFacts' | 'madeBy'> & {
  readonly madeBy: DoneBy
  readonly verdict: JudgedVerdict | null
  readonly reason: string | null
  readonly judgedAt: string | null
  readonly judgedBy: DoneBy
  readonly current: boolean
  readonly stale: boolean
  readonly staleFacts: readonly StaleFact[]
}

const who = (alias: string) =>
  sql.raw(`case when ${alias}.id is null then null else jsonb_build_object(
  'name', jsonb_build_object('ja', ${alias}.name_ja, 'en', ${alias}.name_en),
  'post', jsonb_build_object('ja', ${alias}.post_ja, 'en', ${alias}.post_en)) end`)

/** The assessments of a use, newest first, each with the latest judgement on it. */
export async function assessmentsOf(db: Db, useId: string): Promise<Assessment[]> {
  const { rows } = await sql<AssessmentRow>`
    select a.id, a.use_id as "useId", a.catalog, a.edition, a.digest, a.answers, a.result, a.outcome,
      a.made_at as "madeAt", a.made_role as role, ${who('p')} as "madeBy",
      j.verdict, j.reason, j.made_at as "judgedAt", ${who('q')} as "judgedBy",
      a.id = u.assessment_id as current, u.stale, u.stale_facts as "staleFacts"
    from assessment a join ai_use u on u.id = a.use_id
    left join person p on p.id = a.made_by
    left join lateral (select * from judgement x where x.assessment_id = a.id order by x.made_at desc, x.id desc limit 1) j on true
    left join person q on q.id = j.made_by
    where a.use_id = ${useId} order by (a.id = u.assessment_id) desc nulls last, a.made_at desc, a.id desc`.execute(db)
  return rows.map(assessmentOf)
}

function assessmentOf(row: AssessmentRow): Assessment {
  const { verdict, reason, judgedAt, judgedBy, current, stale, staleFacts, ...rest } = row
  const judgement: Judgement | null =
    verdict === null ? null : { verdict, reason: reason ?? '', at: judgedAt ?? '', by: judgedBy }
  return {
    ...rest,
    judgement,
    effective: judgement?.verdict ?? verdictOf(row.outcome),
    stale: current && stale,
    staleFacts: current ? [...staleFacts] : [],
  }
}

/** Which use an assessment belongs to. */
export async function useOfAssessment(db: Db, id: string): Promise<string | undefined> {
  const { rows } = await sql<{ useId: string }>`select use_id as "useId" from assessment where id = ${id}`.execute(db)
  return rows[0]?.useId
}

export type Draft = { readonly answers: Answers; readonly at: string }

export async function loadDraft(db: Db, useId: string): Promise<Draft | null> {
  const { rows } = await sql<Draft>`
    select answers, updated_at as at from finder_draft where use_id = ${useId}`.execute(db)
  return rows[0] ?? null
}

export async function upsertDraft(t: Tx, use: { id: string; organisationId: string }, answers: Answers): Promise<void> {
  await sql`insert into finder_draft (use_id, organisation_id, person_id, answers, updated_at)
    values (${use.id}, ${use.organisationId}, ${t.actor.personId}, ${JSON.stringify(answers)}::jsonb, ${t.at.toISOString()}::timestamptz)
    on conflict (use_id) do update set person_id = excluded.person_id, answers = excluded.answers,
      updated_at = excluded.updated_at`.execute(t.db)
}

export async function deleteDraft(t: Tx, useId: string): Promise<void> {
  await sql`delete from finder_draft where use_id = ${useId}`.execute(t.db)
}

export type JudgedUse = {
  readonly useId: string
  readonly systemId: string
  readonly organisationId: string
  readonly number: string
  readonly name: string
  readonly demo: boolean
  readonly facts: Facts
  readonly assessmentId: string
  readonly answers: Answers
  readonly outcome: string
  readonly judged: JudgedVerdict | null
}

/** Every use below an organisation that has been weighed, with the answers that count. */
export async function judgedUses(db: Db, organisationId: string): Promise<JudgedUse[]> {
  const { rows } = await sql<JudgedUse>`
    select u.id as "useId", u.system_id as "systemId", u.organisation_id as "organisationId", s.number, u.name, u.demo,
      s.facts || u.facts as facts, a.id as "assessmentId", a.answers, a.outcome, j.verdict as judged
    from ai_use u join ai_system s on s.id = u.system_id join assessment a on a.id = u.assessment_id
    left join lateral (select verdict from judgement x where x.assessment_id = a.id order by x.made_at desc, x.id desc limit 1) j on true
    where u.organisation_id in (select id from organisation where path @> array[${organisationId}::uuid])
    order by s.number, u.position`.execute(db)
  return rows
}

export type StaleUse = {
  readonly useId: string
  readonly systemId: string
  readonly number: string
  readonly name: string
  readonly organisation: { readonly id: string; readonly name: Name }
  readonly verdict: Assessment['effective']
  readonly staleFacts: StaleFact[]
  readonly judgedAt: string | null
}

/** Uses whose verdict rests on a fact that has changed, the longest waiting first. */
export async function staleUses(db: Db, organisationId: string | undefined, most: number): Promise<StaleUse[]> {
  const below =
    organisationId === undefined
      ? sql`true`
      : sql`u.organisation_id in (select id from organisation where path @> array[${organisationId}::uuid])`
  const { rows } = await sql<StaleUse>`
    select u.id as "useId", u.system_id as "systemId", s.number, u.name, u.verdict, u.stale_facts as "staleFacts",
      jsonb_build_object('id', o.id, 'name', jsonb_build_object('ja', o.name_ja, 'en', o.name_en)) as organisation,
      a.made_at as "judgedAt"
    from ai_use u join ai_system s on s.id = u.system_id join organisation o on o.id = u.organisation_id
    left join assessment a on a.id = u.assessment_id
    where u.stale and ${below} order by u.stale_facts -> 0 ->> 'at', u.id limit ${most}`.execute(db)
  return rows
}
