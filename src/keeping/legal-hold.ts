import { sql } from 'kysely'

import type { May } from '#access/may.ts'
import type { Actor, RunTx } from '#audit/transaction.ts'
import type { Db } from '#platform/database.ts'
import { AppError } from '#platform/errors.ts'

export type ItemPlace = { readonly organisationId: string; readonly organisationPath: readonly string[] }
/** Kinds of items that can be held; each room's own is given by the wiring. */
export type HoldItems = Readonly<Record<'system', (db: Db, id: string) => Promise<ItemPlace | undefined>>>
export type HoldDeps = { readonly db: Db; readonly tx: RunTx; readonly may: May; readonly holdItems: HoldItems }

export type Hold = {
  readonly id: string
  readonly itemKind: string
  readonly itemId: string
  readonly because: string
  readonly placedAt: string
  readonly liftedAt: string | null
  readonly liftedBecause: string | null
}

/**
 * Puts an item under a legal hold: the retention rules remove nothing of it until the hold is lifted.
 * @throws AppError `not-found` (the item), `not-permitted`, `already-exists`
 */
export async function placeHold(
  deps: HoldDeps,
  actor: Actor,
  input: { itemKind: 'system'; itemId: string; because: string },
): Promise<{ id: string }> {
  const place = await deps.holdItems[input.itemKind](deps.db, input.itemId)
  if (!place) throw new AppError('not-found', { [input.itemKind]: input.itemId })
  return deps.tx(actor, async (t) => {
    deps.may(actor, 'hold-records', place)
    const id = t.newId()
    const { rows } = await sql<{ id: string }>`
      insert into legal_hold (id, organisation_id, item_kind, item_id, because, placed_at, placed_by)
      values (${id}, ${place.organisationId}, ${input.itemKind}, ${input.itemId}, ${input.because}, ${t.at.toISOString()}, ${actor.personId})
      on conflict (item_id) where lifted_at is null do nothing returning id`.execute(t.db)
    if (!rows[0]) throw new AppError('already-exists', { hold: input.itemId })
    await t.append({
      type: 'hold.placed',
      itemKind: input.itemKind,
      itemId: input.itemId,
      organisationId: place.organisationId,
      detail: { hold: id },
    })
    return { id }
  })
}

/** @throws AppError `not-found`, `not-permitted`, `wrong-state` when it is lifted already */
export function liftHold(
  deps: Pick<HoldDeps, 'tx' | 'may'>,
  actor: Actor,
  input: { id: string; because: string },
): Promise<void> {
  return deps.tx(actor, async (t) => {
    const { rows } = await sql<ItemPlace & { itemId: string; itemKind: string; lifted: boolean }>`
      select h.organisation_id as "organisationId", o.path as "organisationPath", h.item_id as "itemId",
        h.item_kind as "itemKind", h.lifted_at is not null as lifted
      from legal_hold h join organisation o on o.id = h.organisation_id where h.id = ${input.id} for update of h`.execute(
      t.db,
    )
    const seen = rows[0]
    if (!seen) throw new AppError('not-found', { hold: input.id })
    deps.may(actor, 'hold-records', seen)
    if (seen.lifted) throw new AppError('wrong-state', { hold: input.id, state: 'lifted' })
    await sql`update legal_hold set lifted_at = ${t.at.toISOString()}, lifted_by = ${actor.personId},
      lifted_because = ${input.because} where id = ${input.id}`.execute(t.db)
    const { itemKind, itemId, organisationId } = seen
    await t.append({ type: 'hold.lifted', itemKind, itemId, organisationId, detail: { hold: input.id } })
  })
}

/** Newest first, lifted ones too. */
export async function listHolds(db: Db): Promise<Hold[]> {
  const { rows } = await sql<Hold>`
    select id, item_kind as "itemKind", item_id as "itemId", because, placed_at as "placedAt", lifted_at as "liftedAt",
      lifted_because as "liftedBecause" from legal_hold order by placed_at desc, id desc limit 1000`.execute(db)
  return rows
}
