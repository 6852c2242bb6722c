import { sql } from 'kysely'

import { systemActor } from '#access/nobody.ts'
import type { RunTx } from '#audit/transaction.ts'
import type { Now } from '#platform/ids.ts'
import { daily, type Handler } from '#platform/jobs.ts'
import { todayInTokyo } from '#register/move-stage.ts'

import type { DeskRules } from './desk-rules.ts'
import { addOfficeDays } from './office-days.ts'

type JobDeps = { readonly tx: RunTx; readonly now: Now; readonly deskRules: DeskRules }

/** Every morning the desk is reminded of questions whose deadline is near; each deadline is told of once. */
export const deskJobs = (deps: JobDeps): readonly Handler[] => [
  daily('desk.deadlines', '07:10', () => tellDeadlines(deps)),
]

/** Tells listeners which open questions are due within the days of the rule, or are past their day. */
export function tellDeadlines({ tx, now, deskRules }: JobDeps): Promise<void> {
  const until = addOfficeDays(deskRules.closed, todayInTokyo(now()), deskRules.remind.officeDays)
  return tx(systemActor, async (t) => {
    const { rows } = await sql<{ id: string }>`
      select id from consultation where state in ('asked', 'taken') and deadline <= ${until}::date order by id`.execute(
      t.db,
    )
    if (rows.length > 0) await t.emit({ type: 'desk.due-soon', payload: { consultations: rows.map((row) => row.id) } })
  })
}
