import { sql } from 'kysely'

import { hashOf } from '#access/hash-of.ts'
import type { Db } from '#platform/database.ts'

export type Attempt = {
  readonly state: string
  readonly binding: string
  readonly provider: string
  readonly nonce: string
  readonly verifier: string
  readonly nextPath: string
}
export type Taken =
  | { readonly ok: true; readonly attempt: Pick<Attempt, 'nonce' | 'verifier' | 'nextPath'> }
  | {
      readonly ok: false
      readonly reason: 'state-unknown' | 'state-used' | 'state-late' | 'other-browser' | 'other-provider'
    }

/** Remembers a sign-in that begins, and forgets those that are long over. */
export async function keepAttempt(db: Db, at: Date, lifeMs: number, attempt: Attempt): Promise<void> {
  const { state, binding, provider, nonce, verifier, nextPath } = attempt
  await sql`delete from sign_in_attempt where expires_at < ${new Date(at.getTime() - lifeMs).toISOString()}`.execute(db)
  await sql`insert into sign_in_attempt (state_hash, binding_hash, provider, nonce, verifier, next_path, created_at, expires_at)
    values (${hashOf(state)}, ${hashOf(binding)}, ${provider}, ${nonce}, ${verifier}, ${nextPath}, ${at.toISOString()},
      ${new Date(at.getTime() + lifeMs).toISOString()})`.execute(db)
}

/**
 * Takes a sign-in that was begun: once, in time, by the browser and with the provider that began it. One that another
 * browser brings is left for its owner.
 */
export async function takeAttempt(
  db: Db,
  at: Date,
  asked: { readonly state: string; readonly binding: string | undefined; readonly provider: string },
): Promise<Taken> {
  const { rows } = await sql<{
    nonce: string
    verifier: string
    nextPath: string
    provider: string
    binding: string
    created: string
    expires: string
    used: string | null
  }>`select nonce, verifier, next_path as "nextPath", provider, binding_hash as binding, created_at as created,
      expires_at as expires, used_at as used from sign_in_attempt where state_hash = ${hashOf(asked.state)}`.execute(db)
  const row = rows[0]
  if (!row) return { ok: false, reason: 'state-unknown' }
  if (row.used !== null) return { ok: false, reason: 'state-used' }
  if (asked.binding === undefined || hashOf(asked.binding) !== row.binding)
    return { ok: false, reason: 'other-browser' }
  if (row.provider !== asked.provider) return { ok: false, reason: 'other-provider' }
  // Begun in the future: our own clock went back meanwhile, and nothing it says of time can be trusted.
  if (Date.parse(row.expires) <= at.getTime() || Date.parse(row.created) > at.getTime() + 60_000)
    return { ok: false, reason: 'state-late' }
  const taken = await sql`update sign_in_attempt set used_at = ${at.toISOString()}, nonce = '', verifier = ''
    where state_hash = ${hashOf(asked.state)} and used_at is null returning 1`.execute(db)
  if (taken.rows.length === 0) return { ok: false, reason: 'state-used' }
  return { ok: true, attempt: { nonce: row.nonce, verifier: row.verifier, nextPath: row.nextPath } }
}
