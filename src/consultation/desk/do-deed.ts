import type { May } from '#access/may.ts'
import type { Actor, RunTx, Tx } from '#audit/transaction.ts'
import { AppError } from '#platform/errors.ts'
import { lockRows } from '#platform/lock-rows.ts'

import type { EntryType } from './model.ts'
import { type Changed, consultationById, insertEntries, type NewEntry, saveConsultation, type Stored } from './store.ts'
import { type Deed, type Side, sideOf, step } from './workflow.ts'

export type DeskDeps = { readonly tx: RunTx; readonly may: May }
export type Seen = { readonly id: string; readonly version: number }

/** What a deed changes and adds to the thread. */
export type Done = {
  readonly changed: Changed
  readonly type: EntryType
  readonly entry?: Pick<NewEntry, 'text' | 'toPerson' | 'deadline' | 'internal'>
  /** Told to whoever is notified. */
  readonly event?: { readonly type: string; readonly payload?: Readonly<Record<string, unknown>> }
}

/**
 * What every deed on a question has in common: lock, ask access, compare versions, ask the state table, save, add to the
 * thread, tell log and listeners.
 * @param side  which side does it; both may close
 * @throws AppError `not-found`, `not-permitted`, `changed-meanwhile` with the version as it is now, `wrong-state`
 */
export function doDeed(
  deps: DeskDeps,
  actor: Actor,
  which: Seen & { readonly deed: Deed; readonly side: Side },
  work: (before: Stored, t: Tx) => Done | Promise<Done>,
): Promise<void> {
  return deps.tx(actor, async (t) => {
    const before = await loadForDeed(deps, t, which)
    const next = step(before.state, which.deed)
    if (!next.ok) throw new AppError('wrong-state', { consultation: which.id, state: before.state, deed: which.deed })
    if (!(sideOf[which.deed] as readonly Side[]).includes(which.side)) throw new Error(`${which.deed} by ${which.side}`)
    await writeDeed(t, before, { ...(await work(before, t)), state: next.to })
  })
}

/** @throws AppError `not-found`, `not-permitted`, `changed-meanwhile` */
export async function loadForDeed(
  deps: Pick<DeskDeps, 'may'>,
  t: Tx,
  which: Seen & { readonly side: Side },
): Promise<Stored> {
  await lockRows(t.db, 'consultation', [which.id])
  const before = await consultationById(t.db, which.id)
  if (!before) throw new AppError('not-found', { consultation: which.id })
  deps.may(t.actor, which.side === 'desk' ? 'answer-desk' : 'ask-desk', { organisationPath: before.organisationPath })
  if (before.version !== which.version) throw new AppError('changed-meanwhile', { now: before.version })
  return before
}

export async function writeDeed(
  t: Tx,
  before: Stored,
  done: Done & { readonly state: Stored['state'] },
): Promise<void> {
  const { changed, type, entry, event, state } = done
  await saveConsultation(t.db, before, { ...changed, state }, t.at)
  const { personId: by, role } = t.actor
  const { id: itemId, organisationId } = before
  await insertEntries(t.db, [{ ...entry, id: t.newId(), organisationId, itemId, at: t.at, by, role, type }])
  await t.append({ type: `consultation.${type}`, itemKind: 'consultation', itemId, organisationId })
  if (event) await t.emit({ type: event.type, payload: { consultation: itemId, ...event.payload } })
}
