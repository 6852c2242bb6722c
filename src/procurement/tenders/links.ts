import { sql } from 'kysely'
import { randomBytes } from 'node:crypto'

import { hashOf } from '#access/hash-of.ts'
import type { Tx } from '#audit/transaction.ts'
import type { Db } from '#platform/database.ts'

import type { LinkWay } from './model.ts'

/** 256 random bits: nobody guesses one, so that its plain hash can be kept. */
export const newToken = (): string => randomBytes(32).toString('base64url')

/**
 * The token stands behind `#`: browsers keep that part to themselves, so that no server, proxy or log between sees it. The
 * page posts it.
 */
export const linkOf = (address: string, token: string): string => `${address}/tenders/enter#${token}`

export type NewLink = {
  readonly bidderId: string
  readonly personId: string
  readonly organisationId: string
  readonly way: LinkWay
  readonly expiresAt: Date
}

/**
 * Makes the one link of a bidder; one before it opens nothing any more. What goes by mail gets its token where the mail is
 * written (send-link.ts), so that it is nowhere else.
 * @returns the token, where the link is shown
 */
export async function makeLink(t: Tx, link: NewLink): Promise<{ id: string; token: string | null }> {
  await revokeLinks(t, link.bidderId)
  const id = t.newId()
  const token = link.way === 'shown' ? newToken() : null
  const at = t.at.toISOString()
  await sql`insert into tender_link (id, bidder_id, person_id, organisation_id, token_hash, way, made_at, made_by, given_at, expires_at)
    values (${id}, ${link.bidderId}, ${link.personId}, ${link.organisationId}, ${token === null ? null : hashOf(token)}, ${link.way},
      ${at}, ${t.actor.personId}, ${token === null ? null : at}, ${link.expiresAt.toISOString()})`.execute(t.db)
  if (token === null) await t.emit({ type: 'tenders.link-asked', payload: { link: id } })
  return { id, token }
}

/** @returns how many opened something until now */
export async function revokeLinks(t: Tx, bidderId: string): Promise<number> {
  const { rows } = await sql`update tender_link set revoked_at = ${t.at.toISOString()}
    where bidder_id = ${bidderId} and revoked_at is null returning id`.execute(t.db)
  return rows.length
}

/** The person who comes by link: of one tender alone. */
export async function linkPerson(db: Db, bidderId: string): Promise<string | undefined> {
  const { rows } = await sql<{ id: string }>`select person_id as id from bidder_contact
    where bidder_id = ${bidderId} and way = 'link'`.execute(db)
  return rows[0]?.id
}
