import { sql } from 'kysely'
import { randomBytes } from 'node:crypto'

import type { Actor, RunTx } from '#audit/transaction.ts'
import { AppError } from '#platform/errors.ts'
import type { Now } from '#platform/ids.ts'

import { hashOf } from '#access/hash-of.ts'
import type { May } from '#access/may.ts'
import { todayOf } from '#access/office-day.ts'
import { organisationById } from '#access/store.ts'
import { tokenById } from './store-tokens.ts'
import { deedOfScope } from './token-scopes.ts'
import type { MadeToken, NewToken } from './api.ts'

/** Begins every token, so that a scanner of secrets finds one that was published by mistake: `tnb_[A-Za-z0-9_-]{43}`. */
export const tokenPrefix = 'tnb_'

type Deps = {
  readonly tx: RunTx
  readonly may: May
  readonly now: Now
  readonly timeZone: string
  readonly tokenDays: { readonly preset: number; readonly most: number }
}

/**
 * Makes an API token for the person in the role of the session, for the organisation of the role or one below it. It is
 * answered once; only its hash is stored.
 * @throws AppError `not-permitted` (asked by a token or as a deputy, or a scope that the role does not have), `not-found`
 *   (organisation), `bad-input` (lasts too long)
 */
export function makeToken(deps: Deps, actor: Actor, input: NewToken): Promise<MadeToken> {
  return deps.tx(actor, async (t) => {
    deps.may(actor, 'make-token')
    // A token acts as its person; whom a deputy stands for did not ask for one.
    if (actor.tokenId !== undefined || actor.onBehalfOf !== undefined)
      throw new AppError('not-permitted', { action: 'make-token', reason: actor.tokenId ? 'session-only' : 'deputy' })
    const organisation = await organisationById(t.db, input.organisationId ?? actor.organisationId)
    if (!organisation) throw new AppError('not-found', { organisation: input.organisationId })
    if (!organisation.path.includes(actor.organisationId))
      throw new AppError('not-permitted', { action: 'make-token', outside: true })
    for (const scope of input.scopes) deps.may(actor, deedOfScope[scope], { organisationPath: organisation.path })
    const days = input.days ?? deps.tokenDays.preset
    if (days > deps.tokenDays.most) throw new AppError('bad-input', { reason: 'too-long', days: deps.tokenDays.most })
    const id = t.newId()
    const token = `${tokenPrefix}${randomBytes(32).toString('base64url')}`
    const expiresAt = new Date(t.at.getTime() + days * 86_400_000).toISOString()
    const scopes = [...new Set(input.scopes)]
    await sql`insert into api_token (id, person_id, role, organisation_id, name, scopes, token_hash, hint, created_at, expires_at)
      values (${id}, ${actor.personId}, ${actor.role}, ${organisation.id}, ${input.name}, ${scopes}::text[],
        ${hashOf(token)}, ${token.slice(0, 8)}, ${t.at.toISOString()}, ${expiresAt})`.execute(t.db)
    await t.append({
      type: 'token.made',
      itemKind: 'api-token',
      itemId: id,
      organisationId: organisation.id,
      detail: { scopes, role: actor.role, days },
    })
    return { id, token, expiresAt }
  })
}

/**
 * Ends a token at once: by its person, or by an administrator of its organisation.
 * @throws AppError `not-found`, `not-permitted`
 */
export function revokeToken(deps: Deps, actor: Actor, id: string): Promise<void> {
  return deps.tx(actor, async (t) => {
    const token = await tokenById(t.db, id, todayOf(deps))
    if (!token) throw new AppError('not-found', { token: id })
    if (token.personId !== actor.personId) deps.may(actor, 'manage-tokens', { organisationPath: token.path })
    if (token.revokedAt !== null) return
    await sql`update api_token set revoked_at = ${t.at.toISOString()}, revoked_by = ${actor.personId} where id = ${id}`.execute(
      t.db,
    )
    await t.append({
      type: 'token.revoked',
      itemKind: 'api-token',
      itemId: id,
      organisationId: token.organisationId,
      detail: { person: token.personId },
    })
  })
}
