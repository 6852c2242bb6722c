import { sql } from 'kysely'

import type { HeldRole, RoleChange } from '#access/people/api.ts'
import type { Tx } from '#audit/transaction.ts'
import type { Db } from '#platform/database.ts'

export type HeldRow = {
  readonly id: string
  readonly personId: string
  readonly role: HeldRole
  readonly organisationId: string
  readonly path: readonly string[]
  readonly supplierId: string | null
  readonly from: string
  readonly to: string | null
  readonly provider: string | null
}

const held = sql`select h.id, h.person_id as "personId", h.role, h.organisation_id as "organisationId", o.path,
  h.supplier_id as "supplierId", h.from_date as "from", h.to_date as "to", h.provider
  from role_held h join organisation o on o.id = h.organisation_id`

export async function roleHeldById(db: Db, id: string): Promise<HeldRow | undefined> {
  return (await sql<HeldRow>`${held} where h.id = ${id}`.execute(db)).rows[0]
}

/** All that a person holds or will hold on that day or after it. */
export async function rolesFrom(db: Db, personId: string, day: string): Promise<HeldRow[]> {
  const { rows } = await sql<HeldRow>`${held} where h.person_id = ${personId}
    and (h.to_date is null or h.to_date >= ${day}::date) order by h.role, h.id`.execute(db)
  return rows
}

export type Span = {
  readonly personId: string
  readonly role: HeldRole
  readonly organisationId: string
  readonly supplierId: string | null
  readonly from: string
  readonly to: string | null
}

/** The same role for the same organisation in days that overlap. */
export async function overlapping(db: Db, span: Span): Promise<boolean> {
  const { rows } = await sql<{ there: boolean }>`select exists (select 1 from role_held
    where person_id = ${span.personId} and role = ${span.role} and organisation_id = ${span.organisationId}
      and supplier_id is not distinct from ${span.supplierId}::uuid
      and from_date <= coalesce(${span.to}::date, 'infinity') and coalesce(to_date, 'infinity') >= ${span.from}::date) as there`.execute(
    db,
  )
  return rows[0]!.there
}

/**
 * Writes a role that is held from now on or later, with its history and its entry in the log.
 * @param span `quiet`: the person is told of it in another way
 * @returns its id
 */
export async function insertRole(t: Tx, span: Span & { provider?: string; quiet?: true }): Promise<string> {
  const id = t.newId()
  await sql`insert into role_held (id, person_id, role, organisation_id, supplier_id, from_date, to_date, created_by, provider)
    values (${id}, ${span.personId}, ${span.role}, ${span.organisationId}, ${span.supplierId}, ${span.from}, ${span.to},
      ${t.actor.personId}, ${span.provider ?? null})`.execute(t.db)
  await tellRole(t, 'given', { ...span, id })
  return id
}

/** The row of the history and the entry of the log, which say the same: one to people, the other for proof. */
export async function tellRole(
  t: Tx,
  kind: RoleChange['kind'],
  span: Span & { id: string; deputyId?: string; quiet?: true },
): Promise<void> {
  const { actor } = t
  const change = t.newId()
  await sql`insert into role_change (id, at, type, role_held_id, person_id, deputy_id, role, organisation_id, supplier_id,
      from_date, to_date, actor_id, actor_role, on_behalf_of)
    values (${change}, ${t.at.toISOString()}, ${kind}, ${span.id}, ${span.personId}, ${span.deputyId ?? null}, ${span.role},
      ${span.organisationId}, ${span.supplierId}, ${span.from}, ${span.to}, ${actor.personId}, ${actor.role},
      ${actor.onBehalfOf ?? null})`.execute(t.db)
  await t.append({
    type: `role.${kind}`,
    itemKind: 'person',
    itemId: span.personId,
    organisationId: span.organisationId,
    detail: {
      role: span.role,
      from: span.from,
      to: span.to,
      ...(span.deputyId === undefined ? {} : { deputy: span.deputyId }),
      ...(span.supplierId === null ? {} : { supplier: span.supplierId }),
    },
  })
  if (span.quiet !== true) await t.emit({ type: 'access.role-changed', payload: { change } })
}
