import { sql } from 'kysely'
import { expect, it } from 'vitest'

import { may } from '#test/rights.ts'
import { filterOf } from '#register/api-filter.ts'
import { changeSystem } from '#register/change-system.ts'
import type { Facts } from '#register/model.ts'
import { recordVerdict, type VerdictRecord } from '#register/record-verdict.ts'
import { editedSinceImport, removeSystemsOfImport } from '#register/remove-systems.ts'
import { loadSystem } from '#register/store-read.ts'
import { countUses } from '#register/store-search.ts'
import { storeSystems } from '#register/store-systems.ts'
import { newId } from '#platform/ids.ts'
import { onEachEngine } from '#test/engines.ts'
import { make } from '#test/people.ts'
import { aSystem, store, txOn } from '#test/register.ts'

onEachEngine('Storing many systems', (database) => {
  const start = async () => {
    const { db } = database()
    const ministry = await make.organisation(db)
    const actor = await make.person(db, ministry)
    return { db, tx: txOn(database()), ministry, actor }
  }
  const count = async (db: Awaited<ReturnType<typeof start>>['db'], table: string) =>
    (await sql<{ n: number }>`select count(*)::int as n from ${sql.table(table)}`.execute(db)).rows[0]!.n

  it('keeps every row with its use, number, history and audit entry, in the order given', async () => {
    const s = await start()
    const rows = Array.from({ length: 1200 }, (_, i) => ({
      ...aSystem(s.ministry, { name: { value: `台帳 ${i}` } }),
      rowNumber: i + 2,
      supplierName: i % 2 === 0 ? '㈱青空システムズ' : '青空システムズ',
      modelNames: i % 3 === 0 ? ['Aozora-LM', 'AOZORA LM'] : [],
    }))
    const importId = newId()
    const stored = await s.tx(s.actor, (t) => storeSystems(t, { importId, rows }))
    expect(stored.map((row) => row.rowNumber)).toEqual(rows.map((row) => row.rowNumber))
    expect(new Set(stored.map((row) => row.number)).size).toBe(1200)
    for (const table of ['ai_system', 'ai_use', 'use_listing', 'use_text', 'change'])
      expect([table, await count(s.db, table)]).toEqual([table, 1200])
    expect([await count(s.db, 'supplier'), await count(s.db, 'model'), await count(s.db, 'system_model')]).toEqual([
      1, 1, 400,
    ])
    const { rows: told } = await sql<{
      n: number
    }>`select count(*)::int as n from audit_entry where type = 'system.imported'`.execute(s.db)
    expect(told[0]!.n).toBe(1200)
    const last = (await loadSystem(s.db, stored[1199]!.systemId))!
    expect(last).toMatchObject({ importId, importRow: 1201, facts: { name: { value: '台帳 1199' } } })
    expect(await countUses(s.db, filterOf({ import: importId, q: '青空' }))).toBe(1200)
  })

  it('leaves nothing behind when the transaction fails', async () => {
    const s = await start()
    const failing = s.tx(s.actor, async (t) => {
      await storeSystems(t, { rows: [{ ...aSystem(s.ministry), supplierName: '消える社' }] })
      throw new Error('cancelled')
    })
    await expect(failing).rejects.toThrow('cancelled')
    for (const table of ['ai_system', 'ai_use', 'supplier', 'change', 'audit_entry', 'outbox', 'number_counter'])
      expect([table, await count(s.db, table)]).toEqual([table, 0])
  })

  it('takes an import out again, says how many were edited since, and keeps their history', async () => {
    const s = await start()
    const importId = newId()
    const [kept] = await store(s.tx, s.actor, [aSystem(s.ministry)])
    const stored = await s.tx(s.actor, (t) =>
      storeSystems(t, { importId, rows: [1, 2, 3].map((rowNumber) => ({ ...aSystem(s.ministry), rowNumber })) }),
    )
    const change = { facts: { ismap: { value: 'listed' } } }
    await changeSystem({ tx: s.tx, may }, s.actor, { id: stored[1]!.systemId, version: 1, change })
    expect(await editedSinceImport(s.db, importId)).toBe(1)
    expect(await s.tx(s.actor, (t) => removeSystemsOfImport(t, importId))).toEqual({ removed: 3, editedSince: 1 })
    expect((await sql<{ id: string }>`select id from ai_system`.execute(s.db)).rows).toEqual([{ id: kept!.systemId }])
    const { rows } = await sql<{
      kind: string
    }>`select kind from change where system_id = ${stored[1]!.systemId} order by version`.execute(s.db)
    expect(rows.map((row) => row.kind)).toEqual(['imported', 'changed', 'removed'])
    expect(await s.tx(s.actor, (t) => removeSystemsOfImport(t, importId))).toEqual({ removed: 0, editedSince: 0 })
  })
})

