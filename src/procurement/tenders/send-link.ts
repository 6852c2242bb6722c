import { sql } from 'kysely'

import { hashOf } from '#access/hash-of.ts'
import type { Db } from '#platform/database.ts'
import { outboxRow } from '#platform/dispatch-outbox.ts'
import type { Now } from '#platform/ids.ts'
import type { Mailer } from '#platform/mail.ts'

import { linkOf, newToken } from './links.ts'
import { type InvitationFacts, writeInvitation } from './write-invitation.ts'

export type SendLinkDeps = {
  readonly db: Db
  readonly now: Now
  readonly mailer: Mailer | undefined
  readonly notices: { readonly address: string }
}

type Row = InvitationFacts & { id: string; mail: string }

/**
 * Writes the mail with the link. The token is made here and goes into the mail alone; what is stored is its hash, so that
 * neither the table, nor the queue, nor a backup holds a link that opens something. Tried again after a failure, a new
 * token takes the place of the one that may have been lost on its way.
 * @throws JobFailure of the mail server
 */
export async function sendLink(deps: SendLinkDeps, eventId: string): Promise<void> {
  if (deps.mailer === undefined) return
  const event = await outboxRow(deps.db, eventId)
  const row = event && (await linkToSend(deps.db, String(event.payload['link']), deps.now()))
  if (!row) return
  const token = newToken()
  await sql`update tender_link set token_hash = ${hashOf(token)} where id = ${row.id}`.execute(deps.db)
  await deps.mailer.send(writeInvitation(row, linkOf(deps.notices.address, token)))
  await sql`update tender_link set given_at = ${deps.now().toISOString()} where id = ${row.id}`.execute(deps.db)
}

/** Nothing once it went out, was revoked or is over. */
async function linkToSend(db: Db, id: string, at: Date): Promise<Row | undefined> {
  const { rows } = await sql<Row>`
    select l.id, b.contact_mail as mail, b.contact_name as name, p.language, t.number, t.title, b.deadline,
      jsonb_build_object('ja', t.organisation_ja, 'en', t.organisation_en) as organisation, t.message, l.expires_at as "expiresAt"
    from tender_link l join bidder b on b.id = l.bidder_id join tender t on t.procurement_id = b.procurement_id
      join person p on p.id = l.person_id
    where l.id = ${id} and l.way = 'mail' and l.given_at is null and l.revoked_at is null and l.expires_at > ${at.toISOString()}`.execute(
    db,
  )
  return rows[0]
}
