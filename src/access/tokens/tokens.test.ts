import { sql } from 'kysely'
import { expect, it } from 'vitest'

import { actions, type Role } from '#access/model.ts'
import type { Database } from '#platform/database.ts'
import { appOn } from '#test/app.ts'
import { onEachEngine } from '#test/engines.ts'
import { as, make } from '#test/people.ts'

import type { MadeToken, OwnTokens, TokenScope } from './api.ts'
import { scopeFor } from './token-scopes.ts'

it('no action that changes something is open to a token that only reads', () => {
  const open = actions.filter((action) => scopeFor(action, 'POST') === 'read')
  expect(open.filter((action) => !action.startsWith('read-'))).toEqual(['export'])
})

it('no token makes tokens, hands its role on, or ends what others have', () => {
  for (const action of ['make-token', 'manage-tokens', 'name-deputy'] as const)
    for (const method of ['GET', 'POST', 'DELETE']) expect(scopeFor(action, method)).toBe('session-only')
  expect(scopeFor('own-account', 'DELETE')).toBe('session-only')
})

async function holder(database: Database, role: Role, scopes: readonly TokenScope[], settings = {}) {
  const { db } = database
  const { app } = await appOn(database, settings)
  const ministry = await make.organisation(db)
  const person = await make.person(db, ministry, role)
  const ask = await as(app, person)
  const make1 = async (body: object = {}) => {
    const answer = await ask('POST', '/api/v1/tokens', { name: '夜間の連携', scopes, ...body })
    expect(answer.statusCode).toBe(201)
    return answer.json<MadeToken>()
  }
  const by = (token: string) => (method: 'GET' | 'POST' | 'DELETE', url: string, payload?: object) =>
    app.inject({
      method,
      url,
      headers: { authorization: `Bearer ${token}` },
      ...(payload === undefined ? {} : { payload }),
    })
  return { db, app, ministry, person, ask, made: make1, by }
}
const reasonOf = (answer: { statusCode: number; json: <T>() => T }) => [
  answer.statusCode,
  answer.json<{ params: { reason?: string } }>().params.reason,
]

onEachEngine('an API token', (database) => {
  it('is shown once, stored as a hash, found by scanners of secrets, and lasts 90 days unless said otherwise', async () => {
    const { db, ask, made } = await holder(database(), 'planner', ['read'])
    const { token, expiresAt } = await made()
    expect(token).toMatch(/^tnb_[\w-]{43}$/)
    expect(Math.round((Date.parse(expiresAt) - Date.now()) / 86_400_000)).toBe(90)
    const { rows } = await sql<{ all: string }>`select jsonb_agg(to_jsonb(k))::text as all from api_token k`.execute(db)
    expect(rows[0]!.all).not.toContain(token.slice(8))
    const own = (await ask('GET', '/api/v1/tokens')).json<OwnTokens>()
    expect(own).toMatchObject({
      items: [{ hint: token.slice(0, 8), state: 'valid', lastUsedAt: null }],
      days: { preset: 90, most: 366 },
    })
    expect((await ask('POST', '/api/v1/tokens', { name: 'x', scopes: ['read'], days: 367 })).statusCode).toBe(400)
  })

  it('acts as its person, and the log names the token', async () => {
    const { by, made, person, ask } = await holder(database(), 'caio', ['read', 'write'])
    const { id, token } = await made()
    const me = (await by(token)('GET', '/api/v1/me')).json<{ person: { id: string }; role: string }>()
    expect([me.person.id, me.role]).toEqual([person.personId, 'caio'])
    const added = await by(token)('POST', '/api/v1/organisations', {
      parentId: person.organisationId,
      kind: 'bureau',
      name: { ja: '局' },
    })
    expect(added.statusCode).toBe(201)
    const { items } = (await ask('GET', '/api/v1/log?limit=1')).json<{ items: { type: string; tokenId: string }[] }>()
    expect(items[0]).toMatchObject({ type: 'organisation.added', tokenId: id })
    expect((await ask('GET', '/api/v1/tokens')).json<OwnTokens>().items[0]!.lastUsedAt).not.toBeNull()
  })

  it('does no more than its scopes, and says which one is missing', async () => {
    const { by, made, ministry } = await holder(database(), 'caio', ['read'])
    const use = by((await made()).token)
    const body = { parentId: ministry.id, kind: 'bureau', name: { ja: '局' } }
    const refused = await use('POST', '/api/v1/organisations', body)
    expect(reasonOf(refused)).toEqual([403, 'token-scope'])
    expect(refused.headers['www-authenticate']).toBe('Bearer error="insufficient_scope", scope="write"')
    expect(reasonOf(await use('GET', '/api/v1/log'))).toEqual([403, 'token-scope'])
    expect(reasonOf(await use('POST', '/api/v1/tokens', { name: 'x', scopes: ['read'] }))).toEqual([
      403,
      'session-only',
    ])
  })

  it('never does more than its role: a scope that the role has not is not given', async () => {
    const { ask, by, made } = await holder(database(), 'auditor', ['read', 'write'])
    for (const scope of ['import', 'provision'])
      expect((await ask('POST', '/api/v1/tokens', { name: 'x', scopes: [scope] })).statusCode).toBe(403)
    const { token } = await made()
    const added = await by(token)('POST', '/api/v1/organisations', { kind: 'ministry', name: { ja: '庁' } })
    expect([added.statusCode, added.json<{ params: { policy?: string } }>().params.policy]).toEqual([
      403,
      'auditor-changes-nothing',
    ])
  })

  it('that is forged, expired, revoked, or of a role that ended is refused, each in its own words', async () => {
    const { db, by, made, person, ask } = await holder(database(), 'planner', ['read'])
    const { id, token } = await made()
    const use = () => by(token)('GET', '/api/v1/me')
    const forged = await by(`tnb_${'A'.repeat(43)}`)('GET', '/api/v1/me')
    expect(reasonOf(forged)).toEqual([401, 'token-unknown'])
    expect(forged.headers['www-authenticate']).toBe('Bearer error="invalid_token"')
    await sql`update role_held set to_date = '2020-01-02' where person_id = ${person.personId}`.execute(db)
    expect(reasonOf(await use())).toEqual([401, 'token-role-ended'])
    await sql`update role_held set to_date = null where person_id = ${person.personId}`.execute(db)
    expect((await use()).statusCode).toBe(200)
    await sql`update api_token set expires_at = now() where id = ${id}`.execute(db)
    expect(reasonOf(await use())).toEqual([401, 'token-expired'])
    await sql`update api_token set expires_at = now() + interval '1 day' where id = ${id}`.execute(db)
    expect((await ask('DELETE', `/api/v1/tokens/${id}`)).statusCode).toBe(204)
    expect(reasonOf(await use())).toEqual([401, 'token-revoked'])
    const { rows } = await sql<{
      type: string
      reason: string
    }>`select type, detail ->> 'reason' as reason from audit_entry
      where type like 'token.%' order by at, id`.execute(db)
    expect(rows.map(({ type, reason }) => reason ?? type)).toEqual([
      'token.made',
      'token-role-ended',
      'token-expired',
      'token.revoked',
      'token-revoked',
    ])
  })

  it('is revoked by an administrator of its organisation, and by nobody of another', async () => {
    const { db, app, by, made, ministry } = await holder(database(), 'planner', ['read'])
    const { id, token } = await made()
    const elsewhere = await as(app, await make.person(db, await make.organisation(db, 'みどり庁'), 'administrator'))
    expect((await elsewhere('DELETE', `/api/v1/tokens/${id}`)).statusCode).toBe(404)
    const admin = await as(app, await make.person(db, ministry, 'administrator'))
    const listed = (await admin('GET', '/api/v1/organisation-tokens')).json<{ items: { id: string }[] }>()
    expect(listed.items.map((k) => k.id)).toEqual([id])
    expect((await elsewhere('GET', '/api/v1/organisation-tokens')).json()).toEqual({ items: [] })
    expect((await admin('DELETE', `/api/v1/tokens/${id}`)).statusCode).toBe(204)
    expect(reasonOf(await by(token)('GET', '/api/v1/me'))).toEqual([401, 'token-revoked'])
  })
})

