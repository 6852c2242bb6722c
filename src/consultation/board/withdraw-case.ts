import { sql } from 'kysely'

import type { Actor } from '#audit/transaction.ts'
import { AppError } from '#platform/errors.ts'

import type { ConsultationDeps } from '#consultation/deps.ts'
import { stateAfter } from './model.ts'
import { caseForUpdate, placeOf } from './store.ts'

type Which = { readonly id: string; readonly version: number }

/**
 * Takes a case back, with the reason. What was submitted stays as it was. A case that is only prepared may be taken back by
 * who prepares it, one that was submitted by who submits.
 * @throws AppError `not-found`, `not-permitted`, `wrong-state`, `changed-meanwhile`
 */
export function withdrawCase(
  deps: Pick<ConsultationDeps, 'tx' | 'may'>,
  actor: Actor,
  input: Which & { readonly reason: string },
): Promise<void> {
  return deps.tx(actor, async (t) => {
    const seen = await caseForUpdate(t.db, input.id)
    deps.may(actor, seen.submittedAt === null ? 'prepare-dossier' : 'submit-dossier', placeOf(seen))
    refuseStale(seen, input)
    if (stateAfter(seen.state, 'withdraw') === undefined) throw new AppError('wrong-state', { state: seen.state })
    await sql`update board_case set state = 'withdrawn', withdrawn_at = ${t.at.toISOString()},
      withdrawn_because = ${input.reason}, version = version + 1, updated_at = ${t.at.toISOString()}
      where id = ${seen.id}`.execute(t.db)
    await t.append({
      type: 'board.case-withdrawn',
      itemKind: 'board-case',
      itemId: seen.id,
      organisationId: seen.organisationId,
      detail: { from: seen.state },
    })
    if (seen.submittedAt !== null) await t.emit({ type: 'board.case-withdrawn', payload: { case: seen.id } })
  })
}

/**
 * Takes a withdrawn case up again; its next submission is a new version of the dossier.
 * @throws AppError `not-found`, `not-permitted`, `wrong-state`, `changed-meanwhile`
 */
export function resumeCase(deps: Pick<ConsultationDeps, 'tx' | 'may'>, actor: Actor, input: Which): Promise<void> {
  return deps.tx(actor, async (t) => {
    const seen = await caseForUpdate(t.db, input.id)
    deps.may(actor, 'prepare-dossier', placeOf(seen))
    refuseStale(seen, input)
    if (stateAfter(seen.state, 'resume') === undefined) throw new AppError('wrong-state', { state: seen.state })
    await sql`update board_case set state = 'preparing', version = version + 1, updated_at = ${t.at.toISOString()}
      where id = ${seen.id}`.execute(t.db)
    await t.append({
      type: 'board.case-resumed',
      itemKind: 'board-case',
      itemId: seen.id,
      organisationId: seen.organisationId,
    })
  })
}

function refuseStale(seen: { readonly version: number }, { version }: Which): void {
  if (seen.version !== version) throw new AppError('changed-meanwhile', { now: { version: seen.version } })
}
