import { exportJWK, generateKeyPair, SignJWT, UnsecuredJWT } from 'jose'
import { sql } from 'kysely'
import { afterEach, beforeEach, expect, it } from 'vitest'

import { clientId, clientSecret, type Token } from '#test/identity-provider.ts'
import { onEachEngine } from '#test/engines.ts'
import { make } from '#test/people.ts'
import { type SignInServer, signInServer, visitor } from '#test/sign-in.ts'

const strange = await generateKeyPair('RS256', { extractable: true })
const now = () => Math.floor(Date.now() / 1000)
const hour = 3600
const event = 'http://schemas.openid.net/event/backchannel-logout'

type Forge = (claims: Token, server: SignInServer) => Promise<string>
/** The true token with its payload changed and its signature kept. */
const withoutNewSignature: Forge = async (claims, { provider }) => {
  const [head, , signature] = (await provider.sign(claims)).split('.')
  return `${head}.${Buffer.from(JSON.stringify({ ...claims, sub: 'u-2' })).toString('base64url')}.${signature}`
}
const wrongKey: Forge = (claims) =>
  new SignJWT({ ...claims }).setProtectedHeader({ alg: 'RS256', kid: 'test-key' }).sign(strange.privateKey)
const keyInTheHeader: Forge = async (claims) =>
  new SignJWT({ ...claims })
    .setProtectedHeader({ alg: 'RS256', jwk: await exportJWK(strange.publicKey) })
    .sign(strange.privateKey)
const algNone: Forge = async (claims) => new UnsecuredJWT({ ...claims }).encode()
/** The secret of the client is no key of the provider. */
const bySecret: Forge = (claims) =>
  new SignJWT({ ...claims }).setProtectedHeader({ alg: 'HS256' }).sign(new TextEncoder().encode(clientSecret))
const signed =
  (change: (claims: Token, server: SignInServer) => Token): Forge =>
  (claims, server) =>
    server.provider.sign(change(claims, server))

const forgedIdTokens: [what: string, forge: Forge, reason: string][] = [
  ['changed after it was signed', withoutNewSignature, 'signature'],
  ['signed with another key', wrongKey, 'signature'],
  ['that brings its own key', keyInTheHeader, 'signature'],
  ['without a signature (alg none)', algNone, 'signature'],
  ['signed with the secret of the client', bySecret, 'signature'],
  ['that is expired', signed((c) => ({ ...c, iat: now() - 2 * hour, exp: now() - hour })), 'clock'],
  ['from the future', signed((c) => ({ ...c, iat: now() + hour, exp: now() + 2 * hour })), 'clock'],
  ['for another client', signed((c) => ({ ...c, aud: 'another' })), 'audience'],
  ['for several clients', signed((c) => ({ ...c, aud: [clientId, 'another'] })), 'audience'],
  ['that another party may use', signed((c) => ({ ...c, azp: 'another' })), 'audience'],
  ['of another issuer', signed((c, { other }) => ({ ...c, iss: other.issuer })), 'issuer'],
  ['of another sign-in (nonce)', signed((c) => ({ ...c, nonce: 'of-yesterday' })), 'nonce'],
  ['without a nonce', signed((c) => ({ ...c, nonce: undefined })), 'nonce'],
  ['without a subject', signed((c) => ({ ...c, sub: undefined })), 'token-form'],
  ['that is no token', async () => 'a.b', 'token-form'],
]

