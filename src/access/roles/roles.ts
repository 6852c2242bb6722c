import { sql } from 'kysely'

import type { Role } from '#access/model.ts'
import type { Db } from '#platform/database.ts'

export type RoleHeld = {
  readonly role: Role
  /** For which, and for what lies below it, the role is held. */
  readonly organisationId: string
  /** The person whose deputy this is; absent for a role of one's own. */
  readonly onBehalfOf?: string
  /** Of the contact of a supplier: which one. */
  readonly supplierId?: string
  /** The last day, inclusive; null without end. */
  readonly until: string | null
}

/**
 * What a person may act as on one day: own roles first, then those held as somebody's deputy. Nobody who is disabled has any.
 * Runs before anybody is signed in, so the caller gives a connection that sees the tables (`asSystem`).
 * @param today  day of the office, `YYYY-MM-DD` (`todayOf`)
 */
export async function rolesHeldToday(db: Db, personId: string, today: string): Promise<RoleHeld[]> {
  const { rows } = await sql<{
    role: Role
    organisationId: string
    onBehalfOf: string | null
    supplierId: string | null
    until: string | null
  }>`
    select role, organisation_id as "organisationId", on_behalf_of as "onBehalfOf", supplier_id as "supplierId", to_date as until
    from roles_on(${personId}::uuid, ${today}::date)
    order by on_behalf_of nulls first, role, organisation_id`.execute(db)
  return rows.map(({ role, organisationId, onBehalfOf, supplierId, until }) => ({
    role,
    organisationId,
    until,
    ...(onBehalfOf === null ? {} : { onBehalfOf }),
    ...(supplierId === null ? {} : { supplierId }),
  }))
}
