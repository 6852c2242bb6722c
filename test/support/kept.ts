import { sql } from 'kysely'

import type { Db } from '#platform/database.ts'

import { tenbin } from './tenbin.ts'
import type { Told } from './writers.ts'

/**
 * Compares what writers were told with what the database holds.
 * @returns every fault in a line: a change that is lost, a history or a log that has another number of entries
 */
export async function faultsOf(db: Db, told: readonly Told[]): Promise<string[]> {
  const { rows } = await sql<{
    id: string
    version: number
    log: number
    history: { version: number; fields: string }[]
  }>`
    select s.id, s.version,
      (select count(*)::int from audit_entry a where a.item_id = s.id) as log,
      (select jsonb_agg(jsonb_build_object('version', c.version, 'fields', c.fields::text)) from change c where c.system_id = s.id) as history
    from ai_system s`.execute(db)
  const kept = new Map(rows.map((row) => [row.id, row]))
  const faults: string[] = []
  for (const { systemId, version, name } of told) {
    const row = kept.get(systemId)
    if (row === undefined) faults.push(`${systemId} is lost`)
    else if (row.version < version) faults.push(`${systemId}: version ${version} is lost, ${row.version} is there`)
    else if (row.history.filter((h) => h.version === version && h.fields.includes(name)).length !== 1)
      faults.push(`${systemId}: history of version ${version} is not there once`)
  }
  for (const id of new Set(told.map((one) => one.systemId))) {
    const row = kept.get(id)
    if (row && row.log !== row.version) faults.push(`${id}: ${row.log} entries in the log for ${row.version} versions`)
  }
  return faults
}

/** Verifies the whole log of a server that has stopped, as an auditor does. @returns what the command says is wrong */
export async function logFaults(dataDir: string, env: NodeJS.ProcessEnv): Promise<string[]> {
  const ran = await tenbin(['audit', 'verify', '--json'], { dataDir, env })
  if (ran.exit === 0 && (ran.json() as { ok?: boolean }).ok === true) return []
  return [ran.out, ran.said]
}
