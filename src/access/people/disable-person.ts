import { sql } from 'kysely'

import { todayOf } from '#access/office-day.ts'
import type { Actor, Tx } from '#audit/transaction.ts'

import { closeDoors, dayAfter, mayGo, type PeopleDeps, personToChange } from './keep-people.ts'
import { refuseOneself } from './people-rules.ts'

/**
 * Shuts a person out at once: sessions and tokens die, roles stay as they are and come back with `enable`.
 * @throws AppError `not-found`, `not-permitted` (also oneself), `wrong-state` (erased, or the last administrator)
 */
export function disablePerson(deps: PeopleDeps, actor: Actor, id: string): Promise<void> {
  return deps.tx(actor, (t) => disablePersonIn(t, deps, id))
}

export async function disablePersonIn(t: Tx, deps: PeopleDeps, id: string): Promise<void> {
  refuseOneself(t.actor, id, 'manage-people')
  const seen = await personToChange(t, deps, id)
  if (seen.disabledAt !== null) return
  await mayGo(t, id, dayAfter(todayOf(deps), -1))
  await setDisabled(t, id, true)
  await closeDoors(t, id)
  await tell(t, 'person.disabled', id, seen.organisationId)
}

/** Lets a person in again, with the roles that still count. Tokens stay revoked. */
export function enablePerson(deps: PeopleDeps, actor: Actor, id: string): Promise<void> {
  return deps.tx(actor, (t) => enablePersonIn(t, deps, id))
}

export async function enablePersonIn(t: Tx, deps: PeopleDeps, id: string): Promise<void> {
  refuseOneself(t.actor, id, 'manage-people')
  const seen = await personToChange(t, deps, id)
  if (seen.disabledAt === null) return
  await setDisabled(t, id, false)
  await tell(t, 'person.enabled', id, seen.organisationId)
}

async function setDisabled(t: Tx, id: string, disabled: boolean): Promise<void> {
  const at = t.at.toISOString()
  await sql`update person set disabled_at = ${disabled ? at : null}, disabled_by = ${disabled ? t.actor.personId : null},
    version = version + 1, updated_at = ${at} where id = ${id}`.execute(t.db)
}

const tell = (t: Tx, type: string, itemId: string, organisationId: string) =>
  t.append({ type, itemKind: 'person', itemId, organisationId })
