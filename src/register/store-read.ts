import { sql } from 'kysely'

import type { Db } from '#platform/database.ts'
import { lockRows } from '#platform/lock-rows.ts'

import type { Facts, Verdict } from './model.ts'
import type { StaleFact } from './model-facts.ts'

export type StoredUse = {
  readonly id: string
  readonly position: number
  readonly facts: Facts
  readonly verdict: Verdict
  readonly ruledVerdict: Verdict | null
  readonly assessmentId: string | null
  /** The Chief AI Officer has decided on that assessment. */
  readonly judged: boolean
  /** The facts the verdict rests on, as they were weighed. */
  readonly restsOn: Facts
  readonly staleFacts: readonly StaleFact[]
  readonly stale: boolean
  readonly createdAt: string
  readonly updatedAt: string
}

export type StoredSystem = {
  readonly id: string
  readonly organisationId: string
  readonly number: string
  readonly facts: Facts
  readonly version: number
  readonly importId: string | null
  readonly importRow: number | null
  readonly newBecause: string | null
  readonly demo: boolean
  readonly createdAt: string
  /** Id of who entered it. */
  readonly createdBy: string
  readonly updatedAt: string
  /** In the order of their positions; at least one. */
  readonly uses: readonly StoredUse[]
}

/**
 * Systems with their uses, in the order of their ids, so that two transactions that lock several never wait for each other.
 * @param lock holds the systems until the end of the transaction
 */
export async function loadSystems(db: Db, ids: readonly string[], lock = false): Promise<StoredSystem[]> {
  if (ids.length === 0) return []
  if (lock) await lockRows(db, 'ai_system', ids)
  const { rows: systems } = await sql<Omit<StoredSystem, 'uses'>>`
    select id, organisation_id as "organisationId", number, facts, version, import_id as "importId",
      import_row as "importRow", new_because as "newBecause", demo, created_at as "createdAt", created_by as "createdBy", updated_at as "updatedAt"
    from ai_system where id = any(${ids}::uuid[]) order by id`.execute(db)
  const { rows: uses } = await sql<StoredUse & { systemId: string }>`
    select id, system_id as "systemId", position, facts, verdict, ruled_verdict as "ruledVerdict",
      assessment_id as "assessmentId", judged, rests_on as "restsOn", stale_facts as "staleFacts", stale,
      created_at as "createdAt", updated_at as "updatedAt"
    from ai_use where system_id = any(${ids}::uuid[]) order by position`.execute(db)
  const bySystem = Map.groupBy(uses, (use) => use.systemId)
  return systems.map((system) => ({ ...system, uses: bySystem.get(system.id) ?? [] }))
}

export const loadSystem = async (db: Db, id: string, lock = false): Promise<StoredSystem | undefined> =>
  (await loadSystems(db, [id], lock))[0]

/** @returns the system of each use that is there, by use id */
export async function systemsOfUses(db: Db, useIds: readonly string[]): Promise<Map<string, string>> {
  const { rows } = await sql<{ id: string; systemId: string }>`
    select id, system_id as "systemId" from ai_use where id = any(${useIds}::uuid[])`.execute(db)
  return new Map(rows.map((row) => [row.id, row.systemId]))
}
