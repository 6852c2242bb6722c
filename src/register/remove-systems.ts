import { sql } from 'kysely'

import type { Tx } from '#audit/transaction.ts'

import { insertChanges } from './store-write.ts'

/**
 * Takes the systems of an import out of the register again, with what was weighed since. Their history stays, and says
 * that they were removed. Whoever calls has asked access.
 * @returns how many were removed, and how many of them had been changed or weighed after the import
 */
export async function removeSystemsOfImport(
  t: Tx,
  importId: string,
): Promise<{ removed: number; editedSince: number }> {
  const { rows } = await sql<{ id: string; organisationId: string; version: number; edited: boolean }>`
    select id, organisation_id as "organisationId", version, ${edited} as edited
    from ai_system s where import_id = ${importId}::uuid order by id for update`.execute(t.db)
  if (rows.length === 0) return { removed: 0, editedSince: 0 }
  await sql`delete from ai_system where import_id = ${importId}::uuid`.execute(t.db)
  await insertChanges(
    t,
    rows.map((row) => ({
      systemId: row.id,
      useId: null,
      organisationId: row.organisationId,
      kind: 'removed' as const,
      reason: null,
      fields: [],
      version: row.version + 1,
    })),
  )
  await t.append(
    rows.map((row) => ({
      type: 'system.removed',
      itemKind: 'ai-system',
      itemId: row.id,
      organisationId: row.organisationId,
      detail: { importId, edited: row.edited },
    })),
  )
  await t.emit({ type: 'register.systems-removed', payload: { importId, systemIds: rows.map((row) => row.id) } })
  return { removed: rows.length, editedSince: rows.filter((row) => row.edited).length }
}

const edited = sql`(s.version > 1 or exists (select 1 from ai_use u where u.system_id = s.id and u.assessment_id is not null))`

/** How many systems of an import were changed or weighed since: for the question before it is undone. */
export async function editedSinceImport(db: Tx['db'], importId: string): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select count(*)::int as n from ai_system s where import_id = ${importId}::uuid and ${edited}`.execute(db)
  return rows[0]!.n
}
