import { sql } from 'kysely'
import { afterEach, beforeEach, expect, it } from 'vitest'

import type { Me } from '#access/api.ts'
import { onEachEngine } from '#test/engines.ts'
import { make, type MadeOrganisation } from '#test/people.ts'
import { type SignInServer, signInServer, visitor } from '#test/sign-in.ts'

onEachEngine('sign-in through a provider', (database) => {
  let server: SignInServer
  let ministry: MadeOrganisation
  let bureau: MadeOrganisation
  beforeEach(async () => {
    server = await signInServer(database())
    const { db } = database()
    ministry = await make.organisation(db)
    bureau = await make.organisation(db, '政策局', ministry)
    await sql`update organisation set code = 'AOBA' where id = ${ministry.id}`.execute(db)
    await sql`update organisation set code = 'AOBA-1' where id = ${bureau.id}`.execute(db)
    server.provider.account = 'u-1'
    server.provider.accounts['u-1'] = {
      name: '青木 さくら',
      post: '企画係長',
      organisation: 'AOBA-1',
      roles: ['ai-planner'],
      user_name: 'aoki',
    }
  })
  afterEach(() => server.stop())

  const me = async (who: ReturnType<typeof visitor>) => (await (await who.api('GET', '/api/v1/me')).json()) as Me
  const log = async () => {
    const { rows } = await sql<{ type: string; detail: Record<string, unknown> }>`
      select type, detail from audit_entry order by at, id`.execute(database().db)
    return rows
  }

  it('makes an unknown person with organisation and role as claimed, and leads back to where they were going', async () => {
    const who = visitor(server.address)
    expect(await who.signIn('aoba', '/register?q=%E8%A6%81%E7%B4%84')).toBe('/register?q=%E8%A6%81%E7%B4%84')
    expect(await me(who)).toMatchObject({
      person: { name: { ja: '青木 さくら' }, post: { ja: '企画係長' } },
      role: 'planner',
      organisation: { id: bureau.id },
      ministry: { id: ministry.id },
      heldFor: bureau.id,
      evaluation: false,
    })
    expect((await log()).map(({ type }) => type)).toEqual(['person.added', 'role.given', 'session.opened'])
    expect(JSON.stringify(await log())).not.toMatch(/青木|aoki|u-1/)
  })

  it('is the only way where providers are configured: nobody can be chosen', async () => {
    const { personId } = await make.person(database().db, ministry)
    const who = visitor(server.address)
    expect(await (await who.api('GET', '/api/v1/people')).json()).toEqual({ people: [] })
    const answer = await who.api('POST', '/api/v1/session', { personId })
    expect([answer.status, await answer.json()]).toMatchObject([403, { params: { reason: 'evaluation-off' } }])
  })

  it('knows the same person again, follows the claims, and keeps what was entered here', async () => {
    const { db } = database()
    const first = visitor(server.address)
    await first.signIn('aoba')
    const { person } = await me(first)
    await sql`insert into role_held (person_id, role, organisation_id, from_date, created_by)
      values (${person.id}, 'user', ${ministry.id}, '2020-01-01', ${person.id})`.execute(db)
    server.provider.accounts['u-1'] = { name: 'x', organisation: 'AOBA', roles: ['ai-head'], user_name: 'aoki' }
    const second = visitor(server.address)
    await second.signIn('aoba')
    const now = await me(second)
    expect(now.person.id).toBe(person.id)
    expect(now.organisation.id).toBe(ministry.id)
    expect(now.rolesHeld.map((one) => [one.role, one.organisation.id])).toEqual([
      ['caio', ministry.id],
      ['user', ministry.id],
    ])
    // The first session was a planner's, and nobody is that any more.
    expect((await first.api('GET', '/api/v1/me')).status).toBe(401)
    const { rows } = await sql<{
      type: string
      role: string
    }>`select type, role from role_change order by at, id`.execute(db)
    expect(rows).toEqual([
      { type: 'given', role: 'planner' },
      { type: 'ended', role: 'planner' },
      { type: 'given', role: 'caio' },
    ])
  })

  it('finds a person who was entered before by user name, once', async () => {
    const { db } = database()
    const { personId } = await make.person(db, ministry, 'auditor')
    await sql`update person set user_name = 'Midori.Hayashi', local = false where id = ${personId}`.execute(db)
    server.other.account = 'm-7'
    server.other.accounts['m-7'] = { user_name: 'midori.hayashi' }
    const who = visitor(server.address)
    expect(await who.signIn('midori')).toBe('/')
    expect(await me(who)).toMatchObject({ person: { id: personId }, role: 'auditor' })
    // Another subject of the same provider that claims the same name is not that person.
    server.other.account = 'm-8'
    server.other.accounts['m-8'] = { user_name: 'midori.hayashi' }
    expect(await visitor(server.address).signIn('midori')).toBe('/sign-in?fault=identity-taken&provider=midori')
  })

  it.each([
    [
      'an unknown person where people are entered',
      'midori',
      { user_name: 'nobody' },
      'fault=person-unknown&provider=midori&claim=user_name',
    ],
    [
      'a missing claim',
      'aoba',
      { organisation: 'AOBA', user_name: 'a' },
      'fault=claim-missing&provider=aoba&claim=roles',
    ],
    [
      'an unknown organisation',
      'aoba',
      { organisation: 'NO', roles: ['ai-head'], user_name: 'a' },
      'fault=organisation-unknown&provider=aoba&claim=organisation',
    ],
    [
      'an unknown role',
      'aoba',
      { organisation: 'AOBA', roles: ['ai-head', 'root'], user_name: 'a' },
      'fault=role-unknown&provider=aoba&claim=roles',
    ],
    [
      'no role',
      'aoba',
      { organisation: 'AOBA', roles: [], user_name: 'a' },
      'fault=role-none&provider=aoba&claim=roles',
    ],
    [
      'a claim of another form',
      'aoba',
      { organisation: { code: 'AOBA' }, roles: ['ai-head'], user_name: 'a' },
      'fault=claim-form&provider=aoba&claim=organisation',
    ],
  ])('refuses %s, names the claim, and stores nothing but the entry in the log', async (_, id, claims, told) => {
    const asked = id === 'aoba' ? server.provider : server.other
    asked.account = 'u-9'
    asked.accounts['u-9'] = claims
    const who = visitor(server.address)
    expect(await who.signIn(id)).toBe(`/sign-in?${told}`)
    expect((await who.api('GET', '/api/v1/me')).status).toBe(401)
    const { rows } = await sql<{
      n: number
    }>`select (select count(*)::int from person) + (select count(*)::int from session)
      + (select count(*)::int from person_identity) as n`.execute(database().db)
    expect(rows).toEqual([{ n: 0 }])
    const reason = new URLSearchParams(told).get('fault')
    expect(await log()).toMatchObject([{ type: 'sign-in.refused', detail: { provider: id, reason } }])
  })

  it('refuses somebody who is disabled, and ends the sessions of somebody who becomes so', async () => {
    const { db } = database()
    const who = visitor(server.address)
    await who.signIn('aoba')
    const { person } = await me(who)
    await sql`update person set disabled_at = now() where id = ${person.id}`.execute(db)
    server.clock.ahead = 60_000
    const answer = await who.api('GET', '/api/v1/me')
    expect([answer.status, await answer.json()]).toMatchObject([401, { params: { reason: 'role-ended' } }])
    expect(await visitor(server.address).signIn('aoba')).toBe('/sign-in?fault=person-disabled&provider=aoba')
    expect((await log()).slice(-2)).toMatchObject([
      { type: 'session.ended', detail: { person: person.id, because: 'role-ended' } },
      { type: 'sign-in.refused', detail: { reason: 'person-disabled' } },
    ])
  })

  it('with a provider that is away is a clear 503, while the other provider works and the first recovers by itself', async () => {
    await server.provider.stop()
    const who = visitor(server.address)
    const answer = await who.api('POST', '/api/v1/sign-in/aoba', {})
    expect([answer.status, await answer.json()]).toMatchObject([
      503,
      { code: 'unavailable', params: { reason: 'provider-away', provider: 'aoba' } },
    ])
    const ways = (await (await who.api('GET', '/api/v1/sign-in')).json()) as { providers: unknown }
    expect(ways.providers).toMatchObject([
      { id: 'aoba', answers: false },
      { id: 'midori', answers: true },
    ])
    expect((await who.api('POST', '/api/v1/sign-in/midori', {})).status).toBe(200)
    await server.provider.start()
    await expect.poll(() => who.signIn('aoba'), { timeout: 10_000, interval: 500 }).toBe('/')
  })

  it('that went away between the screen of the provider and ours says so on the sign-in screen', async () => {
    const who = visitor(server.address)
    const callback = await who.untilCallback('aoba')
    server.provider.broken = true
    const answer = await who.go(callback)
    expect(answer.headers.get('location')).toBe('/sign-in?fault=provider-away&provider=aoba')
  })

  it('says which of the words of the provider refused it', async () => {
    const who = visitor(server.address)
    const callback = new URL(await who.untilCallback('aoba'))
    callback.searchParams.delete('code')
    callback.searchParams.set('error', 'access_denied')
    const answer = await who.go(callback.href)
    expect(answer.headers.get('location')).toBe('/sign-in?fault=provider-refused&provider=aoba')
    expect((await log()).at(-1)).toMatchObject({ detail: { reason: 'provider-refused', error: 'access_denied' } })
  })

  it('is ended at the provider too, and a log-out there ends our session without the browser', async () => {
    const who = visitor(server.address)
    await who.signIn('aoba')
    const { to } = (await (await who.api('DELETE', '/api/v1/session')).json()) as { to: string }
    expect(to).toMatch(new RegExp(`^${server.provider.issuer}/session/end\\?`))
    await who.signIn('aoba')
    expect((await who.api('GET', '/api/v1/me')).status).toBe(200)
    // The provider asks, is told yes, and orders the log-out over its own line.
    const page = await (await who.go(to)).text()
    const xsrf = /name="xsrf" value="([^"]+)"/.exec(page)![1]!
    await who.go(`${server.provider.issuer}/session/end/confirm`, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({ xsrf, logout: 'yes' }).toString(),
    })
    await expect.poll(async () => (await who.api('GET', '/api/v1/me')).status, { timeout: 5000 }).toBe(401)
    expect((await log()).at(-1)).toMatchObject({ type: 'session.ended', detail: { because: 'provider' } })
  })
})
