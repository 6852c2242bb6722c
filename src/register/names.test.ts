import { expect, it } from 'vitest'

import { filterOf } from '#register/api-filter.ts'
import { modelKey, supplierKey } from '#register/name-keys.ts'
import { findAll } from '#register/store-search.ts'
import { onEachEngine } from '#test/engines.ts'
import { as, make } from '#test/people.ts'
import { aSystem, registerAppOn, store, txOn } from '#test/register.ts'
import { sql } from 'kysely'

it('A supplier is the same whatever the form, width and case of its name', () => {
  const same = ['株式会社青空システムズ', '青空システムズ（株）', '㈱青空ｼｽﾃﾑｽﾞ', '青空 システムズ']
  expect(new Set(same.map(supplierKey)).size).toBe(1)
  expect(supplierKey('Microsoft Corporation')).toBe(supplierKey('MICROSOFT CORP.'))
  expect(supplierKey('Corsair')).not.toBe(supplierKey('air'))
  expect(supplierKey('株式会社')).not.toBe('')
})

it('A model of another version is another model', () => {
  expect(modelKey('GPT-4o', '')).toBe(modelKey('gpt 4o', ''))
  expect(modelKey('Aozora', '1')).not.toBe(modelKey('Aozora', '2'))
  expect(modelKey('Aozora 1', '')).not.toBe(modelKey('Aozora', '1'))
})

