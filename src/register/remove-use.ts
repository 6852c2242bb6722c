import type { May } from '#access/may.ts'
import type { Actor, RunTx } from '#audit/transaction.ts'
import { AppError } from '#platform/errors.ts'

import type { SystemDetail } from './api.ts'
import { editSystem } from './edit-system.ts'

/**
 * Takes away a use that was entered by mistake. The last use stays: a system without one would be weighed nowhere. One
 * that was weighed stays too, with its assessments; it is retired instead.
 * @throws AppError `not-found`, `not-permitted`, `changed-meanwhile`, `wrong-state` (`only-use`, `weighed`)
 */
export function removeUse(
  deps: { tx: RunTx; may: May },
  actor: Actor,
  input: { id: string; version: number; useId: string },
): Promise<SystemDetail> {
  const { useId, ...which } = input
  return deps.tx(actor, (t) =>
    editSystem(deps, t, { ...which, action: 'change-system', kind: 'use-removed' }, (before) => {
      const use = before.uses.find((one) => one.id === useId)
      if (!use) throw new AppError('not-found', { use: useId })
      if (before.uses.length === 1) throw new AppError('wrong-state', { reason: 'only-use' })
      if (use.assessmentId !== null) throw new AppError('wrong-state', { reason: 'weighed' })
      return { ...before, uses: before.uses.filter((one) => one.id !== useId) }
    }),
  )
}
