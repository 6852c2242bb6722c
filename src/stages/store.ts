import { sql } from 'kysely'

import type { Name } from '#access/model.ts'
import type { Tx } from '#audit/transaction.ts'
import type { Db } from '#platform/database.ts'
import { type Stage, stages } from '#register/fields.ts'

import type { SteppedInto } from './model.ts'

export type StoredWaiver = {
  readonly id: string
  readonly at: string
  readonly systemId: string
  readonly need: string
  readonly step: SteppedInto
  readonly untilOn: string | null
  readonly reason: string
  readonly by: Name | null
  readonly withdrawn: { readonly at: string; readonly reason: string; readonly by: Name | null } | null
}

/** Every waiver of these systems, newest first, with what became of it. */
export async function loadWaivers(db: Db, systemIds: readonly string[]): Promise<StoredWaiver[]> {
  const post = (person: string) =>
    sql.raw(`case when ${person}.id is null then null
    else jsonb_build_object('ja', ${person}.post_ja, 'en', ${person}.post_en) end`)
  const { rows } = await sql<StoredWaiver>`
    select w.id, w.at, w.system_id as "systemId", w.need, w.step, w.until_on as "untilOn", w.reason, ${post('p')} as by,
      case when e.id is null then null else jsonb_build_object('at', to_jsonb(e.at) #>> '{}', 'reason', e.reason, 'by', ${post('q')}) end as withdrawn
    from stage_waiver w left join person p on p.id = w.actor_id
      left join stage_waiver e on e.waiver_id = w.id and e.type = 'withdrawn' left join person q on q.id = e.actor_id
    where w.type = 'waived' and w.system_id = any(${[...systemIds]}::uuid[]) order by w.at desc, w.id desc`.execute(db)
  return rows
}

/** Stages that a system was ever in, as its history tells. What was taken out of the history is not known to have been. */
export async function loadReached(db: Db, systemId: string): Promise<ReadonlySet<Stage>> {
  const { rows } = await sql<{ stage: string | null }>`
    select distinct f -> side ->> 'value' as stage
    from change c cross join lateral jsonb_array_elements(c.fields) as f cross join unnest(array['from', 'to']) as side
    where c.system_id = ${systemId} and f ->> 'field' = 'stage'`.execute(db)
  const found = new Set(rows.map(({ stage }) => stage))
  return new Set(stages.filter((stage) => found.has(stage)))
}

export type NewWaiverRow = {
  readonly id: string
  readonly type: 'waived' | 'withdrawn'
  readonly waiverId: string
  readonly systemId: string
  readonly organisationId: string
  readonly need: string
  readonly step: SteppedInto
  readonly untilOn: string | null
  readonly reason: string
  readonly catalog: string
  readonly edition: string
  readonly demo: boolean
}

export async function addWaiverRow(t: Tx, row: NewWaiverRow): Promise<void> {
  await sql`insert into stage_waiver (id, at, type, waiver_id, system_id, organisation_id, need, step, until_on, reason, catalog,
      edition, actor_id, actor_role, demo)
    values (${row.id}, ${t.at.toISOString()}, ${row.type}, ${row.waiverId}, ${row.systemId}, ${row.organisationId}, ${row.need},
      ${row.step}, ${row.untilOn}, ${row.reason}, ${row.catalog}, ${row.edition}, ${t.actor.personId}, ${t.actor.role},
      ${row.demo})`.execute(t.db)
}

export type Passage = {
  readonly systemId: string
  readonly organisationId: string
  readonly fromStage: string
  readonly toStage: string
  readonly met: readonly string[]
  readonly warned: readonly string[]
  readonly waived: readonly string[]
  readonly catalog: string
  readonly edition: string
  readonly digest: string
  readonly demo: boolean
}

export async function addPassage(t: Tx, id: string, p: Passage): Promise<void> {
  await sql`insert into stage_passage (id, at, system_id, organisation_id, from_stage, to_stage, met, warned, waived, catalog,
      edition, digest, actor_id, actor_role, demo)
    values (${id}, ${t.at.toISOString()}, ${p.systemId}, ${p.organisationId}, ${p.fromStage}, ${p.toStage}, ${[...p.met]}::text[],
      ${[...p.warned]}::text[], ${[...p.waived]}::uuid[], ${p.catalog}, ${p.edition}, ${p.digest}, ${t.actor.personId},
      ${t.actor.role}, ${p.demo})`.execute(t.db)
}

export type StoredPassage = {
  readonly at: string
  readonly fromStage: string
  readonly toStage: string
  readonly warned: readonly string[]
  readonly waived: readonly string[]
  readonly catalog: string
  readonly edition: string
}
export async function loadPassages(db: Db, systemId: string): Promise<StoredPassage[]> {
  const { rows } = await sql<StoredPassage>`
    select at, from_stage as "fromStage", to_stage as "toStage", warned, waived, catalog, edition
    from stage_passage where system_id = ${systemId} order by at desc, id desc limit 50`.execute(db)
  return rows
}
