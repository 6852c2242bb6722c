import type { Actor } from '#audit/transaction.ts'
import { AppError } from '#platform/errors.ts'

import type { EvidenceDeps } from './deps.ts'
import { evidenceForUpdate, markWithdrawn } from './store.ts'

/**
 * Marks evidence as withdrawn, with the reason. It stays to be seen; its file goes by the retention rules only.
 * @throws AppError `not-found`, `not-permitted`, `wrong-state` when it is withdrawn already
 */
export function withdrawEvidence(
  deps: Pick<EvidenceDeps, 'tx' | 'may'>,
  actor: Actor,
  input: { id: string; because: string },
): Promise<void> {
  return deps.tx(actor, async (t) => {
    const seen = await evidenceForUpdate(t.db, input.id)
    deps.may(actor, 'withdraw-evidence', seen)
    if (seen.withdrawn) throw new AppError('wrong-state', { evidence: input.id, state: 'withdrawn' })
    await markWithdrawn(t.db, { ...input, at: t.at, by: actor.personId })
    await t.append({
      type: 'evidence.withdrawn',
      itemKind: 'evidence',
      itemId: input.id,
      organisationId: seen.organisationId,
    })
  })
}