onEachEngine('Suppliers and models', (database) => {
  const start = async () => {
    const { app, deps } = await registerAppOn(database())
    const ministry = await make.organisation(deps.db)
    const actor = await make.person(deps.db, ministry)
    return { app, db: deps.db, tx: txOn(database()), ministry, actor, ask: await as(app, actor) }
  }

  it('are made once and found again under another spelling', async () => {
    const { ask } = await start()
    const made = await ask('POST', '/api/v1/suppliers', { name: '株式会社青空システムズ', country: '日本' })
    expect(made.statusCode).toBe(201)
    const again = await ask('POST', '/api/v1/suppliers', { name: '青空システムズ', country: '別の国' })
    expect([again.statusCode, again.json().id, again.json().country]).toEqual([200, made.json().id, '日本'])
    const model = { name: 'Aozora-LM', modelVersion: '3', supplierId: made.json().id, modality: ['text'] }
    const first = await ask('POST', '/api/v1/models', model)
    const second = await ask('POST', '/api/v1/models', { ...model, name: 'aozora lm' })
    expect([first.statusCode, second.statusCode]).toEqual([201, 200])
    expect(second.json()).toEqual(first.json())
    expect((await ask('POST', '/api/v1/models', { ...model, modelVersion: '4' })).statusCode).toBe(201)
    expect((await ask('GET', '/api/v1/models?q=AOZORA')).json().items).toHaveLength(2)
  })

  it('are found by a part of the name, also where it holds a long vowel, a dot or the form of the company', async () => {
    const { ask } = await start()
    await ask('POST', '/api/v1/suppliers', { name: '株式会社北斗データ', nameEn: 'Hokuto Data' })
    for (const q of ['北斗データ', '北斗デー', 'データ', '(株)北斗', '北斗・データ', 'ﾃﾞｰﾀ', 'hokuto data'])
      expect([q, (await ask('GET', `/api/v1/suppliers?q=${encodeURIComponent(q)}`)).json().items.length]).toEqual([
        q,
        1,
      ])
  })

  it('answer which systems use model X of supplier Y, and how many', async () => {
    const { ask, tx, ministry, actor } = await start()
    const supplier = (await ask('POST', '/api/v1/suppliers', { name: '銀河言語研究所' })).json()
    const model = (
      await ask('POST', '/api/v1/models', { name: 'Ginga', modelVersion: '2', supplierId: supplier.id })
    ).json()
    const stored = await store(tx, actor, [
      aSystem(ministry, { models: { value: [model.id] } }),
      { ...aSystem(ministry, { models: { value: [model.id] } }), supplierName: '青空システムズ' },
      { ...aSystem(ministry), supplierName: '銀河言語研究所' },
      aSystem(ministry),
    ])
    const ids = async (query: string) =>
      (await ask('GET', `/api/v1/systems?${query}`))
        .json()
        .items.map((row: { systemId: string }) => row.systemId)
        .toSorted()
    const expected = (...at: number[]) => at.map((i) => stored[i]!.systemId).toSorted()
    expect(await ids(`model=${model.id}&supplier=${supplier.id}`)).toEqual(expected(0, 1))
    expect(await ids(`supplier=${supplier.id}`)).toEqual(expected(0, 1, 2))
    expect((await ask('GET', '/api/v1/suppliers?q=銀河')).json().items[0].systems).toBe(3)
    expect((await ask('GET', `/api/v1/models?supplier=${supplier.id}`)).json().items[0].systems).toBe(2)
    expect((await ask('GET', `/api/v1/uses/count?supplier=${supplier.id}`)).json().count).toBe(3)
    const page = (await ask('GET', '/api/v1/systems?limit=3')).json()
    expect((await ask('GET', `/api/v1/systems?limit=3&cursor=${page.next}`)).json().items).toHaveLength(1)
  })

  it('are found under their new name at once, wherever they stand, without a new version of the systems', async () => {
    const { ask, db, tx, ministry, actor } = await start()
    const [stored] = await store(tx, actor, [{ ...aSystem(ministry), supplierName: '旧社名', modelNames: ['Kyu-LM'] }])
    const found = async (q: string) => (await findAll(db, filterOf({ q }), 10)).length
    const supplier = (await ask('GET', '/api/v1/suppliers?q=旧社名')).json().items[0]
    const renamed = await ask('PATCH', `/api/v1/suppliers/${supplier.id}`, { name: '新社名' }, { 'if-match': '"1"' })
    expect([renamed.statusCode, renamed.json().version]).toEqual([200, 2])
    expect([await found('新社名'), await found('旧社名')]).toEqual([1, 0])
    const model = (await ask('GET', '/api/v1/models?q=kyu')).json().items[0]
    await ask('PATCH', `/api/v1/models/${model.id}`, { name: 'Shin-LM', modelVersion: '2026' })
    expect([await found('Shin-LM 2026'), await found('Kyu-LM')]).toEqual([1, 0])
    expect((await ask('GET', `/api/v1/systems/${stored!.systemId}`)).json().version).toBe(1)
    const stale = await ask('PATCH', `/api/v1/suppliers/${supplier.id}`, { name: '三代目' }, { 'if-match': '"1"' })
    expect([stale.statusCode, stale.json().params.now.name]).toEqual([412, '新社名'])
  })

  it('do not take the name of another, and are changed only where they were entered or above', async () => {
    const { app, ask, db } = await start()
    const one = (await ask('POST', '/api/v1/suppliers', { name: '北斗データ' })).json()
    await ask('POST', '/api/v1/suppliers', { name: '朝凪通信' })
    const taken = await ask('PATCH', `/api/v1/suppliers/${one.id}`, { name: '（株）朝凪通信' })
    expect([taken.statusCode, taken.json().code]).toEqual([409, 'already-exists'])
    const stranger = await as(app, await make.person(db, await make.organisation(db, 'みどり庁')))
    expect((await stranger('PATCH', `/api/v1/suppliers/${one.id}`, { country: '日本' })).statusCode).toBe(403)
  })

  it('stand in lists that follow the codes of organisations, also of those above', async () => {
    const { db, tx, ministry, actor } = await start()
    const bureau = await make.organisation(db, '情報局', ministry)
    await store(tx, actor, [aSystem(bureau)])
    await sql`update organisation set code = 'B' where id = ${bureau.id}`.execute(db)
    await sql`update organisation set code = 'ZZ' where id = ${ministry.id}`.execute(db)
    expect((await sql<{ at: string }>`select sort_organisation as at from use_listing`.execute(db)).rows).toEqual([
      { at: 'ZZ/B' },
    ])
  })

  it('stand beside views, which everybody has for themselves', async () => {
    const { app, ask, db, ministry } = await start()
    const view = { name: '未報告', query: { verdict: 'not-reported' } }
    const made = await ask('POST', '/api/v1/saved-views', view)
    expect([made.statusCode, made.json()]).toEqual([201, { id: made.json().id, ...view }])
    expect((await ask('POST', '/api/v1/saved-views', view)).statusCode).toBe(409)
    const other = await as(app, await make.person(db, ministry))
    expect((await other('GET', '/api/v1/saved-views')).json().items).toEqual([])
    expect((await other('DELETE', `/api/v1/saved-views/${made.json().id}`)).statusCode).toBe(404)
    expect((await ask('DELETE', `/api/v1/saved-views/${made.json().id}`)).statusCode).toBe(204)
    expect((await ask('GET', '/api/v1/saved-views')).json().items).toEqual([])
  })
})
