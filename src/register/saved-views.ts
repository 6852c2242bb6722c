import { sql } from 'kysely'

import type { Actor, RunTx } from '#audit/transaction.ts'
import type { Db } from '#platform/database.ts'
import { AppError } from '#platform/errors.ts'

import type { NewSavedView, SavedView } from './api-names.ts'

/** Conditions of a list under a name. Everybody has views of their own; nobody sees those of others. */

const viewLimit = 100

export async function listViews(db: Db, actor: Actor): Promise<SavedView[]> {
  const { rows } = await sql<SavedView>`
    select id, name, query from saved_view where person_id = ${actor.personId} order by created_at, id`.execute(db)
  return rows
}

/** @throws AppError `already-exists` when the person has a view of that name, `wrong-state` beyond 100 views */
export function saveView(deps: { tx: RunTx }, actor: Actor, input: NewSavedView): Promise<SavedView> {
  return deps.tx(actor, async (t) => {
    const views = await listViews(t.db, actor)
    if (views.some((view) => view.name === input.name)) throw new AppError('already-exists', { field: 'name' })
    if (views.length >= viewLimit) throw new AppError('wrong-state', { reason: 'too-many-views', limit: viewLimit })
    const id = t.newId()
    await sql`insert into saved_view (id, organisation_id, person_id, name, query, created_at)
      values (${id}, ${actor.organisationId}, ${actor.personId}, ${input.name}, ${JSON.stringify(input.query)}::jsonb, ${t.at.toISOString()}::timestamptz)
      `.execute(t.db)
    await t.append({ type: 'view.saved', itemKind: 'saved-view', itemId: id })
    return { id, name: input.name, query: input.query }
  })
}

/** @throws AppError `not-found` also for the view of another */
export function deleteView(deps: { tx: RunTx }, actor: Actor, id: string): Promise<void> {
  return deps.tx(actor, async (t) => {
    const { rows } =
      await sql`delete from saved_view where id = ${id} and person_id = ${actor.personId} returning id`.execute(t.db)
    if (rows.length === 0) throw new AppError('not-found', { view: id })
    await t.append({ type: 'view.deleted', itemKind: 'saved-view', itemId: id })
  })
}
