import { sql } from 'kysely'
import type { z } from 'zod'

import type { Actor } from '#audit/transaction.ts'
import { AppError } from '#platform/errors.ts'
import type { ProcurementDeps } from '#procurement/deps.ts'
import { loadSheet } from '#procurement/sheets/load-sheet.ts'

import type { amendmentSchema } from './api.ts'
import { moveTender } from './move-tender.ts'
import { freeze, openAnswers, refuseUnready } from './send-items.ts'
import { pendingChanges, sentTexts } from './sent-texts.ts'
import { biddersOf, lockProcurement, tellTender } from './store.ts'

/**
 * Sends what changed in the sheet to all bidders. Answers already given stay, marked as given to the earlier text.
 * @throws AppError `not-found`, `not-permitted`, `wrong-state` (`nothing-changed`, `not-sent`, `requirements-open`),
 *   `bad-input` (`deadline-past`)
 */
export function amendTender(
  deps: Pick<ProcurementDeps, 'tx' | 'may'>,
  actor: Actor,
  input: z.output<typeof amendmentSchema> & { readonly procurementId: string },
): Promise<{ sending: number }> {
  return deps.tx(actor, async (t) => {
    const place = await lockProcurement(t.db, input.procurementId)
    deps.may(actor, 'invite-suppliers', place)
    const { rows } = await sql<{
      sending: number
    }>`select sending from tender where procurement_id = ${place.id}`.execute(t.db)
    if (!rows[0]) throw new AppError('wrong-state', { reason: 'not-sent' })
    const sheet = await loadSheet(t.db, place.id)
    const changes = pendingChanges(sheet.items, await sentTexts(t.db, place.id))
    if (changes.length === 0) throw new AppError('wrong-state', { reason: 'nothing-changed' })
    refuseUnready(sheet)
    const moved = await moveTender(t, place, sheet, 'tendering')
    const sending = rows[0].sending + 1
    await freeze(t, moved, { sheet, changes, sending })
    await sql`update tender set sending = ${sending}, version = version + 1, message = coalesce(${input.message ?? null}, message)
      where procurement_id = ${place.id}`.execute(t.db)
    const asked = (await biddersOf(t.db, place.id)).filter(({ state }) =>
      ['invited', 'answering', 'handed-in'].includes(state),
    )
    if (input.deadline !== undefined) {
      const deadline = new Date(input.deadline)
      if (deadline <= t.at) throw new AppError('bad-input', { reason: 'deadline-past' })
      await sql`update bidder set deadline = ${deadline.toISOString()}, version = version + 1, updated_at = ${t.at.toISOString()}
        where id = any(${asked.map(({ id }) => id)}::uuid[])`.execute(t.db)
      for (const { id } of asked)
        await tellTender(t, moved, { type: 'deadline-changed', bidderId: id, fields: { to: deadline.toISOString() } })
    }
    await openAnswers(
      t,
      moved,
      asked.map(({ id }) => id),
    )
    await t.emit({ type: 'tenders.amended', payload: { procurement: place.id, sending } })
    return { sending }
  })
}
