import { sql } from 'kysely'
import { createHash } from 'node:crypto'

import type { Tx } from '#audit/transaction.ts'
import { AppError } from '#platform/errors.ts'
import type { Sheet } from '#procurement/sheets/api.ts'

import type { Pending } from './api.ts'
import { asSent, askable } from './sent-texts.ts'
import { type Place, tellTender } from './store.ts'

/**
 * Whether the sheet can be sent: something is asked, and each text is written.
 * @throws AppError `wrong-state` (`nothing-included`, `requirements-open` with the items)
 */
export function refuseUnready(sheet: Sheet): void {
  const items = askable(sheet.items)
  if (items.length === 0) throw new AppError('wrong-state', { reason: 'nothing-included' })
  const open = items.filter(({ lack }) => lack === 'requirement' || lack === 'requirement-gap').map(({ item }) => item)
  if (open.length > 0) throw new AppError('wrong-state', { reason: 'requirements-open', items: open })
}

/** Freezes the texts of the first sending, with what suppliers are told of the procurement. */
export async function sendFirst(t: Tx, place: Place, sheet: Sheet, message: string): Promise<void> {
  // The ministry and the unit: outside, a unit alone says nothing.
  const { rows } = await sql<{ ja: string; en: string }>`select string_agg(named.ja, ' ' order by named.depth) as ja,
      string_agg(named.en, ', ' order by named.depth) as en
    from (select name_ja as ja, coalesce(nullif(name_en, ''), name_ja) as en, cardinality(path) as depth from organisation
      where id in (${place.organisationPath[0] ?? place.organisationId}, ${place.organisationId}) order by depth) named`.execute(
    t.db,
  )
  const name = rows[0] ?? sheet.organisation.name
  await sql`insert into tender (procurement_id, system_id, organisation_id, number, title, organisation_ja, organisation_en,
      message, sent_at)
    values (${place.id}, ${place.systemId}, ${place.organisationId}, ${place.number}, ${place.title}, ${name.ja}, ${name.en},
      ${message}, ${t.at.toISOString()})`.execute(t.db)
  const items = askable(sheet.items)
  const changes = items.map((item): Pending => ({ item: item.item, kind: 'new', from: null, to: asSent(item) }))
  await freeze(t, place, { sheet, changes, sending: 1 })
}

/** Writes the texts of one sending and tells of it; the digest is that of the texts (SHA-256 of their JSON). */
export async function freeze(
  t: Tx,
  place: Place,
  { sheet, changes, sending }: { sheet: Sheet; changes: readonly Pending[]; sending: number },
): Promise<void> {
  const positions = new Map(sheet.items.map(({ item, position }) => [item, position]))
  const rows = changes.map(({ item, kind, from, to }) => {
    const text = to ?? from!
    return {
      id: t.newId(),
      item,
      position: positions.get(item) ?? 0,
      dropped: kind === 'dropped',
      title_ja: text.title.ja,
      title_en: text.title.en,
      requirement: text.requirement,
      chapter: text.chapter,
      evidence: text.evidence,
      verification: text.verification,
    }
  })
  await sql`insert into tender_item (id, procurement_id, system_id, organisation_id, sending, item, position, title_ja, title_en,
      requirement, chapter, evidence, verification, dropped, sent_at)
    select r.id, ${place.id}::uuid, ${place.systemId}::uuid, ${place.organisationId}::uuid, ${sending}::int, r.item, r.position,
      r.title_ja, r.title_en, r.requirement, r.chapter, r.evidence, r.verification, r.dropped, ${t.at.toISOString()}::timestamptz
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(id uuid, item text, position int, title_ja text, title_en text,
      requirement text, chapter text, evidence jsonb, verification text[], dropped boolean)`.execute(t.db)
  const digest = createHash('sha256')
    .update(JSON.stringify(rows.map(({ id: _id, ...text }) => text)))
    .digest('hex')
  await tellTender(t, place, {
    type: sending === 1 ? 'sent' : 'amended',
    fields: { sending, items: changes.map(({ item, kind }) => ({ item, kind })) },
    digest,
  })
}

/**
 * A row for each item that a bidder is asked and has none for yet: "not answered" is a row, so that nobody has to infer it.
 * Only the supplier may write its answers; the empty ones are the system's.
 */
export async function openAnswers(t: Tx, place: Place, bidderIds: readonly string[]): Promise<void> {
  if (bidderIds.length === 0) return
  await t.asSystem(async () => {
    const { rows: asked } = await sql<{
      item: string
    }>`select distinct item from tender_item where procurement_id = ${place.id}`.execute(t.db)
    const wanted = bidderIds.flatMap((bidder) => asked.map(({ item }) => ({ id: t.newId(), bidder, item })))
    await sql`insert into bidder_answer (id, bidder_id, procurement_id, organisation_id, supplier_id, item, updated_at, updated_by)
      select r.id, b.id, b.procurement_id, b.organisation_id, b.supplier_id, r.item, ${t.at.toISOString()}::timestamptz,
        ${t.actor.personId}::uuid
      from jsonb_to_recordset(${JSON.stringify(wanted)}::jsonb) as r(id uuid, bidder uuid, item text)
      join bidder b on b.id = r.bidder
      on conflict (bidder_id, item) do nothing`.execute(t.db)
  })
}
