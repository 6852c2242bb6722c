import { sql } from 'kysely'
import type { z } from 'zod'

import type { Actor, Tx } from '#audit/transaction.ts'
import { AppError } from '#platform/errors.ts'
import type { ProcurementDeps } from '#procurement/deps.ts'

import type { saveAnswerSchema } from './api.ts'
import type { Fulfilment, TakenFrom } from './model.ts'
import { openTender } from './open-tender.ts'
import { askedNow, sentTexts } from './sent-texts.ts'
import type { BidderRow } from './store.ts'

export type Answered = {
  readonly fulfils: Fulfilment | null
  readonly text: string
  readonly takenFrom: TakenFrom | null
}

/**
 * Saves the draft of one answer; the ministry sees it when it is handed in.
 * @param input  `version`: of the answer the person saw
 * @throws AppError `not-found`, `not-permitted`, `changed-meanwhile` with `now`, `wrong-state` (`deadline-passed` …)
 */
export function saveAnswer(
  deps: Pick<ProcurementDeps, 'tx' | 'may'>,
  actor: Actor,
  input: z.output<typeof saveAnswerSchema> & { tender: string; item: string; version: number },
): Promise<{ version: number; updatedAt: string }> {
  return deps.tx(actor, async (t) => {
    const tender = await openTender(t, deps.may, input.tender)
    return writeAnswer(t, tender, input)
  })
}

/** Of one item, in a transaction that may hold several. The tender is open and held. */
export async function writeAnswer(
  t: Tx,
  tender: BidderRow,
  { item, version, fulfils, text, takenFrom }: Answered & { readonly item: string; readonly version: number },
): Promise<{ version: number; updatedAt: string }> {
  const asked = askedNow(await sentTexts(t.db, tender.procurementId)).find((one) => one.item === item)
  const { rows } = await sql<{ id: string; version: number }>`select id, version from bidder_answer
    where bidder_id = ${tender.id} and item = ${item} for update`.execute(t.db)
  if (!rows[0] || !asked) throw new AppError('not-found', { item })
  if (rows[0].version !== version) throw new AppError('changed-meanwhile', { now: rows[0].version })
  const updatedAt = t.at.toISOString()
  const from = takenFrom === null ? null : JSON.stringify(takenFrom)
  await sql`update bidder_answer set fulfils = ${fulfils}, text = ${text}, taken_from = ${from}::jsonb,
      tender_item_id = ${fulfils === null && text === '' ? null : asked.id}, version = version + 1, updated_at = ${updatedAt},
      updated_by = ${t.actor.personId}
    where id = ${rows[0].id}`.execute(t.db)
  await sql`insert into bidder_answer_change (id, at, type, bidder_id, procurement_id, organisation_id, supplier_id, item, version,
      fulfils, text, taken_from, actor_id, actor_role)
    values (${t.newId()}, ${updatedAt}, 'answer-saved', ${tender.id}, ${tender.procurementId}, ${tender.organisationId},
      ${tender.supplierId}, ${item}, ${version + 1}, ${fulfils}, ${text}, ${from}::jsonb, ${t.actor.personId}, ${t.actor.role})`.execute(
    t.db,
  )
  if (tender.state === 'invited')
    await t.asSystem(() =>
      sql`update bidder set state = 'answering' where id = ${tender.id} and state = 'invited'`.execute(t.db),
    )
  await t.append({
    type: 'tender.answer-saved',
    itemKind: 'bidder',
    itemId: tender.id,
    organisationId: tender.organisationId,
    detail: { item, version: version + 1, ...(takenFrom === null ? {} : { takenFrom: takenFrom.kind }) },
  })
  return { version: version + 1, updatedAt }
}
