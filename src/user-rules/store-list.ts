import { sql } from 'kysely'

import type { Name } from '#access/model.ts'
import type { Db } from '#platform/database.ts'

import type { RuleLine, VersionLine } from './api.ts'
import { stateOn, type StoredState } from './model.ts'
import { followedFrom } from './store-read.ts'

type Row = Omit<RuleLine, 'versions'> & {
  readonly organisationPath: string[]
  readonly versions: (Omit<VersionLine, 'state'> & { state: StoredState; followedFrom: string | null })[]
}

/** Rules that may be seen, that of the ministry first, then of systems by name; only those with a version that may be seen. */
export async function listRules(
  db: Db,
  on: string,
  ruleId?: string,
): Promise<(RuleLine & { organisationPath: string[] })[]> {
  const { rows } = await sql<Row>`
    select r.id, case when r.system_id is null then 'ministry' else 'system' end as level,
      jsonb_build_object('id', o.id, 'name', jsonb_build_object('ja', o.name_ja, 'en', o.name_en)) as organisation,
      o.path as "organisationPath",
      case when s.id is null then null else jsonb_build_object('id', s.id, 'name', jsonb_build_object('ja', s.facts #>> '{name,value}',
        'en', coalesce(s.facts #>> '{name-en,value}', s.facts #>> '{name,value}'))) end as system,
      jsonb_agg(jsonb_build_object('id', v.id, 'number', v.number, 'state', v.state, 'effectiveFrom', v.effective_from,
        'endedFrom', v.ended_from, 'adoptedAt', v.adopted_at, 'substance', v.substance, 'followedFrom', ${followedFrom},
        'reviewers', (select jsonb_build_object('of', count(*), 'confirmed', count(*) filter (where w.finding = 'confirmed'))
          from rule_review w where w.version_id = v.id)) order by v.number desc) as versions
    from user_rule r join rule_version v on v.rule_id = r.id join organisation o on o.id = r.organisation_id
      left join ai_system s on s.id = r.system_id
    where ${ruleId ?? null}::uuid is null or r.id = ${ruleId ?? null}::uuid
    group by r.id, o.id, s.id
    order by r.system_id is not null, o.path, s.facts #>> '{name,value}', r.id`.execute(db)
  return rows.map(({ versions, ...rule }) => ({
    ...rule,
    versions: versions.map(({ followedFrom: next, state, ...v }) => {
      return { ...v, state: stateOn({ ...v, state, followedFrom: next }, on) }
    }),
  }))
}

export type WithoutRule = {
  readonly id: string
  readonly name: Name
  readonly organisation: Name
  readonly organisationPath: string[]
  readonly ruleId: string | null
}

/** Systems in operation, of the place and below, for which no rule is in force; those that only are shared are not ours. */
export async function systemsWithoutRule(db: Db, on: string): Promise<WithoutRule[]> {
  const { rows } = await sql<WithoutRule>`
    select s.id, jsonb_build_object('ja', s.facts #>> '{name,value}',
        'en', coalesce(s.facts #>> '{name-en,value}', s.facts #>> '{name,value}')) as name,
      jsonb_build_object('ja', o.name_ja, 'en', o.name_en) as organisation, o.path as "organisationPath",
      (select r.id from user_rule r where r.system_id = s.id) as "ruleId"
    from ai_system s join organisation o on o.id = s.organisation_id
    where s.facts #>> '{stage,value}' = 'operation' and s.organisation_id in (select organisations_read())
      and not exists (select 1 from rule_version v where v.system_id = s.id and v.state = 'adopted'
        and v.effective_from <= ${on}::date and (v.ended_from is null or v.ended_from > ${on}::date))
    order by o.path, s.facts #>> '{name,value}', s.id limit 500`.execute(db)
  return rows
}

/** The organisation where no rule of its own was begun. */
export async function organisationWithoutRule(
  db: Db,
  id: string,
): Promise<{ id: string; name: Name; path: string[] } | undefined> {
  const { rows } = await sql<{ id: string; name: Name; path: string[] }>`
    select o.id, jsonb_build_object('ja', o.name_ja, 'en', o.name_en) as name, o.path from organisation o
    where o.id = ${id} and not exists (select 1 from user_rule r where r.organisation_id = o.id and r.system_id is null)`.execute(
    db,
  )
  return rows[0]
}

/** Who is to acknowledge a rule when it comes into force: of a ministry its staff, of a system those who said to use it. */
export async function peopleConcerned(
  db: Db,
  rule: { readonly organisationId: string; readonly systemId: string | null },
  on: string,
): Promise<number> {
  const counted =
    rule.systemId === null
      ? sql<{ n: number }>`select coalesce(sum(c.n), 0)::int as n from staff_count c
          join organisation o on o.id = c.organisation_id where o.path @> array[${rule.organisationId}::uuid]
          and c.since <= ${on}::date and c.until >= ${on}::date`
      : sql<{ n: number }>`select count(*)::int as n from system_in_use where system_id = ${rule.systemId}`
  return (await counted.execute(db)).rows[0]?.n ?? 0
}
