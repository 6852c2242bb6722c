import { sql } from 'kysely'
import { expect, it } from 'vitest'

import type { SystemDetail, UsesPage } from '#register/api.ts'
import { systemDetailSchema, usesPageSchema } from '#register/api.ts'
import { onEachEngine } from '#test/engines.ts'
import { as, make } from '#test/people.ts'
import { registerAppOn } from '#test/register.ts'

const newSystem = (organisationId: string, name = '窓口案内チャット') => ({
  organisationId,
  facts: { name: { value: name }, stage: { value: 'planning' } },
  uses: [{ facts: { purpose: { value: '来庁者の質問に答える。' }, 'users-kind': { value: 'citizens-outside' } } }],
})

onEachEngine('The register over HTTP', (database) => {
  const start = async (role: Parameters<typeof make.person>[2] = 'caio') => {
    const { app, deps } = await registerAppOn(database())
    const ministry = await make.organisation(deps.db)
    const actor = await make.person(deps.db, ministry, role)
    return { app, deps, ministry, actor, ask: await as(app, actor) }
  }
  const registered = async () => {
    const s = await start()
    const made = await s.ask('POST', '/api/v1/systems', newSystem(s.ministry.id))
    return { ...s, made, system: made.json<SystemDetail>() }
  }

  it('answers a registration with the system, its address and its version', async () => {
    const { made, system } = await registered()
    expect(made.statusCode).toBe(201)
    expect(made.headers['etag']).toBe('"1"')
    expect(made.headers['location']).toBe(`/api/v1/systems/${system.id}`)
    expect(systemDetailSchema.parse(system).uses).toHaveLength(1)
    expect(system.strictest).toBe('not-reported')
    expect(system.may['change-system']).toBe(true)
  })

  it('lists what was registered in the documented shape, with names around it', async () => {
    const { ask, system } = await registered()
    const page = (await ask('GET', '/api/v1/uses?f.users-kind=citizens-outside&q=窓口')).json<UsesPage>()
    expect(page).toEqual(usesPageSchema.parse(page))
    expect(page.items.map((row) => row.systemId)).toEqual([system.id])
    expect(page.items[0]).toMatchObject({
      name: '窓口案内チャット',
      uses: 1,
      useName: null,
      organisation: { name: { ja: 'あおば省' } },
    })
    expect(page.items[0]!.informationClass).toEqual({ absent: 'unanswered' })
    expect((await ask('GET', '/api/v1/uses/count?f.users-kind=own-ministry')).json()).toEqual({ count: 0, total: 1 })
  })

  it('asks which version was seen before it changes anything', async () => {
    const { ask, system } = await registered()
    const answer = await ask('PATCH', `/api/v1/systems/${system.id}`, { facts: {} })
    expect(answer.statusCode).toBe(428)
    expect(answer.json().code).toBe('version-missing')
  })

  it('lets one of two changes of the same version through and shows the other what is there now', async () => {
    const { ask, system } = await registered()
    const change = (name: string) =>
      ask('PATCH', `/api/v1/systems/${system.id}`, { facts: { name: { value: name } } }, { 'if-match': '"1"' })
    const answers = await Promise.all([change('案内その一'), change('案内その二')])
    expect(answers.map((a) => a.statusCode).toSorted((a, b) => a - b)).toEqual([200, 412])
    const [won, lost] = answers[0]!.statusCode === 200 ? answers : answers.toReversed()
    expect(won!.headers['etag']).toBe('"2"')
    expect(lost!.json().code).toBe('changed-meanwhile')
    expect(lost!.json().params.now.facts).toEqual(won!.json<SystemDetail>().facts)
    expect(lost!.json().params.now.version).toBe(2)
  })

  it('gives 64 systems that are registered at once 64 numbers', async () => {
    const { ask, ministry } = await start()
    const made = await Promise.all(
      Array.from({ length: 64 }, (_, i) => ask('POST', '/api/v1/systems', newSystem(ministry.id, `案内 ${i}`))),
    )
    expect(made.map((m) => m.statusCode)).toEqual(Array.from({ length: 64 }, () => 201))
    const numbers = new Set(made.map((m) => m.json<SystemDetail>().number))
    expect(numbers.size).toBe(64)
    expect([...numbers].toSorted()[63]).toMatch(/-0064$/)
  })

  it('refuses a system of another ministry, and one from a role that may not register', async () => {
    const { ask, deps, app, ministry } = await start()
    const other = await make.organisation(deps.db, 'みどり庁')
    const outside = await ask('POST', '/api/v1/systems', newSystem(other.id))
    expect([outside.statusCode, outside.json().params.outside]).toEqual([403, true])
    const auditor = await as(app, await make.person(deps.db, ministry, 'auditor'))
    expect((await auditor('POST', '/api/v1/systems', newSystem(ministry.id))).statusCode).toBe(403)
    expect((await sql`select 1 from ai_system`.execute(deps.db)).rows).toEqual([])
  })

  it('names the field that is missing or points to nothing', async () => {
    const { ask, ministry } = await start()
    const wrong = newSystem(ministry.id)
    const nameless = await ask('POST', '/api/v1/systems', { ...wrong, facts: {} })
    expect(nameless.json().params.issues).toEqual([{ path: '/facts/name', keyword: 'required' }])
    const id = '00000000-0000-7000-8000-000000000001'
    const lost = await ask('POST', '/api/v1/systems', { ...wrong, facts: { ...wrong.facts, supplier: { value: id } } })
    expect(lost.json().params.issues).toEqual([{ path: '/facts/supplier', keyword: 'not-known', params: { id } }])
    const unknown = await ask('POST', '/api/v1/systems', {
      ...wrong,
      facts: { ...wrong.facts, colour: { value: 'red' } },
    })
    expect(unknown.statusCode).toBe(400)
  })

  it('wants the end of a contract after its start, once one of the two is touched', async () => {
    const { ask, system } = await registered()
    const dates = { 'contract-start': { value: '2026-04-01' }, 'contract-end': { value: '2026-03-31' } }
    const answer = await ask('PATCH', `/api/v1/systems/${system.id}`, { facts: dates }, { 'if-match': '"1"' })
    expect(answer.json().params.issues).toEqual([
      { path: '/facts/contract-end', keyword: 'end-before-start', params: { start: '2026-04-01' } },
    ])
  })

  it('does not let a stage be changed past the table of steps', async () => {
    const { ask, system } = await registered()
    const match = { 'if-match': '"1"' }
    const past = await ask('PATCH', `/api/v1/systems/${system.id}`, { facts: { stage: { value: 'operation' } } }, match)
    expect([past.statusCode, past.json().code]).toEqual([409, 'wrong-state'])
    const refused = await ask(
      'POST',
      `/api/v1/systems/${system.id}/stage`,
      { to: 'procurement', on: '2026-11-01' },
      match,
    )
    expect(refused.json()).toEqual({
      ok: false,
      // While the verdict is not known, nobody can say that the Board need not be asked.
      reasons: [
        {
          code: 'need-missing',
          params: {
            needs: [
              { need: 'weigh', rule: 'not-weighed' },
              { need: 'consult-board', rule: 'board-not-asked' },
            ],
          },
        },
      ],
    })
    const back = await ask(
      'POST',
      `/api/v1/systems/${system.id}/stage`,
      { to: 'idea', on: '2026-11-01', reason: '要件を見直す' },
      match,
    )
    expect(back.json().system.facts).toMatchObject({ stage: { value: 'idea' }, 'idea-since': { value: '2026-11-01' } })
    expect(back.headers['etag']).toBe('"2"')
  })

  it('joins a known system with a use that has a name of its own', async () => {
    const { ask, system } = await registered()
    const path = `/api/v1/systems/${system.id}/uses`
    const nameless = await ask('POST', path, { facts: {} }, { 'if-match': '"1"' })
    expect(nameless.json().params.issues[0].keyword).toBe('use-name-needed')
    const joined = await ask('POST', path, { facts: { 'use-name': { value: '電話の記録' } } }, { 'if-match': '"1"' })
    expect(joined.statusCode).toBe(201)
    const { uses } = joined.json<SystemDetail>()
    expect(uses.map((use) => use.position)).toEqual([1, 2])
    const page = (await ask('GET', '/api/v1/uses?sort=name')).json<UsesPage>()
    expect(page.items.map((row) => [row.name, row.uses])).toEqual([
      ['窓口案内チャット', 2],
      ['窓口案内チャット › 電話の記録', 2],
    ])
    const removed = await ask('DELETE', `${path}/${uses[1]!.id}`, undefined, { 'if-match': '"2"' })
    expect(removed.json<SystemDetail>().uses).toHaveLength(1)
    const last = await ask('DELETE', `${path}/${uses[0]!.id}`, undefined, { 'if-match': '"3"' })
    expect(last.json()).toMatchObject({ code: 'wrong-state', params: { reason: 'only-use' } })
  })

  it('tells the history field by field, and the log only which fields', async () => {
    const { ask, deps, system } = await registered()
    const facts = { name: { value: '窓口案内チャット（新）' }, ismap: { absent: 'unknown', note: '照会中' } }
    await ask('PATCH', `/api/v1/systems/${system.id}`, { facts, reason: '名称変更' }, { 'if-match': '"1"' })
    const history = (await ask('GET', `/api/v1/systems/${system.id}/history`)).json()
    expect(history.items[0]).toMatchObject({
      kind: 'changed',
      reason: '名称変更',
      version: 2,
      actor: { name: { ja: '山川 一郎' } },
      fields: [
        {
          scope: 'system',
          field: 'name',
          from: { value: '窓口案内チャット' },
          to: { value: '窓口案内チャット（新）' },
        },
        { scope: 'system', field: 'ismap', from: { absent: 'unanswered' }, to: { absent: 'unknown', note: '照会中' } },
      ],
    })
    expect(history.items[1].kind).toBe('registered')
    const { rows } = await sql<{
      type: string
      detail: unknown
    }>`select type, detail from audit_entry where item_kind = 'ai-system' order by at`.execute(deps.db)
    expect(rows.map((row) => row.type)).toEqual(['system.registered', 'system.changed'])
    expect(rows[1]!.detail).toEqual({ version: 2, fields: ['name', 'ismap'], uses: [] })
  })
})
