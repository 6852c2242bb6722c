import { sql } from 'kysely'
import { randomBytes } from 'node:crypto'

import type { Actor } from '#audit/transaction.ts'
import type { Db } from '#platform/database.ts'

import type { Device } from './device-words.ts'
import { hashOf } from '#access/hash-of.ts'
import type { SessionLimits } from '#access/sign-in/sign-in-config.ts'

/** A session that came through a provider, as that provider knows it. */
export type ProviderMark = {
  readonly provider: string
  readonly issuer: string
  readonly subject: string
  readonly providerSession: string | undefined
  readonly idToken: string
}

export type OpenedSession = { readonly id: string; readonly token: string }

const newToken = () => randomBytes(32).toString('base64url')
const orNull = <T>(value: T | undefined): T | null => value ?? null

/** @returns the value of the cookie; only its hash is stored */
export async function openSession(
  db: Db,
  at: Date,
  limits: SessionLimits,
  given: { readonly id: string; readonly holder: Actor; readonly device: Device; readonly mark?: ProviderMark },
): Promise<OpenedSession> {
  const token = newToken()
  const { id, holder, device, mark } = given
  const now = at.toISOString()
  await sql`insert into session (id, id_hash, person_id, role, organisation_id, on_behalf_of, supplier_id, created_at, last_seen_at,
      expires_at, browser, system, provider, issuer, subject, provider_session, id_token)
    values (${id}, ${hashOf(token)}, ${holder.personId}, ${holder.role}, ${holder.organisationId}, ${orNull(holder.onBehalfOf)},
      ${orNull(holder.supplierId)}, ${now}, ${now}, ${new Date(at.getTime() + limits.absoluteMs).toISOString()}, ${device.browser},
      ${device.system}, ${orNull(mark?.provider)}, ${orNull(mark?.issuer)}, ${orNull(mark?.subject)},
      ${orNull(mark?.providerSession)}, ${orNull(mark?.idToken)})`.execute(db)
  await sql`delete from session where expires_at < ${now}`.execute(db)
  return { id, token }
}

export type ClosedSession = {
  readonly id: string
  readonly actor: Actor
  readonly provider: string | null
  readonly idToken: string | null
}

type Ended = {
  id: string
  personId: string
  role: string
  organisationId: string
  onBehalfOf: string | null
  supplierId: string | null
  provider: string | null
  idToken: string | null
}
const ended = sql`id, person_id as "personId", role, organisation_id as "organisationId", on_behalf_of as "onBehalfOf",
  supplier_id as "supplierId", provider, id_token as "idToken"`

const closedOf = ({ id, provider, idToken, ...holder }: Ended): ClosedSession => ({
  id,
  provider,
  idToken,
  actor: actorOf(holder),
})

export const actorOf = (row: Omit<Ended, 'id' | 'provider' | 'idToken'>): Actor => ({
  personId: row.personId,
  role: row.role,
  organisationId: row.organisationId,
  ...(row.onBehalfOf === null ? {} : { onBehalfOf: row.onBehalfOf }),
  ...(row.supplierId === null ? {} : { supplierId: row.supplierId }),
})

/** Which sessions are to end. */
export type WhichSessions =
  | { readonly token: string }
  | { readonly id: string; readonly personId: string }
  | { readonly personId: string }
  /** As a provider names them: its own session, or all of a subject. */
  | { readonly issuer: string; readonly subject: string | undefined; readonly providerSession: string | undefined }

/** @returns those that were ended now */
export async function closeSessions(db: Db, which: WhichSessions): Promise<ClosedSession[]> {
  const { rows } = await sql<Ended>`delete from session where ${conditionOf(which)} returning ${ended}`.execute(db)
  return rows.map(closedOf)
}

function conditionOf(which: WhichSessions) {
  if ('token' in which) return sql`id_hash = ${hashOf(which.token)}`
  if ('id' in which) return sql`id = ${which.id} and person_id = ${which.personId}`
  if ('personId' in which) return sql`person_id = ${which.personId}`
  const { issuer, subject, providerSession } = which
  return sql`issuer = ${issuer} and (${orNull(subject)}::text is null or subject = ${orNull(subject)}::text)
    and (${orNull(providerSession)}::text is null or provider_session = ${orNull(providerSession)}::text)
    and (${orNull(subject)}::text is not null or ${orNull(providerSession)}::text is not null)`
}

/** The same session in another role: with a new id, as after a sign-in, and the same end. */
export async function rotateSession(db: Db, token: string, holder: Actor): Promise<OpenedSession | undefined> {
  const next = newToken()
  const { rows } = await sql<{ id: string }>`update session set id_hash = ${hashOf(next)}, role = ${holder.role},
      organisation_id = ${holder.organisationId}, on_behalf_of = ${orNull(holder.onBehalfOf)}, supplier_id = ${orNull(holder.supplierId)}
    where id_hash = ${hashOf(token)} and person_id = ${holder.personId} returning id`.execute(db)
  return rows[0] && { id: rows[0].id, token: next }
}

export type OwnSession = {
  id: string
  current: boolean
  browser: Device['browser']
  system: Device['system']
  provider: string | null
  role: string
  signedInAt: string
  lastSeenAt: string
  endsAt: string
}

/** Sessions of a person that still count: the one that asks, then the latest. */
export async function listSessions(
  db: Db,
  at: Date,
  limits: SessionLimits,
  whose: { readonly personId: string; readonly token: string | undefined },
): Promise<OwnSession[]> {
  const { rows } = await sql<OwnSession>`
    select id, id_hash = ${hashOf(whose.token ?? '')} as current, browser, system, provider, role, created_at as "signedInAt",
      last_seen_at as "lastSeenAt", expires_at as "endsAt"
    from session where person_id = ${whose.personId} and expires_at > ${at.toISOString()}
      and last_seen_at > ${new Date(at.getTime() - limits.idleMs).toISOString()}
    order by current desc, last_seen_at desc, id`.execute(db)
  return rows
}
