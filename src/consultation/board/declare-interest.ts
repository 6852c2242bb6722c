import { sql } from 'kysely'

import type { Actor, Tx } from '#audit/transaction.ts'
import type { ConsultationDeps } from '#consultation/deps.ts'
import { AppError } from '#platform/errors.ts'

import type { DecisionInput, DeclarationInput } from './api.ts'
import type { DeclarationType } from './model.ts'
import { requireReading, standingOf } from './standing.ts'
import { caseById, placeOf, type StoredCase } from './store.ts'

/**
 * A member says whether there is an interest in a case. An interest recuses at once. Who said something before corrects it,
 * with the reason; the earlier word stays. To take an interest back does not end the recusal: that is decided by others.
 * @throws AppError `not-found` for who does not sit on the Board or where the case is not before it, `not-permitted`,
 *   `bad-input` for a correction without reason, `wrong-state`
 */
export function declareInterest(
  deps: Pick<ConsultationDeps, 'tx' | 'may'>,
  actor: Actor,
  input: { readonly id: string; readonly declaration: DeclarationInput },
): Promise<void> {
  const { id, declaration } = input
  return deps.tx(actor, async (t) => {
    const seen = await caseById(t.db, id)
    deps.may(actor, 'declare-interest', placeOf(seen))
    if (actor.role !== 'board' || (await standingOf(t.db, actor, id)) === 'none')
      throw new AppError('not-found', { case: id })
    if (seen.state !== 'submitted') throw new AppError('wrong-state', { state: seen.state })
    const words = declaration.words ?? ''
    const { rows } = await sql`select 1 from board_declaration where case_id = ${id} and person_id = ${actor.personId}
      and actor_id = person_id limit 1`.execute(t.db)
    if (rows.length > 0 && words === '')
      throw new AppError('bad-input', { in: 'body', issues: [{ path: '/words', keyword: 'reason-needed' }] })
    await addDeclaration(t, seen, { personId: actor.personId, type: declaration.type, words })
  })
}

/**
 * The chair or the secretariat recuses a member, or lets a recused one back in, with the reason.
 * @throws AppError `not-found`, `not-permitted` (`reason`: `recused` | `undeclared` | `not-the-chair` | `oneself`),
 *   `wrong-state`
 */
export async function decideRecusal(
  deps: Pick<ConsultationDeps, 'db' | 'tx' | 'may'>,
  actor: Actor,
  input: { readonly id: string; readonly decision: DecisionInput },
): Promise<void> {
  const { id, decision } = input
  const action = 'steer-case'
  const standing = await requireReading(deps, actor, id, action)
  await deps.tx(actor, async (t) => {
    const seen = await caseById(t.db, id)
    deps.may(actor, action, placeOf(seen))
    if (standing !== 'chair' && standing !== 'secretariat')
      throw new AppError('not-permitted', { action, reason: 'not-the-chair' })
    if (decision.personId === actor.personId) throw new AppError('not-permitted', { action, reason: 'oneself' })
    if (seen.state !== 'submitted') throw new AppError('wrong-state', { state: seen.state })
    const { rows } = await sql<{ standing: string }>`
      select board_standing(${id}::uuid, ${decision.personId}::uuid) as standing`.execute(t.db)
    const now = rows[0]!.standing
    if (now === 'none') throw new AppError('not-found', { person: decision.personId })
    if ((now === 'recused') === (decision.type === 'recused')) throw new AppError('wrong-state', { standing: now })
    await addDeclaration(t, seen, decision)
  })
}

async function addDeclaration(
  t: Tx,
  seen: StoredCase,
  word: { readonly personId: string; readonly type: DeclarationType; readonly words: string },
): Promise<void> {
  await sql`insert into board_declaration (id, at, type, case_id, organisation_id, person_id, words, actor_id, actor_role, demo)
    values (${t.newId()}, ${t.at.toISOString()}, ${word.type}, ${seen.id}, ${seen.organisationId}, ${word.personId},
      ${word.words}, ${t.actor.personId}, ${t.actor.role}, ${seen.demo})`.execute(t.db)
  await t.append({
    type: 'board.declared',
    itemKind: 'board-case',
    itemId: seen.id,
    organisationId: seen.organisationId,
    detail: { person: word.personId, declared: word.type },
  })
  await t.emit({ type: 'board.declared', payload: { case: seen.id, person: word.personId, declared: word.type } })
}
