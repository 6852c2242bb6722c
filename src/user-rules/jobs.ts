import { sql } from 'kysely'

import { systemActor } from '#access/nobody.ts'
import { officeDay } from '#access/office-day.ts'
import type { RunTx, Tx } from '#audit/transaction.ts'
import type { Db } from '#platform/database.ts'
import type { Now } from '#platform/ids.ts'
import { daily, type Handler } from '#platform/jobs.ts'
import { asSystem } from '#platform/scope.ts'

import { tell } from './store-write.ts'

type JobDeps = { readonly db: Db; readonly tx: RunTx; readonly now: Now; readonly timeZone: string }

type Begun = { id: string; ruleId: string; organisationId: string; systemId: string | null; effectiveFrom: string }

/** Tells once, on its first day, that a version is in force. @returns how many were told */
export async function tellInForce(deps: JobDeps): Promise<number> {
  const today = officeDay(deps.now(), deps.timeZone)
  return asSystem(async () => {
    const { rows } = await sql<Begun>`
      select id, rule_id as "ruleId", organisation_id as "organisationId", system_id as "systemId",
        effective_from as "effectiveFrom"
      from rule_version where state = 'adopted' and not told_in_force and effective_from <= ${today}::date
      order by effective_from, id`.execute(deps.db)
    // Nobody takes the step into force: it is a matter of the date.
    for (const begun of rows)
      await deps.tx({ ...systemActor, organisationId: begun.organisationId }, (t) => tellOne(t, begun))
    return rows.length
  })
}

async function tellOne(t: Tx, { id, ruleId, organisationId, systemId, effectiveFrom }: Begun): Promise<void> {
  const marked = await sql`update rule_version set told_in_force = true where id = ${id} and not told_in_force`.execute(
    t.db,
  )
  if (marked.numAffectedRows === 0n) return
  const event = { ruleId, versionId: id, organisationId, systemId }
  await tell(t, { ...event, type: 'in-force', detail: { from: effectiveFrom } })
  await t.emit({ type: 'user-rule.in-force', payload: { rule: ruleId, version: id } })
}

/** Just after midnight of the office. */
export const userRuleJobs = (deps: JobDeps): readonly Handler[] => [
  daily('user-rules.tell-in-force', '00:05', async () => void (await tellInForce(deps))),
]
