import { sql } from 'kysely'

import type { Action } from '#access/model.ts'
import { todayOf } from '#access/office-day.ts'
import type { Rights } from '#access/policies/rights.ts'
import type { Actor } from '#audit/transaction.ts'
import type { Db } from '#platform/database.ts'
import { AppError } from '#platform/errors.ts'
import type { Now } from '#platform/ids.ts'

export type Wanted = {
  readonly action: Action
  /** Id, code or name of an organisation; without it the first ministry that has somebody. */
  readonly organisation: string | undefined
  /** Id of the person to act as. */
  readonly as: string | undefined
}

/**
 * In whose name a command acts: whoever is at the keyboard of the server may do what a person of the right role may, and
 * the log names that person. The organisation is the one asked for, or that of the role.
 * @throws AppError `not-found` (organisation), `not-permitted` when nobody of its ministry holds a role that may
 */
export async function whoActs(
  { db, rights, ...clock }: { db: Db; rights: Rights; now: Now; timeZone: string },
  wanted: Wanted,
): Promise<{ actor: Actor; organisationId: string }> {
  const target = wanted.organisation === undefined ? undefined : await organisationNamed(db, wanted.organisation)
  const roles = rights.rolesFor(wanted.action)
  const today = todayOf(clock)
  const { rows } = await sql<{ personId: string; role: string; organisationId: string }>`
    select h.person_id as "personId", h.role, h.organisation_id as "organisationId"
    from role_held h join organisation o on o.id = h.organisation_id join person p on p.id = h.person_id
    where p.disabled_at is null and h.role = any(${[...roles]}::text[]) and h.from_date <= ${today}::date and (h.to_date is null or h.to_date >= ${today}::date)
      and (${wanted.as ?? null}::uuid is null or h.person_id = ${wanted.as ?? null}::uuid)
      and (${target ?? null}::uuid is null or h.organisation_id = any((select path from organisation where id = ${target ?? null}::uuid)::uuid[]))
    order by cardinality(o.path), o.created_at, o.code, h.role limit 1`.execute(db)
  const actor = rows[0]
  if (!actor)
    throw new AppError('not-permitted', { action: wanted.action, roles, organisation: wanted.organisation ?? null })
  return { actor, organisationId: target ?? actor.organisationId }
}

async function organisationNamed(db: Db, named: string): Promise<string> {
  const { rows } = await sql<{ id: string }>`
    select id from organisation where id::text = ${named} or code = ${named} or name_ja = ${named} or name_en = ${named}
    order by cardinality(path) limit 1`.execute(db)
  if (!rows[0]) throw new AppError('not-found', { organisation: named })
  return rows[0].id
}
