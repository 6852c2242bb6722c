import { sql } from 'kysely'
import { expect, it } from 'vitest'

import type { Me, OwnSession } from '#access/api.ts'
import { newId } from '#platform/ids.ts'
import { appOn } from '#test/app.ts'
import { onEachEngine } from '#test/engines.ts'
import { as, make } from '#test/people.ts'

onEachEngine('one’s own account', (database) => {
  it('lists where one is signed in by device words, here first; one is signed out, then everywhere', async () => {
    const { db } = database()
    const { app } = await appOn(database())
    const person = await make.person(db, await make.organisation(db))
    const [here, there] = [await as(app, person), await as(app, person)]
    const listed = async () => (await here('GET', '/api/v1/sessions')).json<{ sessions: OwnSession[] }>().sessions
    const sessions = await listed()
    expect(sessions.map(({ current, browser, system }) => [current, browser, system])).toEqual([
      [true, 'other', 'other'],
      [false, 'other', 'other'],
    ])
    expect((await here('DELETE', `/api/v1/sessions/${sessions[1]!.id}`)).json()).toEqual({ ended: 1 })
    expect((await there('GET', '/api/v1/me')).statusCode).toBe(401)
    const third = await as(app, person)
    const answer = await here('DELETE', '/api/v1/sessions')
    expect(answer.json()).toEqual({ ended: 2 })
    expect(String(answer.headers['set-cookie'])).toMatch(/^tenbin_session=;.*HttpOnly/)
    for (const ask of [here, third]) expect((await ask('GET', '/api/v1/me')).statusCode).toBe(401)
    const { rows } = await sql<{ because: string }>`select detail ->> 'because' as because from audit_entry
      where type = 'session.ended' order by at, id`.execute(db)
    expect(rows.map(({ because }) => because)).toEqual(['left', 'everywhere', 'everywhere'])
  })

  it('does not show or end the sessions of somebody else', async () => {
    const { db } = database()
    const { app } = await appOn(database())
    const ministry = await make.organisation(db)
    const [one, two] = [await make.person(db, ministry), await make.person(db, ministry, 'planner')]
    const [ask, other] = [await as(app, one), await as(app, two)]
    const [theirs] = (await other('GET', '/api/v1/sessions')).json<{ sessions: OwnSession[] }>().sessions
    expect((await ask('GET', '/api/v1/sessions')).payload).not.toContain(theirs!.id)
    expect((await ask('DELETE', `/api/v1/sessions/${theirs!.id}`)).statusCode).toBe(404)
    expect((await other('GET', '/api/v1/me')).statusCode).toBe(200)
  })

  it('is signed out everywhere by an administrator of one’s own ministry, and by nobody else', async () => {
    const { db } = database()
    const { app } = await appOn(database())
    const ministry = await make.organisation(db)
    const person = await make.person(db, ministry, 'user')
    const ask = await as(app, person)
    const end = async (role: 'administrator' | 'planner', elsewhere = false) => {
      const place = elsewhere ? await make.organisation(db, 'みどり庁') : ministry
      return (await as(app, await make.person(db, place, role)))(
        'DELETE',
        `/api/v1/persons/${person.personId}/sessions`,
      )
    }
    expect((await end('planner')).statusCode).toBe(403)
    expect((await end('administrator', true)).statusCode).toBeGreaterThanOrEqual(403)
    expect((await ask('GET', '/api/v1/me')).statusCode).toBe(200)
    expect((await end('administrator')).json()).toEqual({ ended: 1 })
    expect((await ask('GET', '/api/v1/me')).statusCode).toBe(401)
  })

  it('switches to another role, to another organisation and to that of a person one stands in for, each under a new cookie', async () => {
    const { db } = database()
    const { app } = await appOn(database())
    const ministry = await make.organisation(db)
    const bureau = await make.organisation(db, '政策局', ministry)
    const caio = await make.person(db, ministry, 'caio')
    const person = await make.person(db, bureau, 'planner')
    const give = (organisationId: string, role: string) =>
      sql`
      insert into role_held (person_id, role, organisation_id, from_date, created_by)
      values (${person.personId}, ${role}, ${organisationId}, '2020-01-01', ${person.personId})`.execute(db)
    await give(ministry.id, 'planner')
    await sql`insert into deputy (id, role_held_id, person_id, organisation_id, from_date, to_date, created_at, created_by)
      select ${newId()}, id, ${person.personId}, organisation_id, '2020-01-01', '2099-12-31', now(), ${caio.personId}
      from role_held where person_id = ${caio.personId}`.execute(db)
    let ask = await as(app, person)
    const me = async () => (await ask('GET', '/api/v1/me')).json<Me>()
    expect((await me()).rolesHeld.map((h) => [h.role, h.organisation.id, h.onBehalfOf?.id])).toEqual(
      expect.arrayContaining([
        ['planner', bureau.id, undefined],
        ['planner', ministry.id, undefined],
        ['caio', ministry.id, caio.personId],
      ]),
    )
    for (const wanted of [
      { role: 'planner', organisationId: ministry.id },
      { role: 'caio', organisationId: ministry.id, onBehalfOf: caio.personId },
    ]) {
      const before = ask
      const answer = await ask('PATCH', '/api/v1/session', wanted)
      const cookie = String(answer.headers['set-cookie']).split(';')[0]!
      ask = (method, url, payload, headers) => before(method, url, payload, { cookie, ...headers })
      expect(answer.json()).toMatchObject({
        role: wanted.role,
        heldFor: ministry.id,
        onBehalfOf: wanted.onBehalfOf ?? null,
      })
      expect((await before('GET', '/api/v1/me')).statusCode).toBe(401)
      expect(await me()).toMatchObject({ role: wanted.role })
    }
    const other = { role: 'caio', organisationId: bureau.id }
    expect((await ask('PATCH', '/api/v1/session', other)).statusCode).toBe(403)
  })

  it('at an address of https has cookies that are Secure, HttpOnly, Lax and bound to the host', async () => {
    const { db } = database()
    const { app } = await appOn(database(), { TENBIN_PUBLIC_ADDRESS: 'https://tenbin.example' })
    const { personId } = await make.person(db, await make.organisation(db))
    const answer = await app.inject({ method: 'POST', url: '/api/v1/session', payload: { personId } })
    const cookie = String(answer.headers['set-cookie'])
    expect(cookie).toMatch(/^__Host-tenbin_session=[\w-]{43}; /)
    expect(cookie.split('; ').slice(1).toSorted()).toEqual([
      'HttpOnly',
      'Max-Age=86400',
      'Path=/',
      'SameSite=Lax',
      'Secure',
    ])
    expect(cookie).not.toContain('Domain')
    const own = cookie.split(';')[0]!
    const leave = (headers: Record<string, string>) =>
      app.inject({ method: 'DELETE', url: '/api/v1/sessions', headers: { cookie: own, ...headers } })
    // Behind a proxy the host of the request is not the one people see; the configured address counts.
    expect((await leave({ origin: 'http://tenbin.example' })).statusCode).toBe(403)
    expect((await leave({ origin: 'https://tenbin.example' })).statusCode).toBe(200)
  })
})

onEachEngine('the local sign-in', (database) => {
  it('lets nobody in who was not entered for it', async () => {
    const { db } = database()
    const { app } = await appOn(database())
    const { personId } = await make.person(db, await make.organisation(db))
    await sql`update person set local = false where id = ${personId}`.execute(db)
    const enter = () => app.inject({ method: 'POST', url: '/api/v1/session', payload: { personId } })
    expect((await enter()).statusCode).toBe(404)
  })
})
