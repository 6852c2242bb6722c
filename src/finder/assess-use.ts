import type { May } from '#access/may.ts'
import type { Actor, Entry, RunTx, Tx } from '#audit/transaction.ts'
import { cannotDecide } from '#catalog/model.ts'
import type { Answers } from '#catalog/model-result.ts'
import { AppError } from '#platform/errors.ts'
import { changeWithin } from '#register/change-system.ts'
import { fieldOf, type FieldId } from '#register/fields.ts'
import type { Facts } from '#register/model.ts'
import { recordVerdict, type VerdictRecord } from '#register/record-verdict.ts'

import { type Assessment, verdictOf } from './api.ts'
import { type Edition, type Editions, editionOf, judge, readAnswers, refOf } from './editions.ts'
import { loadUse, type LoadedUse } from './load-use.ts'
import { factsFromAnswers } from './prefill.ts'
import { restsOn } from './rests-on.ts'
import { assessmentsOf, deleteDraft, insertAssessments, type NewAssessment } from './store.ts'

export type AssessInput = {
  readonly useId: string
  readonly answers: Answers
  /** The edition whose questions the person answered. */
  readonly catalog: string
  readonly edition: string
  readonly updateRegister?: boolean | undefined
}

/**
 * Weighs a use: evaluates the answers by the edition in force and keeps answers, result, edition and digest. The verdict
 * goes into the register together with the facts on which it rests.
 * @throws AppError `not-found`, `not-permitted`, `bad-input` for answers that the edition cannot read,
 *   `changed-meanwhile` when another edition has come into force
 * Source: DS-920 v1.0, PLN-01 and CAIO-03 (CAIO and planner judge together).
 */
export async function assessUse(
  deps: { tx: RunTx; may: May; editions: Editions },
  actor: Actor,
  input: AssessInput,
): Promise<Assessment> {
  const edition = editionOf(deps.editions, input.catalog, input.edition)
  const now = refOf(deps.editions.inForce())
  if (edition.digest !== now.digest) throw new AppError('changed-meanwhile', { now })
  const answers = readAnswers(edition, input.answers)
  return deps.tx(actor, async (t) => {
    const seen = await loadUse(t.db, input.useId, true)
    deps.may(actor, 'assess', seen.place)
    const before = input.updateRegister === true ? await writeBack(deps, t, seen, { edition, answers }) : seen
    await assessWithin(t, before, { edition, answers })
    await deleteDraft(t, seen.use.id)
    return (await assessmentsOf(t.db, seen.use.id))[0]!
  })
}

/** Answers that differ from the register become its facts, through the register's own use case and with its history. */
async function writeBack(
  deps: { may: May },
  t: Tx,
  seen: LoadedUse,
  { edition, answers }: { edition: Edition; answers: Answers },
): Promise<LoadedUse> {
  const changed = factsFromAnswers(edition.content.questions, seen.facts, answers)
  const of = (scope: 'system' | 'use'): Facts =>
    Object.fromEntries(Object.entries(changed).filter(([field]) => fieldOf(field as FieldId).scope === scope))
  if (Object.keys(changed).length === 0) return seen
  const change = { facts: of('system'), uses: [{ id: seen.use.id, facts: of('use') }] }
  await changeWithin(deps, t, { id: seen.system.id, change })
  return loadUse(t.db, seen.use.id, true)
}

/** The deed itself, inside a transaction that has loaded the use under lock and asked access. */
async function assessWithin(
  t: Tx,
  { system, use, facts }: Pick<LoadedUse, 'system' | 'use' | 'facts'>,
  { edition, answers }: { readonly edition: Edition; readonly answers: Answers },
): Promise<string> {
  const id = t.newId()
  const made = newAssessment({ id, system, use, facts, edition, answers })
  const verdict = verdictOf(made.outcome)
  await insertAssessments(t, [made])
  await recordVerdict(t, verdictRecordOf(made))
  await t.append(assessedEntry(made))
  await t.emit({ type: 'finder.assessed', payload: { assessmentId: id, useId: use.id, systemId: system.id, verdict } })
  return id
}

/** What is kept of a weighing: the result of the engine, and the facts that it rests on. Pure. */
export function newAssessment(
  given: Pick<LoadedUse, 'facts'> & {
    readonly id: string
    readonly system: Pick<LoadedUse['system'], 'id' | 'organisationId' | 'demo'>
    readonly use: Pick<LoadedUse['use'], 'id'>
    readonly edition: Edition
    readonly answers: Answers
  },
): NewAssessment {
  const { id, system, use, facts, edition, answers } = given
  const result = judge(edition, answers)
  const rests = restsOn(edition.content.questions, { facts, answers, result }, (some) => judge(edition, some))
  const place = { useId: use.id, systemId: system.id, organisationId: system.organisationId, demo: system.demo }
  return { id, ...place, ...refOf(edition), answers, result, outcome: result.outcome ?? cannotDecide, restsOn: rests }
}

/** What the register shows of an assessment on which nobody has decided yet. */
export const verdictRecordOf = ({ id, useId, outcome, restsOn: rests }: NewAssessment): VerdictRecord => ({
  useId,
  assessmentId: id,
  verdict: verdictOf(outcome),
  ruledVerdict: null,
  restsOn: rests,
  judged: false,
})

export const assessedEntry = (made: NewAssessment): Entry => {
  const { useId, systemId, catalog, edition, digest, outcome } = made
  return {
    type: 'finder.assessed',
    itemKind: 'assessment',
    itemId: made.id,
    organisationId: made.organisationId,
    detail: { useId, systemId, catalog, edition, digest, outcome },
  }
}
