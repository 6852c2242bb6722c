import { sql } from 'kysely'

import type { May } from '#access/may.ts'
import type { Actor, Tx } from '#audit/transaction.ts'
import type { Db } from '#platform/database.ts'
import { AppError } from '#platform/errors.ts'

import { closedBecause } from './model.ts'
import { type BidderRow, bidderById, contactsOf } from './store.ts'

type Sent = BidderRow & { readonly organisationPath: readonly string[]; readonly sentTo: readonly string[] }

/** A tender as the policies look at it. @throws AppError `not-found`, also when it was sent to somebody else */
export async function sentTender(db: Db, id: string): Promise<Sent> {
  const bidder = await bidderById(db, id)
  const { rows } = await sql<{
    path: string[]
  }>`select path from organisation where id = ${bidder.organisationId}`.execute(db)
  return { ...bidder, organisationPath: rows[0]?.path ?? [bidder.organisationId], sentTo: await contactsOf(db, id) }
}

/**
 * A tender whose answers may be changed now. Held, so that nobody withdraws or hands it in meanwhile: its row is the
 * ministry's, which is why the system holds it.
 * @throws AppError `not-found`, `not-permitted`, `wrong-state` (`deadline-passed` with the deadline, `withdrawn`,
 *   `tender-ended`)
 */
export async function openTender(t: Tx, may: May, id: string): Promise<Sent> {
  const { procurementId } = await bidderById(t.db, id)
  await t.asSystem(async () => {
    // The procurement first, as whoever marks or awards does: what is handed in refers to it, and two would wait for each other.
    await sql`select 1 from procurement where id = ${procurementId} for key share`.execute(t.db)
    await sql`select 1 from bidder where id = ${id} for update`.execute(t.db)
  })
  const tender = await sentTender(t.db, id)
  mayAnswer(may, t.actor, tender)
  const closed = closedBecause(tender, t.at)
  if (closed) throw new AppError('wrong-state', { reason: closed, deadline: tender.deadline })
  return tender
}

export const mayAnswer = (may: May, actor: Actor, tender: Sent): void => may(actor, 'answer-tender', tender)
