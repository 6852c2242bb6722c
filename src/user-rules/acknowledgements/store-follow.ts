import { sql } from 'kysely'

import type { Name } from '#access/model.ts'
import type { Db } from '#platform/database.ts'

import type { Counts, FollowedRule, StaffRow } from './api.ts'
import { type AskingRule } from './store-standing.ts'

export type Place = {
  readonly id: string
  readonly path: readonly string[]
  readonly code: string
  readonly name: Name
}

const nameOf = (alias: string) =>
  sql.raw(`jsonb_build_object('ja', ${alias}.name_ja, 'en', coalesce(nullif(${alias}.name_en, ''), ${alias}.name_ja))`)

/** A place and everything below it, in the order of codes. */
export async function placesBelow(db: Db, organisationId: string): Promise<Place[]> {
  const { rows } = await sql<Place>`select o.id, o.path, o.code, ${nameOf('o')} as name from organisation o
    where o.path @> array[${organisationId}::uuid] order by cardinality(o.path), o.code`.execute(db)
  return rows
}

export async function placesNamed(db: Db, ids: readonly string[]): Promise<Place[]> {
  const { rows } = await sql<Place>`select o.id, o.path, o.code, ${nameOf('o')} as name from organisation o
    where o.id = any(${[...ids]}::uuid[]) order by cardinality(o.path)`.execute(db)
  return rows
}

export type PlaceCounts = Counts & { readonly organisationId: string }

/** Counts of each place by itself, as far as the role follows; a place without staff is not there. */
export async function countPlaces(db: Db, rule: AskingRule, on: string, dueDays: number): Promise<PlaceCounts[]> {
  const { rows } = await (rule.systemId === null ? ofMinistry(rule, on, dueDays) : ofSystem(rule, on, dueDays)).execute(
    db,
  )
  return rows
}

/** From the kept counts: a few rows for each place, however many people there are. */
const ofMinistry = (rule: AskingRule, on: string, dueDays: number) => sql<PlaceCounts>`
  with staff as (
    select c.organisation_id, sum(c.n)::int as n,
      coalesce(sum(c.n) filter (where greatest(c.since, ${rule.askedFrom}::date) + ${dueDays}::int < ${on}::date), 0)::int as over
    from staff_count c where c.since <= ${on}::date and c.until >= ${on}::date group by 1
  ), acknowledged as (
    select c.organisation_id, coalesce(sum(c.n) filter (where c.number >= ${rule.number}), 0)::int as this,
      coalesce(sum(c.n) filter (where c.number >= ${rule.askedNumber} and c.number < ${rule.number}), 0)::int as wording,
      coalesce(sum(c.n) filter (where c.number < ${rule.askedNumber}), 0)::int as earlier,
      coalesce(sum(c.n) filter (where c.number < ${rule.askedNumber}
        and greatest(c.since, ${rule.askedFrom}::date) + ${dueDays}::int < ${on}::date), 0)::int as earlier_over,
      coalesce(sum(c.n) filter (where greatest(c.since, ${rule.askedFrom}::date) + ${dueDays}::int < ${on}::date), 0)::int as any_over
    from acknowledged_count c where c.rule_id = ${rule.ruleId} and c.since <= ${on}::date and c.until >= ${on}::date group by 1
  )
  select s.organisation_id as "organisationId", s.n as staff, coalesce(a.this, 0) as this, coalesce(a.wording, 0) as wording,
    coalesce(a.earlier, 0) as earlier, s.n - coalesce(a.this + a.wording + a.earlier, 0) as never,
    coalesce(a.earlier_over, 0) as "earlierOver", s.over - coalesce(a.any_over, 0) as "neverOver"
  from staff s left join acknowledged a using (organisation_id)
  where s.n > 0 and s.organisation_id in (select o.id from organisation o where o.path @> array[${rule.organisationId}::uuid])`

