import { sql } from 'kysely'

import type { Actor, Tx } from '#audit/transaction.ts'
import { AppError } from '#platform/errors.ts'

import type { HeldRole } from './api.ts'
import type { Rights } from '#access/policies/rights.ts'

/** Rules on people that are not about one role or one organisation; the policies in `policies/` come first. */

/** Whoever manages people manages others: nobody gives himself more than he has, nor shuts himself out. */
export function refuseOneself(actor: Actor, personId: string, action: 'manage-people' | 'name-deputy'): void {
  if (actor.personId === personId || actor.onBehalfOf === personId)
    throw new AppError('not-permitted', { action, reason: 'oneself' })
}

/**
 * Roles that read across ministries (board, secretariat, desk) concern all of them: the organisation that runs the board
 * gives them, or the only ministry there is.
 * @param deps `governmentOffice`: code of that organisation, where one is named
 */
export async function refuseAcrossMinistries(
  t: Tx,
  deps: { readonly rights: Pick<Rights, 'breadthOf'>; readonly governmentOffice: string | undefined },
  role: HeldRole,
): Promise<void> {
  const { governmentOffice } = deps
  if (deps.rights.breadthOf({ role }).reads !== 'all') return
  const { rows } = await sql<{ ministries: number; office: boolean }>`
    select (select count(*)::int from organisation where parent_id is null) as ministries,
      exists (select 1 from organisation g, organisation mine where g.code = ${governmentOffice ?? ''}
        and mine.id = ${t.actor.organisationId} and g.path @> array[mine.id]) as office`.execute(t.db)
  const { ministries, office } = rows[0]!
  if (office || (governmentOffice === undefined && ministries < 2)) return
  throw new AppError('not-permitted', {
    action: 'manage-people',
    reason: 'across-ministries',
    role,
    office: governmentOffice ?? null,
  })
}

/** The roles of administrators that would count no longer. */
type Going = { readonly organisationId: string; readonly personId: string; readonly lastDay: string }

/**
 * Every organisation that has an administrator keeps one: somebody, not disabled, whose role goes on beyond that day for it
 * or for what lies above it. Two who leave at the same moment wait for each other.
 * @throws AppError `wrong-state` with reason `last-administrator`
 */
export async function keepAnAdministrator(t: Tx, going: readonly Going[]): Promise<void> {
  if (going.length === 0) return
  await sql`select pg_advisory_xact_lock(hashtext('tenbin administrators'))`.execute(t.db)
  await t.asSystem(async () => {
    for (const { organisationId, personId, lastDay } of going) {
      const { rows } = await sql<{ other: boolean }>`select exists (
        select 1 from role_held h join person p on p.id = h.person_id
        where h.role = 'administrator' and p.disabled_at is null and h.person_id <> ${personId}
          and h.organisation_id = any((select path from organisation where id = ${organisationId})::uuid[])
          and h.from_date <= ${lastDay}::date + 1 and (h.to_date is null or h.to_date > ${lastDay}::date)) as other`.execute(
        t.db,
      )
      if (!rows[0]!.other)
        throw new AppError('wrong-state', { reason: 'last-administrator', organisation: organisationId })
    }
  })
}
