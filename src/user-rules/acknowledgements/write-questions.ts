import { sql } from 'kysely'

import type { Actor } from '#audit/transaction.ts'
import type { Db } from '#platform/database.ts'
import { AppError } from '#platform/errors.ts'
import type { UserRulesDeps } from '#user-rules/deps.ts'

import type { Question, WrittenQuestions } from './api.ts'

type Version = {
  readonly ruleId: string
  readonly organisationId: string
  readonly path: readonly string[]
  readonly systemId: string | null
  readonly open: boolean
  readonly version: number
}

/** Questions are written until the version is adopted: then everybody is asked the same. */
async function versionOf(db: Db, id: string): Promise<Version> {
  const { rows } = await sql<Version>`
    select v.rule_id as "ruleId", v.organisation_id as "organisationId", o.path, v.system_id as "systemId",
      v.state in ('draft', 'review') as open, coalesce(k.version, 0) as version
    from rule_version v join organisation o on o.id = v.organisation_id left join check_list k on k.version_id = v.id
    where v.id = ${id}`.execute(db)
  if (!rows[0]) throw new AppError('not-found', { 'rule-version': id })
  return rows[0]
}

const actionFor = ({ systemId }: Pick<Version, 'systemId'>) =>
  systemId === null ? ('write-ministry-rule' as const) : ('write-system-rule' as const)

/** With the right answers, and how often each choice was the first, as far as nobody is found in it. */
export async function readQuestions(
  deps: Pick<UserRulesDeps, 'db' | 'may' | 'acknowledging'>,
  actor: Actor,
  versionId: string,
): Promise<WrittenQuestions> {
  const seen = await versionOf(deps.db, versionId)
  deps.may(actor, 'read-acknowledgements')
  const { rows } = await sql<Question & { id: string; counted: Record<string, number> }>`
    select q.id, q.question, q.choices, q.answer, q.explanation, q.clause,
      (select coalesce(jsonb_object_agg(c.choice, c.n), '{}') from check_count c where c.question_id = q.id) as counted
    from check_question q where q.version_id = ${versionId} order by q.position`.execute(deps.db)
  const { fewestAnswers } = deps.acknowledging
  const questions = rows.map(({ counted, ...question }) => {
    const all = Object.values(counted).reduce((sum, n) => sum + n, 0)
    const first = all < fewestAnswers ? null : question.choices.map((_, at) => counted[String(at)] ?? 0)
    return { ...question, first }
  })
  return { questions, fewestAnswers, mayWrite: seen.open && holds(deps, actor, seen), version: seen.version }
}

function holds({ may }: Pick<UserRulesDeps, 'may'>, actor: Actor, seen: Version): boolean {
  try {
    may(actor, actionFor(seen), { organisationPath: seen.path })
    return true
  } catch (error) {
    if (error instanceof AppError && error.code === 'not-permitted') return false
    throw error
  }
}

type Input = { readonly versionId: string; readonly version: number; readonly questions: readonly Question[] }

/**
 * Writes the check questions of a version, all at once.
 * @throws AppError `not-found`, `not-permitted`, `wrong-state` (reason `adopted`), `changed-meanwhile`
 */
export function writeQuestions(
  deps: Pick<UserRulesDeps, 'tx' | 'may'>,
  actor: Actor,
  { versionId, version, questions }: Input,
): Promise<{ version: number }> {
  return deps.tx(actor, async (t) => {
    const before = await versionOf(t.db, versionId)
    deps.may(actor, actionFor(before), { organisationPath: before.path })
    await sql`insert into check_list (version_id, organisation_id, version) values (${versionId}, ${before.organisationId}, 0)
      on conflict do nothing`.execute(t.db)
    await sql`select 1 from check_list where version_id = ${versionId} for update`.execute(t.db)
    await sql`select 1 from rule_version where id = ${versionId} for share`.execute(t.db)
    const seen = await versionOf(t.db, versionId)
    if (!seen.open) throw new AppError('wrong-state', { reason: 'adopted' })
    if (seen.version !== version) throw new AppError('changed-meanwhile', { now: seen.version })
    await sql`delete from check_question where version_id = ${versionId}`.execute(t.db)
    const rows = questions.map((q, position) => ({ ...q, id: t.newId(), position }))
    await sql`insert into check_question (id, rule_id, version_id, organisation_id, position, question, choices, answer,
        explanation, clause, updated_at, updated_by)
      select r.id, ${seen.ruleId}::uuid, ${versionId}::uuid, ${seen.organisationId}::uuid, r.position, r.question, r.choices,
        r.answer, r.explanation, r.clause, ${t.at.toISOString()}::timestamptz, ${actor.personId}::uuid
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(id uuid, position int, question jsonb, choices jsonb,
        answer int, explanation jsonb, clause text)`.execute(t.db)
    await sql`update check_list set version = version + 1 where version_id = ${versionId}`.execute(t.db)
    await t.append({
      type: 'rule.questions-written',
      itemKind: 'rule-version',
      itemId: versionId,
      organisationId: seen.organisationId,
      detail: { questions: questions.length },
    })
    return { version: seen.version + 1 }
  })
}
