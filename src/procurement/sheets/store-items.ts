import { sql } from 'kysely'

import type { Tx } from '#audit/transaction.ts'

import type { ClauseState, Way } from './model.ts'

export type ItemTexts = {
  readonly id: string
  readonly requirement: string
  readonly chapter: string
  readonly evidence: readonly string[]
  readonly verification: readonly Way[]
  readonly clauseText: string
  readonly clauseNumber: string
  readonly clauseState: ClauseState
  readonly agreedOn: string | null
}

/** The texts of items as they are from now on. */
export async function saveTexts(t: Tx, items: readonly ItemTexts[]): Promise<void> {
  const rows = items.map((item) => ({ ...item, verification: `{${item.verification.join(',')}}` }))
  await sql`update check_item i set requirement = r.requirement, chapter = r.chapter, evidence = r.evidence,
      verification = r.verification::text[], clause_text = r."clauseText", clause_number = r."clauseNumber",
      clause_state = r."clauseState", agreed_on = r."agreedOn", version = i.version + 1,
      updated_at = ${t.at.toISOString()}, updated_by = ${t.actor.personId}
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(id uuid, requirement text, chapter text, evidence jsonb,
      verification text, "clauseText" text, "clauseNumber" text, "clauseState" text, "agreedOn" date)
    where i.id = r.id`.execute(t.db)
}

export type NewProof = {
  readonly id: string
  readonly checkItemId: string
  readonly kind: string
  readonly what: string
  readonly setting: string | null
  readonly responsible: string
  readonly stage: string
  readonly dueOn: string | null
  readonly state: string
}
type Owner = { readonly id: string; readonly systemId: string; readonly organisationId: string }

export async function insertProofs(t: Tx, owner: Owner, proofs: readonly NewProof[]): Promise<void> {
  await sql`insert into item_proof (id, check_item_id, procurement_id, system_id, organisation_id, kind, what, setting,
      responsible, stage, due_on, state, done_at, done_by, created_at, created_by)
    select r.id, r."checkItemId", ${owner.id}::uuid, ${owner.systemId}::uuid, ${owner.organisationId}::uuid, r.kind, r.what,
      r.setting, r.responsible, r.stage, r."dueOn", r.state,
      case when r.state = 'done' then ${t.at.toISOString()}::timestamptz end,
      case when r.state = 'done' then ${t.actor.personId}::uuid end, ${t.at.toISOString()}::timestamptz,
      ${t.actor.personId}::uuid
    from jsonb_to_recordset(${JSON.stringify(proofs)}::jsonb) as r(id uuid, "checkItemId" uuid, kind text, what text,
      setting text, responsible text, stage text, "dueOn" date, state text)`.execute(t.db)
}
