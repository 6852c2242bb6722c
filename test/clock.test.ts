import { afterEach, expect, it, vi } from 'vitest'

import { appOn } from '#test/app.ts'
import { onEachEngine } from '#test/engines.ts'
import { as, make } from '#test/people.ts'
import { systemOf } from '#test/writers.ts'

afterEach(() => vi.useRealTimers())

const day = 86_400_000
/** The clock of the server alone; the database and the timers go on as they are. */
const setClock = (at: number) => vi.useFakeTimers({ toFake: ['Date'], now: at })

type History = { items: { version: number; at: string }[] }

onEachEngine('A clock that jumps', (database) => {
  it('forward ends sessions; back, it lets nothing be lost, and the history keeps the order of the versions', async () => {
    const start = Date.now()
    const { app } = await appOn(database())
    const ministry = await make.organisation(database().db)
    const actor = await make.person(database().db, ministry)
    const ask = await as(app, actor)
    const made = await ask('POST', '/api/v1/systems', systemOf(ministry.id, '一'))
    expect(made.statusCode).toBe(201)
    const { id } = made.json<{ id: string }>()
    const rename = (who: typeof ask, version: number, name: string) =>
      who('PATCH', `/api/v1/systems/${id}`, { facts: { name: { value: name } } }, { 'if-match': `"${version}"` })

    setClock(start + 400 * day)
    expect((await ask('GET', '/api/v1/me')).statusCode).toBe(401)
    expect((await rename(ask, 1, '先の年')).statusCode).toBe(401)
    const later = await as(app, actor)
    expect((await rename(later, 1, '二')).statusCode).toBe(200)

    setClock(start - 30 * day)
    for (const session of [ask, later]) expect((await session('GET', '/api/v1/me')).statusCode).toBeLessThan(500)
    const before = await as(app, actor)
    expect((await rename(before, 2, '三')).statusCode).toBe(200)
    expect((await rename(before, 2, '古い版')).statusCode).toBe(412)

    const { items } = (await before('GET', `/api/v1/systems/${id}/history`)).json<History>()
    expect(items.map((item) => item.version)).toEqual([3, 2, 1])
    expect(Date.parse(items[0]!.at)).toBeLessThan(Date.parse(items[1]!.at))
    expect((await before('GET', '/healthz')).statusCode).toBe(200)
  })
})
