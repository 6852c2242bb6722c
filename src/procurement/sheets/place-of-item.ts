import { sql } from 'kysely'

import type { Db } from '#platform/database.ts'

/** Where an item of a check sheet stands, for the evidence attached to it. */
export async function placeOfCheckItem(
  db: Db,
  id: string,
): Promise<{ organisationId: string; organisationPath: string[] } | undefined> {
  const { rows } = await sql<{ organisationId: string; organisationPath: string[] }>`
    select i.organisation_id as "organisationId", o.path as "organisationPath"
    from check_item i join organisation o on o.id = i.organisation_id where i.id = ${id}`.execute(db)
  return rows[0]
}
