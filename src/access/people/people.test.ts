import { sql } from 'kysely'
import { expect, it } from 'vitest'

import { officeDay } from '#access/office-day.ts'
import type { Database } from '#platform/database.ts'
import { appOn } from '#test/app.ts'
import { onEachEngine } from '#test/engines.ts'
import { as, make } from '#test/people.ts'

import type { ListedPerson, PersonDetail } from './api.ts'
import { dayAfter } from './keep-people.ts'

const today = officeDay(new Date(), 'Asia/Tokyo')
const yesterday = dayAfter(today, -1)

/** A ministry with a division, and its administrator at the keyboard. */
async function house(database: Database) {
  const { db } = database
  const { app } = await appOn(database)
  const ministry = await make.organisation(db)
  const division = await make.organisation(db, '文書課', ministry)
  const admin = await make.person(db, ministry, 'administrator')
  const ask = await as(app, admin)
  const add = async (name = '田中 実', organisationId = division.id) => {
    const answer = await ask('POST', '/api/v1/persons', { organisationId, name: { ja: name }, post: { ja: '係長' } })
    expect(answer.statusCode).toBe(201)
    return answer.json<{ id: string }>().id
  }
  const read = async (id: string) => (await ask('GET', `/api/v1/persons/${id}`)).json<PersonDetail>()
  return { db, app, ministry, division, admin, ask, add, read }
}
type Answer = { statusCode: number; json: <T>() => T }
const said = (answer: Answer) => {
  const { code, params } = answer.json<{ code: string; params?: { reason?: string } }>()
  return [answer.statusCode, code, params?.reason]
}

