import { sql } from 'kysely'

import type { Tx } from '#audit/transaction.ts'
import { AppError } from '#platform/errors.ts'

import type { Facts, Verdict } from './model.ts'
import { staleFacts } from './model-facts.ts'
import { useRecordOf } from './save-systems.ts'
import { loadNames } from './store-names.ts'
import { loadSystems, type StoredSystem, type StoredUse, systemsOfUses } from './store-read.ts'
import { updateUses } from './store-rows.ts'

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

const part = 500

/** Many at once, for a new edition that judges everything again. */
export async function recordVerdicts(t: Tx, records: readonly VerdictRecord[]): Promise<void> {
  const systems = await systemsOfUses(
    t.db,
    records.map((r) => r.useId),
  )
  const missing = records.find((r) => !systems.has(r.useId))
  if (missing) throw new AppError('not-found', { use: missing.useId })
  const ids = [...new Set(systems.values())].toSorted()
  const byUse = new Map(records.map((record) => [record.useId, record]))
  for (let i = 0; i < ids.length; i += part) await recordPart(t, ids.slice(i, i + part), byUse)
}

async function recordPart(
  t: Tx,
  systemIds: readonly string[],
  byUse: ReadonlyMap<string, VerdictRecord>,
): Promise<void> {
  const systems = await loadSystems(t.db, systemIds, true)
  const at = t.at.toISOString()
  const records = systems.flatMap((system) => system.uses.flatMap((use) => byUse.get(use.id) ?? []))
  await sql`update ai_use u set verdict = r.verdict, ruled_verdict = r."ruledVerdict", assessment_id = r."assessmentId",
      judged = r.judged, rests_on = r."restsOn"
    from jsonb_to_recordset(${JSON.stringify(records)}::jsonb) as r("useId" uuid, verdict text, "ruledVerdict" text,
      "assessmentId" uuid, judged boolean, "restsOn" jsonb)
    where u.id = r."useId"`.execute(t.db)
  const names = await loadNames(t.db, systems)
  const after = (system: StoredSystem, use: StoredUse): StoredUse => {
    const record = byUse.get(use.id)
    return record ? weighed(system, use, record, at) : use
  }
  await updateUses(
    t,
    systems.flatMap((system) => system.uses.map((use) => useRecordOf(system, after(system, use), names))),
  )
}

/** The facts may have moved on while the assessment was being written: what it rests on says so at once. */
function weighed(system: StoredSystem, use: StoredUse, record: VerdictRecord, at: string): StoredUse {
  const stale = staleFacts(record.restsOn, { ...system.facts, ...use.facts }, use.staleFacts, at)
  return { ...use, ...record, staleFacts: stale, stale: stale.length > 0, updatedAt: at }
}
