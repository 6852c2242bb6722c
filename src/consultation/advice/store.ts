import { sql } from 'kysely'

import type { Name } from '#access/model.ts'
import type { Tx } from '#audit/transaction.ts'
import type { Db } from '#platform/database.ts'
import { AppError } from '#platform/errors.ts'
import { lockRows } from '#platform/lock-rows.ts'

import type { AdviceState, ConditionInput, ConditionState } from './model.ts'

export type StoredAdvice = {
  readonly id: string
  readonly caseId: string
  readonly systemId: string
  readonly organisationId: string
  readonly state: AdviceState
  readonly text: Name
  readonly version: number
  readonly updatedAt: string
  readonly updatedBy: string
  readonly adoptedAt: string | null
  readonly adoptedBy: string | null
  readonly demo: boolean
}

/** The advice on a case, as far as it may be seen: a draft only on the Board's side. */
export async function adviceOf(db: Db, caseId: string, lock = false): Promise<StoredAdvice | undefined> {
  const read = sql<StoredAdvice>`
    select id, case_id as "caseId", system_id as "systemId", organisation_id as "organisationId", state,
      jsonb_build_object('ja', text_ja, 'en', text_en) as text, version, updated_at as "updatedAt", updated_by as "updatedBy",
      adopted_at as "adoptedAt", adopted_by as "adoptedBy", demo
    from advice where case_id = ${caseId}`
  const found = (await read.execute(db)).rows[0]
  if (!found || !lock) return found
  await lockRows(db, 'advice', [found.id])
  return (await read.execute(db)).rows[0]
}

export async function insertAdvice(
  t: Tx,
  of: { id: string; caseId: string; systemId: string; organisationId: string; text: Name; demo: boolean },
): Promise<void> {
  const at = t.at.toISOString()
  await sql`insert into advice (id, case_id, system_id, organisation_id, text_ja, text_en, created_at, created_by, updated_at,
      updated_by, demo)
    values (${of.id}, ${of.caseId}, ${of.systemId}, ${of.organisationId}, ${of.text.ja}, ${of.text.en}, ${at},
      ${t.actor.personId}, ${at}, ${t.actor.personId}, ${of.demo}) on conflict (case_id) do nothing`.execute(t.db)
}

/** Moves the version on, with the text where one is given. */
export async function touchAdvice(t: Tx, id: string, text?: Name): Promise<void> {
  await sql`update advice set version = version + 1, updated_at = ${t.at.toISOString()}, updated_by = ${t.actor.personId}
    ${text ? sql`, text_ja = ${text.ja}, text_en = ${text.en}` : sql``} where id = ${id}`.execute(t.db)
}

export type StoredCondition = {
  readonly id: string
  readonly adviceId: string
  readonly caseId: string
  readonly systemId: string
  readonly organisationId: string
  readonly ownerOrganisationId: string
  readonly position: number
  readonly text: Name
  readonly effect: ConditionInput['effect']
  readonly stage: ConditionInput['stage']
  readonly ownerUnit: string
  readonly dueOn: string | null
  readonly evidenceWanted: string
  readonly binding: boolean
  readonly state: ConditionState
  readonly number: number
  readonly changeAsked: string | null
  readonly version: number
  readonly demo: boolean
}

const conditions = sql`select c.id, c.advice_id as "adviceId", c.case_id as "caseId", c.system_id as "systemId",
  c.organisation_id as "organisationId", c.owner_organisation_id as "ownerOrganisationId", c.position,
  jsonb_build_object('ja', c.text_ja, 'en', c.text_en) as text, c.effect, c.stage, c.owner_unit as "ownerUnit",
  c.due_on as "dueOn", c.evidence_wanted as "evidenceWanted", c.binding, c.state, c.number, c.change_asked as "changeAsked",
  c.version, c.demo from advice_condition c`

export async function conditionsOfAdvice(db: Db, adviceId: string): Promise<StoredCondition[]> {
  const { rows } = await sql<StoredCondition>`${conditions} where c.advice_id = ${adviceId}
    order by c.position, c.id`.execute(db)
  return rows
}

