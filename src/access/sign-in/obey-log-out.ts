import { createRemoteJWKSet, errors, jwtVerify, type JWTPayload } from 'jose'
import { sql } from 'kysely'

import { systemActor } from '#access/nobody.ts'
import type { TellRefusal } from '#access/refusals.ts'
import { endedEntry } from '#access/sessions/end-sessions.ts'
import type { SessionMemory } from '#access/sessions/recognise.ts'
import { closeSessions } from '#access/sessions/sessions.ts'
import type { RunTx } from '#audit/transaction.ts'
import { AppError } from '#platform/errors.ts'
import type { Now } from '#platform/ids.ts'
import { asSystem } from '#platform/scope.ts'

import type { Providers } from './oidc-providers.ts'
import type { Provider } from './sign-in-config.ts'

export type LogOutDeps = {
  readonly tx: RunTx
  readonly now: Now
  readonly providers: Providers
  readonly memory: SessionMemory | undefined
  readonly clockToleranceSeconds: number
  readonly tellRefusal: TellRefusal
}

export type LogOutRefusal = 'signature' | 'issuer' | 'audience' | 'clock' | 'replayed' | 'token-form'
type Ordered = { iss: string; jti: string; sub: string | undefined; sid: string | undefined; until: number }
type Checked = { readonly ok: true; readonly order: Ordered } | { readonly ok: false; readonly reason: LogOutRefusal }

const event = 'http://schemas.openid.net/event/backchannel-logout'
/** Our preset, seconds: an order is obeyed this long after it was given. */
const freshSeconds = 300

type KeySet = ReturnType<typeof createRemoteJWKSet>
const keySets = new WeakMap<Provider, KeySet>()

/**
 * Obeys a log-out that a provider orders without the browser (OpenID Connect Back-Channel Logout 1.0, 2.5 to 2.8).
 * @returns how many sessions ended, or why the order is refused
 * @throws AppError `not-found` (provider), `unavailable` when the keys of the provider cannot be read
 */
export async function obeyLogOut(
  deps: LogOutDeps,
  providerId: string,
  token: string,
): Promise<{ readonly ok: true; readonly ended: number } | { readonly ok: false; readonly reason: LogOutRefusal }> {
  const provider = deps.providers.find(providerId)
  const checked = await checkLogoutToken(deps, provider, token)
  const ended = checked.ok ? await endOrdered(deps, provider, checked.order) : checked.reason
  if (typeof ended === 'number') return { ok: true, ended }
  await deps.tellRefusal('log-out.refused', provider.id, ended)
  return { ok: false, reason: ended }
}

async function checkLogoutToken(deps: LogOutDeps, provider: Provider, token: string): Promise<Checked> {
  const { issuer, jwks_uri: keysAt } = await deps.providers.metadataOf(provider)
  if (keysAt === undefined) throw new AppError('unavailable', { reason: 'provider-away', provider: provider.id })
  const keys = keySets.get(provider) ?? createRemoteJWKSet(new URL(keysAt), { timeoutDuration: 5000 })
  keySets.set(provider, keys)
  try {
    const { payload, protectedHeader } = await jwtVerify(token, keys, {
      issuer,
      audience: provider.clientId,
      algorithms: [provider.signingAlgorithm],
      clockTolerance: deps.clockToleranceSeconds,
      currentDate: deps.now(),
      maxTokenAge: freshSeconds,
      requiredClaims: ['iss', 'aud', 'iat', 'jti', 'events'],
    })
    const typ = protectedHeader.typ?.toLowerCase()
    const known = typ === undefined || typ === 'jwt' || typ.replace('application/', '') === 'logout+jwt'
    return known ? orderOf(payload) : { ok: false, reason: 'token-form' }
  } catch (error) {
    return { ok: false, reason: refusalOf(error, provider) }
  }
}

function orderOf({ iss, jti, sub, sid, iat, exp, events, ...more }: JWTPayload): Checked {
  const isObject = (value: unknown): value is Record<string, unknown> =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
  const named = typeof sid === 'string' || typeof sub === 'string'
  // A nonce marks an ID token, which must never pass for an order.
  const formed = isObject(events) && isObject(events[event]) && !('nonce' in more) && named
  if (!formed || (sid !== undefined && typeof sid !== 'string')) return { ok: false, reason: 'token-form' }
  const until = Math.max(exp ?? 0, iat! + freshSeconds)
  return { ok: true, order: { iss: iss!, jti: jti!, sub, sid, until } }
}

function refusalOf(error: unknown, provider: Provider): LogOutRefusal {
  if (error instanceof errors.JWTExpired) return 'clock'
  if (error instanceof errors.JWTClaimValidationFailed)
    return ({ iss: 'issuer', aud: 'audience', iat: 'clock', nbf: 'clock' } as const)[error.claim] ?? 'token-form'
  const unsigned = [errors.JWSSignatureVerificationFailed, errors.JOSEAlgNotAllowed, errors.JWKSNoMatchingKey]
  if (unsigned.some((kind) => error instanceof kind)) return 'signature'
  if (error instanceof errors.JWTInvalid || error instanceof errors.JWSInvalid) return 'token-form'
  if (error instanceof errors.JOSENotSupported) return 'signature'
  throw new AppError('unavailable', { reason: 'provider-away', provider: provider.id }, error)
}

/** The order counts once; obeying it and remembering it are one transaction. */
async function endOrdered(deps: LogOutDeps, provider: Provider, order: Ordered): Promise<number | 'replayed'> {
  const until = new Date((order.until + deps.clockToleranceSeconds) * 1000).toISOString()
  const closed = await asSystem(() =>
    deps.tx(systemActor, async (t) => {
      await sql`delete from logout_token_seen where expires_at < ${t.at.toISOString()}`.execute(t.db)
      const first =
        await sql`insert into logout_token_seen (issuer, jti, expires_at) values (${order.iss}, ${order.jti}, ${until})
        on conflict do nothing returning 1`.execute(t.db)
      if (first.rows.length === 0) return 'replayed'
      const sessions = await closeSessions(t.db, { issuer: order.iss, subject: order.sub, providerSession: order.sid })
      await t.append(sessions.map((one) => endedEntry(one, 'provider')))
      return sessions
    }),
  )
  if (closed === 'replayed') return closed
  for (const { actor } of closed) deps.memory?.forgetPerson(actor.personId)
  return closed.length
}
