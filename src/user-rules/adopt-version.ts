import { sql } from 'kysely'

import { officeDay } from '#access/office-day.ts'
import type { Actor } from '#audit/transaction.ts'
import { AppError } from '#platform/errors.ts'

import { digestOf } from './digest.ts'
import type { EditDeps } from './edit-clause.ts'
import { eventOf, openVersion } from './open-version.ts'
import { situationOf } from './situation.ts'
import { reviewsOf } from './store-reviews.ts'
import { tell } from './store-write.ts'
import { type Step, step } from './workflow.ts'

/**
 * Adopts a version: its content is frozen under its digest, and it comes into force on its day. The ministry's rule is
 * adopted by the CAIO (DS-920 CAIO-05), that of a system by the planner (PLN-04).
 * @returns every reason why not; then nothing is written
 * @throws AppError `not-found`, `not-permitted`, `wrong-state`, `changed-meanwhile`
 */
export function adoptVersion(
  deps: EditDeps,
  actor: Actor,
  input: { readonly id: string; readonly seen: number },
): Promise<Step> {
  return deps.tx(actor, async (t) => {
    const loaded = await openVersion(deps, t, { ...input, what: 'adopt', state: 'review' })
    const { row, version } = loaded
    const reviews = await reviewsOf(t.db, row.id, true)
    const result = step(await situationOf(deps, { db: t.db, at: t.at }, loaded, reviews), 'adopted')
    if (!result.ok) return result
    const digest = digestOf(version)
    await sql`update rule_version set state = 'adopted', adopted_at = ${t.at.toISOString()}, adopted_by = ${actor.personId},
        adopted_role = ${actor.role}, digest = ${digest}, substance = ${version.substance}, version = version + 1,
        updated_at = ${t.at.toISOString()} where id = ${row.id}`.execute(t.db)
    await tell(t, {
      ...eventOf(loaded),
      type: 'adopted',
      digest,
      detail: { number: version.number, effectiveFrom: version.effectiveFrom, substance: version.substance },
    })
    await t.emit({ type: 'user-rule.adopted', payload: { rule: row.ruleId, version: row.id } })
    return result
  })
}

/**
 * Ends a rule without a version to follow, from a day on: the system is retired, or it was folded into another rule.
 * @throws AppError `not-found`, `not-permitted`, `wrong-state`, `bad-input` (a day that has passed)
 */
export function endVersion(
  deps: EditDeps,
  actor: Actor,
  input: { readonly id: string; readonly seen: number; readonly from: string; readonly because: string },
): Promise<void> {
  return deps.tx(actor, async (t) => {
    const loaded = await openVersion(deps, t, { ...input, what: 'adopt', state: 'adopted' })
    const today = officeDay(t.at, deps.timeZone)
    if (loaded.version.state === 'ended')
      throw new AppError('wrong-state', { what: 'rule-version', from: 'ended', needs: 'in-force' })
    if (input.from < today) throw new AppError('bad-input', { field: 'from', earliest: today })
    await sql`update rule_version set ended_from = ${input.from}::date, ended_because = ${input.because},
      version = version + 1, updated_at = ${t.at.toISOString()} where id = ${loaded.row.id}`.execute(t.db)
    await tell(t, { ...eventOf(loaded), type: 'ended', detail: { from: input.from } })
  })
}
