import { sql } from 'kysely'
import { createHash } from 'node:crypto'

import type { Actor, Tx } from '#audit/transaction.ts'
import { AppError } from '#platform/errors.ts'
import type { ProcurementDeps } from '#procurement/deps.ts'

import type { HandedIn } from './api.ts'
import type { Fulfilment } from './model.ts'
import { openTender } from './open-tender.ts'
import { askedNow, sentTexts } from './sent-texts.ts'
import type { BidderRow } from './store.ts'

type Row = {
  id: string
  item: string
  fulfils: Fulfilment | null
  text: string
  textId: string | null
  evidence: { id: string; sha256: string }[]
}

/**
 * Hands all answers in, as they are now: from here on the ministry sees them. What is not answered is handed in as not
 * answered. Until the deadline it may be done again; each time is kept.
 * @param input  `sending`: the one that was on the screen
 * @throws AppError `not-found`, `not-permitted`, `wrong-state` (`deadline-passed`, `nothing-answered` …),
 *   `changed-meanwhile` when other texts were sent since
 */
export function handIn(
  deps: Pick<ProcurementDeps, 'tx' | 'may'>,
  actor: Actor,
  input: { tender: string; sending: number },
): Promise<HandedIn> {
  return deps.tx(actor, async (t) => {
    const tender = await openTender(t, deps.may, input.tender)
    const sent = await sentTexts(t.db, tender.procurementId)
    const sending = Math.max(0, ...sent.map((one) => one.sending))
    if (sending !== input.sending) throw new AppError('changed-meanwhile', { now: sending, what: 'sending' })
    return keepHandedIn(
      t,
      tender,
      askedNow(sent).map(({ item }) => item),
    )
  })
}

/** The deed itself, on a tender that is open and held. */
export async function keepHandedIn(t: Tx, tender: BidderRow, items: readonly string[]): Promise<HandedIn> {
  const rows = await answersOf(t, tender.id, items)
  const unanswered = rows.filter(({ fulfils }) => fulfils === null).length
  if (unanswered === rows.length) throw new AppError('wrong-state', { reason: 'nothing-answered' })
  const number = tender.handedIn + 1
  await keep(t, tender, number, rows)
  const digest = digestOf(tender.id, number, rows)
  await tell(t, tender, { number, digest, unanswered })
  return { number, at: t.at.toISOString(), digest, unanswered }
}

async function answersOf(t: Tx, bidderId: string, items: readonly string[]): Promise<Row[]> {
  const { rows } = await sql<Row>`
    select a.id, a.item, a.fulfils, a.text, a.tender_item_id as "textId",
      coalesce((select jsonb_agg(jsonb_build_object('id', e.id, 'sha256', e.sha256) order by e.added_at, e.id) from evidence e
        where e.item_kind = 'tender-answer' and e.item_id = a.id and e.withdrawn_at is null), '[]') as evidence
    from bidder_answer a where a.bidder_id = ${bidderId} and a.item = any(${[...items]}::text[])
    order by a.item for update of a`.execute(t.db)
  return rows
}

async function keep(t: Tx, tender: BidderRow, number: number, rows: readonly Row[]): Promise<void> {
  const kept = rows.map((row) => ({ id: t.newId(), answer: row.id, evidence: row.evidence.map(({ id }) => id) }))
  const at = t.at.toISOString()
  await sql`insert into handed_answer (id, answer_id, bidder_id, procurement_id, system_id, organisation_id, supplier_id, handing_in,
      item, fulfils, text, tender_item_id, taken_from, evidence, at)
    select r.id, a.id, a.bidder_id, a.procurement_id, ${tender.systemId}::uuid, a.organisation_id, a.supplier_id, ${number}::int,
      a.item, a.fulfils, a.text, a.tender_item_id, a.taken_from, r.evidence, ${at}::timestamptz
    from jsonb_to_recordset(${JSON.stringify(kept)}::jsonb) as r(id uuid, answer uuid, evidence uuid[])
    join bidder_answer a on a.id = r.answer`.execute(t.db)
  await t.asSystem(() =>
    sql`update bidder set state = 'handed-in', handed_in = ${number}, handed_in_at = ${at}, version = version + 1, updated_at = ${at}
      where id = ${tender.id}`.execute(t.db),
  )
}

/** SHA-256 of the JSON of what was handed in, items in the order of their ids, so that both sides can hold it against theirs. */
function digestOf(bidder: string, number: number, rows: readonly Row[]): string {
  const answers = rows.map(({ item, fulfils, text, textId, evidence }) => ({
    item,
    fulfils,
    text,
    asked: textId,
    evidence: evidence.map(({ sha256 }) => sha256).toSorted(),
  }))
  return createHash('sha256').update(JSON.stringify({ bidder, number, answers })).digest('hex')
}

async function tell(t: Tx, tender: BidderRow, { number, digest, unanswered }: Omit<HandedIn, 'at'>): Promise<void> {
  await sql`insert into bidder_answer_change (id, at, type, bidder_id, procurement_id, organisation_id, supplier_id, handing_in, digest,
      actor_id, actor_role)
    values (${t.newId()}, ${t.at.toISOString()}, 'handed-in', ${tender.id}, ${tender.procurementId}, ${tender.organisationId},
      ${tender.supplierId}, ${number}, ${digest}, ${t.actor.personId}, ${t.actor.role})`.execute(t.db)
  await t.append({
    type: 'tender.handed-in',
    itemKind: 'bidder',
    itemId: tender.id,
    organisationId: tender.organisationId,
    detail: { number, digest, unanswered },
  })
  await t.emit({ type: 'tenders.handed-in', payload: { bidder: tender.id, number } })
}
