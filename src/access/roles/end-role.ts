import { sql } from 'kysely'

import { todayOf } from '#access/office-day.ts'
import { dayAfter, type PeopleDeps, touchPerson } from '#access/people/keep-people.ts'
import { keepAnAdministrator } from '#access/people/people-rules.ts'
import type { Actor, Tx } from '#audit/transaction.ts'
import { AppError } from '#platform/errors.ts'

import { type HeldRow, roleHeldById, tellRole } from './store-roles.ts'

/**
 * Ends a role.
 * @param input `to`: the last day, inclusive; yesterday ends it at once, with the sessions in it. A role that had not begun
 *   by then is taken back.
 * @returns the people whose sessions were closed
 * @throws AppError `not-found`, `not-permitted`, `bad-input` (a day before yesterday), `wrong-state` (the last
 *   administrator; given by the claims of a provider; ended already)
 */
export function endRole(deps: PeopleDeps, actor: Actor, input: { id: string; to: string }): Promise<string[]> {
  return deps.tx(actor, (t) => endRoleIn(t, deps, input))
}

export async function endRoleIn(t: Tx, deps: PeopleDeps, { id, to }: { id: string; to: string }): Promise<string[]> {
  const held = await roleHeldById(t.db, id)
  if (!held) throw new AppError('not-found', { role: id })
  deps.may(t.actor, 'manage-people', { organisationPath: held.path })
  const yesterday = dayAfter(todayOf(deps), -1)
  if (to < yesterday) throw new AppError('bad-input', { reason: 'past-day', least: yesterday })
  if (held.to !== null && held.to <= to && held.to <= yesterday)
    throw new AppError('wrong-state', { reason: 'ended-already', to: held.to })
  // Otherwise the next sign-in would bring it back, or an end of one's own would be silently undone.
  if (held.provider !== null) throw new AppError('wrong-state', { reason: 'from-provider', provider: held.provider })
  if (held.role === 'administrator')
    await keepAnAdministrator(t, [{ organisationId: held.organisationId, personId: held.personId, lastDay: to }])
  await writeEnd(t, held, to)
  const closed = to <= yesterday ? await closeSessionsIn(t, held) : []
  await touchPerson(t, held.personId)
  return closed
}

async function writeEnd(t: Tx, held: HeldRow, to: string): Promise<void> {
  const { id } = held
  if (to < held.from) await sql`delete from role_held where id = ${id}`.execute(t.db)
  else {
    await sql`update role_held set to_date = ${to} where id = ${id}`.execute(t.db)
    // A deputy does not outlast the role.
    await sql`delete from deputy where role_held_id = ${id} and from_date > ${to}`.execute(t.db)
    await sql`update deputy set to_date = ${to} where role_held_id = ${id} and to_date > ${to}`.execute(t.db)
  }
  await tellRole(t, 'ended', { ...held, to })
}

/** Sessions of the holder and of deputies in this role are over now; others of theirs go on. */
async function closeSessionsIn(t: Tx, { personId, role, organisationId }: HeldRow): Promise<string[]> {
  return t.asSystem(async () => {
    const { rows } = await sql<{
      id: string
    }>`delete from session where role = ${role} and organisation_id = ${organisationId}
      and (person_id = ${personId} or on_behalf_of = ${personId}) returning person_id as id`.execute(t.db)
    return rows.map((row) => row.id)
  })
}
