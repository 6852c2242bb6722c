import type { May } from '#access/may.ts'
import type { Actor, RunTx } from '#audit/transaction.ts'
import type { Answers } from '#catalog/model-result.ts'

import { type Editions, readableAnswers } from './editions.ts'
import { loadUse } from './load-use.ts'
import { upsertDraft } from './store.ts'

/**
 * Keeps answers that are not yet weighed; the last one who wrote counts. What the edition in force has no question for is
 * left out, so that a draft never stands in the way of saving.
 * @returns when it was kept, UTC
 * @throws AppError `not-found`, `not-permitted`
 */
export function saveDraft(
  deps: { tx: RunTx; may: May; editions: Editions },
  actor: Actor,
  input: { readonly useId: string; readonly answers: Answers },
): Promise<{ at: string }> {
  return deps.tx(actor, async (t) => {
    const { use, system, place } = await loadUse(t.db, input.useId)
    deps.may(actor, 'assess', place)
    const answers = readableAnswers(deps.editions.inForce(), input.answers)
    await upsertDraft(t, { id: use.id, organisationId: system.organisationId }, answers)
    await t.append({
      type: 'finder.draft-saved',
      itemKind: 'ai-use',
      itemId: use.id,
      organisationId: system.organisationId,
      detail: { answered: Object.keys(answers).length },
    })
    return { at: t.at.toISOString() }
  })
}
