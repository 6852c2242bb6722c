import { sql } from 'kysely'

import type { Tx } from '#audit/transaction.ts'
import { txOver } from '#audit/transaction.ts'
import { insertAssessments, insertJudgement } from '#finder/store.ts'
import type { NewId } from '#platform/ids.ts'
import { recordVerdicts } from '#register/record-verdict.ts'
import { recordOf, useRecordOf } from '#register/save-systems.ts'
import { loadNames } from '#register/store-names.ts'
import { insertUses, updateUses } from '#register/store-rows.ts'
import { insertChanges, insertSystems } from '#register/store-write.ts'

import { countedIds } from './ids.ts'
import type { Deed, Life } from './live.ts'

/**
 * Writes systems as they stand at the end, and each deed that led there at its own moment and by its own person.
 * @param newId ids of log entries, which outlive the demonstration
 */
export async function writeLives(t: Tx, newId: NewId, lives: readonly Life[]): Promise<void> {
  const systems = lives.map((life) => life.system)
  const names = await loadNames(t.db, systems)
  const uses = systems.flatMap((system) => system.uses.map((use) => useRecordOf(system, use, names)))
  await insertSystems(
    t,
    systems.map((system) => recordOf(system, system.version)),
  )
  await insertUses(t, uses)
  const rowIds = countedIds('deed')
  const deeds = lives.flatMap((life) => life.deeds).toSorted((a, b) => a.moment.getTime() - b.moment.getTime())
  for (const deed of deeds) await writeDeed(t, { newId, rowIds }, deed)
  await recordVerdicts(
    t,
    systems
      .flatMap((system) => system.uses)
      .flatMap((use) => {
        const { id, assessmentId, verdict, ruledVerdict, restsOn, judged } = use
        return assessmentId === null ? [] : [{ useId: id, assessmentId, verdict, ruledVerdict, restsOn, judged }]
      }),
  )
  // Last, because what is written above is dated now.
  await updateUses(t, uses)
  await dateSystems(t, lives)
}

async function writeDeed(t: Tx, ids: { newId: NewId; rowIds: NewId }, deed: Deed): Promise<void> {
  const then = txOver(t.db, { actor: deed.actor, at: deed.moment, newId: ids.newId })
  const rows = { ...then, newId: ids.rowIds }
  if (deed.changes) await insertChanges(rows, deed.changes)
  if (deed.assessment) await insertAssessments(rows, [deed.assessment])
  if (deed.judgement) await insertJudgement(rows, deed.judgement)
  // Nobody is told by an event: none of this happens now.
  await then.append(deed.entries)
}

/** Who entered a system and who changed it last, and when. */
async function dateSystems(t: Tx, lives: readonly Life[]): Promise<void> {
  const rows = lives.map(({ system, deeds }) => {
    const changing = deeds.filter((deed) => deed.changes).toSorted((a, b) => a.moment.getTime() - b.moment.getTime())
    const { id, createdAt, updatedAt } = system
    return {
      id,
      createdAt,
      updatedAt,
      createdBy: changing[0]!.actor.personId,
      updatedBy: changing.at(-1)!.actor.personId,
    }
  })
  await sql`update ai_system s set created_at = r."createdAt", created_by = r."createdBy", updated_at = r."updatedAt",
      updated_by = r."updatedBy"
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(id uuid, "createdAt" timestamptz, "createdBy" uuid,
      "updatedAt" timestamptz, "updatedBy" uuid) where s.id = r.id`.execute(t.db)
}
