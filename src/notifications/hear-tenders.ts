import { type RawBuilder, sql } from 'kysely'

import type { Db } from '#platform/database.ts'
import type { OutboxRow } from '#platform/jobs.ts'

import type { NoticeKind } from './kinds.ts'
import type { Told } from './store.ts'

type Hear = (db: Db, event: OutboxRow) => Promise<Told[]>

/** What contacts of suppliers are told of their own tender, and the planner of answers. */
export const hearsTenders: Readonly<Record<string, Hear>> = {
  // Whoever comes by link got the mail with the link.
  'tenders.invited': (db, event) =>
    toContacts(db, event, 'tender-sent', sql`b.id = ${String(event.payload['bidder'])} and c.way = 'sign-in'`),
  'tenders.amended': (db, event) =>
    toContacts(
      db,
      event,
      'tender-amended',
      sql`b.procurement_id = ${String(event.payload['procurement'])} and b.state in ('invited', 'answering', 'handed-in')`,
    ),
  'tenders.deadline-changed': (db, event) =>
    toContacts(db, event, 'tender-deadline', sql`b.id = ${String(event.payload['bidder'])}`),
  'tenders.due': (db, event) => toContacts(db, event, 'tender-due', sql`b.id = ${String(event.payload['bidder'])}`),
  'tenders.ended': (db, event) =>
    toContacts(
      db,
      event,
      'tender-ended',
      sql`b.procurement_id = ${String(event.payload['procurement'])} and b.state in ('awarded', 'ended')`,
    ),
  'tenders.handed-in': hearHandedIn,
}

type Row = { bidder: string; person: string; organisationId: string; number: string; to: string; state: string }

async function toContacts(db: Db, event: OutboxRow, kind: NoticeKind, which: RawBuilder<unknown>): Promise<Told[]> {
  const { rows } = await sql<Row>`
    select b.id as bidder, c.person_id as person, b.organisation_id as "organisationId", t.number, b.state,
      to_char(b.deadline at time zone 'Asia/Tokyo', 'YYYY-MM-DD') as "to"
    from bidder b join bidder_contact c on c.bidder_id = b.id and c.removed_at is null
      join tender t on t.procurement_id = b.procurement_id
    where ${which}`.execute(db)
  return rows.map(({ bidder, person, organisationId, number, to, state }) => ({
    kind,
    organisationId,
    itemId: bidder,
    params: { number, to, state },
    cause: event.id,
    personId: person,
  }))
}

async function hearHandedIn(db: Db, event: OutboxRow): Promise<Told[]> {
  const { rows } = await sql<{ id: string; organisationId: string; number: string }>`
    select p.id, p.organisation_id as "organisationId", p.number
    from bidder b join procurement p on p.id = b.procurement_id where b.id = ${String(event.payload['bidder'])}`.execute(
    db,
  )
  return rows.map(({ id, organisationId, number }) => ({
    kind: 'tender-handed-in',
    organisationId,
    itemId: id,
    params: { number },
    cause: event.id,
  }))
}