/** @throws AppError `not-found`, also where it may not be seen */
export async function conditionForUpdate(db: Db, id: string): Promise<StoredCondition> {
  await lockRows(db, 'advice_condition', [id])
  const { rows } = await sql<StoredCondition>`${conditions} where c.id = ${id}`.execute(db)
  if (!rows[0]) throw new AppError('not-found', { condition: id })
  return rows[0]
}

export async function insertCondition(
  t: Tx,
  advice: Pick<StoredAdvice, 'id' | 'caseId' | 'systemId' | 'organisationId' | 'demo'>,
  given: ConditionInput,
): Promise<string> {
  const id = t.newId()
  await sql`insert into advice_condition (id, advice_id, case_id, system_id, organisation_id, position, text_ja, text_en,
      effect, stage, owner_organisation_id, owner_unit, due_on, evidence_wanted, updated_at, updated_by, demo)
    select ${id}::uuid, ${advice.id}::uuid, ${advice.caseId}::uuid, ${advice.systemId}::uuid, ${advice.organisationId}::uuid,
      coalesce(max(position), 0) + 1, ${given.text.ja}, ${given.text.en}, ${given.effect}, ${given.stage},
      ${given.ownerOrganisationId}::uuid, ${given.ownerUnit}, ${given.dueOn}::date, ${given.evidenceWanted},
      ${t.at.toISOString()}::timestamptz, ${t.actor.personId}::uuid, ${advice.demo}
    from advice_condition where advice_id = ${advice.id}`.execute(t.db)
  return id
}

export async function rewriteCondition(t: Tx, id: string, given: ConditionInput): Promise<void> {
  await sql`update advice_condition set text_ja = ${given.text.ja}, text_en = ${given.text.en}, effect = ${given.effect},
      stage = ${given.stage}, owner_organisation_id = ${given.ownerOrganisationId}, owner_unit = ${given.ownerUnit},
      due_on = ${given.dueOn}, evidence_wanted = ${given.evidenceWanted}, version = version + 1,
      updated_at = ${t.at.toISOString()}, updated_by = ${t.actor.personId} where id = ${id}`.execute(t.db)
}

export type ConditionEventRow = {
  readonly type:
    | 'bound'
    | 'reported'
    | 'sent-back'
    | 'met'
    | 'change-asked'
    | 'changed'
    | 'change-refused'
    | 'withdrawn'
  readonly number: number
  readonly words?: string
  readonly content?: Readonly<Record<string, unknown>>
}

/** Adds to the history of conditions, in one statement however many. */
export async function addEvents(
  t: Tx,
  events: readonly (ConditionEventRow & {
    readonly of: Pick<StoredCondition, 'id' | 'caseId' | 'organisationId' | 'demo'>
  })[],
): Promise<void> {
  const rows = events.map(({ of, type, number, words, content }) => ({
    id: t.newId(),
    type,
    condition_id: of.id,
    case_id: of.caseId,
    organisation_id: of.organisationId,
    number,
    words: words ?? '',
    content: content ?? null,
    demo: of.demo,
  }))
  await sql`insert into advice_condition_event (id, at, type, condition_id, case_id, organisation_id, number, words, content,
      actor_id, actor_role, demo)
    select r.id, ${t.at.toISOString()}::timestamptz, r.type, r.condition_id, r.case_id, r.organisation_id, r.number, r.words,
      r.content, ${t.actor.personId}::uuid, ${t.actor.role}, r.demo
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(id uuid, type text, condition_id uuid, case_id uuid,
      organisation_id uuid, number int, words text, content jsonb, demo boolean)`.execute(t.db)
}

/** What a condition says, without where it stands: as it is frozen and kept in its history. */
export const wordingOf = (c: StoredCondition): ConditionInput => ({
  text: c.text,
  effect: c.effect,
  stage: c.stage,
  ownerOrganisationId: c.ownerOrganisationId,
  ownerUnit: c.ownerUnit,
  dueOn: c.dueOn,
  evidenceWanted: c.evidenceWanted,
})
