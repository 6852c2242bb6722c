import type { May } from '#access/may.ts'
import type { Actor, RunTx, Tx } from '#audit/transaction.ts'
import { AppError } from '#platform/errors.ts'

import type { StageMoved } from './api.ts'
import { itemOf, organisationOf } from './check-links.ts'
import { editSystem } from './edit-system.ts'
import type { Stage } from './fields.ts'
import type { StageGate } from './stage-gate.ts'
import { loadSystem, type StoredSystem } from './store-read.ts'
import { dateReasons, sinceField, step, type StepReason } from './workflow.ts'

/**
 * Takes a system to another stage, dated.
 * @param input  `on`: the day it was taken, ISO 8601; `version`: the one the person saw
 * @returns the system, or the reasons why the state table or the gate refuses; then nothing is written
 * @throws AppError `not-found`, `not-permitted`, `changed-meanwhile`
 */
export function moveStage(
  deps: { tx: RunTx; may: May; stageGate: StageGate },
  actor: Actor,
  input: { id: string; version: number; to: Stage; on: string; reason?: string | undefined },
): Promise<StageMoved> {
  const { to, on, ...which } = input
  return deps.tx(actor, async (t): Promise<StageMoved> => {
    const before = await loadSystem(t.db, input.id, true)
    if (!before) throw new AppError('not-found', { system: input.id })
    deps.may(actor, 'change-stage', itemOf(before, await organisationOf(t.db, before.organisationId)))
    // Who saw another version is told of the change first.
    const asked = before.version === input.version ? await askAll(deps.stageGate, t, before, input) : undefined
    if (asked && asked.reasons.length > 0) return { ok: false, reasons: asked.reasons }
    const system = await editSystem(deps, t, { ...which, action: 'change-stage', kind: 'stage' }, (now) => ({
      ...now,
      facts: { ...now.facts, stage: { value: to }, [sinceField(to)]: { value: on } },
    }))
    await asked?.passed?.()
    return { ok: true, system }
  })
}

/** The table, the day, and what the other rooms ask for: every reason, not only the first. */
async function askAll(
  gate: StageGate,
  t: Tx,
  before: StoredSystem,
  { to, on, reason }: { to: Stage; on: string; reason?: string | undefined },
): Promise<{ reasons: StepReason[]; passed?: () => Promise<void> }> {
  const next = step(before, to, { reason })
  const ofTable = next.ok ? [] : next.reasons
  const own = [...ofTable, ...dateReasons(before.facts, on, todayInTokyo(t.at))]
  if (ofTable.some(({ code }) => code === 'wrong-state')) return { reasons: own }
  const { reasons, passed } = await gate.ask(t, before, to)
  return { reasons: [...own, ...reasons], passed }
}

/** The day it is in Japan, which has no summer time: UTC + 9. */
export const todayInTokyo = (at: Date): string => new Date(at.getTime() + 9 * 3_600_000).toISOString().slice(0, 10)
