import * as client from 'openid-client'

import { AppError } from '#platform/errors.ts'
import type { Now } from '#platform/ids.ts'

import { callbackPath } from './begin-sign-in.ts'
import type { Providers } from './oidc-providers.ts'
import type { Claims } from './read-claims.ts'
import type { Attempt } from './sign-in-attempts.ts'
import type { Provider } from './sign-in-config.ts'

/** What the provider vouches for; nothing of it is kept but subject, its session and the token for its sign-out. */
export type Vouched = {
  readonly ok: true
  readonly issuer: string
  readonly subject: string
  readonly providerSession: string | undefined
  readonly idToken: string
  readonly claims: Claims
}
export type TokenRefusal =
  | 'provider-refused'
  | 'code-refused'
  | 'issuer'
  | 'audience'
  | 'nonce'
  | 'signature'
  | 'clock'
  | 'token-form'
export type Asked = Vouched | { readonly ok: false; readonly reason: TokenRefusal; readonly error?: string }

type AskDeps = {
  readonly providers: Providers
  readonly now: Now
  readonly origin: string | undefined
  readonly clockToleranceSeconds: number
}

/**
 * Hands the code in and checks what comes back: issuer of the answer (RFC 9207), state, PKCE, signature, issuer, audience,
 * nonce and times of the ID token (OpenID Connect Core 1.0, 3.1.3.7).
 * @param query  of the callback, as it came
 * @throws AppError `unavailable` when the provider is away
 */
export async function askProvider(
  deps: AskDeps,
  provider: Provider,
  query: string,
  begun: Pick<Attempt, 'state' | 'nonce' | 'verifier'>,
): Promise<Asked> {
  const config = await deps.providers.clientOf(provider)
  const address = new URL(`${deps.origin}${callbackPath(provider.id)}`)
  address.search = query
  try {
    const tokens = await client.authorizationCodeGrant(config, address, {
      expectedState: begun.state,
      expectedNonce: begun.nonce,
      pkceCodeVerifier: begun.verifier,
      idTokenExpected: true,
    })
    deps.providers.keepKeys(provider, config)
    const claims = tokens.claims()
    if (!claims || tokens.id_token === undefined) return { ok: false, reason: 'token-form' }
    // The library leaves open what a token from the future is; it can only be a clock that is wrong.
    if (claims.iat * 1000 > deps.now().getTime() + deps.clockToleranceSeconds * 1000)
      return { ok: false, reason: 'clock' }
    // And whether a token that names an authorized party must name us.
    if (claims.azp !== undefined && claims.azp !== provider.clientId) return { ok: false, reason: 'audience' }
    const more =
      provider.claims.from === 'userinfo' ? await client.fetchUserInfo(config, tokens.access_token, claims.sub) : claims
    return {
      ok: true,
      issuer: claims.iss,
      subject: claims.sub,
      providerSession: typeof claims['sid'] === 'string' ? claims['sid'] : undefined,
      idToken: tokens.id_token,
      claims: more,
    }
  } catch (error) {
    if (isAway(error)) throw new AppError('unavailable', { reason: 'provider-away', provider: provider.id }, error)
    return { ok: false, ...refusalOf(error) }
  }
}

/** No answer, none in time, or one of a server that is down. */
function isAway(error: unknown): boolean {
  const { code, cause, name } = error as Error & { code?: string }
  if (code === 'OAUTH_RESPONSE_IS_NOT_CONFORM') return cause instanceof Response && cause.status >= 500
  if (code === 'OAUTH_TIMEOUT' || name === 'TimeoutError') return true
  return error instanceof TypeError && code === undefined && cause !== undefined
}

const byClaim: Readonly<Record<string, TokenRefusal>> = {
  iss: 'issuer',
  aud: 'audience',
  azp: 'audience',
  nonce: 'nonce',
}

function refusalOf(error: unknown): { readonly reason: TokenRefusal; readonly error?: string } {
  if (error instanceof client.AuthorizationResponseError)
    return { reason: 'provider-refused', error: /^[a-z_]{1,40}$/.test(error.error) ? error.error : 'unknown' }
  if (error instanceof client.ResponseBodyError || error instanceof client.WWWAuthenticateChallengeError)
    return { reason: 'code-refused' }
  const { code, cause } = error as { code?: string; cause?: { message?: string; cause?: { claim?: string } } }
  const claim = cause?.cause?.claim
  if (code === 'OAUTH_JWT_TIMESTAMP_CHECK_FAILED') return { reason: 'clock' }
  if (code === 'OAUTH_JWT_CLAIM_COMPARISON_FAILED') return { reason: byClaim[claim ?? ''] ?? 'token-form' }
  if (code === 'OAUTH_KEY_SELECTION_FAILED') return { reason: 'signature' }
  const said = cause?.message ?? ''
  if (/signature|"alg"/.test(said)) return { reason: 'signature' }
  if (/"iss"/.test(said)) return { reason: 'issuer' }
  if (/"nonce"|\(nonce\)/.test(said)) return { reason: 'nonce' }
  if (/"aud"/.test(said)) return { reason: 'audience' }
  if (!(error instanceof client.ClientError)) throw error
  return { reason: 'token-form' }
}