onEachEngine('people', (database) => {
  it('are added, found by a part of the name without its space, changed with If-Match, and told to the log', async () => {
    const { ask, add, read } = await house(database())
    const id = await add('山川　花子')
    await add('海野 太郎')
    const found = await ask('GET', `/api/v1/persons?q=${encodeURIComponent('川花子')}`)
    expect(found.json<{ items: ListedPerson[] }>().items.map((p) => p.name.ja)).toEqual(['山川　花子'])
    const change = { post: { ja: '課長補佐', en: 'Deputy Director' }, mail: 'hanako@example.go.jp', language: 'en' }
    expect((await ask('PATCH', `/api/v1/persons/${id}`, change)).statusCode).toBe(428)
    expect((await ask('PATCH', `/api/v1/persons/${id}`, change, { 'if-match': '"1"' })).statusCode).toBe(200)
    expect((await ask('PATCH', `/api/v1/persons/${id}`, change, { 'if-match': '"1"' })).statusCode).toBe(412)
    expect(await read(id)).toMatchObject({ ...change, version: 2, state: 'active' })
    const log = (await ask('GET', '/api/v1/log?limit=3')).json<{ items: { type: string; detail: object }[] }>()
    expect(log.items[0]).toMatchObject({ type: 'person.changed', detail: { fields: ['post', 'mail', 'language'] } })
  })

  it('are listed page by page in one order, and those of another ministry are not', async () => {
    const { db, ask, add } = await house(database())
    await make.person(db, await make.organisation(db, 'みどり庁'), 'planner')
    for (const name of ['一', '二', '三', '四']) await add(name)
    const seen: string[] = []
    let cursor = ''
    do {
      const page = (await ask('GET', `/api/v1/persons?limit=2${cursor}`)).json<{
        items: ListedPerson[]
        next: string | null
      }>()
      expect(page.items.length).toBeLessThanOrEqual(2)
      seen.push(...page.items.map((p) => p.name.ja))
      cursor = page.next === null ? '' : `&cursor=${page.next}`
    } while (cursor !== '')
    expect(seen.toSorted()).toEqual(['一', '三', '二', '四', '山川 一郎'].toSorted())
    expect((await ask('GET', '/api/v1/persons?cursor=x')).statusCode).toBe(400)
  })

  it('have user names that are one per house whatever their case, also across ministries', async () => {
    const { app, db, ask, ministry } = await house(database())
    const other = await make.organisation(db, 'みどり庁')
    const elsewhere = await as(app, await make.person(db, other, 'administrator'))
    const named = (organisationId: string, userName: string) => ({
      organisationId,
      name: { ja: '名' },
      post: {},
      userName,
    })
    expect((await ask('POST', '/api/v1/persons', named(ministry.id, 'A.Tanaka'))).statusCode).toBe(201)
    expect((await elsewhere('POST', '/api/v1/persons', named(other.id, 'a.tanaka'))).statusCode).toBe(409)
  })

  it('are shut out at once: sessions end, tokens are revoked, and enabling brings no token back', async () => {
    const { app, db, division, ask, read } = await house(database())
    const planner = await make.person(db, division, 'planner')
    const theirs = await as(app, planner)
    const token = (await theirs('POST', '/api/v1/tokens', { name: 't', scopes: ['read'] })).json<{ token: string }>()
      .token
    const byToken = () =>
      app.inject({ method: 'GET', url: '/api/v1/me', headers: { authorization: `Bearer ${token}` } })
    expect((await byToken()).statusCode).toBe(200)
    expect((await ask('POST', `/api/v1/persons/${planner.personId}/disable`)).statusCode).toBe(204)
    expect([(await theirs('GET', '/api/v1/me')).statusCode, (await byToken()).statusCode]).toEqual([401, 401])
    expect((await read(planner.personId)).state).toBe('disabled')
    expect((await ask('POST', `/api/v1/persons/${planner.personId}/enable`)).statusCode).toBe(204)
    expect((await theirs('GET', '/api/v1/me')).statusCode).toBe(401)
    expect((await byToken()).statusCode).toBe(401)
    expect((await (await as(app, planner))('GET', '/api/v1/me')).statusCode).toBe(200)
  })

  it('are erased down to an id that says nothing, while history and log stay', async () => {
    const { db, ask, add, read } = await house(database())
    const id = await add('消える 人')
    await ask('POST', `/api/v1/persons/${id}/roles`, {
      role: 'planner',
      organisationId: (await read(id)).organisation.id,
    })
    const { version } = await read(id)
    expect(
      (await ask('POST', `/api/v1/persons/${id}/erase`, undefined, { 'if-match': `"${version}"` })).statusCode,
    ).toBe(204)
    const erased = await read(id)
    expect(erased).toMatchObject({ state: 'erased', name: { ja: '', en: '' }, mail: null, userName: null })
    expect(erased.history.map((h) => h.kind).toSorted()).toEqual(['ended', 'given'])
    const dump = await sql<{ text: string }>`select concat_ws(' ', (select jsonb_agg(to_jsonb(p)) from person p)::text,
      (select jsonb_agg(to_jsonb(e)) from audit_entry e)::text, (select jsonb_agg(to_jsonb(r)) from role_change r)::text) as text`.execute(
      db,
    )
    expect(dump.rows[0]!.text).not.toContain('消える')
    expect(said(await ask('POST', `/api/v1/persons/${id}/enable`))).toEqual([409, 'wrong-state', 'erased'])
  })
})

