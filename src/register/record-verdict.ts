import { sql } from 'kysely'

import type { Tx } from '#audit/transaction.ts'
import { AppError } from '#platform/errors.ts'

import type { Facts, Verdict } from './model.ts'
import { staleFacts } from './model-facts.ts'
import { rebuildRows } from './save-systems.ts'
import { loadSystems, systemsOfUses } from './store-read.ts'

export type VerdictRecord = {
  readonly useId: string
  /** What holds: the judgement of the Chief AI Officer where there is one, else what the rule says. */
  readonly verdict: Verdict
  /** What the rule says, where it was decided otherwise; both stay visible. */
  readonly ruledVerdict: Verdict | null
  readonly assessmentId: string
  /** The Chief AI Officer has decided on this assessment, as the rule says or otherwise. */
  readonly judged: boolean
  /** The facts of the register the verdict rests on, as they were weighed, by field. */
  readonly restsOn: Facts
}

/**
 * What the finder decided, as the register shows it; called within the finder's own transaction, which has asked access
 * and writes the audit entry. A verdict is no change of the facts: the version of the system stays.
 * @throws AppError `not-found`
 */
export async function recordVerdict(t: Tx, record: VerdictRecord): Promise<void> {
  await recordVerdicts(t, [record])
}

/** Many at once, for a new edition that judges everything again. */
export async function recordVerdicts(t: Tx, records: readonly VerdictRecord[]): Promise<void> {
  if (records.length === 0) return
  const systems = await systemsOfUses(
    t.db,
    records.map((r) => r.useId),
  )
  const missing = records.find((r) => !systems.has(r.useId))
  if (missing) throw new AppError('not-found', { use: missing.useId })
  const systemIds = [...new Set(systems.values())].toSorted()
  await sql`select 1 from ai_system where id = any(${systemIds}::uuid[]) order by id for update`.execute(t.db)
  const at = t.at.toISOString()
  await sql`update ai_use u set verdict = r.verdict, ruled_verdict = r."ruledVerdict", assessment_id = r."assessmentId",
      judged = r.judged, rests_on = r."restsOn", updated_at = ${at}::timestamptz
    from jsonb_to_recordset(${JSON.stringify(records)}::jsonb)
      as r("useId" uuid, verdict text, "ruledVerdict" text, "assessmentId" uuid, judged boolean, "restsOn" jsonb)
    where u.id = r."useId"`.execute(t.db)
  // The facts may have moved on while the assessment was being written: what it rests on says so at once.
  await sql`update ai_use u set stale = r.stale, stale_facts = r."staleFacts"
    from jsonb_to_recordset(${JSON.stringify(await staleNow(t, records, systems, at))}::jsonb)
      as r(id uuid, stale boolean, "staleFacts" jsonb)
    where u.id = r.id`.execute(t.db)
  await rebuildRows(t, systemIds)
}

async function staleNow(
  t: Tx,
  records: readonly VerdictRecord[],
  systems: ReadonlyMap<string, string>,
  at: string,
): Promise<{ id: string; stale: boolean; staleFacts: unknown }[]> {
  const loaded = await loadSystems(t.db, [...new Set(systems.values())])
  const found = new Map(loaded.map((system) => [system.id, system]))
  return records.map((record) => {
    const system = found.get(systems.get(record.useId)!)!
    const use = system.uses.find((one) => one.id === record.useId)!
    const stale = staleFacts(record.restsOn, { ...system.facts, ...use.facts }, use.staleFacts, at)
    return { id: record.useId, stale: stale.length > 0, staleFacts: stale }
  })
}
