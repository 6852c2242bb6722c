import { type CryptoKey, exportJWK, generateKeyPair, type JWK, SignJWT } from 'jose'
import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { text } from 'node:stream/consumers'
import Provider, { type Configuration } from 'oidc-provider'

import { freePort } from '#test/server.ts'

export const clientId = 'tenbin'
export const clientSecret = 'a-secret-of-the-tests-only'
const kid = 'test-key'

/** What a provider says of its people, by account. */
export type Accounts = Readonly<Record<string, Readonly<Record<string, unknown>>>>
export type Token = Readonly<Record<string, unknown>>

export type IdentityProvider = {
  readonly issuer: string
  /** Who signs in next. */
  account: string
  readonly accounts: Record<string, Readonly<Record<string, unknown>>>
  /** Stands between the provider and us: what comes from the token endpoint is replaced. */
  tamper: ((idToken: Token) => Promise<string>) | undefined
  /** Answers every question with 500. */
  broken: boolean
  /** A token as the provider itself would sign it. */
  readonly sign: (claims: Token, header?: { typ?: string }) => Promise<string>
  readonly stop: () => Promise<void>
  readonly start: () => Promise<void>
}

/** Making a key takes long enough to be worth doing once for each provider. */
const made = new Map<string, Promise<CryptoKey>>()
function keyOf(id: string): Promise<CryptoKey> {
  const key = made.get(id) ?? generateKeyPair('RS256', { extractable: true }).then(({ privateKey }) => privateKey)
  made.set(id, key)
  return key
}

/**
 * A real OpenID provider (oidc-provider) on a loopback port; it lets the chosen account in without asking.
 * @param app  address of the server under test
 */
export async function identityProvider(app: string, id = 'aoba'): Promise<IdentityProvider> {
  const port = await freePort()
  const issuer = `http://127.0.0.1:${port}`
  const privateKey = await keyOf(id)
  const jwk: JWK = { ...(await exportJWK(privateKey)), kid, alg: 'RS256', use: 'sig' }
  const self: { account: string; accounts: Record<string, Readonly<Record<string, unknown>>> } = {
    account: '',
    accounts: {},
  }
  const provider = new Provider(issuer, configurationOf(app, id, jwk, self.accounts))
  const running = { tamper: undefined as IdentityProvider['tamper'], broken: false }
  const answer = provider.callback()
  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    if (running.broken) return void response.writeHead(500).end()
    if (request.url?.startsWith('/interaction/')) {
      const result = { login: { accountId: who.account } }
      return provider.interactionFinished(request, response, result, { mergeWithLastSubmission: false })
    }
    if (running.tamper && request.url === '/token' && request.headers['x-inner'] === undefined)
      return replaceToken(issuer, request, response, running.tamper)
    await answer(request, response)
  }
  let server = createServer((request, response) => void handle(request, response))
  const start = async () => {
    server = createServer((request, response) => void handle(request, response))
    await once(server.listen(port, '127.0.0.1'), 'listening')
    // A provider that nobody stops must not keep the tests from ending.
    server.unref()
  }
  await start()
  const who: IdentityProvider = Object.assign(running, {
    issuer,
    account: self.account,
    accounts: self.accounts,
    sign: (claims: Token, header: { typ?: string } = {}) =>
      new SignJWT({ ...claims }).setProtectedHeader({ alg: 'RS256', kid, ...header }).sign(privateKey),
    start,
    stop: async () => {
      server.closeAllConnections()
      await new Promise((done) => server.close(done))
    },
  })
  return who
}

function configurationOf(app: string, id: string, jwk: JWK, accounts: Accounts): Configuration {
  const own = ['name', 'post', 'organisation', 'roles', 'user_name']
  return {
    clients: [
      {
        client_id: clientId,
        client_secret: clientSecret,
        redirect_uris: [`${app}/api/v1/sign-in/${id}/callback`],
        post_logout_redirect_uris: [`${app}/sign-in`],
        backchannel_logout_uri: `${app}/api/v1/sign-in/${id}/back-channel-log-out`,
        backchannel_logout_session_required: true,
      },
    ],
    jwks: { keys: [jwk as never] },
    cookies: { keys: ['only-for-tests'] },
    claims: { openid: ['sub'], profile: own },
    conformIdTokenClaims: false,
    pkce: { required: () => true },
    features: {
      devInteractions: { enabled: false },
      backchannelLogout: { enabled: true },
      rpInitiatedLogout: { enabled: true },
    },
    // It refuses loopback addresses by itself, and the server under test has no other.
    fetch: (address, options) => fetch(address, { ...options, dispatcher: undefined } as unknown as RequestInit),
    ttl: { AccessToken: 600, Grant: 600, IdToken: 600, Interaction: 600, Session: 600 },
    interactions: { url: (_context, interaction) => `/interaction/${interaction.uid}` },
    findAccount: (_context, sub) => ({ accountId: sub, claims: () => ({ sub, ...accounts[sub] }) }),
    loadExistingGrant: async (context) => {
      const { client, session, provider } = context.oidc
      const grant = new provider.Grant({ clientId: client!.clientId, accountId: session!.accountId! })
      grant.addOIDCScope('openid profile')
      await grant.save()
      return grant
    },
  }
}

/** Fetches the true answer of the token endpoint and hands on another ID token. */
async function replaceToken(
  issuer: string,
  request: IncomingMessage,
  response: ServerResponse,
  tamper: NonNullable<IdentityProvider['tamper']>,
): Promise<void> {
  const { authorization = '', 'content-type': type = '' } = request.headers
  const true_ = await fetch(`${issuer}/token`, {
    method: 'POST',
    headers: { authorization, 'content-type': type, 'x-inner': 'yes' },
    body: await text(request),
  })
  const body = (await true_.json()) as { id_token: string }
  const claims = JSON.parse(Buffer.from(body.id_token.split('.')[1]!, 'base64url').toString()) as Token
  response.setHeader('content-type', 'application/json')
  response.end(JSON.stringify({ ...body, id_token: await tamper(claims) }))
}
