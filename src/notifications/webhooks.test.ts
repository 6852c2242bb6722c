import { sql } from 'kysely'
import { createHmac, timingSafeEqual } from 'node:crypto'
import { afterEach, expect, it } from 'vitest'

import { changeWithin } from '#register/change-system.ts'
import type { Database } from '#platform/database.ts'
import { onEachEngine } from '#test/engines.ts'
import { settled, toldTo, until, workingOn } from '#test/notices.ts'
import { as, make } from '#test/people.ts'
import { type Got, receiver, type Receiver } from '#test/receiver.ts'
import { aSystem, store, txOn } from '#test/register.ts'
import { may } from '#test/rights.ts'

/** As the guide tells a receiver to do it. */
function isGenuine({ headers, body }: Got, secret: string, now = Date.now() / 1000): boolean {
  const [, t = '', v1 = ''] = /^t=(\d+),v1=([0-9a-f]{64})$/.exec(String(headers['tenbin-signature'])) ?? []
  if (Math.abs(now - Number(t)) > 300) return false
  const expected = createHmac('sha256', secret).update(`${t}.${body}`).digest()
  return timingSafeEqual(expected, Buffer.from(v1, 'hex'))
}

onEachEngine('webhooks', (database: () => Database) => {
  const open: { stop(): Promise<unknown> }[] = []
  afterEach(async () => {
    for (const one of open.splice(0).toReversed()) await one.stop()
  })

  async function house(settings: Record<string, string> = {}) {
    const { db } = database()
    const tx = txOn(database())
    const ministry = await make.organisation(db)
    const division = await make.organisation(db, '総務課', ministry)
    const foreign = await make.organisation(db, 'みどり庁')
    const administrator = await make.person(db, ministry, 'administrator')
    const foreignAdministrator = await make.person(db, foreign, 'administrator')
    const caio = await make.person(db, ministry, 'caio')
    const got: Receiver = await receiver()
    open.push(got)
    const working = await workingOn(database(), { settings })
    open.push(working)
    const ask = await as(working.app, administrator)
    const add = async (events: string[], url = got.url) =>
      (await ask('POST', '/api/v1/webhooks', { url, events })).json() as { id: string; secret: string }
    return { db, tx, ministry, division, foreign, administrator, foreignAdministrator, caio, got, ask, add, ...working }
  }

  it('an event reaches the webhook once, signed, with ids and a link and no text', async () => {
    const { add, got, tx, caio, division, foreign, foreignAdministrator, app } = await house()
    const { secret, id } = await add(['system.registered'])
    const other = await as(app, foreignAdministrator)
    await other('POST', '/api/v1/webhooks', { url: got.url.replace('hook', 'foreign'), events: ['system.registered'] })
    const rows = await store(tx, caio, [aSystem(division, { name: { value: '秘密の名前' } })])
    await until(
      () => got.got.length,
      (n) => n === 1,
    )
    await settled(database())
    expect(got.got).toHaveLength(1)
    const [delivery] = got.got as [Got]
    expect(isGenuine(delivery, secret)).toBe(true)
    expect(isGenuine(delivery, secret, Date.now() / 1000 + 301)).toBe(false)
    expect(isGenuine({ ...delivery, body: `${delivery.body} ` }, secret)).toBe(false)
    const body = JSON.parse(delivery.body) as Record<string, unknown>
    expect(Object.keys(body)).toEqual(['id', 'type', 'at', 'items', 'more', 'link'])
    expect(body).toMatchObject({
      type: 'system.registered',
      items: [{ kind: 'system', id: rows[0]!.systemId }],
      more: 0,
    })
    expect(body['link']).toBe(`http://127.0.0.1:3000/systems/${rows[0]!.systemId}`)
    expect(delivery.body).not.toContain('秘密')
    expect(delivery.headers['tenbin-delivery']).toBe(body['id'])
    expect(delivery.path).toBe('/hook')
    expect(foreign.id).not.toBe(id)
  })

  it('the secret is shown when it is made and never again, and a new one signs from then on', async () => {
    const { add, ask, got } = await house()
    const { id, secret } = await add(['use.assessed'])
    const listed = (await ask('GET', '/api/v1/webhooks')).body
    expect(listed).toContain(id)
    expect(listed).not.toContain(secret)
    const renewed = (await ask('POST', `/api/v1/webhooks/${id}/secret`)).json() as { secret: string }
    expect((await ask('POST', `/api/v1/webhooks/${id}/test`)).statusCode).toBe(202)
    await until(
      () => got.got.length,
      (n) => n === 1,
    )
    expect([isGenuine(got.got[0]!, secret), isGenuine(got.got[0]!, renewed.secret)]).toEqual([false, true])
    const told = await sql`select jsonb_agg(a) as log from audit_entry a where item_kind = 'webhook'`.execute(
      database().db,
    )
    expect(JSON.stringify(told.rows)).not.toMatch(/whsec_|127\.0\.0\.1/)
  })

  it('a receiver that fails is tried again, with the same delivery and a new signature', async () => {
    const { add, ask, got, hurry, bugs } = await house()
    const { id, secret } = await add(['system.changed'])
    got.answer(503)
    await ask('POST', `/api/v1/webhooks/${id}/test`)
    await until(
      () => got.got.length,
      (n) => n === 1,
    )
    const deliveries = async () => (await ask('GET', `/api/v1/webhooks/${id}/deliveries`)).json().items
    await until(deliveries, (items) => items[0]?.tries === 1)
    expect(await deliveries()).toMatchObject([{ type: 'test', state: 'waiting', status: 503, reason: 'status' }])
    got.answer(204)
    await until(
      async () => (await hurry(), got.got.length),
      (n) => n === 2,
    )
    await until(deliveries, (items) => items[0]?.state === 'delivered')
    expect(got.got.map(({ headers }) => headers['tenbin-delivery'])).toEqual([
      got.got[0]!.headers['tenbin-delivery'],
      got.got[0]!.headers['tenbin-delivery'],
    ])
    expect(got.got.every((one) => isGenuine(one, secret))).toBe(true)
    expect(bugs).toEqual([])
  })

  it('a redirection is a failure and is not followed', async () => {
    const { add, ask, got } = await house()
    const { id } = await add(['system.changed'])
    got.answer(302)
    await ask('POST', `/api/v1/webhooks/${id}/test`)
    const items = await until(
      async () => (await ask('GET', `/api/v1/webhooks/${id}/deliveries`)).json().items,
      (seen) => seen[0]?.tries === 1,
    )
    expect(items[0]).toMatchObject({ state: 'waiting', status: 302 })
    expect(got.got.map((one) => one.path)).toEqual(['/hook'])
  })

  it('after too many deliveries that failed for good it is stopped, and its administrators are told', async () => {
    const { add, ask, got, hurry, tx, caio, division, administrator, foreignAdministrator } = await house({
      TENBIN_WEBHOOK_STOP_AFTER: '2',
    })
    const { id } = await add(['system.registered'])
    got.answer(500)
    await store(tx, caio, [aSystem(division)])
    await store(tx, caio, [aSystem(division, { name: { value: '別の支援' } })])
    const state = async () => (await ask('GET', '/api/v1/webhooks')).json().webhooks[0]
    await until(
      async () => (await hurry(), state()),
      (hook) => hook.state === 'failing',
    )
    await settled(database())
    expect(await state()).toMatchObject({ failures: 2, failed: 2 })
    const kinds = (await toldTo(database(), administrator)).map(({ kind }) => kind)
    expect(kinds.toSorted()).toEqual(['job-failed', 'webhook-stopped'])
    expect(await toldTo(database(), foreignAdministrator)).toEqual([])
    const { failed } = (await ask('GET', '/api/v1/jobs')).json()
    expect(failed).toMatchObject([
      { name: 'webhooks.deliver', tries: 11, failure: { code: 'webhook-answer', params: { status: 500 } } },
      {},
    ])
    const before = got.got.length
    await store(tx, caio, [aSystem(division, { name: { value: '三つ目の支援' } })])
    await settled(database())
    expect(got.got).toHaveLength(before)
    got.answer(204)
    expect(
      (
        await ask(
          'PATCH',
          `/api/v1/webhooks/${id}`,
          { state: 'active' },
          { 'if-match': `"${(await state()).version}"` },
        )
      ).statusCode,
    ).toBe(200)
    expect((await ask('POST', `/api/v1/jobs/${failed[0].id}/retry`)).statusCode).toBe(204)
    await until(
      () => got.got.length,
      (n) => n === before + 1,
    )
    await until(state, (hook) => hook.failures === 0 && hook.state === 'active')
  })

  it('what is asked of another ministry is not there, and a role without the right is refused', async () => {
    const { add, got, app, foreignAdministrator, caio, ask } = await house()
    const { id } = await add(['system.changed'])
    const other = await as(app, foreignAdministrator)
    expect((await other('GET', '/api/v1/webhooks')).json()).toEqual({ webhooks: [] })
    for (const [method, url] of [
      ['GET', `/api/v1/webhooks/${id}/deliveries`],
      ['DELETE', `/api/v1/webhooks/${id}`],
      ['POST', `/api/v1/webhooks/${id}/secret`],
      ['POST', `/api/v1/webhooks/${id}/test`],
    ] as const)
      expect((await other(method, url)).statusCode).toBe(404)
    const planner = await as(app, caio)
    expect(
      (await planner('POST', '/api/v1/webhooks', { url: got.url, events: ['system.changed'] })).json(),
    ).toMatchObject({ code: 'not-permitted' })
    expect((await ask('DELETE', `/api/v1/webhooks/${id}`)).statusCode).toBe(204)
    expect((await ask('GET', '/api/v1/webhooks')).json()).toEqual({ webhooks: [] })
  })

  it('an address inside the ministry is refused when it is entered, with the reason', async () => {
    const { ask } = await house()
    for (const [url, fault] of [
      ['https://10.0.0.5/', 'network'],
      ['https://169.254.169.254/latest/meta-data', 'network'],
      ['http://hooks.example.jp/', 'https'],
      ['https://a:b@hooks.example.jp/', 'credentials'],
    ] as const)
      expect((await ask('POST', '/api/v1/webhooks', { url, events: ['system.changed'] })).json()).toMatchObject({
        code: 'bad-input',
        params: { reason: 'webhook-url', fault },
      })
    expect((await ask('GET', '/api/v1/webhooks')).json()).toEqual({ webhooks: [] })
  })

  it('a change of a system below tells the webhook of the ministry', async () => {
    const { add, got, tx, caio, division } = await house()
    const [system] = await store(tx, caio, [aSystem(division)])
    await settled(database())
    await add(['system.changed'])
    await tx(caio, (t) =>
      changeWithin({ may }, t, { id: system!.systemId, change: { facts: { name: { value: '変えた名前' } } } }),
    )
    await until(
      () => got.got.length,
      (n) => n === 1,
    )
    expect(JSON.parse(got.got[0]!.body)).toMatchObject({ type: 'system.changed', items: [{ id: system!.systemId }] })
  })
})
