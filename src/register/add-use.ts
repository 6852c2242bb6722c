import type { May } from '#access/may.ts'
import type { Actor, RunTx } from '#audit/transaction.ts'

import type { SystemDetail } from './api.ts'
import { refuse } from './check-links.ts'
import { editSystem } from './edit-system.ts'
import { type Facts, textOf } from './model.ts'
import { newUse } from './store-systems.ts'

/**
 * Joins a known system: one more use of it, weighed by itself.
 * @throws AppError `not-found`, `not-permitted`, `changed-meanwhile`, `bad-input` when the new use has no name of its own
 */
export function addUse(
  deps: { tx: RunTx; may: May },
  actor: Actor,
  input: { id: string; version: number; facts: Facts; reason?: string | undefined },
): Promise<SystemDetail> {
  const { facts, ...which } = input
  return deps.tx(actor, (t) =>
    editSystem(deps, t, { ...which, action: 'register-system', kind: 'use-added' }, (before) => {
      const name = textOf(facts, 'use-name')
      const taken = before.uses.some((use) => textOf(use.facts, 'use-name') === name)
      refuse([
        ...(name === '' ? [{ path: '/facts/use-name', keyword: 'use-name-needed' }] : []),
        ...(name !== '' && taken ? [{ path: '/facts/use-name', keyword: 'use-name-twice' }] : []),
      ])
      const position = Math.max(...before.uses.map((use) => use.position)) + 1
      return { ...before, uses: [...before.uses, newUse(t, facts, position)] }
    }),
  )
}
