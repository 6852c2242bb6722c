import { expect, it } from 'vitest'

import { appOn } from '#test/app.ts'
import { onEachEngine } from '#test/engines.ts'
import { as, make } from '#test/people.ts'

onEachEngine('sign-in', (database) => {
  it('needs a role that is held today', async () => {
    const { db } = database()
    const { app } = await appOn(database())
    const past = await make.person(db, await make.organisation(db), 'caio', '2020-01-01', '2020-12-31')
    const answer = await app.inject({ method: 'POST', url: '/api/v1/session', payload: { personId: past.personId } })
    expect([answer.statusCode, answer.json<{ code: string }>().code]).toEqual([403, 'not-permitted'])
  })

  it('is needed by every address of the API but the open ones', async () => {
    const { app } = await appOn(database())
    await app.ready()
    const open: string[] = []
    let asked = 0
    const { paths } = app.swagger() as { paths: Record<string, Record<string, unknown>> }
    for (const [path, methods] of Object.entries(paths)) {
      for (const method of Object.keys(methods)) {
        asked += 1
        const url = path.replaceAll(/\{[^}]+\}/g, '00000000-0000-7000-8000-000000000000')
        const { statusCode } = await app.inject({ method: method.toUpperCase() as 'GET', url })
        if (statusCode !== 401) open.push(`${method} ${path}`)
      }
    }
    expect(asked).toBeGreaterThan(30)
    expect(open.toSorted()).toEqual([
      'delete /api/v1/session',
      'get /api/v1/log/proof/consistency',
      'get /api/v1/people',
      'get /api/v1/sign-in',
      'get /api/v1/sign-in/{provider}/callback',
      'get /healthz',
      'get /log/checkpoint',
      'get /log/checkpoint/{size}',
      'get /log/tile/{*}',
      'get /readyz',
      'post /api/v1/session',
      'post /api/v1/sign-in/{provider}',
      'post /api/v1/sign-in/{provider}/back-channel-log-out',
      // Opens by the secret of an invitation.
      'post /api/v1/tenders/enter',
      'post /log/cosignature',
    ])
  })

  it('refuses a page of another site that uses the cookie', async () => {
    const { db } = database()
    const { app } = await appOn(database())
    const ask = await as(app, await make.person(db, await make.organisation(db)))
    const answer = await ask(
      'POST',
      '/api/v1/organisations',
      { kind: 'ministry', name: { ja: 'みどり庁' } },
      { origin: 'https://elsewhere.example' },
    )
    expect([answer.statusCode, answer.json<{ params: object }>().params]).toEqual([
      403,
      { reason: 'foreign-origin', origin: 'https://elsewhere.example' },
    ])
  })

  it('answers to no other name than those of this machine, where nobody else shall reach it and nobody proves who they are', async () => {
    const { db } = database()
    const person = await make.person(db, await make.organisation(db))
    const asked = async (env: Record<string, string>, host: string, origin = `http://${host}`) => {
      const { app } = await appOn(database(), env)
      const payload = { personId: person.personId }
      return (await app.inject({ method: 'POST', url: '/api/v1/session', headers: { host, origin }, payload }))
        .statusCode
    }
    for (const host of ['elsewhere.example:3000', 'localhost.elsewhere.example', '192.0.2.1:3000'])
      expect([host, await asked({}, host)]).toEqual([host, 403])
    for (const host of ['localhost:3000', '127.0.0.1:3000', '[::1]:3000', 'tenbin.localhost:3000'])
      expect([host, await asked({}, host)]).toEqual([host, 200])
    // Who says under which name people come, or that others may, has decided.
    const address = 'http://tenbin.example'
    expect(await asked({ TENBIN_PUBLIC_ADDRESS: address }, 'tenbin.example', address)).toBe(200)
    expect(await asked({ TENBIN_ALLOW_REMOTE_EVALUATION: 'yes' }, 'tenbin.example')).toBe(200)
  })
})

onEachEngine('organisations', (database) => {
  it('are added below the own one, renamed with If-Match, and told to the log', async () => {
    const { db } = database()
    const { app } = await appOn(database())
    const ministry = await make.organisation(db)
    const ask = await as(app, await make.person(db, ministry))
    const added = await ask('POST', '/api/v1/organisations', {
      parentId: ministry.id,
      kind: 'bureau',
      name: { ja: '総務局' },
    })
    expect(added.statusCode).toBe(201)
    const { id } = added.json<{ id: string }>()
    const change = { name: { ja: '総務企画局', en: 'General Affairs' } }
    expect((await ask('PATCH', `/api/v1/organisations/${id}`, change)).statusCode).toBe(428)
    expect((await ask('PATCH', `/api/v1/organisations/${id}`, change, { 'if-match': '"1"' })).statusCode).toBe(200)
    expect((await ask('PATCH', `/api/v1/organisations/${id}`, change, { 'if-match': '"1"' })).statusCode).toBe(412)
    const { items } = (await ask('GET', '/api/v1/log')).json<{ items: { type: string; itemId: string }[] }>()
    expect(items.filter((e) => e.type.startsWith('organisation.')).map((e) => [e.type, e.itemId])).toEqual([
      ['organisation.changed', id],
      ['organisation.added', id],
    ])
  })

  it('of another ministry are not changed', async () => {
    const { db } = database()
    const { app } = await appOn(database())
    const other = await make.organisation(db, 'みどり庁')
    const ask = await as(app, await make.person(db, await make.organisation(db)))
    const answer = await ask(
      'PATCH',
      `/api/v1/organisations/${other.id}`,
      { name: { ja: 'x', en: '' } },
      { 'if-match': '"1"' },
    )
    expect(answer.statusCode).toBe(403)
  })
})
