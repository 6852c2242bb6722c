import { sql } from 'kysely'

import type { HeldRole } from '#access/people/api.ts'
import type { Place } from '#access/sign-in/admit-person.ts'
import type { ClaimedRole } from '#access/sign-in/read-claims.ts'
import type { Tx } from '#audit/transaction.ts'

import { type HeldRow, insertRole, overlapping, rolesFrom, tellRole } from './store-roles.ts'

const dayBefore = (day: string) => new Date(Date.parse(day) - 86_400_000).toISOString().slice(0, 10)

/**
 * Makes the roles that come from a provider those that it claims now. Roles that were entered here, or that another
 * provider claims, stay as they are.
 */
export async function claimRoles(
  t: Tx,
  given: {
    readonly personId: string
    readonly provider: string
    readonly claimed: readonly ClaimedRole[]
    readonly place: Place
    readonly today: string
  },
): Promise<void> {
  const { personId, provider, place, today } = given
  const wanted = given.claimed.map(({ role, heldFor }) => ({
    role: role as HeldRole,
    organisationId: heldFor === 'ministry' ? place.path[0]! : place.id,
  }))
  const same = (held: HeldRow) => wanted.some((w) => w.role === held.role && w.organisationId === held.organisationId)
  const held = (await rolesFrom(t.db, personId, today)).filter((one) => one.provider === provider)
  for (const one of held) if (!same(one)) await endRole(t, one, today)
  for (const one of wanted) {
    const span = { personId, ...one, supplierId: null, from: today, to: null }
    if (!(await overlapping(t.db, span))) await insertRole(t, { ...span, provider })
  }
}

/** From today on it is not held; what was held until yesterday stays on record. */
async function endRole(t: Tx, held: HeldRow, today: string): Promise<void> {
  const to = dayBefore(today)
  if (held.from > to) await sql`delete from role_held where id = ${held.id}`.execute(t.db)
  else await sql`update role_held set to_date = ${to} where id = ${held.id}`.execute(t.db)
  await tellRole(t, 'ended', { ...held, to })
}
