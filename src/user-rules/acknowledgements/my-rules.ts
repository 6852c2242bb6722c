import { sql } from 'kysely'

import type { Name } from '#access/model.ts'
import { todayOf } from '#access/office-day.ts'
import type { Actor } from '#audit/transaction.ts'
import type { Db } from '#platform/database.ts'
import { AppError } from '#platform/errors.ts'
import type { Clause, ClauseChange, RuleVersion } from '#user-rules/api.ts'
import type { UserRulesDeps } from '#user-rules/deps.ts'
import { changesBetween } from '#user-rules/differences.ts'
import { inText, loadInForce, loadVersion, loadVersions } from '#user-rules/store-read.ts'

import type { AskedQuestion, MyRule, MyRules } from './api.ts'
import { dueOn, isAsked, standingOf } from './model.ts'
import { type OwnStanding, placeOfPerson, rulesConcerning, versionAhead } from './store-standing.ts'

type Deps = Pick<UserRulesDeps, 'db' | 'now' | 'timeZone' | 'acknowledging'>

/**
 * The rules that concern a person today, each with what changed since the version the person acknowledged. Whoever is no
 * staff (the Board, auditors) is shown the rule of the place and asked nothing.
 */
export async function loadMyRules(deps: Deps, actor: Actor): Promise<MyRules> {
  const { db } = deps
  const on = todayOf(deps)
  const place = (await placeOfPerson(db, actor.personId)) ?? actor.organisationId
  const concerning = await rulesConcerning(db, actor.personId, on)
  const rules: MyRule[] = []
  for (const standing of concerning) rules.push(await ownRule(deps, actor, standing, on))
  const staff = concerning.length > 0 || (await isStaff(db, actor.personId, on))
  if (!staff) {
    const version = await loadInForce(db, { organisationId: place }, on)
    if (version) rules.push(await readRule(db, version, on))
  }
  const { dueDays } = deps.acknowledging
  return { organisation: await ministryOf(db, place), staff, deputy: actor.onBehalfOf !== undefined, dueDays, rules }
}

async function readRule(db: Db, version: RuleVersion, on: string): Promise<MyRule> {
  const ahead = await versionAhead(db, version.rule.id, on)
  return { version, standing: null, acknowledged: null, due: null, changes: [], newLines: [], questions: [], ahead }
}

async function ownRule(deps: Deps, actor: Actor, own: OwnStanding, on: string): Promise<MyRule> {
  const { db, acknowledging } = deps
  const version = await loadVersion(db, own.versionId, on)
  const { acknowledged } = own
  const concerned = { since: own.since, number: acknowledged?.number ?? null }
  const standing = standingOf(own, concerned)
  const last = dueOn(own, concerned, acknowledging.dueDays)
  const since =
    acknowledged === null || standing === 'this'
      ? { changes: [], newLines: [] }
      : changesSince(await loadVersions(db, own.ruleId, on), acknowledged.versionId, own.versionId)
  return {
    version,
    standing,
    acknowledged: acknowledged && { number: acknowledged.number, at: acknowledged.at },
    due: isAsked(standing) ? { on: last, over: last < on } : null,
    ...since,
    questions: await questionsFor(db, own.versionId, actor.personId),
    ahead: await versionAhead(db, own.ruleId, on),
  }
}

type Compared = Pick<RuleVersion, 'id' | 'clauses'>

/**
 * What changed between two versions of a rule, over all those between them. A change that the last version does not explain
 * itself keeps the words of the version that made it.
 * @param versions of one rule, oldest first
 */
export function changesSince(
  versions: readonly Compared[],
  fromId: string,
  toId: string,
): Pick<MyRule, 'changes' | 'newLines'> {
  const [from, to] = [fromId, toId].map((id) => versions.findIndex((v) => v.id === id))
  const [before, after] = [versions[from ?? -1], versions[to ?? -1]]
  if (!before || !after) return { changes: [], newLines: [] }
  const between = versions.slice((from ?? 0) + 1, (to ?? 0) + 1)
  const [old, now] = [inText(before.clauses), inText(after.clauses)]
  const changes = changesBetween(old, now).map((change) => ({
    ...change,
    note: change.note ?? noteOf(between, change),
  }))
  const told = new Set(changes.filter(({ kind }) => kind !== 'moved').map(({ clauseId }) => clauseId))
  return { changes, newLines: now.filter(({ id }) => told.has(id)).flatMap((clause) => newLinesOf(old, clause)) }
}

const noteOf = (versions: readonly Compared[], { clauseId }: ClauseChange): ClauseChange['note'] =>
  versions.flatMap((v) => inText(v.clauses)).findLast((c) => c.id === clauseId && c.change !== null)?.change ?? null

function newLinesOf(old: readonly Clause[], clause: Clause): string[] {
  const before = new Set(old.find(({ id }) => id === clause.id)?.staff.map(({ kind, ja }) => `${kind} ${ja}`))
  return clause.staff.flatMap(({ kind, ja }, at) => (before.has(`${kind} ${ja}`) ? [] : [`${clause.id} ${at}`]))
}

async function questionsFor(db: Db, versionId: string, personId: string): Promise<AskedQuestion[]> {
  const { rows } = await sql<AskedQuestion>`
    select q.id, q.question, q.choices, q.clause, a.question_id is not null as answered
    from check_question q left join check_answered a on a.question_id = q.id and a.person_id = ${personId}
    where q.version_id = ${versionId} order by q.position`.execute(db)
  return rows
}

async function isStaff(db: Db, personId: string, on: string): Promise<boolean> {
  const { rows } = await sql`select 1 from staff_span where person_id = ${personId} and since <= ${on}::date
    and until >= ${on}::date`.execute(db)
  return rows.length > 0
}

async function ministryOf(db: Db, organisationId: string): Promise<{ id: string; name: Name }> {
  const { rows } = await sql<{ id: string; name: Name }>`
    select m.id, jsonb_build_object('ja', m.name_ja, 'en', coalesce(nullif(m.name_en, ''), m.name_ja)) as name
    from organisation o join organisation m on m.id = o.path[1] where o.id = ${organisationId}`.execute(db)
  if (!rows[0]) throw new AppError('not-found', { organisation: organisationId })
  return rows[0]
}
