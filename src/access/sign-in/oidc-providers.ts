import * as client from 'openid-client'

import { AppError } from '#platform/errors.ts'
import type { Now } from '#platform/ids.ts'

import { isLoopback } from './public-address.ts'
import type { Provider, SignIn } from './sign-in-config.ts'

type Known = { readonly metadata: client.ServerMetadata; readonly at: number }
type Fault = { readonly error: unknown; readonly at: number }

/** Our presets, ms: pauses between tries, how long one try may take, how long an answer and a failure count. */
const pauses = [200, 600] as const
const timeoutSeconds = 5
const metadataMs = 12 * 3_600_000
const failureMs = 3_000

/**
 * The configured providers. What a provider publishes is read when it is first needed, so that one that is away keeps
 * neither the server from starting nor the others from working.
 */
export function oidcProviders(signIn: SignIn, now: Now) {
  const known = new Map<string, Known>()
  const failed = new Map<string, Fault>()
  const keys = new Map<string, client.ExportedJWKSCache>()
  const asked = new Map<string, Promise<client.ServerMetadata>>()

  const find = (id: string): Provider => {
    const provider = signIn.providers.find((p) => p.id === id)
    if (!provider) throw new AppError('not-found', { provider: id })
    return provider
  }

  const ask = async (provider: Provider): Promise<client.ServerMetadata> => {
    const before = known.get(provider.id)
    const lately = failed.get(provider.id)
    try {
      if (lately && Date.now() - lately.at < failureMs) throw lately.error
      const metadata = await discover(provider)
      known.set(provider.id, { metadata, at: Date.now() })
      failed.delete(provider.id)
      return metadata
    } catch (error) {
      if (lately?.error !== error) failed.set(provider.id, { error, at: Date.now() })
      // What it published yesterday is better than nobody signing in.
      if (before) return before.metadata
      throw new AppError('unavailable', { reason: 'provider-away', provider: provider.id }, error)
    }
  }

  /** @throws AppError `unavailable` with `reason: 'provider-away'` */
  const metadataOf = (provider: Provider): Promise<client.ServerMetadata> => {
    const before = known.get(provider.id)
    if (before && Date.now() - before.at < metadataMs) return Promise.resolve(before.metadata)
    const running = asked.get(provider.id) ?? ask(provider).finally(() => asked.delete(provider.id))
    asked.set(provider.id, running)
    return running
  }

  return {
    list: signIn.providers,
    find,
    metadataOf,
    /** False when the last try failed and none has succeeded since. */
    seemsThere: (id: string): boolean => !failed.has(id),
    /**
     * A client of the provider, for one sign-in: every signature is checked, not only the channel, and our clock is the
     * one that was handed in.
     */
    clientOf: async (provider: Provider): Promise<client.Configuration> => {
      const metadata = await metadataOf(provider)
      const config = new client.Configuration(
        metadata,
        provider.clientId,
        {
          id_token_signed_response_alg: provider.signingAlgorithm,
          [client.clockTolerance]: signIn.clockToleranceSeconds,
          [client.clockSkew]: Math.round((now().getTime() - Date.now()) / 1000),
        },
        authenticationOf(provider),
      )
      config.timeout = timeoutSeconds
      client.enableNonRepudiationChecks(config)
      if (isLoopback(new URL(provider.issuer).hostname)) client.allowInsecureRequests(config)
      const cached = keys.get(provider.id)
      if (cached) client.setJwksCache(config, cached)
      return config
    },
    /** Keeps the provider's keys for the next sign-in. */
    keepKeys: (provider: Provider, config: client.Configuration): void => {
      const cache = client.getJwksCache(config)
      if (cache) keys.set(provider.id, cache)
    },
  }
}

export type Providers = ReturnType<typeof oidcProviders>

function authenticationOf({ clientSecret, clientAuthentication }: Provider): client.ClientAuth {
  if (clientSecret === undefined) return client.None()
  return clientAuthentication === 'post'
    ? client.ClientSecretPost(clientSecret)
    : client.ClientSecretBasic(clientSecret)
}

async function discover(provider: Provider): Promise<client.ServerMetadata> {
  const issuer = new URL(provider.issuer)
  const execute = isLoopback(issuer.hostname) ? [client.allowInsecureRequests] : []
  for (let tries = 0; ; tries += 1) {
    try {
      const found = await client.discovery(issuer, provider.clientId, undefined, client.None(), {
        execute,
        timeout: timeoutSeconds,
      })
      return found.serverMetadata()
    } catch (error) {
      const pause = pauses[tries]
      if (pause === undefined) throw error
      await new Promise((resolve) => setTimeout(resolve, pause))
    }
  }
}
