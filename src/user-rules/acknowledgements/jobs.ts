import { sql } from 'kysely'

import { systemActor } from '#access/nobody.ts'
import { officeDay } from '#access/office-day.ts'
import type { Tx } from '#audit/transaction.ts'
import { daily, type Handler, listens } from '#platform/jobs.ts'
import type { UserRulesDeps } from '#user-rules/deps.ts'

import { daysAfter } from './model.ts'

type Deps = Pick<UserRulesDeps, 'tx' | 'timeZone' | 'acknowledging'>
type Asking = {
  readonly rule: string
  readonly version: string
  readonly organisation: string
  readonly number: number
  readonly askedNumber: number
  readonly askedFrom: string
}

/**
 * Staff are told by the room of notifications, which hears these events: all who must acknowledge when a version comes into
 * force, who arrived since the day before, and those whose last day is near. Told again, nobody hears it twice.
 */
export const acknowledgementJobs = (deps: Deps): readonly Handler[] => [
  listens('acknowledgements.ask', ['user-rule.in-force'], () => deps.tx(systemActor, (t) => ask(deps, t, 'in-force'))),
  daily('acknowledgements.ask-daily', '07:10', () =>
    deps.tx(systemActor, async (t) => {
      await ask(deps, t, 'in-force')
      await ask(deps, t, 'due-soon')
    }),
  ),
]

async function ask({ timeZone, acknowledging }: Deps, t: Tx, reason: 'in-force' | 'due-soon'): Promise<void> {
  const day = officeDay(t.at, timeZone)
  const { rows } = await sql<Asking>`
    select rule_id as rule, version_id as version, organisation_id as organisation, number, asked_number as "askedNumber",
      asked_from as "askedFrom" from rules_asking(${day}::date)`.execute(t.db)
  const { dueDays, remindDays } = acknowledging
  for (const { rule, version, organisation, askedNumber, askedFrom } of rows) {
    // Named after the version in substance: one that changes words alone asks nobody again.
    const cause = reason === 'in-force' ? `${rule} ${askedNumber}` : `${rule} ${askedNumber} due`
    const until = reason === 'due-soon' ? daysAfter(day, remindDays) : null
    await t.emit({
      type: 'user-rule.staff-asked',
      payload: { rule, version, organisation, place: null, askedNumber, askedFrom, day, dueDays, until, cause },
    })
  }
}
