import type { May } from '#access/may.ts'
import type { Actor, RunTx, Tx } from '#audit/transaction.ts'
import { cannotDecide } from '#catalog/model.ts'
import type { Db } from '#platform/database.ts'
import { organisationOf, pathOf } from '#register/check-links.ts'
import { recordVerdicts } from '#register/record-verdict.ts'

import { type Rejudgement, strangeOutcomes, verdictOf } from './api.ts'
import { type Edition, type Editions, editionOf, judge, readableAnswers, refOf } from './editions.ts'
import { restsOn } from './rests-on.ts'
import { carryJudgements, insertAssessments, type JudgedUse, judgedUses } from './store.ts'
import { AppError } from '#platform/errors.ts'

export type RejudgeInput = {
  readonly catalog: string
  readonly edition: string
  readonly organisationId?: string | undefined
  readonly record: boolean
}

/**
 * Weighs the stored answers of every use that was judged under another edition and says which would come out differently.
 * With `record` each gets a new assessment; the old ones stay as they were made. A judgement of the Chief AI Officer goes
 * along where the rule says the same as before; where it says something else, he is asked anew.
 * @throws AppError `not-found`, `not-permitted`, `wrong-state` for an edition whose outcomes the register does not know
 */
export async function rejudge(
  deps: { db: Db; tx: RunTx; may: May; editions: Editions },
  actor: Actor,
  input: RejudgeInput,
): Promise<Rejudgement> {
  const edition = editionOf(deps.editions, input.catalog, input.edition)
  const strange = strangeOutcomes(edition.content)
  if (strange.length > 0) throw new AppError('wrong-state', { reason: 'not-a-finder', outcomes: strange })
  const organisationId = input.organisationId ?? actor.organisationId
  const allowed = async (db: Db) => deps.may(actor, 'rejudge', pathOf(await organisationOf(db, organisationId)))
  if (!input.record) {
    await allowed(deps.db)
    return report(judgeAll(edition, await judgedUses(deps.db, organisationId)), 0)
  }
  return deps.tx(actor, async (t) => {
    await allowed(t.db)
    const judged = judgeAll(edition, await judgedUses(t.db, organisationId))
    await record(t, edition, judged)
    return report(judged, judged.length)
  })
}

type Rejudged = ReturnType<typeof judgeAll>[number]

function judgeAll(edition: Edition, uses: readonly JudgedUse[]) {
  return uses.map((use) => {
    const answers = readableAnswers(edition, use.answers)
    const result = judge(edition, answers)
    const outcome = result.outcome ?? cannotDecide
    return { use, answers, result, outcome, from: verdictOf(use.outcome), to: verdictOf(outcome) }
  })
}

function report(judged: readonly Rejudged[], recorded: number): Rejudgement {
  const differs = judged.filter((j) => j.from !== j.to)
  return {
    differs: differs.map(({ use, from, to }) => ({
      useId: use.useId,
      systemId: use.systemId,
      number: use.number,
      name: use.name,
      from,
      to,
      judged: use.judged !== null,
    })),
    same: judged.length - differs.length,
    cannotJudge: judged.filter((j) => j.to === cannotDecide).length,
    recorded,
  }
}

async function record(t: Tx, edition: Edition, judged: readonly Rejudged[]): Promise<void> {
  const made = judged.map((j) => {
    const { use, answers, result } = j
    const rests = restsOn(edition.content.questions, { ...use, answers, result }, (some) => judge(edition, some))
    const carried = use.judged !== null && j.from === j.to ? use.judged : null
    return { ...j, id: t.newId(), rests, carried }
  })
  await insertAssessments(
    t,
    made.map(({ use, id, answers, result, outcome, rests }) => {
      const { useId, systemId, organisationId, demo } = use
      return { id, useId, systemId, organisationId, demo, ...refOf(edition), answers, result, outcome, restsOn: rests }
    }),
  )
  await carryJudgements(
    t,
    made.filter((m) => m.carried !== null).map((m) => ({ from: m.use.assessmentId, to: m.id })),
  )
  await recordVerdicts(
    t,
    made.map(({ use, id, to, rests, carried }) => ({
      useId: use.useId,
      assessmentId: id,
      verdict: carried ?? to,
      ruledVerdict: carried !== null && carried !== to ? to : null,
      restsOn: rests,
      judged: carried !== null,
    })),
  )
  await t.append(
    made.map(({ use, id, outcome }) => ({
      type: 'finder.rejudged',
      itemKind: 'assessment',
      itemId: id,
      organisationId: use.organisationId,
      detail: { useId: use.useId, systemId: use.systemId, ...refOf(edition), before: use.outcome, outcome },
    })),
  )
  await t.emit({ type: 'finder.rejudged', payload: { ...refOf(edition), assessments: made.length } })
}
