import { sql } from 'kysely'

import type { Actor, Tx } from '#audit/transaction.ts'
import { AppError } from '#platform/errors.ts'

import { dayAfter, type PeopleDeps, touchPerson } from '#access/people/keep-people.ts'
import { todayOf } from '#access/office-day.ts'
import type { NewDeputy } from '#access/people/api.ts'
import { refuseOneself } from '#access/people/people-rules.ts'
import { personById } from '#access/people/store-people.ts'
import { type HeldRow, roleHeldById, tellRole } from './store-roles.ts'

/** Longer than this nobody is represented; then the role itself is given. Our preset, days. */
export const longestDeputy = 366

/**
 * Names who acts for the holder of a role, from one day to another. The holder does it for the own role, an administrator
 * for all below; a deputy names no deputy.
 * @throws AppError `not-found`, `not-permitted`, `bad-input` (days), `wrong-state` (disabled, the role is over),
 *   `already-exists` (the same deputy in the same days)
 */
export function nameDeputy(
  deps: PeopleDeps,
  actor: Actor,
  input: NewDeputy & { roleHeldId: string },
): Promise<{ id: string }> {
  return deps.tx(actor, async (t) => {
    const held = await roleToRepresent(t, deps, input.roleHeldId)
    if (actor.personId !== held.personId) refuseOneself(actor, input.personId, 'name-deputy')
    await refuseUnfit(t, deps, held, input)
    const id = t.newId()
    const { personId, from, to } = input
    // The holder may have a role that writes nothing else, such as that of the desk.
    await t.asSystem(async () => {
      await sql`insert into deputy (id, role_held_id, person_id, organisation_id, from_date, to_date, created_at, created_by)
        values (${id}, ${held.id}, ${personId}, ${held.organisationId}, ${from}, ${to}, ${t.at.toISOString()}, ${actor.personId})`.execute(
        t.db,
      )
      await tellRole(t, 'deputy-named', { ...held, from, to, deputyId: personId })
    })
    await touchPerson(t, held.personId)
    return { id }
  })
}

async function roleToRepresent(t: Tx, deps: Pick<PeopleDeps, 'may'>, id: string): Promise<HeldRow> {
  const held = await roleHeldById(t.db, id)
  if (!held) throw new AppError('not-found', { role: id })
  deps.may(t.actor, 'name-deputy', { organisationPath: held.path })
  if (t.actor.onBehalfOf !== undefined) throw new AppError('not-permitted', { action: 'name-deputy', reason: 'deputy' })
  const own = held.personId === t.actor.personId && held.role === t.actor.role
  // Who does not hold the role needs the right over people.
  if (!own) deps.may(t.actor, 'manage-people', { organisationPath: held.path })
  return held
}

async function refuseUnfit(t: Tx, deps: PeopleDeps, held: HeldRow, { personId, from, to }: NewDeputy): Promise<void> {
  if (personId === held.personId) throw new AppError('bad-input', { reason: 'deputy-of-oneself' })
  if (to < from) throw new AppError('bad-input', { reason: 'ends-before-it-begins', from, to })
  const today = todayOf(deps)
  if (to < today) throw new AppError('bad-input', { reason: 'past-day', least: today })
  if (dayAfter(from, longestDeputy) < to) throw new AppError('bad-input', { reason: 'too-long', days: longestDeputy })
  if (held.to !== null && held.to < from) throw new AppError('wrong-state', { reason: 'role-over', to: held.to })
  const person = await personById(t.db, personId)
  if (!person) throw new AppError('not-found', { person: personId })
  if (person.disabledAt !== null) throw new AppError('wrong-state', { reason: 'disabled', person: personId })
  // A supplier's contact acts for that supplier; others act within one ministry.
  if (person.path[0] !== held.path[0]) throw new AppError('not-permitted', { action: 'name-deputy', outside: true })
  const { rows } = await sql<{ there: boolean }>`select exists (select 1 from deputy where role_held_id = ${held.id}
    and person_id = ${personId} and from_date <= ${to} and to_date >= ${from}) as there`.execute(t.db)
  if (rows[0]!.there) throw new AppError('already-exists', { what: 'deputy' })
}

/**
 * Ends a deputy: by the holder, by an administrator, or by the deputy.
 * @param input `to`: the last day; yesterday ends it at once
 * @returns the person who was the deputy
 * @throws AppError `not-found`, `not-permitted`, `bad-input` (a day before yesterday)
 */
export function endDeputy(deps: PeopleDeps, actor: Actor, { id, to }: { id: string; to: string }): Promise<string> {
  return deps.tx(actor, async (t) => {
    const { rows } = await sql<{ personId: string; roleHeldId: string; from: string; to: string }>`
      select person_id as "personId", role_held_id as "roleHeldId", from_date as "from", to_date as "to" from deputy where id = ${id}`.execute(
      t.db,
    )
    const row = rows[0]
    const held = row && (await roleHeldById(t.db, row.roleHeldId))
    if (!row || !held) throw new AppError('not-found', { deputy: id })
    if (row.personId !== actor.personId) await roleToRepresent(t, deps, held.id)
    const yesterday = dayAfter(todayOf(deps), -1)
    if (to < yesterday) throw new AppError('bad-input', { reason: 'past-day', least: yesterday })
    const last = to < row.to ? to : row.to
    await t.asSystem(async () => {
      if (last < row.from) await sql`delete from deputy where id = ${id}`.execute(t.db)
      else await sql`update deputy set to_date = ${last} where id = ${id}`.execute(t.db)
      if (last <= yesterday)
        await sql`delete from session where person_id = ${row.personId} and on_behalf_of = ${held.personId}
          and role = ${held.role} and organisation_id = ${held.organisationId}`.execute(t.db)
      await tellRole(t, 'deputy-ended', { ...held, from: row.from, to: last, deputyId: row.personId })
    })
    await touchPerson(t, held.personId)
    return row.personId
  })
}