onEachEngine('an attack on the sign-in', (database) => {
  let server: SignInServer
  beforeEach(async () => {
    server = await signInServer(database())
    const { db } = database()
    const { id } = await make.organisation(db)
    await sql`update organisation set code = 'AOBA' where id = ${id}`.execute(db)
    for (const provider of [server.provider, server.other]) {
      provider.account = 'u-1'
      provider.accounts['u-1'] = { name: '青木', organisation: 'AOBA', roles: ['ai-head'], user_name: 'aoki' }
    }
  })
  afterEach(() => server.stop())

  const log = async (type: string) => {
    const { rows } = await sql<{ detail: Record<string, unknown> }>`
      select detail from audit_entry where type = ${type} order by at, id`.execute(database().db)
    return rows.map(({ detail }) => detail)
  }
  const stored = async () => {
    const { rows } = await sql<{
      people: number
      sessions: number
    }>`select (select count(*)::int from person) as people,
      (select count(*)::int from session) as sessions`.execute(database().db)
    return rows[0]!
  }
  const up = async () => (await fetch(`${server.address}/healthz`)).ok
  const asTool = { accept: 'application/json' }
  const refusal = async (answer: Response) => {
    const { code, params } = (await answer.json()) as { code: string; params: Record<string, unknown> }
    return [answer.status, code, params['reason'], params['why']]
  }

  it.each(forgedIdTokens)(
    'by an ID token %s is refused, told to the log, and stores nothing',
    async (_, forge, reason) => {
      server.provider.tamper = (claims) => forge(claims, server)
      const who = visitor(server.address)
      const answer = await who.go(await who.untilCallback('aoba'), { headers: asTool })
      expect(await refusal(answer)).toEqual([403, 'not-permitted', reason, undefined])
      expect(await log('sign-in.refused')).toEqual([{ provider: 'aoba', reason }])
      expect([await stored(), who.cookies().size, await up()]).toEqual([{ people: 0, sessions: 0 }, 0, true])
      // The same way lets in whom the provider truly means.
      server.provider.tamper = undefined
      expect(await who.signIn('aoba')).toBe('/')
    },
  )

  it('by a callback opened twice is refused the second time, and the first session goes on', async () => {
    const who = visitor(server.address)
    const callback = await who.untilCallback('aoba')
    const cookies = new Map(who.cookies())
    await who.go(callback)
    expect((await who.api('GET', '/api/v1/me')).status).toBe(200)
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const again = await fetch(callback, { headers: { ...asTool, cookie }, redirect: 'manual' })
    expect(await refusal(again)).toEqual([403, 'not-permitted', 'state-used', undefined])
    expect(await log('sign-in.refused')).toEqual([{ provider: 'aoba', reason: 'state-used' }])
    expect([(await stored()).sessions, (await who.api('GET', '/api/v1/me')).status]).toEqual([1, 200])
  })

  it('by a callback in another browser signs that browser in as nobody, and is left to its owner', async () => {
    const [attacker, victim] = [visitor(server.address), visitor(server.address)]
    const callback = await attacker.untilCallback('aoba')
    expect(await refusal(await victim.go(callback, { headers: asTool }))).toEqual([
      403,
      'not-permitted',
      'other-browser',
      undefined,
    ])
    expect([victim.cookies().size, (await stored()).sessions]).toEqual([0, 0])
    expect((await attacker.go(callback)).headers.get('location')).toBe('/')
  })

  it('by a state nobody gave, or one of the other provider, is refused', async () => {
    const who = visitor(server.address)
    const own = await who.untilCallback('aoba')
    const invented = own.replace(/state=[^&]+/, 'state=invented')
    expect(await refusal(await who.go(invented, { headers: asTool }))).toEqual([
      403,
      'not-permitted',
      'state-unknown',
      undefined,
    ])
    const mixed = own.replace('/sign-in/aoba/', '/sign-in/midori/')
    expect(await refusal(await who.go(mixed, { headers: asTool }))).toEqual([
      403,
      'not-permitted',
      'other-provider',
      undefined,
    ])
    expect((await stored()).sessions).toBe(0)
  })

  it('by an answer that names another issuer, or none, is refused (mix-up)', async () => {
    for (const iss of [server.other.issuer, undefined]) {
      const who = visitor(server.address)
      const callback = new URL(await who.untilCallback('aoba'))
      callback.searchParams.delete('iss')
      if (iss !== undefined) callback.searchParams.set('iss', iss)
      expect(await refusal(await who.go(callback.href, { headers: asTool }))).toEqual([
        403,
        'not-permitted',
        'issuer',
        undefined,
      ])
    }
    expect((await stored()).sessions).toBe(0)
  })

  it('by a code of another sign-in fails at the provider, which asks for the right verifier (PKCE)', async () => {
    const [attacker, victim] = [visitor(server.address), visitor(server.address)]
    const stolen = new URL(await victim.untilCallback('aoba')).searchParams.get('code')!
    const own = new URL(await attacker.untilCallback('aoba'))
    own.searchParams.set('code', stolen)
    expect(await refusal(await attacker.go(own.href, { headers: asTool }))).toEqual([
      403,
      'not-permitted',
      'code-refused',
      undefined,
    ])
    expect((await stored()).sessions).toBe(0)
  })

  it('by a sign-in that comes back too late is refused, as it is when the clock jumps', async () => {
    for (const ahead of [11 * 60_000, -2 * 3_600_000]) {
      const who = visitor(server.address)
      const callback = await who.untilCallback('aoba')
      server.clock.ahead = ahead
      expect(await refusal(await who.go(callback, { headers: asTool }))).toEqual([
        403,
        'not-permitted',
        'state-late',
        undefined,
      ])
      server.clock.ahead = 0
    }
    // A clock that jumped before: the token is from the future, or long expired.
    for (const ahead of [-2 * 3_600_000, 2 * 3_600_000]) {
      server.clock.ahead = ahead
      const who = visitor(server.address)
      expect(await who.signIn('aoba')).toBe('/sign-in?fault=clock&provider=aoba')
    }
    server.clock.ahead = 0
    expect([await stored(), await up()]).toEqual([{ people: 0, sessions: 0 }, true])
    expect((await log('sign-in.refused')).map(({ reason }) => reason)).toEqual(
      expect.arrayContaining(['state-late', 'clock']),
    )
  })

  it('by a session planted before the sign-in gains nothing: the sign-in gives a new cookie and ends the old session', async () => {
    const attacker = visitor(server.address)
    await attacker.signIn('aoba')
    const planted = [...attacker.cookies()]
    const victim = visitor(server.address)
    for (const [name, value] of planted) victim.cookies().set(name, value)
    server.provider.accounts['u-2'] = {
      name: '緑川',
      organisation: 'AOBA',
      roles: ['ai-planner'],
      user_name: 'midorikawa',
    }
    server.provider.account = 'u-2'
    await victim.signIn('aoba')
    expect([...victim.cookies().values()]).not.toEqual(planted.map(([, value]) => value))
    expect((await victim.api('GET', '/api/v1/me')).status).toBe(200)
    expect((await attacker.api('GET', '/api/v1/me')).status).toBe(401)
    // A value that nobody was given does not become a session either.
    const dreamt = visitor(server.address)
    for (const [name] of planted) dreamt.cookies().set(name, 'A'.repeat(43))
    server.provider.account = 'u-1'
    await dreamt.signIn('aoba')
    expect([...dreamt.cookies().values()]).not.toContain('A'.repeat(43))
  })

  it('by a cookie with one sign changed is not signed in', async () => {
    const who = visitor(server.address)
    await who.signIn('aoba')
    const [[name, value]] = [...who.cookies()] as [[string, string]]
    for (const place of [0, 10, value.length - 2]) {
      const other = visitor(server.address)
      other.cookies().set(name, `${value.slice(0, place)}${value[place] === 'x' ? 'y' : 'x'}${value.slice(place + 1)}`)
      expect((await other.api('GET', '/api/v1/me')).status).toBe(401)
    }
    for (const odd of ['', 'x'.repeat(3000), "' or 1=1 --", '../../etc/passwd']) {
      const other = visitor(server.address)
      other.cookies().set(name, encodeURIComponent(odd))
      expect((await other.api('GET', '/api/v1/me')).status).toBe(401)
    }
    expect(await up()).toBe(true)
  })

  it.each([
    ['https://elsewhere.example/'],
    ['//elsewhere.example/'],
    ['/\\elsewhere.example/'],
    ['/\t/elsewhere.example/'],
    ['/a\r\nset-cookie: x=y'],
    ['\\\\elsewhere.example'],
    ['javascript:alert(1)'],
    ['http:elsewhere.example'],
    ['/%5celsewhere.example/..//elsewhere.example'],
    [''],
  ])('by an address elsewhere to go on to (%j) leads into our own app', async (next) => {
    const who = visitor(server.address)
    const location = await who.signIn('aoba', next)
    expect(new URL(location, server.address).origin).toBe(server.address)
    expect(location).toMatch(/^\/(?!\/|\\)/)
  })

  it.each([
    ['another origin', { origin: 'https://elsewhere.example' }],
    ['another port of the same host', { origin: 'http://127.0.0.1:1' }],
    ['no origin that could be named', { origin: 'null' }],
    ['a sibling site, as the browser says', { 'sec-fetch-site': 'same-site' }],
    ['another site, as the browser says', { 'sec-fetch-site': 'cross-site' }],
  ])('by a form on a page of %s changes nothing', async (_, headers) => {
    const who = visitor(server.address)
    await who.signIn('aoba')
    for (const [method, path] of [
      ['DELETE', '/api/v1/sessions'],
      ['DELETE', '/api/v1/session'],
      ['PATCH', '/api/v1/session'],
    ] as const) {
      const answer = await who.api(method, path, method === 'PATCH' ? { role: 'caio' } : undefined, headers)
      expect(await refusal(answer)).toEqual([403, 'not-permitted', 'foreign-origin', undefined])
    }
    expect((await who.api('GET', '/api/v1/me')).status).toBe(200)
  })

  it('by a change that brings the cookie and does not say where it comes from is refused', async () => {
    const who = visitor(server.address)
    await who.signIn('aoba')
    const cookie = [...who.cookies()].map(([name, value]) => `${name}=${value}`).join('; ')
    const answer = await fetch(`${server.address}/api/v1/sessions`, { method: 'DELETE', headers: { cookie } })
    expect(await refusal(answer)).toEqual([403, 'not-permitted', 'foreign-origin', undefined])
    expect((await stored()).sessions).toBe(1)
  })

  const order = (change: Token = {}): Token => ({
    iss: server.provider.issuer,
    aud: clientId,
    iat: now(),
    exp: now() + 120,
    jti: `jti-${Math.random()}`,
    sub: 'u-1',
    events: { [event]: {} },
    ...change,
  })
  const hand = (token: string, provider = 'aoba') =>
    fetch(`${server.address}/api/v1/sign-in/${provider}/back-channel-log-out`, {
      method: 'POST',
      body: new URLSearchParams({ logout_token: token }),
    })
  const forgedOrders: [what: string, make: () => Promise<string>, why: string][] = [
    ['signed with another key', () => wrongKey(order(), server), 'signature'],
    ['changed after it was signed', () => withoutNewSignature(order(), server), 'signature'],
    ['without a signature (alg none)', () => algNone(order(), server), 'signature'],
    ['signed with the secret of the client', () => bySecret(order(), server), 'signature'],
    ['for another client', () => server.provider.sign(order({ aud: 'another' })), 'audience'],
    ['of another issuer', () => server.provider.sign(order({ iss: server.other.issuer })), 'issuer'],
    ['signed by the other provider', () => server.other.sign(order()), 'signature'],
    ['that is expired', () => server.provider.sign(order({ exp: now() - hour })), 'clock'],
    ['given long ago', () => server.provider.sign(order({ iat: now() - hour, exp: now() + hour })), 'clock'],
    ['from the future', () => server.provider.sign(order({ iat: now() + hour, exp: now() + 2 * hour })), 'clock'],
    ['that is an ID token (nonce)', () => server.provider.sign(order({ nonce: 'n' })), 'token-form'],
    ['without the event', () => server.provider.sign(order({ events: {} })), 'token-form'],
    ['of another event', () => server.provider.sign(order({ events: { 'urn:other': {} } })), 'token-form'],
    ['that names nobody', () => server.provider.sign(order({ sub: undefined })), 'token-form'],
    ['without an id of its own', () => server.provider.sign(order({ jti: undefined })), 'token-form'],
    ['of another type', () => server.provider.sign(order(), { typ: 'at+jwt' }), 'token-form'],
    ['that is no token', async () => '', 'token-form'],
  ]

  it.each(forgedOrders)(
    'by a log-out order %s is refused, told to the log, and ends nothing',
    async (_what, forge, why) => {
      const who = visitor(server.address)
      await who.signIn('aoba')
      expect(await refusal(await hand(await forge()))).toEqual([400, 'bad-input', 'log-out-token', why])
      expect((await who.api('GET', '/api/v1/me')).status).toBe(200)
      expect(await log('log-out.refused')).toEqual([{ provider: 'aoba', reason: why }])
      expect([(await stored()).sessions, await up()]).toEqual([1, true])
      expect((await hand(await server.provider.sign(order()))).status).toBe(200)
      expect((await who.api('GET', '/api/v1/me')).status).toBe(401)
    },
  )

  it('by a log-out order handed in twice counts once', async () => {
    const who = visitor(server.address)
    await who.signIn('aoba')
    const token = await server.provider.sign(order(), { typ: 'logout+jwt' })
    expect(await (await hand(token)).json()).toEqual({ ended: 1 })
    await who.signIn('aoba')
    expect(await refusal(await hand(token))).toEqual([400, 'bad-input', 'log-out-token', 'replayed'])
    expect((await who.api('GET', '/api/v1/me')).status).toBe(200)
    expect(await log('log-out.refused')).toEqual([{ provider: 'aoba', reason: 'replayed' }])
  })

  it('by a flood of forged orders fills no log: the first is told, the others are counted with the next', async () => {
    const forged = await wrongKey(order(), server)
    for (let n = 0; n < 20; n += 1) await hand(forged)
    expect(await log('log-out.refused')).toEqual([{ provider: 'aoba', reason: 'signature' }])
    server.clock.ahead = 61_000
    await hand(forged)
    expect((await log('log-out.refused')).at(-1)).toEqual({ provider: 'aoba', reason: 'signature', before: 19 })
  })
})
