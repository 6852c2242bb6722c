import { sql } from 'kysely'

import type { Tx } from '#audit/transaction.ts'

import { rebuildRows } from './save-systems.ts'

/**
 * Derives the rows of an organisation and of those below it anew: for who listens to `organisation.changed`, because the
 * list is sorted by the codes of organisations.
 */
export async function rebuildRowsOfOrganisation(t: Tx, organisationId: string): Promise<void> {
  const { rows } = await sql<{ id: string }>`
    select s.id from ai_system s join organisation o on o.id = s.organisation_id
    where o.path @> array[${organisationId}::uuid] order by s.id`.execute(t.db)
  await rebuildRows(
    t,
    rows.map((row) => row.id),
  )
}