onEachEngine('limits', (database) => {
  it('hold back an address that tries token after token, and tell the log once', async () => {
    const { db, app } = await holder(database(), 'planner', ['read'], { TENBIN_LIMIT_REFUSED_TOKENS: '3/86400' })
    const codes: number[] = []
    for (let n = 0; n < 6; n += 1) {
      const answer = await app.inject({ url: '/api/v1/me', headers: { authorization: `Bearer tnb_${n}` } })
      codes.push(answer.statusCode)
      if (answer.statusCode === 429) expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0)
    }
    expect(codes).toEqual([401, 401, 401, 429, 429, 429])
    const { rows } = await sql<{
      n: number
    }>`select count(*)::int as n from audit_entry where type = 'token.refused-repeatedly'`.execute(db)
    expect(rows[0]!.n).toBe(1)
  })

  it('hold back sign-in by person and by address', async () => {
    const { db } = database()
    const { app } = await appOn(database(), {
      TENBIN_LIMIT_SIGN_IN_PERSON: '2/86400',
      TENBIN_LIMIT_SIGN_IN_ADDRESS: '5/86400',
    })
    const ministry = await make.organisation(db)
    const people = [await make.person(db, ministry), await make.person(db, ministry), await make.person(db, ministry)]
    const enter = async (n: number) =>
      (await app.inject({ method: 'POST', url: '/api/v1/session', payload: { personId: people[n]!.personId } }))
        .statusCode
    expect([await enter(0), await enter(0), await enter(0)]).toEqual([200, 200, 429])
    expect([await enter(1), await enter(1), await enter(2)]).toEqual([200, 200, 429])
  })

  it('hold back who asks the API too often, each person and each address for itself', async () => {
    const { db } = database()
    const { app } = await appOn(database(), { TENBIN_LIMIT_API: '3/86400', TENBIN_LIMIT_API_ADDRESS: '20/86400' })
    const ministry = await make.organisation(db)
    const first = await as(app, await make.person(db, ministry))
    const second = await as(app, await make.person(db, ministry))
    const me = async (ask: typeof first) => (await ask('GET', '/api/v1/me')).statusCode
    expect([await me(first), await me(first), await me(first), await me(first)]).toEqual([200, 200, 200, 429])
    expect(await me(second)).toBe(200)
    const codes: number[] = []
    for (let n = 0; n < 25; n += 1) codes.push((await app.inject({ url: '/api/v1/me' })).statusCode)
    expect([codes[0], codes.at(-1)]).toEqual([401, 429])
    expect((await app.inject({ url: '/healthz' })).statusCode).toBe(200)
    // The same address written otherwise is the same address.
    expect((await first('GET', '/%61pi/v1/me')).statusCode).toBe(429)
    expect((await app.inject({ url: '/%61pi/v1/me' })).statusCode).toBe(429)
    expect((await app.inject({ url: '/%73cim/v2/Users' })).statusCode).toBe(429)
  })
})
