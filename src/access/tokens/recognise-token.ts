import { hashOf } from '#access/hash-of.ts'
import { countShared } from '#access/limits/rate-count.ts'
import type { Limits } from '#access/limits/rate-limit.ts'
import { systemActor } from '#access/nobody.ts'
import { todayOf } from '#access/office-day.ts'
import type { Actor, RunTx } from '#audit/transaction.ts'
import type { Db } from '#platform/database.ts'
import type { Now } from '#platform/ids.ts'
import { asSystem } from '#platform/scope.ts'

import type { TokenScope } from './api.ts'
import { markUsed, tokenByHash, type TokenRow } from './store-tokens.ts'

export type TokenDeps = {
  readonly db: Db
  readonly tx: RunTx
  readonly now: Now
  readonly timeZone: string
  readonly limits: Limits
}

export type TokenRefusal = 'token-unknown' | 'token-expired' | 'token-revoked' | 'token-role-ended' | 'token-scope'
export type RecognisedToken =
  | { readonly ok: true; readonly actor: Actor; readonly scopes: readonly TokenScope[] }
  | { readonly ok: false; readonly reason: TokenRefusal; readonly token?: TokenRow }

/** The value of `Authorization: Bearer …` (RFC 6750 §2.1); nothing when there is none. */
export const bearerOf = (header: string | undefined): string | undefined =>
  /^Bearer +([\w.~+/=-]+) *$/i.exec(header ?? '')?.[1]

/** For whom a token speaks today. */
export async function recogniseToken(
  deps: Omit<TokenDeps, 'limits' | 'tx'>,
  presented: string,
): Promise<RecognisedToken> {
  const at = deps.now()
  const token = await asSystem(() => tokenByHash(deps.db, hashOf(presented), todayOf(deps)))
  if (!token) return { ok: false, reason: 'token-unknown' }
  if (token.revokedAt !== null) return { ok: false, reason: 'token-revoked', token }
  if (Date.parse(token.expiresAt) <= at.getTime()) return { ok: false, reason: 'token-expired', token }
  if (!token.held) return { ok: false, reason: 'token-role-ended', token }
  // Written at most once a minute: reading a list must not cost a write.
  if (token.lastUsedAt === null || at.getTime() - Date.parse(token.lastUsedAt) > 60_000)
    await asSystem(() => markUsed(deps.db, token.id, at.toISOString()))
  const { id, personId, role, organisationId, supplierId } = token
  const actor = { personId, role, organisationId, tokenId: id, ...(supplierId === null ? {} : { supplierId }) }
  return { ok: true, actor, scopes: token.scopes }
}

/**
 * Counts a refusal by the address it came from and tells the log of it: of a token that was one each time, of invented ones
 * once, when they become many.
 * @returns seconds to wait once there were too many, else nothing
 */
export async function tellRefusedToken(
  deps: TokenDeps,
  address: string,
  { reason, token }: { readonly reason: TokenRefusal; readonly token?: Pick<TokenRow, 'id' | 'organisationId'> },
): Promise<number | undefined> {
  const limit = deps.limits.refusedTokens
  const counted = await countShared(deps, `refused token ${address}`, limit)
  const tell = (type: string, itemId: string, organisationId: string) =>
    asSystem(() =>
      deps.tx(systemActor, (t) =>
        t.append({ type, itemKind: 'api-token', itemId, organisationId, detail: { reason } }),
      ),
    )
  if (counted.ok && token) await tell('token.refused', token.id, token.organisationId)
  if (counted.ok) return undefined
  // Once in a window, by whichever server counts the first one over the limit.
  const first = await countShared(
    deps,
    `refused tokens told ${address}`,
    limit && { most: 1, windowMs: limit.windowMs },
  )
  if (first.ok) await tell('token.refused-repeatedly', systemActor.personId, systemActor.organisationId)
  return counted.retryAfter
}
