import { sql } from 'kysely'

import type { OrganisationChange } from '#access/api.ts'
import type { May } from '#access/may.ts'
import { organisationById } from '#access/store.ts'
import type { Actor, RunTx } from '#audit/transaction.ts'
import { AppError } from '#platform/errors.ts'

/**
 * Renames an organisation or ends it. What carries its name (the rows of the register) listens to the event.
 * @param input  `version`: the one the person saw
 * @throws AppError `not-permitted`, `not-found`, `changed-meanwhile`, `already-exists` (the code)
 */
export function changeOrganisation(
  deps: { tx: RunTx; may: May },
  actor: Actor,
  input: { id: string; version: number; change: OrganisationChange },
): Promise<void> {
  const { id, change } = input
  return deps.tx(actor, async (t) => {
    const seen = await organisationById(t.db, id, true)
    if (!seen) throw new AppError('not-found', { organisation: id })
    deps.may(actor, 'manage-organisations', { organisationPath: seen.path })
    if (seen.version !== input.version) throw new AppError('changed-meanwhile', { now: seen })
    const taken = await sql`select 1 from organisation where code = ${change.code ?? ''} and id <> ${id}`.execute(t.db)
    if (taken.rows.length > 0) throw new AppError('already-exists', { field: 'code', value: change.code })
    await sql`update organisation set name_ja = coalesce(${change.name?.ja ?? null}, name_ja),
      name_en = coalesce(${change.name?.en ?? null}, name_en), code = coalesce(${change.code ?? null}, code),
      valid_to = ${change.validTo === undefined ? sql`valid_to` : sql`${change.validTo}::date`}, version = version + 1
      where id = ${id}`.execute(t.db)
    await t.append({
      type: 'organisation.changed',
      itemKind: 'organisation',
      itemId: id,
      detail: { fields: Object.keys(change) },
    })
    await t.emit({ type: 'organisation.changed', payload: { id } })
  })
}
