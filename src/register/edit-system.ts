import type { Action } from '#access/model.ts'
import type { May } from '#access/may.ts'
import type { Tx } from '#audit/transaction.ts'
import { AppError } from '#platform/errors.ts'

import type { ChangeKind, SystemDetail } from './api.ts'
import { itemOf, organisationOf } from './check-links.ts'
import { saveSystems, type SystemEdit } from './save-systems.ts'
import { loadSystem, type StoredSystem } from './store-read.ts'
import { systemDetail } from './system-detail.ts'

export type Edit = {
  readonly id: string
  /** The version the person saw; left out by rooms that hold the system themselves. */
  readonly version?: number
  readonly action: Action
  readonly kind: ChangeKind
  readonly reason?: string | undefined
}

/**
 * What every change of one system has in common: lock, ask access, compare versions, save, answer.
 * @param change what it is to be; throws where that is not allowed
 * @throws AppError `not-found`, `not-permitted`, `changed-meanwhile` with the system as it is now
 */
export async function editSystem(
  deps: { may: May },
  t: Tx,
  edit: Edit,
  change: (before: StoredSystem) => Promise<SystemEdit['after']> | SystemEdit['after'],
): Promise<SystemDetail> {
  const before = await loadSystem(t.db, edit.id, true)
  if (!before) throw new AppError('not-found', { system: edit.id })
  deps.may(t.actor, edit.action, itemOf(before, await organisationOf(t.db, before.organisationId)))
  const inside = { db: t.db, may: deps.may }
  if (edit.version !== undefined && edit.version !== before.version)
    throw new AppError('changed-meanwhile', { now: await systemDetail(inside, t.actor, before) })
  await saveSystems(t, [{ before, after: await change(before), kind: edit.kind, reason: edit.reason ?? null }])
  return systemDetail(inside, t.actor, (await loadSystem(t.db, edit.id))!)
}
