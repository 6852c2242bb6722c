import { sql } from 'kysely'
import { createHash, randomBytes } from 'node:crypto'

import type { Actor } from '#audit/transaction.ts'
import type { Db } from '#platform/database.ts'
import { AppError } from '#platform/errors.ts'
import type { Now } from '#platform/ids.ts'

import type { Role } from './model.ts'

const hour = 3_600_000
/** Our preset: signed out after 8 h without a request, and 24 h after sign-in whatever happens. */
export const limits = { idleMs: 8 * hour, absoluteMs: 24 * hour } as const

const hashOf = (token: string) => createHash('sha256').update(token).digest('hex')

/** @returns the value of the cookie; only its hash is stored */
export async function openSession(
  db: Db,
  now: Now,
  holder: { personId: string; role: Role; organisationId: string },
): Promise<string> {
  const token = randomBytes(32).toString('base64url')
  const at = now()
  await sql`insert into session (id_hash, person_id, role, organisation_id, created_at, last_seen_at, expires_at)
    values (${hashOf(token)}, ${holder.personId}, ${holder.role}, ${holder.organisationId}, ${at.toISOString()}, ${at.toISOString()},
      ${new Date(at.getTime() + limits.absoluteMs).toISOString()})`.execute(db)
  await sql`delete from session where expires_at < ${at.toISOString()}`.execute(db)
  return token
}

export async function closeSession(db: Db, token: string): Promise<void> {
  await sql`delete from session where id_hash = ${hashOf(token)}`.execute(db)
}

/** @returns who holds the session, or nothing when it is unknown, idle or over */
export async function readSession(db: Db, now: Now, token: string): Promise<Actor | undefined> {
  const at = now()
  const { rows } = await sql<{ personId: string; role: string; organisationId: string; seen: string }>`
    select person_id as "personId", role, organisation_id as "organisationId", last_seen_at as seen
    from session where id_hash = ${hashOf(token)} and expires_at > ${at.toISOString()}
      and last_seen_at > ${new Date(at.getTime() - limits.idleMs).toISOString()}`.execute(db)
  const row = rows[0]
  if (!row) return undefined
  // Written at most once a minute: reading a list must not cost a write.
  if (at.getTime() - Date.parse(row.seen) > 60_000)
    await sql`update session set last_seen_at = ${at.toISOString()} where id_hash = ${hashOf(token)}`.execute(db)
  return { personId: row.personId, role: row.role, organisationId: row.organisationId }
}

/** @throws AppError `not-permitted` when the person does not hold the role today */
export async function holdsRole(
  db: Db,
  now: Now,
  personId: string,
  role: Role | undefined,
): Promise<{ role: Role; organisationId: string }> {
  const today = now().toISOString().slice(0, 10)
  const { rows } = await sql<{ role: Role; organisationId: string }>`
    select role, organisation_id as "organisationId" from role_held
    where person_id = ${personId} and from_date <= ${today} and (to_date is null or to_date >= ${today})
    order by role`.execute(db)
  const held = role ? rows.find((r) => r.role === role) : rows[0]
  if (!held) throw new AppError('not-permitted', { action: 'sign-in', role: role ?? null })
  return held
}

type Seen = { readonly actor: Actor; readonly until: number }
const rememberedMs = 30_000

/**
 * Sessions that were read lately, for the embedded engine alone: it has one connection, and a long import must not keep
 * everybody else from being recognised. One process reads and closes its sessions, so nothing can be out of date.
 */
export function sessionMemory(now: Now) {
  const seen = new Map<string, Seen>()
  return {
    recall: (token: string): Actor | undefined => {
      const known = seen.get(hashOf(token))
      return known && known.until > now().getTime() ? known.actor : undefined
    },
    keep: (token: string, actor: Actor): void => {
      if (seen.size > 10_000) seen.clear()
      seen.set(hashOf(token), { actor, until: now().getTime() + rememberedMs })
    },
    forget: (token: string): void => void seen.delete(hashOf(token)),
  }
}