const ofSystem = (rule: AskingRule, on: string, dueDays: number) => sql<PlaceCounts>`
  with people as (select s.*, greatest(s.since, ${rule.askedFrom}::date) + ${dueDays}::int < ${on}::date as over
    from staff_of_rule(${rule.ruleId}, ${on}::date) s)
  select s.organisation_id as "organisationId", count(*)::int as staff,
    (count(*) filter (where s.number >= ${rule.number}))::int as this,
    (count(*) filter (where s.number >= ${rule.askedNumber} and s.number < ${rule.number}))::int as wording,
    (count(*) filter (where s.number < ${rule.askedNumber}))::int as earlier,
    (count(*) filter (where s.number is null))::int as never,
    (count(*) filter (where s.number < ${rule.askedNumber} and s.over))::int as "earlierOver",
    (count(*) filter (where s.number is null and s.over))::int as "neverOver"
  from people s group by 1`

const shownWhere = {
  this: (rule: AskingRule) => sql`s.number >= ${rule.number}`,
  wording: (rule: AskingRule) => sql`s.number >= ${rule.askedNumber} and s.number < ${rule.number}`,
  earlier: (rule: AskingRule) => sql`s.number < ${rule.askedNumber}`,
  never: () => sql`s.number is null`,
  missing: (rule: AskingRule) => sql`(s.number is null or s.number < ${rule.askedNumber})`,
  over: (rule: AskingRule, on: string, dueDays: number) => sql`(s.number is null or s.number < ${rule.askedNumber})
    and greatest(s.since, ${rule.askedFrom}::date) + ${dueDays}::int < ${on}::date`,
} as const
export type Shown = keyof typeof shownWhere

type Wanted = {
  readonly rule: AskingRule
  readonly organisationId: string
  readonly on: string
  readonly dueDays: number
  readonly show: Shown
  readonly limit: number
  readonly after: readonly [string, string] | undefined
}

/** People of a place and below, by place and then as they were entered; one more than asked. */
export async function listStaff(
  db: Db,
  { rule, organisationId, on, dueDays, show, limit, after }: Wanted,
): Promise<(Omit<StaffRow, 'standing' | 'over'> & { key: [string, string] })[]> {
  const { rows } = await sql<Omit<StaffRow, 'standing' | 'over'> & { key: [string, string] }>`
    select p.id, ${nameOf('p')} as name, jsonb_build_object('ja', p.post_ja, 'en', p.post_en) as post, ${nameOf('o')} as organisation,
      s.number, s.at, greatest(s.since, ${rule.askedFrom}::date) + ${dueDays}::int as "dueOn", jsonb_build_array(o.code, p.id) as key
    from staff_of_rule(${rule.ruleId}, ${on}::date) s join person p on p.id = s.person_id
      join organisation o on o.id = s.organisation_id
    where o.path @> array[${organisationId}::uuid] and ${shownWhere[show](rule, on, dueDays)}
      ${after === undefined ? sql`` : sql`and (o.code, p.id) > (${after[0]}, ${after[1]}::uuid)`}
    order by o.code, p.id limit ${limit + 1}`.execute(db)
  return rows
}

/** How each rule is called, and how many check questions its version has. */
export async function describeRules(
  db: Db,
  rules: readonly AskingRule[],
): Promise<Map<string, Pick<FollowedRule, 'name' | 'questions'>>> {
  const { rows } = await sql<Pick<FollowedRule, 'name' | 'questions'> & { id: string }>`
    select v.id, case when s.id is null then ${nameOf('o')} else jsonb_build_object('ja', s.facts #>> '{name,value}',
      'en', coalesce(s.facts #>> '{name-en,value}', s.facts #>> '{name,value}')) end as name,
      (select count(*)::int from check_question q where q.version_id = v.id) as questions
    from rule_version v join organisation o on o.id = v.organisation_id left join ai_system s on s.id = v.system_id
    where v.id = any(${rules.map(({ versionId }) => versionId)}::uuid[])`.execute(db)
  return new Map(rows.map(({ id, ...described }) => [id, described]))
}

export type Reminder = { readonly at: string; readonly people: number; readonly today: boolean }

/** The last time that people of the place were asked to acknowledge a version, by a deed for it or for a place above it. */
export async function lastReminder(
  db: Db,
  versionId: string,
  path: readonly string[],
  on: string,
): Promise<Reminder | undefined> {
  const { rows } = await sql<Reminder>`
    select at, people, on_day = ${on}::date as today from acknowledgement_reminder
    where version_id = ${versionId} and organisation_id = any(${[...path]}::uuid[]) order by at desc limit 1`.execute(
    db,
  )
  return rows[0]
}
