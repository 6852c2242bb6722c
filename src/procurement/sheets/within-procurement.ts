import type { Action } from '#access/model.ts'
import type { May } from '#access/may.ts'
import type { Actor, RunTx, Tx } from '#audit/transaction.ts'
import { AppError } from '#platform/errors.ts'

import type { Sheet, SheetItem } from './api.ts'
import { loadSheet } from './load-sheet.ts'
import { lockProcurement, type StoredProcurement, touchProcurement } from './store.ts'
import { type Editable, mayEdit } from './workflow.ts'

export type Deed = {
  readonly id: string
  readonly action: Extract<Action, 'keep-procurement' | 'prove-item'>
  /** What is changed; refused in a state that keeps it as it is. Without it the deed looks at the state itself. */
  readonly part?: Editable
}
export type Around = { readonly t: Tx; readonly procurement: StoredProcurement; readonly sheet: Sheet }

/**
 * What every deed on a sheet has in common: hold the procurement, ask access, ask the state, do it, answer with the sheet
 * as it is afterwards.
 * @throws AppError `not-found`, `not-permitted`, `wrong-state` with the state and the part that it keeps
 */
export function withinProcurement(
  deps: { tx: RunTx; may: May },
  actor: Actor,
  deed: Deed,
  work: (around: Around) => Promise<void>,
): Promise<Sheet> {
  return deps.tx(actor, async (t) => {
    const procurement = await lockProcurement(t.db, deed.id)
    deps.may(actor, deed.action, { organisationPath: procurement.organisationPath })
    if (deed.part && !mayEdit(procurement.state, deed.part))
      throw new AppError('wrong-state', { state: procurement.state, part: deed.part })
    await work({ t, procurement, sheet: await loadSheet(t.db, deed.id) })
    await touchProcurement(t, deed.id)
    return loadSheet(t.db, deed.id)
  })
}

/** @throws AppError `not-found`; `changed-meanwhile` with the item as it is now */
export function itemOfSheet(sheet: Sheet, item: string, version?: number): SheetItem {
  const found = sheet.items.find((i) => i.item === item)
  if (!found) throw new AppError('not-found', { item })
  if (version !== undefined && found.version !== version) throw new AppError('changed-meanwhile', { now: found })
  return found
}

const types = [
  'procurement.item-decided',
  'procurement.proposals-accepted',
  'procurement.proposal-renewed',
  'procurement.item-changed',
  'procurement.proof-added',
  'procurement.proof-changed',
  'procurement.proof-removed',
  'procurement.moved',
] as const

/** What the log is told: ids and codes, no text that a person wrote. */
export const entryOf = (
  procurement: StoredProcurement,
  type: (typeof types)[number],
  detail: Readonly<Record<string, unknown>>,
) => ({
  type,
  itemKind: 'procurement',
  itemId: procurement.id,
  organisationId: procurement.organisationId,
  detail,
})
