import type { May } from '#access/may.ts'
import type { Actor, RunTx } from '#audit/transaction.ts'
import { AppError } from '#platform/errors.ts'

import type { StageMoved } from './api.ts'
import { itemOf, organisationOf } from './check-links.ts'
import { editSystem } from './edit-system.ts'
import type { Stage } from './fields.ts'
import { loadSystem } from './store-read.ts'
import { dateReasons, sinceField, step } from './workflow.ts'

/**
 * Takes a system to another stage, dated.
 * @param input  `on`: the day it was taken, ISO 8601; `version`: the one the person saw
 * @returns the system, or the reasons why the state table refuses; then nothing is written
 * @throws AppError `not-found`, `not-permitted`, `changed-meanwhile`
 */
export function moveStage(
  deps: { tx: RunTx; may: May },
  actor: Actor,
  input: { id: string; version: number; to: Stage; on: string; reason?: string | undefined },
): Promise<StageMoved> {
  const { to, on, ...which } = input
  return deps.tx(actor, async (t): Promise<StageMoved> => {
    const before = await loadSystem(t.db, input.id, true)
    if (!before) throw new AppError('not-found', { system: input.id })
    deps.may(actor, 'change-stage', itemOf(before, await organisationOf(t.db, before.organisationId)))
    if (before.version === input.version) {
      const next = step(before, to, input)
      const reasons = [...(next.ok ? [] : next.reasons), ...dateReasons(before.facts, on, todayInTokyo(t.at))]
      if (reasons.length > 0) return { ok: false, reasons }
    }
    const system = await editSystem(deps, t, { ...which, action: 'change-stage', kind: 'stage' }, (now) => ({
      ...now,
      facts: { ...now.facts, stage: { value: to }, [sinceField(to)]: { value: on } },
    }))
    return { ok: true, system }
  })
}

/** The day it is in Japan, which has no summer time: UTC + 9. */
export const todayInTokyo = (at: Date): string => new Date(at.getTime() + 9 * 3_600_000).toISOString().slice(0, 10)
