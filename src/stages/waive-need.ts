import type { May } from '#access/may.ts'
import type { Actor, RunTx, Tx } from '#audit/transaction.ts'
import { AppError } from '#platform/errors.ts'
import { itemOf, organisationOf } from '#register/check-links.ts'
import { todayInTokyo } from '#register/move-stage.ts'
import { loadSystem, type StoredSystem } from '#register/store-read.ts'

import type { NewWaiver } from './api.ts'
import { loadKnown, needsOfStep } from './load-needs.ts'
import { waiverState } from './model.ts'
import type { NeedsEdition } from './needs-edition.ts'
import { addWaiverRow, loadWaivers } from './store.ts'

type WaiveDeps = { readonly tx: RunTx; readonly may: May; readonly needsInForce: NeedsEdition }

/**
 * Lets a need pass for one system and one step, with a reason that stays to be seen, until a day or until it is withdrawn.
 * @returns its id
 * @throws AppError `not-found`, `not-permitted`, `bad-input` for a need that the step does not have and for a day that is
 *   over, `wrong-state` where the need is met or waived already
 */
export function waiveNeed(
  deps: WaiveDeps,
  actor: Actor,
  input: { systemId: string; waiver: NewWaiver },
): Promise<{ id: string }> {
  return deps.tx(actor, async (t) => {
    const system = await permitted(deps, t, input.systemId)
    const { need: id, step, untilOn, reason } = input.waiver
    if (untilOn !== undefined && untilOn < todayInTokyo(t.at)) throw badInput('/untilOn', 'in-past')
    const known = await t.asSystem(() => loadKnown(t.db, deps.needsInForce, system, t.at))
    const need = needsOfStep(deps.needsInForce, known, step).find((one) => one.id === id)
    if (!need) throw badInput('/need', 'not-known')
    if (need.state === 'met' || need.state === 'waived')
      throw new AppError('wrong-state', { need: id, now: need.state })
    const waiverId = t.newId()
    await addWaiverRow(t, {
      id: waiverId,
      type: 'waived',
      waiverId,
      systemId: system.id,
      organisationId: system.organisationId,
      need: id,
      step,
      untilOn: untilOn ?? null,
      reason,
      ...editionOf(deps),
      demo: system.demo,
    })
    await t.append({
      type: 'stage.waived',
      itemKind: 'system',
      itemId: system.id,
      organisationId: system.organisationId,
      detail: { waiver: waiverId, need: id, step, ...(untilOn === undefined ? {} : { until: untilOn }) },
    })
    return { id: waiverId }
  })
}

/**
 * Ends a waiver before its day. What was let through meanwhile stays as it is.
 * @throws AppError `not-found`, `not-permitted`, `wrong-state` where it holds no longer
 */
export function withdrawWaiver(
  deps: WaiveDeps,
  actor: Actor,
  input: { systemId: string; waiverId: string; reason: string },
): Promise<void> {
  return deps.tx(actor, async (t) => {
    const system = await permitted(deps, t, input.systemId)
    const waiver = (await loadWaivers(t.db, [system.id])).find(({ id }) => id === input.waiverId)
    if (!waiver) throw new AppError('not-found', { waiver: input.waiverId })
    const state = waiverState(waiver, todayInTokyo(t.at))
    if (state !== 'holds') throw new AppError('wrong-state', { waiver: waiver.id, now: state })
    await addWaiverRow(t, {
      id: t.newId(),
      type: 'withdrawn',
      waiverId: waiver.id,
      systemId: system.id,
      organisationId: system.organisationId,
      need: waiver.need,
      step: waiver.step,
      untilOn: waiver.untilOn,
      reason: input.reason,
      ...editionOf(deps),
      demo: system.demo,
    })
    await t.append({
      type: 'stage.waiver-withdrawn',
      itemKind: 'system',
      itemId: system.id,
      organisationId: system.organisationId,
      detail: { waiver: waiver.id, need: waiver.need, step: waiver.step },
    })
  })
}

/** The system, locked: a step that is being taken has its answer before the waiver changes it. */
async function permitted(deps: WaiveDeps, t: Tx, systemId: string): Promise<StoredSystem> {
  const system = await loadSystem(t.db, systemId, true)
  if (!system) throw new AppError('not-found', { system: systemId })
  deps.may(t.actor, 'waive-need', itemOf(system, await organisationOf(t.db, system.organisationId)))
  return system
}

const editionOf = ({ needsInForce: { catalog, edition } }: WaiveDeps) => ({ catalog, edition })
const badInput = (path: string, keyword: string) =>
  new AppError('bad-input', { in: 'body', issues: [{ path, keyword, params: {} }] })
