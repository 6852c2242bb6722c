import { sql } from 'kysely'
import { expect, it } from 'vitest'

import type { Database } from '#platform/database.ts'
import { appOn } from '#test/app.ts'
import { onEachEngine } from '#test/engines.ts'
import { as, make } from '#test/people.ts'

import { readFilter } from './filter.ts'
import { patchMembers } from './groups.ts'
import { patchUser } from './patch.ts'
import { urn } from './model.ts'

const fault = (scimType: string) => expect.objectContaining({ params: expect.objectContaining({ scimType }) }) as Error

it('reads the one comparison, whatever the case of the attribute, and refuses every other', () => {
  const known = ['userName', 'emails.value']
  expect(readFilter('USERNAME Eq "tanaka \\"x\\""', known)).toEqual({ attribute: 'userName', value: 'tanaka "x"' })
  expect(readFilter('emails.value eq "a@example.go.jp"', known)).toMatchObject({ attribute: 'emails.value' })
  for (const bad of ['userName co "a"', 'password eq "a"', 'userName eq "a" or id eq "b"', "userName eq 'a'", '('])
    expect(() => readFilter(bad, known), bad).toThrow(fault('invalidFilter'))
})

it('patches a user as identity providers do: by path, without one, by comparison, with booleans as words', () => {
  const user = {
    userName: 'a',
    active: true,
    emails: [{ value: 'old@example.jp', type: 'work' }],
    roles: [{ value: 'user@A' }],
  }
  const patched = patchUser(user, [
    { op: 'replace', path: 'active', value: 'False' },
    { op: 'replace', value: { displayName: '田中 実', title: '係長', 'urn:unknown:x': 1 } },
    { op: 'replace', path: 'emails[type eq "work"].value', value: 'new@example.jp' },
    { op: 'add', path: 'roles', value: [{ value: 'planner@A' }, { value: 'user@A' }] },
    { op: 'replace', path: `${urn.enterprise}:department`, value: 'AOB-SOMU' },
    { op: 'replace', path: 'name.formatted', value: '田中　実' },
  ])
  expect(patched).toMatchObject({
    active: false,
    title: '係長',
    name: { formatted: '田中　実' },
    emails: [{ value: 'new@example.jp', type: 'work' }],
    roles: [{ value: 'user@A' }, { value: 'planner@A' }],
    [urn.enterprise]: { department: 'AOB-SOMU' },
  })
  expect(patchUser(user, [{ op: 'remove', path: 'roles[value eq "user@A"]' }]).roles).toEqual([])
  expect(() => patchUser(user, [{ op: 'replace', path: 'password', value: 'x' }])).toThrow(fault('invalidPath'))
  expect(() => patchUser(user, [{ op: 'remove' }])).toThrow(fault('noTarget'))
  expect(() => patchUser(user, [{ op: 'replace', path: 'active', value: 'perhaps' }])).toThrow(fault('invalidValue'))
})

it('patches members by list, by comparison, and all at once', () => {
  expect([...patchMembers(['a', 'b'], [{ op: 'add', path: 'members', value: [{ value: 'C' }] }])]).toEqual([
    'a',
    'b',
    'c',
  ])
  expect([...patchMembers(['a', 'b'], [{ op: 'remove', path: 'members[value eq "a"]' }])]).toEqual(['b'])
  expect([...patchMembers(['a', 'b'], [{ op: 'remove', path: 'members', value: [{ value: 'b' }] }])]).toEqual(['a'])
  expect([...patchMembers(['a'], [{ op: 'remove', path: 'members' }])]).toEqual([])
  expect([...patchMembers(['a'], [{ op: 'replace', value: { members: [{ value: 'z' }] } }])]).toEqual(['z'])
})

async function provisioning(database: Database) {
  const { db } = database
  const { app } = await appOn(database)
  const ministry = await make.organisation(db)
  const division = await make.organisation(db, '文書課', ministry)
  await sql`update organisation set code = case when id = ${ministry.id} then 'AOB' else 'AOB-BUNSHO' end
    where id in (${ministry.id}, ${division.id})`.execute(db)
  const admin = await make.person(db, ministry, 'administrator')
  const ask = await as(app, admin)
  const tokenFor = async (body: object) =>
    (await ask('POST', '/api/v1/tokens', { name: 'SCIM', ...body })).json<{ token: string }>().token
  const by =
    (token: string) =>
    (method: 'GET' | 'POST' | 'PUT' | 'PATCH', url: string, payload?: object, headers = {}) =>
      app.inject({
        method,
        url: `/scim/v2${url}`,
        headers: {
          authorization: `Bearer ${token}`,
          ...(payload === undefined ? {} : { 'content-type': 'application/scim+json' }),
          ...headers,
        },
        ...(payload === undefined ? {} : { payload: JSON.stringify(payload) }),
      })
  return { db, app, ministry, division, admin, ask, tokenFor, by, scim: by(await tokenFor({ scopes: ['provision'] })) }
}
type User = { id: string; userName: string; active: boolean; roles: { value: string }[]; meta: { version: string } }
const tanaka = {
  schemas: [urn.user, urn.enterprise],
  userName: 'm.tanaka',
  externalId: '0001',
  name: { familyName: '田中', givenName: '実' },
  title: '係長',
  emails: [{ value: 'tanaka@example.go.jp', type: 'work', primary: true }],
  preferredLanguage: 'ja-JP',
  roles: [{ value: 'planner@AOB-BUNSHO' }],
  [urn.enterprise]: { department: 'AOB-BUNSHO' },
  'urn:ietf:params:scim:schemas:unknown': { anything: 1 },
}