onEachEngine('roles', (database) => {
  it('are given from one day to another, ended, and leave their history', async () => {
    const { ask, add, read, division } = await house(database())
    const id = await add()
    const give = (body: object) => ask('POST', `/api/v1/persons/${id}/roles`, { organisationId: division.id, ...body })
    expect((await give({ role: 'planner', from: today, to: dayAfter(today, 30) })).statusCode).toBe(201)
    expect(said(await give({ role: 'planner', from: dayAfter(today, 30) }))[0]).toBe(409)
    expect((await give({ role: 'planner', from: dayAfter(today, 31) })).statusCode).toBe(201)
    expect(said(await give({ role: 'user', from: today, to: yesterday }))).toEqual([
      400,
      'bad-input',
      'ends-before-it-begins',
    ])
    const { roles } = await read(id)
    expect(roles.map((r) => r.when).toSorted()).toEqual(['later', 'now'])
    const now = roles.find((r) => r.when === 'now')!
    expect((await ask('POST', `/api/v1/roles-held/${now.id}/end`, { to: yesterday })).statusCode).toBe(204)
    const after = await read(id)
    expect(after.roles.map((r) => r.when)).toEqual(['later'])
    expect(after.history.map((h) => h.kind)).toEqual(['ended', 'given', 'given'])
    expect(after.history[0]).toMatchObject({ role: 'planner', byRole: 'administrator' })
  })

  it('are never given to oneself, nor for an organisation of others', async () => {
    const { app, db, ask, add, admin, ministry } = await house(database())
    const other = await make.organisation(db, 'みどり庁')
    const lift = await ask('POST', `/api/v1/persons/${admin.personId}/roles`, {
      role: 'caio',
      organisationId: ministry.id,
    })
    expect(said(lift)).toEqual([403, 'not-permitted', 'oneself'])
    const id = await add()
    const abroad = await ask('POST', `/api/v1/persons/${id}/roles`, { role: 'planner', organisationId: other.id })
    expect(abroad.statusCode).toBe(403)
    const foreign = await make.person(db, other, 'user')
    const taken = await ask('POST', `/api/v1/persons/${foreign.personId}/roles`, {
      role: 'user',
      organisationId: ministry.id,
    })
    expect([403, 404]).toContain(taken.statusCode)
    const planner = await as(app, await make.person(db, ministry, 'planner'))
    expect(
      (await planner('POST', `/api/v1/persons/${id}/roles`, { role: 'user', organisationId: ministry.id })).statusCode,
    ).toBe(403)
    expect((await planner('GET', '/api/v1/persons')).statusCode).toBe(403)
  })

  it('that read across ministries are given by the organisation that runs the board', async () => {
    const { db } = database()
    const { app } = await appOn(database(), { TENBIN_GOVERNMENT_OFFICE: 'DIGITAL' })
    const office = await make.organisation(db, 'デジタル庁')
    await sql`update organisation set code = 'DIGITAL' where id = ${office.id}`.execute(db)
    const ministry = await make.organisation(db)
    const give = async (at: typeof office, role: string) => {
      const ask = await as(app, await make.person(db, at, 'administrator'))
      const person = await make.person(db, at, 'user')
      return said(await ask('POST', `/api/v1/persons/${person.personId}/roles`, { role, organisationId: at.id }))
    }
    for (const role of ['board', 'secretariat', 'desk']) {
      expect((await give(office, role))[0]).toBe(201)
      expect(await give(ministry, role)).toEqual([403, 'not-permitted', 'across-ministries'])
    }
    expect((await give(ministry, 'caio-office'))[0]).toBe(201)
  })

  it('of a supplier contact need a supplier, and no other role has one', async () => {
    const { db, ask, add, ministry } = await house(database())
    const id = await add('事業者の人')
    const give = (body: object) => ask('POST', `/api/v1/persons/${id}/roles`, { organisationId: ministry.id, ...body })
    expect(said(await give({ role: 'supplier' }))).toEqual([400, 'bad-input', 'supplier-needed'])
    const { rows } = await sql<{
      id: string
    }>`insert into supplier (id, organisation_id, name, name_key, created_at, created_by)
      values (gen_random_uuid(), ${ministry.id}, '北斗データ', 'hokuto', now(), gen_random_uuid()) returning id`.execute(
      db,
    )
    const supplierId = rows[0]!.id
    expect(said(await give({ role: 'user', supplierId }))).toEqual([400, 'bad-input', 'supplier-not-wanted'])
    expect((await give({ role: 'supplier', supplierId })).statusCode).toBe(201)
  })

  it('of the last administrator cannot be ended, disabled or erased, however two try at once', async () => {
    const { app, db, ministry, division, admin, ask, read } = await house(database())
    const held = (await read(admin.personId)).roles[0]!
    const refused = [409, 'wrong-state', 'last-administrator']
    expect(said(await ask('POST', `/api/v1/roles-held/${held.id}/end`, { to: today }))).toEqual(refused)
    const second = await make.person(db, ministry, 'administrator')
    const other = await as(app, second)
    const [a, b] = await Promise.all([
      ask('POST', `/api/v1/persons/${second.personId}/disable`),
      other('POST', `/api/v1/persons/${admin.personId}/disable`),
    ])
    // One of them is shut out, either by the rule or because the session was over before.
    expect([a, b].filter(({ statusCode }) => statusCode === 204)).toHaveLength(1)
    const left = await sql<{ n: number }>`select count(*)::int as n from role_held h join person p on p.id = h.person_id
      where h.role = 'administrator' and p.disabled_at is null`.execute(db)
    expect(left.rows[0]!.n).toBe(1)
    // A division below may lose its own: the ministry's answers for it.
    const below = await make.person(db, division, 'administrator')
    const remaining = a.statusCode === 204 ? ask : other
    expect((await remaining('POST', `/api/v1/persons/${below.personId}/disable`)).statusCode).toBe(204)
  })
})

