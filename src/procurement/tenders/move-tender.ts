import type { Tx } from '#audit/transaction.ts'
import type { Sheet } from '#procurement/sheets/api.ts'
import { moveWithin } from '#procurement/sheets/move-procurement.ts'
import type { ProcurementState } from '#procurement/sheets/workflow.ts'

import type { Place } from './store.ts'

/**
 * The step of a procurement that comes with a deed of its tender: asking makes it tendering, the first mark evaluating, a
 * partner contracted.
 * @throws AppError `wrong-state` with the states that are open, or with what the step still needs
 */
export async function moveTender(t: Tx, place: Place, sheet: Sheet, to: ProcurementState): Promise<Place> {
  if (place.state === to) return place
  await moveWithin({ t, procurement: place, sheet }, to)
  return { ...place, state: to, version: place.version + 1 }
}