onEachEngine('SCIM', (database) => {
  it('adds a person with a role, reads it back with its ETag, finds it by user name, and refuses it twice', async () => {
    const { scim } = await provisioning(database())
    const added = await scim('POST', '/Users', tanaka)
    expect([added.statusCode, added.headers['content-type']]).toEqual([201, 'application/scim+json; charset=utf-8'])
    const user = added.json<User>()
    expect(added.headers.location).toBe(`http://localhost:80/scim/v2/Users/${user.id}`)
    expect(user).toMatchObject({
      userName: 'm.tanaka',
      externalId: '0001',
      name: { formatted: '田中 実' },
      title: '係長',
      active: true,
      preferredLanguage: 'ja',
      roles: [{ value: 'planner@AOB-BUNSHO' }],
      [urn.enterprise]: { department: 'AOB-BUNSHO' },
    })
    const read = await scim('GET', `/Users/${user.id}`)
    expect(read.headers['etag']).toBe(user.meta.version)
    expect((await scim('GET', `/Users/${user.id}`, undefined, { 'if-none-match': user.meta.version })).statusCode).toBe(
      304,
    )
    const found = (await scim('GET', `/Users?filter=${encodeURIComponent('userName eq "M.TANAKA"')}`)).json<{
      totalResults: number
    }>()
    expect(found.totalResults).toBe(1)
    const twice = await scim('POST', '/Users', tanaka)
    expect([twice.statusCode, twice.json()]).toEqual([
      409,
      { schemas: [urn.error], status: '409', scimType: 'uniqueness', detail: 'already-exists: userName' },
    ])
  })

  it('says each fault as RFC 7644 has it', async () => {
    const { scim, by, app } = await provisioning(database())
    const said = async (answer: ReturnType<typeof scim>) => {
      const { status, scimType, schemas } = (await answer).json<Record<string, unknown>>()
      return [(await answer).statusCode, status, scimType, schemas]
    }
    const unknown = '00000000-0000-7000-8000-000000000001'
    expect(await said(scim('GET', `/Users/${unknown}`))).toEqual([404, '404', undefined, [urn.error]])
    expect(await said(scim('GET', '/Users?filter=password%20pr'))).toEqual([400, '400', 'invalidFilter', [urn.error]])
    expect(await said(scim('POST', '/Users', { displayName: 'x' }))).toEqual([400, '400', 'invalidSyntax', [urn.error]])
    expect(await said(scim('POST', '/Users', { ...tanaka, roles: [{ value: 'king@AOB' }] }))).toEqual([
      400,
      '400',
      'invalidValue',
      [urn.error],
    ])
    expect(await said(by('tnb_wrong')('GET', '/Users'))).toEqual([401, '401', undefined, [urn.error]])
    const broken = await app.inject({
      method: 'POST',
      url: '/scim/v2/Users',
      payload: '{',
      headers: { 'content-type': 'application/scim+json' },
    })
    expect([400, 401]).toContain(broken.statusCode)
    // A refused user leaves nothing behind.
    expect((await scim('GET', '/Users?filter=userName%20eq%20%22m.tanaka%22')).json()).toMatchObject({
      totalResults: 0,
    })
  })

  it('replaces, disables and moves a person, and ends the roles that are listed no more, in one transaction', async () => {
    const { scim, db } = await provisioning(database())
    const { id, meta } = (await scim('POST', '/Users', tanaka)).json<User>()
    const other = {
      ...tanaka,
      userName: 'm.tanaka',
      title: '課長補佐',
      roles: [{ value: 'provider@AOB' }],
      [urn.enterprise]: { department: 'AOB' },
    }
    expect((await scim('PUT', `/Users/${id}`, other, { 'if-match': 'W/"99"' })).statusCode).toBe(412)
    const put = await scim('PUT', `/Users/${id}`, other, { 'if-match': meta.version })
    expect([put.statusCode, put.json<User>()]).toMatchObject([
      200,
      { title: '課長補佐', roles: [{ value: 'provider@AOB' }] },
    ])
    const same = await scim('PUT', `/Users/${id}`, other)
    expect(same.json<User>().meta.version).toBe(put.json<User>().meta.version)
    const off = await scim('PATCH', `/Users/${id}`, {
      schemas: [urn.patch],
      Operations: [{ op: 'Replace', path: 'active', value: 'False' }],
    })
    expect(off.json<User>()).toMatchObject({ active: false })
    const { rows } = await sql<{ role: string; token: boolean }>`select c.role, e.token_id is not null as token
      from role_change c join audit_entry e on e.item_id = c.person_id and e.type = 'role.' || c.type group by 1, 2 order by 1`.execute(
      db,
    )
    expect(rows).toEqual([
      { role: 'planner', token: true },
      { role: 'provider', token: true },
    ])
  })

  it('lists page by page from any index, and gives only the attributes asked for', async () => {
    const { scim } = await provisioning(database())
    for (const n of [1, 2, 3, 4]) await scim('POST', '/Users', { ...tanaka, userName: `u${n}`, externalId: String(n) })
    const page = async (q: string) =>
      (await scim('GET', `/Users?${q}`)).json<{ totalResults: number; itemsPerPage: number; Resources: User[] }>()
    expect(await page('count=0')).toMatchObject({ totalResults: 5, itemsPerPage: 0, Resources: [] })
    const second = await page('startIndex=2&count=3&attributes=userName')
    expect(second).toMatchObject({ totalResults: 5, itemsPerPage: 3 })
    expect(second.Resources.map((u) => u.userName)).toEqual(['u1', 'u2', 'u3'])
    expect(Object.keys(second.Resources[0]!).toSorted()).toEqual(['id', 'schemas', 'userName'])
    expect((await page('startIndex=-5&count=1')).Resources).toHaveLength(1)
  })

  it('shows roles as groups, and gives and ends them by their members', async () => {
    const { scim, division } = await provisioning(database())
    const first = (await scim('POST', '/Users', { ...tanaka, roles: [] })).json<User>()
    const second = (await scim('POST', '/Users', { ...tanaka, userName: 'second', roles: [] })).json<User>()
    const made = await scim('POST', '/Groups', { displayName: 'user@AOB-BUNSHO', members: [{ value: first.id }] })
    expect([made.statusCode, made.json<{ id: string }>().id]).toEqual([201, `user:${division.id}`])
    expect((await scim('POST', '/Groups', { displayName: 'user@AOB-BUNSHO' })).statusCode).toBe(409)
    const path = `/Groups/user:${division.id}`
    const patched = await scim('PATCH', path, {
      Operations: [{ op: 'add', path: 'members', value: [{ value: second.id }] }],
    })
    expect(
      patched
        .json<{ members: { value: string }[] }>()
        .members.map((m) => m.value)
        .toSorted(),
    ).toEqual([first.id, second.id].toSorted())
    expect(
      (
        await scim(
          'PUT',
          path,
          { displayName: 'user@AOB-BUNSHO', members: [{ value: second.id }] },
          { 'if-match': 'W/"stale"' },
        )
      ).statusCode,
    ).toBe(412)
    await scim('PUT', path, { displayName: 'user@AOB-BUNSHO', members: [{ value: second.id }] })
    expect((await scim('GET', `/Users/${first.id}`)).json<User>().roles).toEqual([])
    const found = await scim(
      'GET',
      `/Groups?filter=${encodeURIComponent('displayName eq "user@AOB-BUNSHO"')}&excludedAttributes=members`,
    )
    expect(found.json<{ Resources: object[] }>().Resources).toMatchObject([{ displayName: 'user@AOB-BUNSHO' }])
    expect(found.json<{ Resources: object[] }>().Resources[0]).not.toHaveProperty('members')
    expect((await scim('GET', '/Groups/king:x')).statusCode).toBe(404)
  })

  it('reaches no further than the organisation of the token, and needs its scope', async () => {
    const { scim, by, tokenFor, division, admin, db } = await provisioning(database())
    const narrow = by(await tokenFor({ scopes: ['provision'], organisationId: division.id }))
    expect((await narrow('GET', `/Users/${admin.personId}`)).statusCode).toBe(404)
    expect((await narrow('GET', '/Users')).json()).toMatchObject({ totalResults: 0 })
    expect((await narrow('POST', '/Users', { ...tanaka, roles: [{ value: 'planner@AOB' }] })).statusCode).toBe(400)
    const other = await make.person(db, await make.organisation(db, 'みどり庁'), 'planner')
    expect((await scim('GET', `/Users/${other.personId}`)).statusCode).toBe(404)
    const lift = await scim('PATCH', `/Users/${admin.personId}`, {
      Operations: [{ op: 'add', path: 'roles', value: [{ value: 'caio@AOB' }] }],
    })
    expect([lift.statusCode, lift.json<{ detail: string }>().detail]).toEqual([403, 'not-permitted: oneself'])
    const reader = by(await tokenFor({ scopes: ['read'] }))
    expect((await reader('GET', '/Users')).statusCode).toBe(403)
    expect((await scim('GET', '/ServiceProviderConfig')).json()).toMatchObject({
      patch: { supported: true },
      etag: { supported: true },
    })
  })
})
