import { sql } from 'kysely'

import type { NewOrganisation } from '#access/api.ts'
import type { May } from '#access/may.ts'
import { organisationById } from '#access/store.ts'
import type { Actor, RunTx } from '#audit/transaction.ts'
import { AppError } from '#platform/errors.ts'

/**
 * Adds an organisation below another, or a ministry of its own.
 * @throws AppError `not-permitted`, `not-found` (the parent), `already-exists` (the code)
 */
export function addOrganisation(
  deps: { tx: RunTx; may: May },
  actor: Actor,
  input: NewOrganisation,
): Promise<{ id: string }> {
  return deps.tx(actor, async (t) => {
    const parent = input.parentId === undefined ? undefined : await organisationById(t.db, input.parentId)
    if (input.parentId !== undefined && !parent) throw new AppError('not-found', { organisation: input.parentId })
    deps.may(actor, 'manage-organisations', parent && { organisationPath: parent.path })
    const id = t.newId()
    const code = input.code ?? `ORG-${id.slice(-6).toUpperCase()}`
    const taken = await sql`select 1 from organisation where code = ${code}`.execute(t.db)
    if (taken.rows.length > 0) throw new AppError('already-exists', { field: 'code', value: code })
    await sql`insert into organisation (id, parent_id, path, kind, code, name_ja, name_en, created_at, created_by)
      values (${id}, ${parent?.id ?? null}, ${[...(parent?.path ?? []), id]}::uuid[], ${input.kind}, ${code},
        ${input.name.ja}, ${input.name.en}, ${t.at.toISOString()}, ${actor.personId})`.execute(t.db)
    await t.append({
      type: 'organisation.added',
      itemKind: 'organisation',
      itemId: id,
      detail: { parent: parent?.id ?? null, kind: input.kind },
    })
    return { id }
  })
}
