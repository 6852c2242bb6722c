import { sql } from 'kysely'

import type { AppDeps } from '#wiring/app.ts'
import type { Actor } from '#audit/transaction.ts'
import type { Db } from '#platform/database.ts'
import { newId } from '#platform/ids.ts'
import type { Facts } from '#register/model.ts'
import type { MadeOrganisation } from '#test/people.ts'
import { aSystem, store } from '#test/register.ts'

const founder = '00000000-0000-7000-8000-00000000000f'

async function caseWithAdvice(db: Db, organisation: MadeOrganisation, systemId: string, adopted: boolean) {
  const [caseId, adviceId] = [newId(), newId()]
  await sql`insert into board_case (id, number, system_id, organisation_id, title, state, created_at, created_by, submitted_at,
      submitted_by, advised_at, updated_at)
    values (${caseId}, ${`AB-X-${caseId.slice(-8)}`}, ${systemId}, ${organisation.id}, '案件', ${adopted ? 'advised' : 'submitted'}, now(),
      ${founder}, now(), ${founder}, ${adopted ? new Date().toISOString() : null}, now())`.execute(db)
  await sql`insert into advice (id, case_id, system_id, organisation_id, state, text_ja, created_at, created_by, updated_at,
      updated_by, adopted_at, adopted_by)
    values (${adviceId}, ${caseId}, ${systemId}, ${organisation.id}, ${adopted ? 'adopted' : 'draft'}, '助言です。', now(), ${founder}, now(),
      ${founder}, ${adopted ? new Date().toISOString() : null}, ${adopted ? founder : null})`.execute(db)
  const condition = async (state: string, asked: string | null = null) => {
    const id = newId()
    await sql`insert into advice_condition (id, advice_id, case_id, system_id, organisation_id, position, text_ja, effect, stage,
        owner_organisation_id, binding, binding_since, state, reported_at, change_asked, change_asked_at, updated_at, updated_by)
      values (${id}, ${adviceId}, ${caseId}, ${systemId}, ${organisation.id}, 1, ${`条件 ${id}`}, 'blocks', 'operation', ${organisation.id},
        ${adopted}, ${adopted ? new Date().toISOString() : null}, ${state}, ${state === 'reported' ? new Date().toISOString() : null},
        ${asked}, ${asked === null ? null : new Date().toISOString()}, now(), ${founder})`.execute(db)
    return id
  }
  return { caseId, condition }
}

/** Advice in a draft and adopted, conditions in each state, and a system before its first step with a waiver. */
export async function adviceItems(deps: AppDeps, keeper: Actor, organisation: MadeOrganisation, facts: Facts) {
  const { db } = deps
  const planned = { name: { value: '照会の下書き' }, ...facts, stage: { value: 'planning' } } as const
  const [first, second] = await store(deps.tx, keeper, [aSystem(organisation, planned), aSystem(organisation, planned)])
  const planningSystemId = first!.systemId
  const draft = await caseWithAdvice(db, organisation, planningSystemId, false)
  const adopted = await caseWithAdvice(db, organisation, second!.systemId, true)
  const waiverId = newId()
  await sql`insert into stage_waiver (id, at, type, waiver_id, system_id, organisation_id, need, step, reason, catalog, edition,
      actor_id, actor_role)
    values (${waiverId}, now(), 'waived', ${waiverId}, ${planningSystemId}, ${organisation.id}, 'settle-verdict', 'procurement', '試行のため',
      'stage-needs', '1', ${founder}, 'caio')`.execute(db)
  return {
    planningSystemId,
    waiverId,
    draftCaseId: draft.caseId,
    draftConditionId: await draft.condition('open'),
    advisedCaseId: adopted.caseId,
    conditionId: await adopted.condition('open'),
    reportedConditionId: await adopted.condition('reported'),
    askedConditionId: await adopted.condition('open', '期限を延ばしてほしい。'),
  }
}

/** The Board's member of the matrix sits in the chair and has declared on every case that is there. */
export async function seatOnCases(db: Db, member: Actor): Promise<void> {
  await sql`insert into board_seat (id, person_id, expertise_ja, chair, from_date, created_at, created_by)
    values (${newId()}, ${member.personId}, '法律', true, '2020-01-01', now(), ${founder})`.execute(db)
  await sql`insert into board_declaration (id, at, type, case_id, organisation_id, person_id, actor_id, actor_role)
    select gen_random_uuid(), now(), 'no-interest', c.id, c.organisation_id, ${member.personId}::uuid, ${member.personId}::uuid, 'board'
    from board_case c where not exists (select 1 from board_declaration d
      where d.case_id = c.id and d.person_id = ${member.personId}::uuid)`.execute(db)
}
