import type { May } from '#access/may.ts'
import type { Actor, Entry, RunTx } from '#audit/transaction.ts'
import { AppError } from '#platform/errors.ts'
import type { Verdict } from '#register/model.ts'
import { recordVerdict } from '#register/record-verdict.ts'

import { type Assessment, type JudgedVerdict, verdictOf } from './api.ts'
import { loadUse } from './load-use.ts'
import { assessmentsOf, insertJudgement, useOfAssessment } from './store.ts'

/**
 * The Chief AI Officer, who judges together with the planner, decides: as the rule says, or otherwise in either direction,
 * with a reason. Rule and judgement both stay on the assessment for ever; the register shows the judgement.
 * @throws AppError `not-found`, `not-permitted` (action `override-verdict`, the roles that may), `wrong-state` with the
 *   assessment that counts now, when this one has been followed by another
 * Source: DS-920 v1.0, CAIO-03 and CAIO-04; that the override goes both ways is our preset.
 */
export function judgeOtherwise(
  deps: { tx: RunTx; may: May },
  actor: Actor,
  input: { readonly assessmentId: string; readonly verdict: JudgedVerdict; readonly reason: string },
): Promise<Assessment> {
  return deps.tx(actor, async (t) => {
    const useId = await useOfAssessment(t.db, input.assessmentId)
    if (useId === undefined) throw new AppError('not-found', { assessment: input.assessmentId })
    const { system, use, place } = await loadUse(t.db, useId, true)
    deps.may(actor, 'override-verdict', place)
    if (use.assessmentId !== input.assessmentId) throw new AppError('wrong-state', { current: use.assessmentId })
    const { outcome } = (await assessmentsOf(t.db, useId))[0]!
    const ruled = verdictOf(outcome)
    await insertJudgement(t, {
      ...input,
      id: t.newId(),
      useId,
      organisationId: system.organisationId,
      demo: system.demo,
    })
    await recordVerdict(t, {
      useId,
      assessmentId: input.assessmentId,
      verdict: input.verdict,
      ruledVerdict: ruled === input.verdict ? null : ruled,
      restsOn: use.restsOn,
      judged: true,
    })
    await t.append(judgedEntry(system, { ...input, useId, ruled }))
    await t.emit({
      type: 'finder.judged',
      payload: { assessmentId: input.assessmentId, useId, verdict: input.verdict },
    })
    return (await assessmentsOf(t.db, useId))[0]!
  })
}

/** What the log is told of it: never the reason, which may name people. */
export const judgedEntry = (
  system: { readonly id: string; readonly organisationId: string },
  judged: { readonly assessmentId: string; readonly useId: string; readonly ruled: Verdict; readonly verdict: Verdict },
): Entry => {
  const { assessmentId, useId, ruled, verdict } = judged
  return {
    type: 'finder.judged',
    itemKind: 'assessment',
    itemId: assessmentId,
    organisationId: system.organisationId,
    detail: { useId, systemId: system.id, ruled, verdict },
  }
}
