import { sql } from 'kysely'

import type { Actor, Tx } from '#audit/transaction.ts'
import { AppError } from '#platform/errors.ts'
import type { ProcurementDeps } from '#procurement/deps.ts'
import { loadSheet } from '#procurement/sheets/load-sheet.ts'

import { closedBecause, type Fulfilment, type Mark, marksFor } from './model.ts'
import { moveTender } from './move-tender.ts'
import { askedNow, sentTexts } from './sent-texts.ts'
import { type BidderRow, bidderById, lockProcurement, tellTender } from './store.ts'

type Input = {
  readonly procurementId: string
  readonly bidderId: string
  readonly item: string
  /** Of the evaluation that was seen; 0 where there was none. */
  readonly version: number
  readonly mark: Mark | null
  readonly reason: string
}

/**
 * Marks one answer of one bidder, or takes the mark back. The first mark makes the procurement "evaluating".
 * @throws AppError `not-found`, `not-permitted`, `changed-meanwhile`, `bad-input` (`reason-needed`), `wrong-state`
 *   (`not-handed-in`, `not-answered` with the marks that are open, or a state in which nothing is evaluated)
 */
export function evaluateAnswer(
  deps: Pick<ProcurementDeps, 'tx' | 'may'>,
  actor: Actor,
  input: Input,
): Promise<{ version: number }> {
  return deps.tx(actor, async (t) => {
    const place = await lockProcurement(t.db, input.procurementId)
    deps.may(actor, 'keep-procurement', place)
    const bidder = await bidderById(t.db, input.bidderId)
    const asked = askedNow(await sentTexts(t.db, place.id)).some(({ item }) => item === input.item)
    if (bidder.procurementId !== place.id || !asked) throw new AppError('not-found', { item: input.item })
    if (input.mark !== null) await refuseMark(t, bidder, input)
    const seen = await sql<{ version: number }>`select version from evaluation
      where bidder_id = ${bidder.id} and item = ${input.item}`.execute(t.db)
    const now = seen.rows[0]?.version ?? 0
    if (now !== input.version) throw new AppError('changed-meanwhile', { now })
    if (place.state !== 'evaluating') await moveTender(t, place, await loadSheet(t.db, place.id), 'evaluating')
    const at = t.at.toISOString()
    await sql`insert into evaluation (bidder_id, item, procurement_id, system_id, organisation_id, mark, reason, handing_in, version, at, by)
      values (${bidder.id}, ${input.item}, ${place.id}, ${place.systemId}, ${place.organisationId}, ${input.mark}, ${input.reason},
        ${bidder.handedIn}, 1, ${at}, ${actor.personId})
      on conflict (bidder_id, item) do update set mark = excluded.mark, reason = excluded.reason, handing_in = excluded.handing_in,
        version = evaluation.version + 1, at = excluded.at, by = excluded.by`.execute(t.db)
    await tellTender(t, place, {
      type: 'evaluated',
      bidderId: bidder.id,
      item: input.item,
      fields: { mark: input.mark, handingIn: bidder.handedIn },
    })
    return { version: now + 1 }
  })
}

async function refuseMark(t: Tx, bidder: BidderRow, { item, mark, reason }: Input): Promise<void> {
  // While a bidder may still answer, that it did not says nothing.
  if (bidder.handedIn === 0 && closedBecause(bidder, t.at) === undefined)
    throw new AppError('wrong-state', { reason: 'not-handed-in', deadline: bidder.deadline })
  const { rows } = await sql<{ fulfils: Fulfilment | null }>`select fulfils from handed_answer
    where bidder_id = ${bidder.id} and handing_in = ${bidder.handedIn} and item = ${item}`.execute(t.db)
  const open = marksFor(rows[0] ?? null)
  if (!open.includes(mark!)) throw new AppError('wrong-state', { reason: 'not-answered', open })
  if (mark !== 'meets' && reason === '') throw new AppError('bad-input', { reason: 'reason-needed', field: 'reason' })
}