onEachEngine('A recorded verdict', (database) => {
  const restsOn: Facts = { 'human-judgement': { value: 'all' }, 'service-kind': { value: 'made-to-order' } }
  const start = async () => {
    const { db } = database()
    const ministry = await make.organisation(db)
    const actor = await make.person(db, ministry)
    let clock = Date.parse('2026-11-20T00:00:00Z')
    const tx = txOn(database(), () => new Date((clock += 1000)))
    const [stored] = await store(tx, actor, [
      aSystem(ministry, { 'service-kind': { value: 'made-to-order' } }, { 'human-judgement': { value: 'all' } }),
    ])
    const record: VerdictRecord = {
      useId: stored!.useId,
      verdict: 'proceed',
      ruledVerdict: null,
      assessmentId: newId(),
      judged: false,
      restsOn,
    }
    await tx(actor, (t) => recordVerdict(t, record))
    const load = async () => (await loadSystem(db, stored!.systemId))!
    const change = async (facts: Facts, useFacts: Facts) =>
      changeSystem({ tx, may }, actor, {
        id: stored!.systemId,
        version: (await load()).version,
        change: { facts, uses: [{ id: stored!.useId, facts: useFacts }] },
      })
    const listed = (query: Record<string, string>) => countUses(db, filterOf(query))
    return { db, tx, actor, stored: stored!, load, change, listed, record }
  }

  it('is shown by the register at once, found by the filter, and leaves the version alone', async () => {
    const s = await start()
    expect(await s.load()).toMatchObject({ version: 1, uses: [{ verdict: 'proceed', stale: false, restsOn }] })
    expect([await s.listed({ verdict: 'proceed' }), await s.listed({ verdict: 'not-reported' })]).toEqual([1, 0])
  })

  it('becomes stale when a fact it rests on changes, of the use or of its system, naming field and time', async () => {
    const s = await start()
    await s.change({}, { 'human-judgement': { value: 'some' } })
    const first = (await s.load()).uses[0]!
    expect(first.staleFacts.map((f) => f.field)).toEqual(['human-judgement'])
    expect(first.verdict).toBe('proceed')
    await s.change({ 'service-kind': { value: 'feature-by-update' } }, {})
    const second = (await s.load()).uses[0]!
    expect(second.staleFacts.map((f) => f.field).toSorted()).toEqual(['human-judgement', 'service-kind'])
    expect(second.staleFacts.find((f) => f.field === 'human-judgement')).toEqual(first.staleFacts[0])
    expect(await s.listed({ stale: 'yes' })).toBe(1)
  })

  it('stays fresh when other facts change, and becomes fresh again when the fact is put back', async () => {
    const s = await start()
    await s.change({ ismap: { value: 'listed' } }, { purpose: { value: '別の目的' } })
    expect((await s.load()).uses[0]!.stale).toBe(false)
    await s.change({}, { 'human-judgement': { absent: 'unanswered' } })
    expect((await s.load()).uses[0]!.stale).toBe(true)
    await s.change({}, { 'human-judgement': { value: 'all' } })
    expect((await s.load()).uses[0]).toMatchObject({ stale: false, staleFacts: [] })
    expect(await s.listed({ stale: 'yes' })).toBe(0)
  })

  it('is stale from the start when the facts moved on while it was being made', async () => {
    const s = await start()
    const old: Facts = { 'human-judgement': { value: 'none' } }
    await s.tx(s.actor, (t) => recordVerdict(t, { ...s.record, verdict: 'consult-board', restsOn: old }))
    expect((await s.load()).uses[0]).toMatchObject({ verdict: 'consult-board', stale: true })
  })

  it('of a use that is not there is refused', async () => {
    const s = await start()
    const lost = s.tx(s.actor, (t) => recordVerdict(t, { ...s.record, useId: newId() }))
    await expect(lost).rejects.toMatchObject({ code: 'not-found' })
  })
})
