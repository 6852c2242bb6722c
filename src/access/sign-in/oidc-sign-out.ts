import { buildEndSessionUrl } from 'openid-client'

import type { ClosedSession } from '#access/sessions/sessions.ts'

import type { Providers } from './oidc-providers.ts'

/**
 * Where the provider ends its own session and sends the person back (OpenID Connect RP-Initiated Logout 1.0, section 2).
 * @returns nothing for a local session, or when the provider has no such place or cannot be reached: the person is signed
 *   out here in any case
 */
export async function signOutAddress(
  deps: { readonly providers: Providers; readonly origin: string | undefined },
  { provider: id, idToken }: ClosedSession,
): Promise<string | null> {
  const provider = deps.providers.list.find((one) => one.id === id)
  if (!provider || idToken === null) return null
  try {
    const config = await deps.providers.clientOf(provider)
    if (config.serverMetadata().end_session_endpoint === undefined) return null
    return buildEndSessionUrl(config, {
      id_token_hint: idToken,
      post_logout_redirect_uri: `${deps.origin}/sign-in`,
    }).href
  } catch {
    return null
  }
}
