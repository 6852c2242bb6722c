import { sql } from 'kysely'

import type { Db } from '#platform/database.ts'

/** Where a system stands in the tree of organisations; nothing when it is not there or may not be seen. */
export async function placeOfSystem(
  db: Db,
  id: string,
): Promise<{ organisationId: string; organisationPath: string[] } | undefined> {
  const { rows } = await sql<{ organisationId: string; organisationPath: string[] }>`
    select s.organisation_id as "organisationId", o.path as "organisationPath"
    from ai_system s join organisation o on o.id = s.organisation_id where s.id = ${id}`.execute(db)
  return rows[0]
}
