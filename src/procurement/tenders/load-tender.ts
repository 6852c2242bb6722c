import { sql } from 'kysely'

import type { Db } from '#platform/database.ts'
import { loadSheet } from '#procurement/sheets/load-sheet.ts'

import type { Bidder, SupplierContact, Tender } from './api.ts'
import { askable, askedNow, pendingChanges, sentTexts } from './sent-texts.ts'

type Read = Pick<Tender, 'procurement' | 'sent' | 'ready' | 'pending' | 'bidders'>

/** The tender of a procurement as the ministry keeps it. @throws AppError `not-found` */
export async function loadTender(db: Db, procurementId: string): Promise<Read> {
  const sheet = await loadSheet(db, procurementId)
  const sent = await sentTexts(db, procurementId)
  const { rows } = await sql<{
    sending: number
    at: string
    message: string
  }>`select sending, sent_at as at, message from tender
    where procurement_id = ${procurementId}`.execute(db)
  const items = askable(sheet.items)
  const { id, number, title, state, version, system } = sheet
  return {
    procurement: { id, number, title, state, version, systemId: system.id },
    sent: rows[0] ? { ...rows[0], items: askedNow(sent).length } : null,
    ready: {
      items: items.length,
      undecided: sheet.items.filter((item) => item.sheet === 'procurement-check' && item.included === null).length,
      lacking: items.filter(({ lack }) => lack === 'requirement' || lack === 'requirement-gap').map(({ item }) => item),
    },
    pending: pendingChanges(sheet.items, sent),
    bidders: await loadBidders(db, procurementId),
  }
}

async function loadBidders(db: Db, procurementId: string): Promise<Bidder[]> {
  const { rows } = await sql<Bidder>`
    select b.id, b.label, jsonb_build_object('id', s.id, 'name', jsonb_build_object('ja', s.name, 'en', s.name_en)) as supplier,
      jsonb_build_object('name', b.contact_name, 'mail', b.contact_mail) as contact, b.deadline, b.state,
      b.handed_in as "handedIn", b.handed_in_at as "handedInAt", b.invited_at as "invitedAt", b.version,
      coalesce((select jsonb_agg(jsonb_build_object('id', p.id, 'way', c.way,
          'name', jsonb_build_object('ja', p.name_ja, 'en', p.name_en)) order by c.way, p.name_ja)
        from bidder_contact c join person p on p.id = c.person_id where c.bidder_id = b.id and c.removed_at is null), '[]') as people,
      (select jsonb_build_object('id', l.id, 'way', l.way, 'madeAt', l.made_at, 'givenAt', l.given_at, 'expiresAt', l.expires_at,
          'lastUsedAt', l.last_used_at) from tender_link l where l.bidder_id = b.id and l.revoked_at is null) as link
    from bidder b join supplier s on s.id = b.supplier_id
    where b.procurement_id = ${procurementId} order by b.invited_at, b.label, b.id`.execute(db)
  return rows
}

/** Contacts of a supplier who can sign in, as far as the person who asks sees people. */
export async function supplierContacts(db: Db, supplierId: string, today: string): Promise<SupplierContact[]> {
  const { rows } = await sql<SupplierContact>`
    select distinct p.id, jsonb_build_object('ja', p.name_ja, 'en', p.name_en) as name, p.mail, p.name_ja
    from role_held h join person p on p.id = h.person_id
    where h.role = 'supplier' and h.supplier_id = ${supplierId} and h.from_date <= ${today}::date
      and (h.to_date is null or h.to_date >= ${today}::date) and p.disabled_at is null
      and not exists (select 1 from bidder_contact c where c.person_id = p.id and c.way = 'link')
    order by p.name_ja`.execute(db)
  return rows.map(({ id, name, mail }) => ({ id, name, mail }))
}
