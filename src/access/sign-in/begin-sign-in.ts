import * as client from 'openid-client'

import { ownPath } from '#access/sessions/own-page.ts'
import type { Db } from '#platform/database.ts'
import { AppError } from '#platform/errors.ts'
import type { Now } from '#platform/ids.ts'
import { asSystem } from '#platform/scope.ts'

import type { Providers } from './oidc-providers.ts'
import { keepAttempt } from './sign-in-attempts.ts'
import type { SessionLimits } from './sign-in-config.ts'

export type OidcDeps = {
  readonly db: Db
  readonly now: Now
  readonly sessionLimits: SessionLimits
  readonly origin: string | undefined
  readonly providers: Providers
}

export const callbackPath = (provider: string) => `/api/v1/sign-in/${provider}/callback`

/**
 * Begins a sign-in: authorization code flow with PKCE (RFC 7636, S256), state and nonce (OpenID Connect Core 1.0, 3.1.2.1).
 * @returns where the browser goes, and what its cookie must hold when it comes back
 * @throws AppError `not-found` (provider), `unavailable` when the provider is away
 */
export async function beginSignIn(
  deps: OidcDeps,
  asked: {
    readonly provider: string
    readonly next?: string | undefined
    readonly language?: 'ja' | 'en' | undefined
    readonly fresh: boolean
  },
): Promise<{ readonly to: string; readonly state: string; readonly binding: string }> {
  const provider = deps.providers.find(asked.provider)
  if (deps.origin === undefined) throw new AppError('unavailable', { reason: 'sign-in-needs-address' })
  const config = await deps.providers.clientOf(provider)
  const [state, nonce, verifier, binding] = [
    client.randomState(),
    client.randomNonce(),
    client.randomPKCECodeVerifier(),
    client.randomState(),
  ]
  const to = client.buildAuthorizationUrl(config, {
    redirect_uri: `${deps.origin}${callbackPath(provider.id)}`,
    scope: provider.scopes.join(' '),
    code_challenge: await client.calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
    state,
    nonce,
    ...(asked.fresh ? { prompt: 'login' } : {}),
    ...(asked.language === undefined ? {} : { ui_locales: asked.language }),
  })
  const nextPath = ownPath(asked.next)
  await asSystem(() =>
    keepAttempt(deps.db, deps.now(), deps.sessionLimits.signInMs, {
      state,
      binding,
      provider: provider.id,
      nonce,
      verifier,
      nextPath,
    }),
  )
  return { to: to.href, state, binding }
}
