import { sql } from 'kysely'

import type { Actor } from '#audit/transaction.ts'
import { AppError } from '#platform/errors.ts'
import type { ProcurementDeps } from '#procurement/deps.ts'
import { loadSheet } from '#procurement/sheets/load-sheet.ts'

import { loadComparison } from './load-comparison.ts'
import { moveTender } from './move-tender.ts'
import { lockProcurement, tellTender } from './store.ts'

/**
 * Names the contract partner. The others are told that the tender ended, and nothing else.
 * @param input  `version`: of the procurement that was seen
 * @throws AppError `not-found`, `not-permitted`, `changed-meanwhile`, `wrong-state` (`not-handed-in`, `not-evaluated` with
 *   the items, or a state in which nobody is named)
 */
export function awardContract(
  deps: Pick<ProcurementDeps, 'tx' | 'may'>,
  actor: Actor,
  input: { procurementId: string; version: number; bidderId: string; reason: string },
): Promise<{ version: number }> {
  return deps.tx(actor, async (t) => {
    const place = await lockProcurement(t.db, input.procurementId)
    deps.may(actor, 'keep-procurement', place)
    if (place.version !== input.version) throw new AppError('changed-meanwhile', { now: place.version })
    const { bidders, items } = await loadComparison(t.db, place.id)
    const chosen = bidders.find(({ id }) => id === input.bidderId)
    if (!chosen) throw new AppError('not-found', { bidder: input.bidderId })
    if (chosen.handedIn === 0 || chosen.state === 'withdrawn')
      throw new AppError('wrong-state', { reason: 'not-handed-in' })
    const open = items.filter(({ cells }) => {
      const evaluation = cells.find(({ bidderId }) => bidderId === chosen.id)?.evaluation
      return !evaluation || evaluation.mark === null || evaluation.outdated
    })
    if (open.length > 0)
      throw new AppError('wrong-state', { reason: 'not-evaluated', items: open.map(({ item }) => item) })
    const moved = await moveTender(t, place, await loadSheet(t.db, place.id), 'contracted')
    const at = t.at.toISOString()
    await sql`insert into award (procurement_id, bidder_id, system_id, organisation_id, reason, at, by)
      values (${place.id}, ${chosen.id}, ${place.systemId}, ${place.organisationId}, ${input.reason}, ${at}, ${actor.personId})
      on conflict (procurement_id) do update set bidder_id = excluded.bidder_id, reason = excluded.reason, at = excluded.at,
        by = excluded.by`.execute(t.db)
    await sql`update bidder set state = case when id = ${chosen.id} then 'awarded' else 'ended' end, version = version + 1,
        updated_at = ${at} where procurement_id = ${place.id} and state <> 'withdrawn'`.execute(t.db)
    await tellTender(t, moved, { type: 'awarded', bidderId: chosen.id, fields: { marks: chosen.counts.marks } })
    await t.emit({ type: 'tenders.ended', payload: { procurement: place.id } })
    return { version: moved.version }
  })
}
