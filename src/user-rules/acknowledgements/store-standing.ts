import { sql } from 'kysely'

import type { Db } from '#platform/database.ts'

import type { Asking } from './model.ts'

export type AskingRule = Asking & {
  readonly ruleId: string
  readonly organisationId: string
  readonly organisationPath: readonly string[]
  readonly systemId: string | null
  readonly versionId: string
  readonly effectiveFrom: string
  readonly digest: string
}

const columns = sql.raw(`a.rule_id as "ruleId", a.organisation_id as "organisationId", o.path as "organisationPath",
  a.system_id as "systemId", a.version_id as "versionId", a.number, a.effective_from as "effectiveFrom", a.digest,
  a.asked_number as "askedNumber", a.asked_from as "askedFrom"`)

/** Rules in force that can concern somebody of a place: of the places above it, of itself, and of its systems. */
export async function askingAround(db: Db, organisationId: string, on: string): Promise<AskingRule[]> {
  const { rows } = await sql<AskingRule>`
    select ${columns} from rules_asking(${on}::date) a join organisation o on o.id = a.organisation_id
      join organisation h on h.id = ${organisationId}
    where o.path @> array[h.id] or (a.system_id is null and h.path @> array[o.id]) or (a.system_id is not null and h.path[1] = o.path[1])
    order by a.system_id is not null, cardinality(o.path), o.code, a.rule_id`.execute(db)
  return rows
}

export async function askingRule(db: Db, ruleId: string, on: string): Promise<AskingRule | undefined> {
  const { rows } = await sql<AskingRule>`
    select ${columns} from rules_asking(${on}::date) a join organisation o on o.id = a.organisation_id
    where a.rule_id = ${ruleId}`.execute(db)
  return rows[0]
}

export type OwnStanding = AskingRule & { readonly since: string; readonly acknowledged: OwnAcknowledgement | null }
export type OwnAcknowledgement = { readonly versionId: string; readonly number: number; readonly at: string }

/** The rules that concern a person today, the ministry's first. @param versionId only the one of this version */
export async function rulesConcerning(
  db: Db,
  personId: string,
  on: string,
  versionId?: string,
): Promise<OwnStanding[]> {
  const { rows } = await sql<OwnStanding>`
    select ${columns}, s.since, case when k.person_id is null then null
      else jsonb_build_object('versionId', k.version_id, 'number', k.number, 'at', k.at) end as acknowledged
    from rules_asking(${on}::date) a join organisation o on o.id = a.organisation_id
      cross join lateral staff_of_rule(a.rule_id, ${on}::date) s
      left join acknowledged k on k.rule_id = a.rule_id and k.person_id = s.person_id
    where s.person_id = ${personId} ${versionId === undefined ? sql`` : sql`and a.version_id = ${versionId}`}
    order by a.system_id is not null, cardinality(o.path), o.code, a.rule_id`.execute(db)
  return rows
}

/** Where the person belongs. */
export async function placeOfPerson(db: Db, personId: string): Promise<string | undefined> {
  const { rows } = await sql<{ id: string }>`select organisation_id as id from person where id = ${personId}`.execute(
    db,
  )
  return rows[0]?.id
}

/** Versions of a rule that were adopted and whose day is still to come: the next. */
export async function versionAhead(
  db: Db,
  ruleId: string,
  on: string,
): Promise<{ readonly number: number; readonly effectiveFrom: string } | null> {
  const { rows } = await sql<{ number: number; effectiveFrom: string }>`
    select number, effective_from as "effectiveFrom" from rule_version
    where rule_id = ${ruleId} and state = 'adopted' and effective_from > ${on}::date order by number limit 1`.execute(
    db,
  )
  return rows[0] ?? null
}
