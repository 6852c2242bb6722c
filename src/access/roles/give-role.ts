import { sql } from 'kysely'

import { todayOf } from '#access/office-day.ts'
import type { NewRole } from '#access/people/api.ts'
import { type PeopleDeps, touchPerson } from '#access/people/keep-people.ts'
import { refuseAcrossMinistries, refuseOneself } from '#access/people/people-rules.ts'
import { personById } from '#access/people/store-people.ts'
import { organisationById } from '#access/store.ts'
import type { Actor, Tx } from '#audit/transaction.ts'
import { AppError } from '#platform/errors.ts'

import { insertRole, overlapping } from './store-roles.ts'

/**
 * Gives a role for an organisation and what lies below it, from one day of the office to another.
 * @throws AppError `not-found` (person, organisation, supplier), `not-permitted` (an organisation of others, oneself, a role
 *   across ministries), `bad-input` (days in the wrong order, supplier missing or too many), `wrong-state` (disabled or
 *   erased), `already-exists` (the same role in the same days)
 */
export function giveRole(
  deps: PeopleDeps,
  actor: Actor,
  input: NewRole & { personId: string },
): Promise<{ id: string }> {
  return deps.tx(actor, (t) => giveRoleIn(t, deps, input))
}

export async function giveRoleIn(
  t: Tx,
  deps: PeopleDeps,
  input: NewRole & { personId: string },
): Promise<{ id: string }> {
  const { personId, role } = input
  refuseOneself(t.actor, personId, 'manage-people')
  const organisation = await organisationById(t.db, input.organisationId)
  if (!organisation) throw new AppError('not-found', { organisation: input.organisationId })
  deps.may(t.actor, 'manage-people', { organisationPath: organisation.path })
  await refuseAcrossMinistries(t, deps, role)
  const person = await personById(t.db, personId)
  if (!person) throw new AppError('not-found', { person: personId })
  deps.may(t.actor, 'manage-people', { organisationPath: person.path })
  if (person.erasedAt !== null) throw new AppError('wrong-state', { reason: 'erased', person: personId })
  await refuseWrongSupplier(t, input)
  const span = {
    personId,
    role,
    organisationId: organisation.id,
    supplierId: input.supplierId ?? null,
    from: input.from ?? todayOf(deps),
    to: input.to ?? null,
  }
  if (span.to !== null && span.to < span.from)
    throw new AppError('bad-input', { reason: 'ends-before-it-begins', ...span })
  if (await overlapping(t.db, span)) throw new AppError('already-exists', { what: 'role', role })
  const id = await insertRole(t, span)
  await touchPerson(t, personId)
  return { id }
}

async function refuseWrongSupplier(t: Tx, { role, supplierId }: NewRole): Promise<void> {
  if ((role === 'supplier') !== (supplierId !== undefined))
    throw new AppError('bad-input', { reason: role === 'supplier' ? 'supplier-needed' : 'supplier-not-wanted' })
  if (supplierId === undefined) return
  const { rows } = await sql`select 1 from supplier where id = ${supplierId}`.execute(t.db)
  if (rows.length === 0) throw new AppError('not-found', { supplier: supplierId })
}
