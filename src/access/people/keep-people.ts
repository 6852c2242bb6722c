import { sql } from 'kysely'

import type { RunTx, Tx } from '#audit/transaction.ts'
import { AppError } from '#platform/errors.ts'
import type { Now } from '#platform/ids.ts'

import type { May } from '#access/may.ts'
import type { Rights } from '#access/policies/rights.ts'
import { keepAnAdministrator } from './people-rules.ts'
import { type PersonRow, personById } from './store-people.ts'
import { rolesFrom } from '#access/roles/store-roles.ts'

/** What the use cases on people need. */
export type PeopleDeps = {
  readonly tx: RunTx
  readonly may: May
  readonly now: Now
  readonly timeZone: string
  readonly governmentOffice: string | undefined
  readonly rights: Pick<Rights, 'breadthOf'>
}

/** `YYYY-MM-DD`, so many days later. */
export const dayAfter = (day: string, days: number): string =>
  new Date(Date.parse(day) + days * 86_400_000).toISOString().slice(0, 10)

/**
 * A person to be changed: there, in the actor's organisations, and as it was seen.
 * @param version  the one that was seen; none where it does not matter
 * @throws AppError `not-found`, `not-permitted`, `changed-meanwhile`, `wrong-state` (erased)
 */
export async function personToChange(
  t: Tx,
  deps: Pick<PeopleDeps, 'may'>,
  id: string,
  version?: number,
): Promise<PersonRow> {
  const seen = await personById(t.db, id)
  if (!seen) throw new AppError('not-found', { person: id })
  deps.may(t.actor, 'manage-people', { organisationPath: seen.path })
  const row = await personById(t.db, id, true)
  if (!row) throw new AppError('not-found', { person: id })
  if (row.erasedAt !== null) throw new AppError('wrong-state', { reason: 'erased', person: id })
  if (version !== undefined && row.version !== version) throw new AppError('changed-meanwhile', { now: row.version })
  return row
}

/** Whoever goes must leave an administrator behind. @param lastDay  the last day on which the roles count */
export async function mayGo(t: Tx, personId: string, lastDay: string): Promise<void> {
  const roles = await rolesFrom(t.db, personId, lastDay)
  const going = roles.filter((h) => h.role === 'administrator' && h.from <= dayAfter(lastDay, 1))
  await keepAnAdministrator(
    t,
    going.map(({ organisationId }) => ({ organisationId, personId, lastDay })),
  )
}

/** Every way in that a person has: cookies and tokens count no longer from the end of this transaction on. */
export async function closeDoors(t: Tx, personId: string): Promise<void> {
  await t.asSystem(async () => {
    await sql`delete from session where person_id = ${personId}`.execute(t.db)
    await sql`update api_token set revoked_at = ${t.at.toISOString()}, revoked_by = ${t.actor.personId}
      where person_id = ${personId} and revoked_at is null`.execute(t.db)
  })
}

/** A new version of the person, for who has the record open and for SCIM's ETag. */
export async function touchPerson(t: Tx, id: string): Promise<void> {
  await t.asSystem(async () => {
    await sql`update person set version = version + 1, updated_at = ${t.at.toISOString()} where id = ${id}`.execute(
      t.db,
    )
  })
}
