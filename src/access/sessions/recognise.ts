import { sql } from 'kysely'

import { hashOf } from '#access/hash-of.ts'
import { todayOf } from '#access/office-day.ts'
import type { SessionLimits } from '#access/sign-in/sign-in-config.ts'
import type { Actor } from '#audit/transaction.ts'
import type { Db } from '#platform/database.ts'
import type { Now } from '#platform/ids.ts'

import { actorOf } from './sessions.ts'

export type Recognised =
  | { readonly ok: true; readonly actor: Actor }
  /** `clock`: the session began in the future, so our clock went back; `role-ended`: disabled, or the role is not held today. */
  | { readonly ok: false; readonly reason: 'unknown' | 'clock' | 'role-ended'; readonly actor?: Actor }

/** The clocks of several servers may differ by this much, ms. */
const clockMs = 60_000

/**
 * Who holds a session. Asked with every request: one that was ended, is idle or over, whose person was disabled or whose
 * role is not held today counts no longer.
 */
export async function readSession(
  deps: { readonly db: Db; readonly now: Now; readonly timeZone: string; readonly sessionLimits: SessionLimits },
  token: string,
): Promise<Recognised> {
  const at = deps.now()
  const { rows } = await sql<{
    personId: string
    role: string
    organisationId: string
    onBehalfOf: string | null
    supplierId: string | null
    created: string
    seen: string
    held: boolean
  }>`
    select s.person_id as "personId", s.role, s.organisation_id as "organisationId", s.on_behalf_of as "onBehalfOf",
      s.supplier_id as "supplierId", s.created_at as created, s.last_seen_at as seen,
      exists (select 1 from roles_on(s.person_id, ${todayOf(deps)}::date) r where r.role = s.role
        and r.organisation_id = s.organisation_id and r.on_behalf_of is not distinct from s.on_behalf_of
        and r.supplier_id is not distinct from s.supplier_id) as held
    from session s where s.id_hash = ${hashOf(token)} and s.expires_at > ${at.toISOString()}
      and s.last_seen_at > ${new Date(at.getTime() - deps.sessionLimits.idleMs).toISOString()}`.execute(deps.db)
  const row = rows[0]
  if (!row) return { ok: false, reason: 'unknown' }
  if (Date.parse(row.created) > at.getTime() + clockMs) return { ok: false, reason: 'clock' }
  const actor = actorOf(row)
  if (!row.held) return { ok: false, reason: 'role-ended', actor }
  // Written at most once a minute: reading a list must not cost a write.
  if (at.getTime() - Date.parse(row.seen) > 60_000)
    await sql`update session set last_seen_at = ${at.toISOString()} where id_hash = ${hashOf(token)}`.execute(deps.db)
  return { ok: true, actor }
}

type Seen = { readonly actor: Actor; readonly until: number }
const rememberedMs = 30_000

/**
 * Sessions that were read lately, for the embedded engine alone: it has one connection, and a long import must not keep
 * everybody else from being recognised. One process reads and closes its sessions, so what it closed is forgotten at once;
 * a role that ends is noticed within half a minute.
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
    /** Of everybody whose sessions end otherwise than by their own sign-out. */
    forgetPerson: (personId: string): void => {
      for (const [key, { actor }] of seen) if (actor.personId === personId) seen.delete(key)
    },
  }
}
export type SessionMemory = ReturnType<typeof sessionMemory>
