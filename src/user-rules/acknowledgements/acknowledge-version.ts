import { sql } from 'kysely'

import { officeDay } from '#access/office-day.ts'
import type { Actor, RunTx, Tx } from '#audit/transaction.ts'
import { AppError } from '#platform/errors.ts'

import type { UserRulesDeps } from '#user-rules/deps.ts'
import type { Acknowledged } from './api.ts'
import { placeOfPerson, rulesConcerning } from './store-standing.ts'

type Input = { readonly versionId: string; readonly digest: string }

/**
 * Records that a person has read the version of a rule that is in force. A second time gives the first record again.
 * @param input `digest`: of what was shown
 * @throws AppError `not-permitted` (reason `deputy`: each person for themselves; `token`: a program reads nothing; `not-staff`:
 *   the rule does not concern the person), `changed-meanwhile` (another version came into force; `now`: its number, nothing
 *   when none is in force), `wrong-state` (reason `questions-open`) while check questions are not answered
 * Source: DS-920 v1.0, usr-01; that it is recorded is our preset.
 */
export function acknowledgeVersion(
  deps: Pick<UserRulesDeps, 'tx' | 'may' | 'timeZone'> & { tx: RunTx },
  actor: Actor,
  input: Input,
): Promise<Acknowledged> {
  deps.may(actor, 'acknowledge-rule')
  if (actor.onBehalfOf !== undefined)
    throw new AppError('not-permitted', { action: 'acknowledge-rule', reason: 'deputy' })
  if (actor.tokenId !== undefined) throw new AppError('not-permitted', { action: 'acknowledge-rule', reason: 'token' })
  return deps.tx(actor, async (t) => {
    const [rule] = await rulesConcerning(t.db, actor.personId, officeDay(t.at, deps.timeZone), input.versionId)
    if (!rule) throw await whyNot(t, input, deps.timeZone)
    if (rule.digest !== input.digest) throw new AppError('changed-meanwhile', { now: rule.number })
    const questions = await answersOpen(t, input.versionId)
    if (questions.open > 0) throw new AppError('wrong-state', { reason: 'questions-open', open: questions.open })
    const id = t.newId()
    const place = await placeOfPerson(t.db, actor.personId)
    const added = await sql<{ at: string }>`
      insert into acknowledgement (id, at, person_id, organisation_id, rule_id, version_id, number, digest, questions, actor_role)
      values (${id}, ${t.at.toISOString()}, ${actor.personId}, ${place}, ${rule.ruleId}, ${rule.versionId}, ${rule.number},
        ${rule.digest}, ${questions.all}, ${actor.role})
      on conflict (person_id, version_id) do nothing returning at`.execute(t.db)
    if (added.rows.length === 0) return recorded(t, input.versionId)
    await sql`insert into acknowledged (rule_id, person_id, organisation_id, version_id, number, at)
      values (${rule.ruleId}, ${actor.personId}, ${place}, ${rule.versionId}, ${rule.number}, ${t.at.toISOString()})
      on conflict (rule_id, person_id) do update set version_id = excluded.version_id, number = excluded.number,
        at = excluded.at, organisation_id = excluded.organisation_id`.execute(t.db)
    await t.append({
      type: 'rule.acknowledged',
      itemKind: 'rule-version',
      itemId: rule.versionId,
      organisationId: rule.organisationId,
      detail: { number: rule.number, digest: rule.digest },
    })
    return { id, versionId: rule.versionId, number: rule.number, digest: rule.digest, at: added.rows[0]!.at }
  })
}

async function recorded(t: Tx, versionId: string): Promise<Acknowledged> {
  const { rows } = await sql<Acknowledged>`
    select id, version_id as "versionId", number, digest, at from acknowledgement
    where person_id = ${t.actor.personId} and version_id = ${versionId}`.execute(t.db)
  return rows[0]!
}

/** The version is not one that asks this person: another took its place, or the rule never concerned the person. */
async function whyNot(t: Tx, { versionId }: Input, timeZone: string): Promise<AppError> {
  const { rows } = await sql<{ ruleId: string }>`
    select rule_id as "ruleId" from rule_version where id = ${versionId} and state = 'adopted'`.execute(t.db)
  if (!rows[0]) return new AppError('not-found', { 'rule-version': versionId })
  const all = await rulesConcerning(t.db, t.actor.personId, officeDay(t.at, timeZone))
  const now = all.find((one) => one.ruleId === rows[0]!.ruleId)
  if (now) return new AppError('changed-meanwhile', { now: now.number })
  const asking =
    await sql`select 1 from rules_asking(${officeDay(t.at, timeZone)}::date) where version_id = ${versionId}`.execute(
      t.db,
    )
  return asking.rows.length === 0
    ? new AppError('changed-meanwhile', { now: null })
    : new AppError('not-permitted', { action: 'acknowledge-rule', reason: 'not-staff' })
}

async function answersOpen(t: Tx, versionId: string): Promise<{ all: number; open: number }> {
  const { rows } = await sql<{ all: number; open: number }>`
    select count(*)::int as all, (count(*) filter (where a.question_id is null))::int as open
    from check_question q left join check_answered a on a.question_id = q.id and a.person_id = ${t.actor.personId}
    where q.version_id = ${versionId}`.execute(t.db)
  return rows[0]!
}
