import { sql } from 'kysely'

import type { Action } from '#access/model.ts'
import type { Actor, Tx } from '#audit/transaction.ts'
import { requireReading } from '#consultation/board/standing.ts'
import { caseById, type StoredCase } from '#consultation/board/store.ts'
import type { ConsultationDeps } from '#consultation/deps.ts'
import { AppError } from '#platform/errors.ts'
import { lockRows } from '#platform/lock-rows.ts'

import { checkOwner } from './draft-advice.ts'
import { type ConditionDeed, type ConditionInput, stateAfter } from './model.ts'
import {
  addEvents,
  conditionForUpdate,
  type ConditionEventRow,
  rewriteCondition,
  type StoredCondition,
} from './store.ts'

type Deps = Pick<ConsultationDeps, 'db' | 'tx' | 'may'>
export type Follow = { readonly id: string; readonly version: number; readonly words: string }

/** Who does it, and how the history and the log call it. */
const deeds = {
  report: { action: 'report-condition', type: 'reported' },
  'ask-change': { action: 'report-condition', type: 'change-asked' },
  settle: { action: 'settle-condition', type: 'met' },
  'send-back': { action: 'settle-condition', type: 'sent-back' },
  change: { action: 'adopt-advice', type: 'changed' },
  'refuse-change': { action: 'adopt-advice', type: 'change-refused' },
  withdraw: { action: 'adopt-advice', type: 'withdrawn' },
} as const satisfies Record<ConditionDeed, { action: Action; type: ConditionEventRow['type'] }>

/**
 * Reports, settles, sends back, withdraws a condition that binds, or asks to have it changed, or refuses that.
 * @param input `version`: of the condition, as the person saw it
 * @throws AppError `not-found`, `not-permitted` (`reason: not-the-chair` where the Board changes what it adopted),
 *   `wrong-state`, `changed-meanwhile` with the version as it is now
 */
export function followCondition(
  deps: Deps,
  actor: Actor,
  input: Follow & { readonly deed: Exclude<ConditionDeed, 'change'> },
): Promise<void> {
  return following(deps, actor, input, async (t, before, to) => {
    const at = t.at.toISOString()
    const sets = {
      report: sql`reported_at = ${at}`,
      'ask-change': sql`change_asked = ${input.words}, change_asked_at = ${at}`,
      settle: sql`settled_at = ${at}, change_asked = null, change_asked_at = null`,
      'send-back': sql`reported_at = null`,
      'refuse-change': sql`change_asked = null, change_asked_at = null`,
      withdraw: sql`settled_at = ${at}, change_asked = null, change_asked_at = null`,
    }[input.deed]
    await sql`update advice_condition set state = ${to}, ${sets}, version = version + 1, updated_at = ${at},
      updated_by = ${actor.personId} where id = ${before.id}`.execute(t.db)
    return { number: before.number }
  })
}

/** Gives a condition a new wording, with the reason; from then on that one holds, and it is open again. */
export function reviseCondition(
  deps: Deps,
  actor: Actor,
  input: Follow & { readonly condition: ConditionInput },
): Promise<void> {
  return following(deps, actor, { ...input, deed: 'change' }, async (t, before, to, seen) => {
    await checkOwner(t, seen.organisationPath, input.condition.ownerOrganisationId)
    await rewriteCondition(t, before.id, input.condition)
    await sql`update advice_condition set state = ${to}, number = number + 1, reported_at = null, change_asked = null,
      change_asked_at = null where id = ${before.id}`.execute(t.db)
    return { number: before.number + 1, content: input.condition }
  })
}

type Work = (
  t: Tx,
  before: StoredCondition,
  to: string,
  seen: StoredCase,
) => Promise<Pick<ConditionEventRow, 'number' | 'content'>>

async function following(deps: Deps, actor: Actor, input: Follow & { deed: ConditionDeed }, work: Work): Promise<void> {
  const { action, type } = deeds[input.deed]
  const { rows } = await sql<{ caseId: string }>`select case_id as "caseId" from advice_condition
    where id = ${input.id}`.execute(deps.db)
  if (!rows[0]) throw new AppError('not-found', { condition: input.id })
  const standing = await requireReading(deps, actor, rows[0].caseId, action)
  return deps.tx(actor, async (t) => {
    const before = await conditionForUpdate(t.db, input.id)
    const seen = await caseById(t.db, before.caseId)
    await requireDeed(deps, t, { action, before, seen })
    // What the Board adopted, only the chair takes back or words anew.
    if (action === 'adopt-advice' && standing !== 'chair')
      throw new AppError('not-permitted', { action, reason: 'not-the-chair' })
    if (before.version !== input.version) throw new AppError('changed-meanwhile', { now: { version: before.version } })
    const to = before.binding ? stateAfter(before.state, input.deed) : undefined
    if (to === undefined || (input.deed === 'refuse-change' && before.changeAsked === null))
      throw new AppError('wrong-state', { state: before.state, deed: input.deed })
    await t.asSystem(() => lockRows(t.db, 'ai_system', [before.systemId]))
    const done = await work(t, before, to, seen)
    await addEvents(t, [{ of: before, type, words: input.words, ...done }])
    await t.append({
      type: `condition.${type}`,
      itemKind: 'condition',
      itemId: before.id,
      organisationId: before.organisationId,
      detail: { case: before.caseId, state: to, number: done.number },
    })
    await t.emit({ type: `condition.${type}`, payload: { condition: before.id, case: before.caseId } })
  })
}

/** The unit of the system may answer, and the one that the condition names. */
async function requireDeed(
  { may }: Pick<Deps, 'may'>,
  t: Tx,
  { action, before, seen }: { action: Action; before: StoredCondition; seen: StoredCase },
): Promise<void> {
  try {
    may(t.actor, action, { organisationPath: seen.organisationPath })
  } catch (error) {
    if (action !== 'report-condition' || !(error instanceof AppError) || error.code !== 'not-permitted') throw error
    const { rows } = await sql<{ path: string[] }>`select path from organisation
      where id = ${before.ownerOrganisationId}`.execute(t.db)
    may(t.actor, action, { organisationPath: rows[0]?.path ?? [] })
  }
}
