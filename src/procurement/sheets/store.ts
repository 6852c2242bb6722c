import { sql } from 'kysely'

import type { Tx } from '#audit/transaction.ts'
import type { Answers } from '#catalog/model-result.ts'
import type { Db } from '#platform/database.ts'
import { AppError } from '#platform/errors.ts'
import { lockRows } from '#platform/lock-rows.ts'

import type { GuideItem } from './guide.ts'
import type { Pattern, Proposal, Way } from './model.ts'
import type { ProcurementState } from './workflow.ts'

export type StoredProcurement = {
  readonly id: string
  readonly number: string
  readonly systemId: string
  readonly organisationId: string
  readonly organisationPath: readonly string[]
  readonly state: ProcurementState
  readonly version: number
}

/**
 * Holds the procurement until the end of the transaction, so that two who write one sheet come one after the other.
 * @throws AppError `not-found`
 */
export async function lockProcurement(db: Db, id: string): Promise<StoredProcurement> {
  await lockRows(db, 'procurement', [id])
  const { rows } = await sql<StoredProcurement>`
    select p.id, p.number, p.system_id as "systemId", p.organisation_id as "organisationId", o.path as "organisationPath",
      p.state, p.version
    from procurement p join organisation o on o.id = p.organisation_id where p.id = ${id}`.execute(db)
  if (!rows[0]) throw new AppError('not-found', { procurement: id })
  return rows[0]
}

export type NewProcurement = {
  readonly id: string
  readonly number: string
  readonly systemId: string
  readonly organisationId: string
  readonly title: string
  readonly pattern: Pattern | null
  readonly catalog: string
  readonly edition: string
  readonly digest: string
  readonly answers: readonly Answers[]
}

export async function insertProcurement(t: Tx, p: NewProcurement): Promise<void> {
  await sql`insert into procurement (id, number, system_id, organisation_id, title, pattern, catalog, edition, digest,
      answers, proposed_at, created_at, created_by, updated_at, updated_by)
    values (${p.id}, ${p.number}, ${p.systemId}, ${p.organisationId}, ${p.title}, ${p.pattern}, ${p.catalog}, ${p.edition},
      ${p.digest}, ${JSON.stringify(p.answers)}::jsonb, ${t.at.toISOString()}, ${t.at.toISOString()}, ${t.actor.personId},
      ${t.at.toISOString()}, ${t.actor.personId})`.execute(t.db)
}

export type NewItem = { readonly id: string; readonly guide: GuideItem; readonly proposal: Proposal }
type Owner = Pick<NewProcurement, 'id' | 'systemId' | 'organisationId'>

/** Items as the guide words them; nobody has decided yet. */
export async function insertItems(t: Tx, owner: Owner, items: readonly NewItem[]): Promise<void> {
  const rows = items.map(({ id, guide, proposal }) => ({
    id,
    sheet: guide.sheet,
    item: guide.item,
    position: guide.position,
    group: guide.group,
    preset: guide.preset,
    proposal,
    requirement: guide.preset.requirement.ja,
    chapter: guide.chapter,
    evidence: guide.preset.evidence.map((text) => text.ja),
    verification: `{${guide.preset.verification.map((v): Way => v.way).join(',')}}`,
    clause: guide.preset.clause.ja,
  }))
  await sql`insert into check_item (id, procurement_id, system_id, organisation_id, sheet, item, position, group_id, preset,
      proposal, requirement, chapter, evidence, verification, clause_text, updated_at, updated_by)
    select r.id, ${owner.id}::uuid, ${owner.systemId}::uuid, ${owner.organisationId}::uuid, r.sheet, r.item, r.position,
      r."group", r.preset, r.proposal, r.requirement, r.chapter, r.evidence, r.verification::text[], r.clause,
      ${t.at.toISOString()}::timestamptz, ${t.actor.personId}::uuid
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(id uuid, sheet text, item text, position int, "group" text,
      preset jsonb, proposal jsonb, requirement text, chapter text, evidence jsonb, verification text, clause text)`.execute(
    t.db,
  )
}

export type ItemChange = {
  readonly checkItemId?: string
  readonly item?: string
  readonly fields: Readonly<Record<string, { readonly from: unknown; readonly to: unknown }>>
  readonly reason?: string | null
}

/** The history of a procurement, one row for each item that a deed touched. */
export async function insertChanges(t: Tx, owner: Owner, type: string, changes: readonly ItemChange[]): Promise<void> {
  if (changes.length === 0) return
  const rows = changes.map((change) => ({ ...change, id: t.newId() }))
  await sql`insert into check_item_change (id, at, type, procurement_id, system_id, organisation_id, check_item_id, item,
      fields, reason, actor_id, actor_role)
    select r.id, ${t.at.toISOString()}::timestamptz, ${type}, ${owner.id}::uuid, ${owner.systemId}::uuid,
      ${owner.organisationId}::uuid, r."checkItemId", r.item, r.fields, r.reason, ${t.actor.personId}::uuid, ${t.actor.role}
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      as r(id uuid, "checkItemId" uuid, item text, fields jsonb, reason text)`.execute(t.db)
}

/** Each written deed is a new version of the procurement; the time of the last one is what lists say. */
export async function touchProcurement(t: Tx, id: string): Promise<void> {
  await sql`update procurement set updated_at = ${t.at.toISOString()}, updated_by = ${t.actor.personId} where id = ${id}`.execute(
    t.db,
  )
}

export type Decision = {
  readonly id: string
  readonly included: boolean | null
  readonly reason: string | null
}

export async function saveDecisions(t: Tx, decisions: readonly Decision[]): Promise<void> {
  await sql`update check_item i set included = r.included, reason = r.reason, version = i.version + 1,
      decided_at = case when r.included is null then null else ${t.at.toISOString()}::timestamptz end,
      decided_by = case when r.included is null then null else ${t.actor.personId}::uuid end,
      updated_at = ${t.at.toISOString()}, updated_by = ${t.actor.personId}
    from jsonb_to_recordset(${JSON.stringify(decisions)}::jsonb) as r(id uuid, included boolean, reason text)
    where i.id = r.id`.execute(t.db)
}
