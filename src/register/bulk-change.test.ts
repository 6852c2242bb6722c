import { sql } from 'kysely'
import { expect, it } from 'vitest'

import { may } from '#test/rights.ts'
import { bulkChange } from '#register/bulk-change.ts'
import type { Facts } from '#register/model.ts'
import { previewBulkChange } from '#register/preview-bulk-change.ts'
import { loadSystem } from '#register/store-read.ts'
import { onEachEngine } from '#test/engines.ts'
import { make } from '#test/people.ts'
import { aSystem, store, txOn } from '#test/register.ts'

onEachEngine('A bulk change', (database) => {
  const start = async () => {
    const { db } = database()
    const ministry = await make.organisation(db)
    const other = await make.organisation(db, 'みどり庁')
    const actor = await make.person(db, ministry)
    const tx = txOn(database())
    const deps = { db, may, tx }
    const stored = await store(tx, actor, [
      aSystem(ministry, { stage: { value: 'operation' } }),
      aSystem(ministry, { stage: { value: 'retired' } }),
      aSystem(ministry, { stage: { value: 'operation' }, ismap: { value: 'listed' } }),
      aSystem(other, { stage: { value: 'operation' } }),
      { ...aSystem(ministry, {}, { 'use-name': { value: '一' } }), moreUses: [{ 'use-name': { value: '二' } }] },
    ])
    return { db, deps, actor, ministry, stored, everything: { filter: {} } as const }
  }
  const set: Facts = { ismap: { value: 'listed' }, 'personal-data': { value: 'no' } }

  it('shows what it will do, adds up, and then does exactly that', async () => {
    const s = await start()
    const preview = await previewBulkChange(s.deps, s.actor, { select: s.everything, set })
    expect([preview.changed, preview.refused, preview.unchanged]).toEqual([4, 2, 0])
    const refused = preview.rows.filter((row) => row.refused).map((row) => [row.systemId, row.refused!.code])
    expect(new Map(refused as [string, string][])).toEqual(
      new Map([
        [s.stored[1]!.systemId, 'retired'],
        [s.stored[3]!.systemId, 'not-permitted'],
      ]),
    )
    const partly = preview.rows.find((row) => row.systemId === s.stored[2]!.systemId)!
    expect(partly.changes).toEqual([{ field: 'personal-data', from: { absent: 'unanswered' }, to: { value: 'no' } }])
    const done = await bulkChange(s.deps, s.actor, {
      token: preview.token,
      select: s.everything,
      set,
      reason: '一斉確認',
    })
    expect(done).toEqual({ changed: 4, refused: 2, unchanged: 0 })
    const [first, retired, , outside, twice] = await Promise.all(s.stored.map((row) => loadSystem(s.db, row.systemId)))
    expect(first).toMatchObject({
      version: 2,
      facts: { ismap: { value: 'listed' } },
      uses: [{ facts: { 'personal-data': { value: 'no' } } }],
    })
    expect([retired!.version, outside!.version]).toEqual([1, 1])
    expect(twice!.version).toBe(2)
    expect(twice!.uses.map((use) => use.facts['personal-data'])).toEqual([{ value: 'no' }, { value: 'no' }])
    const again = await previewBulkChange(s.deps, s.actor, { select: s.everything, set })
    expect([again.changed, again.refused, again.unchanged]).toEqual([0, 2, 4])
  })

  it('changes only the uses chosen, and the system they share once', async () => {
    const s = await start()
    const select = { ids: [s.stored[4]!.useIds[1]!] }
    const { token } = await previewBulkChange(s.deps, s.actor, { select, set })
    await bulkChange(s.deps, s.actor, { token, select, set })
    const system = (await loadSystem(s.db, s.stored[4]!.systemId))!
    expect(system.facts.ismap).toEqual({ value: 'listed' })
    expect(system.uses.map((use) => use.facts['personal-data'])).toEqual([undefined, { value: 'no' }])
  })

  it('does nothing at all when a row has moved on since it was shown', async () => {
    const s = await start()
    const select = { ids: s.stored.slice(0, 3).map((row) => row.useId) }
    const { token } = await previewBulkChange(s.deps, s.actor, { select, set })
    const one = { ids: [s.stored[0]!.useId] }
    const between: Facts = { autonomy: { value: 'answers-only' } }
    const shown = await previewBulkChange(s.deps, s.actor, { select: one, set: between })
    await bulkChange(s.deps, s.actor, { token: shown.token, select: one, set: between })
    await expect(bulkChange(s.deps, s.actor, { token, select, set })).rejects.toMatchObject({
      code: 'changed-meanwhile',
    })
    expect((await loadSystem(s.db, s.stored[2]!.systemId))!.uses[0]!.facts['personal-data']).toBeUndefined()
  })

  it('does not do another change than the one shown', async () => {
    const s = await start()
    const { token } = await previewBulkChange(s.deps, s.actor, { select: s.everything, set })
    const more: Facts = { ...set, autonomy: { value: 'acts-alone' } }
    await expect(bulkChange(s.deps, s.actor, { token, select: s.everything, set: more })).rejects.toMatchObject({
      code: 'changed-meanwhile',
    })
  })

  it('does not touch names, unknown uses, or stages that have been reported', async () => {
    const s = await start()
    const renaming = previewBulkChange(s.deps, s.actor, { select: s.everything, set: { name: { value: '同じ名前' } } })
    await expect(renaming).rejects.toMatchObject({
      code: 'bad-input',
      params: { issues: [{ path: '/set/name', keyword: 'one-by-one' }] },
    })
    const lost = previewBulkChange(s.deps, s.actor, { select: { ids: ['00000000-0000-7000-8000-000000000000'] }, set })
    await expect(lost).rejects.toMatchObject({ code: 'not-found' })
    const moved = await previewBulkChange(s.deps, s.actor, {
      select: s.everything,
      set: { stage: { value: 'suspended' } },
    })
    expect([moved.changed, moved.refused, moved.unchanged]).toEqual([2, 4, 0])
  })

  it('is refused to a role that may not change systems, and told to the log once per system', async () => {
    const s = await start()
    const auditor = await make.person(s.db, s.ministry, 'auditor')
    await expect(previewBulkChange(s.deps, auditor, { select: s.everything, set })).rejects.toMatchObject({
      code: 'not-permitted',
    })
    const { token } = await previewBulkChange(s.deps, s.actor, { select: s.everything, set })
    await bulkChange(s.deps, s.actor, { token, select: s.everything, set })
    const { rows } = await sql<{
      n: number
    }>`select count(*)::int as n from audit_entry where type = 'system.bulk'`.execute(s.db)
    expect(rows[0]!.n).toBe(3)
  })
})
