import { sql } from 'kysely'

import { officeDay } from '#access/office-day.ts'
import type { Actor } from '#audit/transaction.ts'
import { AppError } from '#platform/errors.ts'

import type { EditDeps } from './edit-clause.ts'
import { eventOf, openVersion } from './open-version.ts'
import { situationOf } from './situation.ts'
import { loadWithRow } from './store-read.ts'
import { nameReviewers, possibleReviewers, reviewsOf, saveFinding } from './store-reviews.ts'
import { tell } from './store-write.ts'
import { type Step, step } from './workflow.ts'

/**
 * Hands a draft to those who are to look at it. What they found of an earlier draft does not count any more.
 * @returns the reasons why not: nobody named, or a setting of a system's rule that is looser than the ministry's
 * @throws AppError `not-found`, `not-permitted`, `wrong-state`, `changed-meanwhile`, `bad-input` (somebody who may not review)
 */
export function beginReview(
  deps: EditDeps,
  actor: Actor,
  input: { readonly id: string; readonly seen: number; readonly reviewers: readonly string[] },
): Promise<Step> {
  return deps.tx(actor, async (t) => {
    const loaded = await openVersion(deps, t, { id: input.id, what: 'write', state: 'draft', seen: input.seen })
    const { row } = loaded
    const people = [...new Set(input.reviewers)]
    const possible = await possibleReviewers(t.db, row.organisationPath[0]!, officeDay(t.at, deps.timeZone))
    const known = new Set(possible.map(({ id }) => id))
    const strange = people.filter((id) => !known.has(id))
    if (strange.length > 0) throw new AppError('bad-input', { field: 'reviewers', strange })
    const situation = await situationOf(
      deps,
      { db: t.db, at: t.at },
      loaded,
      people.map(() => ({ finding: null })),
    )
    const result = step(situation, 'review')
    if (!result.ok) return result
    await nameReviewers(t.db, { versionId: row.id, organisationId: row.organisationId, people, at: t.at })
    await sql`update rule_version set state = 'review', review_began_at = ${t.at.toISOString()}, version = version + 1,
      updated_at = ${t.at.toISOString()} where id = ${row.id}`.execute(t.db)
    await tell(t, { ...eventOf(loaded), type: 'review-began', detail: { reviewers: people } })
    await t.emit({ type: 'user-rule.review-began', payload: { rule: row.ruleId, version: row.id, reviewers: people } })
    return result
  })
}

/**
 * Records what a reviewer found, of a version under review; until it is adopted it can be found otherwise.
 * @throws AppError `not-found`, `not-permitted` with `reason: 'not-named'`, `wrong-state`
 */
export function findOnReview(
  deps: EditDeps,
  actor: Actor,
  input: { readonly id: string; readonly finding: 'confirmed' | 'sent-back'; readonly remark: string | null },
): Promise<void> {
  return deps.tx(actor, async (t) => {
    // Who is named reviews wherever the rule lies in the ministry: that one was named is the right to do it here.
    deps.may(actor, 'review-rule')
    const loaded = await loadWithRow(t.db, input.id, officeDay(t.at, deps.timeZone))
    const { row } = loaded
    const reviews = await reviewsOf(t.db, row.id, true)
    if (!reviews.some(({ personId }) => personId === actor.personId))
      throw new AppError('not-permitted', { action: 'review-rule', reason: 'not-named' })
    if (row.stored !== 'review')
      throw new AppError('wrong-state', { what: 'rule-version', from: row.stored, needs: 'review' })
    const { finding, remark } = input
    await saveFinding(t.db, { versionId: row.id, personId: actor.personId, finding, remark, at: t.at })
    await tell(t, { ...eventOf(loaded), type: finding === 'confirmed' ? 'review-confirmed' : 'review-sent-back' })
    const left = reviews.filter((r) => r.personId !== actor.personId && r.finding !== 'confirmed').length
    const done = finding === 'confirmed' && left === 0
    await t.emit({
      type: finding === 'sent-back' ? 'user-rule.sent-back' : done ? 'user-rule.to-adopt' : 'user-rule.confirmed',
      payload: { rule: row.ruleId, version: row.id, by: actor.personId },
    })
  })
}

/** Takes a version back from review, so that it can be changed. @throws AppError as `openVersion` */
export function backToDraft(
  deps: EditDeps,
  actor: Actor,
  input: { readonly id: string; readonly seen: number },
): Promise<void> {
  return deps.tx(actor, async (t) => {
    const loaded = await openVersion(deps, t, { ...input, what: 'write', state: 'review' })
    await sql`update rule_version set state = 'draft', review_began_at = null, version = version + 1,
      updated_at = ${t.at.toISOString()} where id = ${loaded.row.id}`.execute(t.db)
    await tell(t, { ...eventOf(loaded), type: 'back-to-draft' })
  })
}