onEachEngine('deputies', (database) => {
  it('act for the holder, in whose name the history tells it, and stop when they are ended', async () => {
    const { app, db, ministry, division, ask, read } = await house(database())
    const caio = await make.person(db, ministry, 'caio')
    const stand = await make.person(db, division, 'user')
    const held = (await read(caio.personId)).roles[0]!
    const holder = await as(app, caio)
    const find = await holder('GET', `/api/v1/colleagues?q=${encodeURIComponent('山川')}`)
    expect(find.json<{ items: { id: string }[] }>().items.map((p) => p.id)).toContain(stand.personId)
    const span = { personId: stand.personId, from: today, to: dayAfter(today, 7) }
    expect((await holder('POST', `/api/v1/roles-held/${held.id}/deputies`, span)).statusCode).toBe(201)
    const acting = await as(app, { ...stand, role: 'caio' })
    const me = (await acting('GET', '/api/v1/me')).json<{ role: string }>()
    expect(me.role).toBe('caio')
    const organisation = await acting('POST', '/api/v1/organisations', {
      parentId: ministry.id,
      kind: 'bureau',
      name: { ja: '局' },
    })
    expect(organisation.statusCode).toBe(201)
    const again = { personId: (await make.person(db, division, 'user')).personId, from: today, to: today }
    expect(said(await acting('POST', `/api/v1/roles-held/${held.id}/deputies`, again))).toEqual([
      403,
      'not-permitted',
      'deputy',
    ])
    const deputy = (await read(caio.personId)).roles[0]!.deputies[0]!
    expect((await ask('POST', `/api/v1/deputies/${deputy.id}/end`, { to: yesterday })).statusCode).toBe(204)
    expect((await acting('GET', '/api/v1/me')).statusCode).toBe(401)
    expect((await read(stand.personId)).history.map((h) => h.kind)).toEqual(['deputy-ended', 'deputy-named'])
  })

  it('are named by nobody for a role of others without the right over people, and never for oneself', async () => {
    const { app, db, ministry, admin, ask, read } = await house(database())
    const caio = await make.person(db, ministry, 'caio')
    const held = (await read(caio.personId)).roles[0]!
    const planner = await make.person(db, ministry, 'planner')
    const span = { personId: planner.personId, from: today, to: today }
    const path = `/api/v1/roles-held/${held.id}/deputies`
    expect((await (await as(app, planner))('POST', path, span)).statusCode).toBe(403)
    expect(said(await ask('POST', path, { ...span, personId: admin.personId }))).toEqual([
      403,
      'not-permitted',
      'oneself',
    ])
    expect(said(await ask('POST', path, { ...span, personId: caio.personId }))).toEqual([
      400,
      'bad-input',
      'deputy-of-oneself',
    ])
    expect(said(await ask('POST', path, { ...span, to: dayAfter(today, 400) }))).toEqual([400, 'bad-input', 'too-long'])
    expect((await ask('POST', path, span)).statusCode).toBe(201)
    expect((await ask('POST', path, span)).statusCode).toBe(409)
  })
})
