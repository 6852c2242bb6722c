import { sql } from 'kysely'

import { officeDay } from '#access/office-day.ts'
import type { Actor } from '#audit/transaction.ts'
import { AppError } from '#platform/errors.ts'
import type { UserRulesDeps } from '#user-rules/deps.ts'

import { addUp, followedPlace, rollUp } from './follow.ts'
import { countPlaces, lastReminder, placesBelow } from './store-follow.ts'

/**
 * Has everybody of a place and below it told who must still acknowledge: at most once a day. They are told by a job.
 * @returns how many there are now
 * @throws AppError `not-permitted`, `not-found`, `wrong-state` (reason `told-today`, `nobody-missing`)
 */
export function remindStaff(
  deps: Pick<UserRulesDeps, 'tx' | 'may' | 'timeZone' | 'acknowledging'>,
  actor: Actor,
  asked: { readonly rule: string; readonly organisation: string },
): Promise<{ people: number }> {
  return deps.tx(actor, async (t) => {
    const on = officeDay(t.at, deps.timeZone)
    const { rule, place } = await followedPlace({ db: t.db, may: deps.may }, actor, { ...asked, on })
    deps.may(actor, 'remind-staff', { organisationPath: place.path })
    const last = await lastReminder(t.db, rule.versionId, place.path, on)
    if (last?.today) throw new AppError('wrong-state', { reason: 'told-today' })
    const counts = await countPlaces(t.db, rule, on, deps.acknowledging.dueDays)
    const { earlier, never } = addUp([rollUp(place.id, await placesBelow(t.db, place.id), counts).total])
    const people = earlier + never
    if (people === 0) throw new AppError('wrong-state', { reason: 'nobody-missing' })
    const told =
      await sql`insert into acknowledgement_reminder (id, at, on_day, rule_id, version_id, organisation_id, people, asked_by)
      values (${t.newId()}, ${t.at.toISOString()}, ${on}, ${rule.ruleId}, ${rule.versionId}, ${place.id}, ${people}, ${actor.personId})
      on conflict (version_id, organisation_id, on_day) do nothing returning 1 as n`.execute(t.db)
    if (told.rows.length === 0) throw new AppError('wrong-state', { reason: 'told-today' })
    await t.append({
      type: 'rule.staff-reminded',
      itemKind: 'rule-version',
      itemId: rule.versionId,
      organisationId: place.id,
      detail: { people },
    })
    await t.emit({
      type: 'user-rule.staff-asked',
      payload: {
        rule: rule.ruleId,
        version: rule.versionId,
        organisation: rule.organisationId,
        place: place.id,
        askedNumber: rule.askedNumber,
        askedFrom: rule.askedFrom,
        day: on,
        dueDays: deps.acknowledging.dueDays,
        until: null,
        cause: `${rule.ruleId} ${rule.askedNumber} reminded ${on}`,
      },
    })
    return { people }
  })
}
