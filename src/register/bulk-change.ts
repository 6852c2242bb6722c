import type { May } from '#access/may.ts'
import type { Actor, RunTx } from '#audit/transaction.ts'
import { AppError } from '#platform/errors.ts'

import type { BulkChange, BulkResult } from './api-bulk.ts'
import { countRows, planBulk, type Planned } from './bulk-plan.ts'
import { fieldIds, fieldOf } from './fields.ts'
import type { Facts } from './model.ts'
import { replaceFacts } from './model-facts.ts'
import { saveSystems, type SystemEdit } from './save-systems.ts'

/**
 * Does what was shown: all rows together, in one transaction. When a row has moved on since, nothing is done.
 * @param input  `token`: of the preview
 * @throws AppError `changed-meanwhile`, and like `planBulk`
 */
export function bulkChange(deps: { tx: RunTx; may: May }, actor: Actor, input: BulkChange): Promise<BulkResult> {
  return deps.tx(actor, async (t) => {
    const plan = await planBulk({ db: t.db, may: deps.may }, actor, input, true)
    const counts = countRows(plan.rows)
    if (plan.token !== input.token) throw new AppError('changed-meanwhile', { counts })
    await saveSystems(t, editsOf(plan, input.set, input.reason ?? null))
    return counts
  })
}

function editsOf({ rows, systems }: Planned, set: Facts, reason: string | null): SystemEdit[] {
  const ofScope = (scope: 'system' | 'use'): Facts =>
    Object.fromEntries(fieldIds.filter((id) => set[id] && fieldOf(id).scope === scope).map((id) => [id, set[id]]))
  const [ofSystem, ofUse] = [ofScope('system'), ofScope('use')]
  const done = rows.filter((row) => !row.refused && row.changes.length > 0)
  return [...Map.groupBy(done, (row) => row.systemId).values()].map((group) => {
    const before = systems.get(group[0]!.systemId)!
    const chosen = new Set(group.map((row) => row.useId))
    const uses = before.uses.map((use) =>
      chosen.has(use.id) ? { ...use, facts: replaceFacts(use.facts, ofUse) } : use,
    )
    const after = { organisationId: before.organisationId, facts: replaceFacts(before.facts, ofSystem), uses }
    return { before, after, kind: 'bulk' as const, reason }
  })
}
