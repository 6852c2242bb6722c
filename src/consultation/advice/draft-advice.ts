import { sql } from 'kysely'

import type { Actor, Tx } from '#audit/transaction.ts'
import { requireReading } from '#consultation/board/standing.ts'
import { caseById, placeOf, type StoredCase } from '#consultation/board/store.ts'
import type { ConsultationDeps } from '#consultation/deps.ts'
import { AppError } from '#platform/errors.ts'

import type { ConditionInput } from './model.ts'
import {
  adviceOf,
  conditionForUpdate,
  insertAdvice,
  insertCondition,
  rewriteCondition,
  type StoredAdvice,
  touchAdvice,
} from './store.ts'

type Deps = Pick<ConsultationDeps, 'db' | 'tx' | 'may'>

/**
 * Keeps the text of the advice while it is drafted, by members who deliberate and by the secretariat.
 * @param input `version`: of the draft the person saw, 0 where there was none
 * @throws AppError `not-found`, `not-permitted`, `wrong-state`, `changed-meanwhile` with the version as it is now
 */
export async function saveAdviceText(
  deps: Deps,
  actor: Actor,
  input: { caseId: string; version: number; text: { ja: string; en: string } },
): Promise<{ version: number }> {
  return drafting(deps, actor, input.caseId, async (t, seen) => {
    const before = await adviceOf(t.db, seen.id, true)
    if ((before?.version ?? 0) !== input.version)
      throw new AppError('changed-meanwhile', { now: { version: before?.version ?? 0, text: before?.text ?? null } })
    const advice = before ?? (await begin(t, seen))
    requireDraft(advice)
    await touchAdvice(t, advice.id, input.text)
    await tell(t, advice, 'advice.drafted', {})
    return { version: advice.version + 1 }
  })
}

/** @throws as `saveAdviceText`; `bad-input` for an owner that is no organisation of the ministry of the case */
export function addCondition(
  deps: Deps,
  actor: Actor,
  input: { caseId: string; condition: ConditionInput },
): Promise<{ id: string }> {
  return drafting(deps, actor, input.caseId, async (t, seen) => {
    const advice = (await adviceOf(t.db, seen.id, true)) ?? (await begin(t, seen))
    requireDraft(advice)
    await checkOwner(t, seen.organisationPath, input.condition.ownerOrganisationId)
    const id = await insertCondition(t, advice, input.condition)
    await touchAdvice(t, advice.id)
    await tell(t, advice, 'advice.condition-drafted', { condition: id })
    return { id }
  })
}

/** Changes a condition that does not bind yet. @param input `version`: of the condition, as the person saw it */
export function editCondition(
  deps: Deps,
  actor: Actor,
  input: { caseId: string; id: string; version: number; condition: ConditionInput },
): Promise<void> {
  return draftingCondition(deps, actor, input, async (t, seen, advice) => {
    await checkOwner(t, seen.organisationPath, input.condition.ownerOrganisationId)
    await rewriteCondition(t, input.id, input.condition)
    await tell(t, advice, 'advice.condition-drafted', { condition: input.id })
  })
}

/** Takes out a condition that does not bind yet. */
export function removeCondition(
  deps: Deps,
  actor: Actor,
  input: { caseId: string; id: string; version: number },
): Promise<void> {
  return draftingCondition(deps, actor, input, async (t, _seen, advice) => {
    await sql`delete from advice_condition where id = ${input.id}`.execute(t.db)
    await tell(t, advice, 'advice.condition-removed', { condition: input.id })
  })
}

/** The system of a condition must stay among those of its ministry: the owner lies in the tree of the case. */
export async function checkOwner(t: Tx, casePath: readonly string[], owner: string): Promise<void> {
  const { rows } = await sql<{ ok: boolean }>`select path[1] = ${casePath[0]!}::uuid as ok from organisation
    where id = ${owner}`.execute(t.db)
  if (rows[0]?.ok !== true)
    throw new AppError('bad-input', {
      in: 'body',
      issues: [{ path: '/condition/ownerOrganisationId', keyword: 'not-of-ministry', params: { id: owner } }],
    })
}

async function drafting<T>(
  deps: Deps,
  actor: Actor,
  caseId: string,
  work: (t: Tx, seen: StoredCase) => Promise<T>,
): Promise<T> {
  await requireReading(deps, actor, caseId, 'draft-advice')
  return deps.tx(actor, async (t) => {
    const seen = await caseById(t.db, caseId)
    deps.may(actor, 'draft-advice', placeOf(seen))
    if (seen.state !== 'submitted') throw new AppError('wrong-state', { state: seen.state })
    return work(t, seen)
  })
}

function draftingCondition(
  deps: Deps,
  actor: Actor,
  input: { caseId: string; id: string; version: number },
  work: (t: Tx, seen: StoredCase, advice: StoredAdvice) => Promise<void>,
): Promise<void> {
  return drafting(deps, actor, input.caseId, async (t, seen) => {
    // The advice first, as everybody who drafts does: two never wait for each other.
    const advice = await adviceOf(t.db, seen.id, true)
    if (!advice) throw new AppError('not-found', { condition: input.id })
    requireDraft(advice)
    const before = await conditionForUpdate(t.db, input.id)
    if (before.caseId !== seen.id) throw new AppError('not-found', { condition: input.id })
    if (before.version !== input.version) throw new AppError('changed-meanwhile', { now: { version: before.version } })
    await work(t, seen, advice)
    await touchAdvice(t, advice.id)
  })
}

async function begin(t: Tx, seen: StoredCase): Promise<StoredAdvice> {
  const { id, systemId, organisationId, demo } = seen
  await insertAdvice(t, { id: t.newId(), caseId: id, systemId, organisationId, text: { ja: '', en: '' }, demo })
  return (await adviceOf(t.db, id, true))!
}

function requireDraft(advice: StoredAdvice): void {
  if (advice.state !== 'draft') throw new AppError('wrong-state', { state: advice.state })
}

const tell = (t: Tx, advice: StoredAdvice, type: string, detail: Readonly<Record<string, unknown>>) =>
  t.append({ type, itemKind: 'board-case', itemId: advice.caseId, organisationId: advice.organisationId, detail })
