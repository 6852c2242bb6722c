import { sql } from 'kysely'

import type { Tx } from '#audit/transaction.ts'
import type { Db } from '#platform/database.ts'
import { lockRows } from '#platform/lock-rows.ts'

import type { ClauseContent, ruleEventTypes } from './model.ts'

export type NewClause = {
  readonly id: string
  readonly position: number
  readonly content: ClauseContent
  readonly basedOn: string | null
  readonly sameMeaning: boolean
}

/** Clauses of a new version, in one statement however many there are. */
export async function insertClauses(t: Tx, versionId: string, clauses: readonly NewClause[]): Promise<void> {
  const rows = clauses.map(({ id, position, basedOn, sameMeaning, content }) => {
    return { id, position, based_on: basedOn, confirmed: sameMeaning, ...content, wording_only: content.wordingOnly }
  })
  await sql`insert into rule_clause (version_id, id, section, position, heading, body, staff, settings, based_on, change,
      wording_only, same_meaning_at, same_meaning_by, updated_at, updated_by)
    select ${versionId}::uuid, r.id, r.section, r.position, r.heading, r.text, r.staff, r.settings, r.based_on,
      case when r.change = 'null'::jsonb then null else r.change end, r.wording_only,
      case when r.confirmed then ${t.at.toISOString()}::timestamptz end,
      case when r.confirmed then ${t.actor.personId}::uuid end, ${t.at.toISOString()}::timestamptz, ${t.actor.personId}::uuid
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(id text, section text, position float8, heading jsonb,
      text jsonb, staff jsonb, settings jsonb, based_on text, change jsonb, wording_only text, confirmed boolean)`.execute(
    t.db,
  )
}

/**
 * Copies the clauses of the version before: what changed then is no news any more, what was taken out stays out. That both
 * languages say the same still holds, because neither has changed.
 */
export async function copyClauses(t: Tx, from: string, to: string): Promise<void> {
  await sql`insert into rule_clause (version_id, id, section, position, heading, body, staff, settings, based_on,
      same_meaning_at, same_meaning_by, updated_at, updated_by)
    select ${to}::uuid, id, section, position, heading, body, staff, settings, based_on, same_meaning_at, same_meaning_by,
      ${t.at.toISOString()}::timestamptz, ${t.actor.personId}::uuid
    from rule_clause where version_id = ${from}::uuid and removed_because is null`.execute(t.db)
}

export type NewVersion = {
  readonly id: string
  readonly ruleId: string
  readonly organisationId: string
  readonly systemId: string | null
  readonly number: number
  readonly guide: string | null
  readonly beforeId: string | null
  readonly contact: unknown
}

export async function insertVersion(t: Tx, v: NewVersion): Promise<void> {
  await sql`insert into rule_version (id, rule_id, organisation_id, system_id, number, state, guide, before_id, contact,
      created_at, created_by, updated_at)
    values (${v.id}, ${v.ruleId}, ${v.organisationId}, ${v.systemId}, ${v.number}, 'draft', ${v.guide}, ${v.beforeId},
      ${v.contact === null ? null : JSON.stringify(v.contact)}::jsonb, ${t.at.toISOString()}, ${t.actor.personId},
      ${t.at.toISOString()})`.execute(t.db)
}

export type RuleEventType = (typeof ruleEventTypes)[number]

export type RuleEvent = {
  readonly type: RuleEventType
  readonly ruleId: string
  readonly versionId: string
  readonly organisationId: string
  readonly systemId: string | null
  readonly digest?: string
  readonly detail?: Readonly<Record<string, unknown>>
}

/** A row of history and an entry of the log. Ids, codes and digests only. */
export async function tell(t: Tx, event: RuleEvent): Promise<void> {
  const { type, ruleId, versionId, organisationId, systemId, digest, detail = {} } = event
  await sql`insert into rule_event (id, at, type, rule_id, version_id, organisation_id, system_id, actor_id, actor_role,
      digest, detail)
    values (${t.newId()}, ${t.at.toISOString()}, ${type}, ${ruleId}, ${versionId}, ${organisationId}, ${systemId},
      ${t.actor.personId}, ${t.actor.role}, ${digest ?? null}, ${JSON.stringify(detail)}::jsonb)`.execute(t.db)
  await t.append({
    type: `user-rule.${type}`,
    itemKind: 'user-rule',
    itemId: ruleId,
    organisationId,
    detail: { version: versionId, ...(digest === undefined ? {} : { digest }), ...detail },
  })
}

/** What every change of a version counts up, so that a lost update is seen. */
export async function touch(t: Tx, versionId: string): Promise<void> {
  await sql`update rule_version set version = version + 1, updated_at = ${t.at.toISOString()} where id = ${versionId}`.execute(
    t.db,
  )
}

/** Holds a version and its clauses, before they are read. */
export async function lockVersion(db: Db, versionId: string): Promise<void> {
  await lockRows(db, 'rule_version', [versionId])
}
