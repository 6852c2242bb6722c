import { sql } from 'kysely'
import { expect, it } from 'vitest'

import { appendLeaves } from '#audit/tiles.ts'
import { leafHash } from '#audit/merkle.ts'
import { rotateKey } from '#audit/rotate-key.ts'
import { loadCheckpoint, upsertTiles } from '#audit/store-log.ts'
import { newId } from '#platform/ids.ts'
import { onEachEngine } from '#test/engines.ts'
import { deed, leavesOf, logOn, someone } from '#test/log.ts'

import { verifyJobs } from './jobs.ts'
import { type Compared, verifyLog } from './verify-log.ts'

onEachEngine('verifying the log in the database', (database) => {
  /** A log of some deeds. */
  async function begun(deeds = 6) {
    const on = logOn(database())
    const ids: string[] = []
    for (let i = 0; i < deeds; i++) ids.push(await deed(on.tx))
    await on.log.drain()
    const { note } = (await loadCheckpoint(database().db))!
    const check = (compared: Compared = {}) =>
      verifyLog({ ...on.deps, newId }, someone, { checkpoints: [note], ...compared })
    return { ...on, ids, note, check }
  }
  /** Whoever owns the database can do anything to it. */
  const behind = async (...statements: string[]) => {
    const { db } = database()
    for (const statement of statements) await sql.raw(statement).execute(db)
  }
  const without = (table: string, statement: string) => [
    `alter table ${table} disable trigger user`,
    statement,
    `alter table ${table} enable trigger user`,
  ]
  const leafAt = async (idx: number) => (await leavesOf(database()))[idx]!

  it('finds nothing in a sound log, keeps the run, and tells the log of it', async () => {
    const { check, log } = await begun()
    const { outcome, size, counts, findings } = await check()
    expect({ outcome, size, findings }).toEqual({ outcome: 'intact', size: 13, findings: [] })
    expect(counts).toEqual({ leaves: 13, rows: 13, withheld: 0, checkpoints: 1, faults: 0 })
    await log.drain()
    expect((await leavesOf(database())).at(-1)!.leaf).toContain('"log.verified"')
    expect((await check()).outcome).toBe('intact')
  })

  it('is done every day by itself, and tells whoever watches over the log of a fault', async () => {
    const { deps } = await begun()
    const [job] = verifyJobs({ ...deps, newId })
    const context = { id: newId(), put: () => Promise.reject(new Error('puts nothing')), signal: AbortSignal.abort() }
    await job!.run({}, context)
    await behind(...without('change', 'delete from change where id in (select id from change order by id limit 1)'))
    await job!.run({}, context)
    const { rows } = await sql<{ outcome: string; told: number }>`
      select outcome, (select count(*)::int from outbox where payload ->> 'verification' = v.id::text) as told
      from log_verification v order by started_at, id`.execute(database().db)
    expect([job!.at, rows]).toEqual([
      '04:30',
      [
        { outcome: 'intact', told: 0 },
        { outcome: 'faulty', told: 1 },
      ],
    ])
  })

  it('is not disturbed by what waits for its place in the tree', async () => {
    const { check, tx } = await begun()
    await deed(tx)
    expect((await check()).outcome).toBe('intact')
  })

  it('reads on over pages and levels', async () => {
    const { check, tx, log } = await begun()
    await tx(someone, (t) =>
      t.append(Array.from({ length: 2500 }, () => ({ type: 'a.b', itemKind: 'c', itemId: newId() }))),
    )
    await log.drain()
    expect(await check()).toMatchObject({ outcome: 'intact', size: 2513, counts: { rows: 2513 } })
  })

  it('follows a change of keys from either side', async () => {
    const { check, deps, tx, log, note } = await begun()
    const { old, new: fresh } = await rotateKey(deps, someone)
    await deed(tx)
    await log.drain()
    for (const keys of [[old], [fresh], undefined])
      expect((await check({ checkpoints: [note], ...(keys ? { keys } : {}) })).findings).toEqual([])
  })

  it('counts what was withheld by rule, and names what is only said to be', async () => {
    const { check, ids, tx, log } = await begun()
    const at = new Date().toISOString()
    await tx(someone, (t) =>
      sql`select withhold('change', ${[ids[0]]}::uuid[], 'retention', ${newId()}, ${at}, ${someone.personId},
        ${someone.role}, ${someone.organisationId})`.execute(t.db),
    )
    expect(await check(), 'the record has no leaf yet').toMatchObject({ outcome: 'intact', counts: { withheld: 1 } })
    await log.drain()
    expect(await check()).toMatchObject({ outcome: 'intact', counts: { withheld: 1 } })
    await behind(
      ...without('change', `delete from change where id = '${ids[1]}'`),
      `update log_leaf set salt = null where row_id = '${ids[1]}'`,
    )
    const { findings } = await check()
    expect(findings).toMatchObject([{ fault: 'withheld-unproven', kind: 'change', row: ids[1] }])
  })

  it('names a row that was changed', async () => {
    const { check, ids } = await begun()
    await behind(...without('change', `update change set reason = 'x' where id = '${ids[2]}'`))
    expect((await check()).findings).toMatchObject([{ fault: 'row-changed', kind: 'change', row: ids[2] }])
  })
  it('names a row that was dropped', async () => {
    const { check, ids } = await begun()
    await behind(...without('change', `delete from change where id = '${ids[2]}'`))
    expect((await check()).findings).toMatchObject([{ fault: 'row-missing', kind: 'change', row: ids[2] }])
  })
  it('names a row that was put in behind the triggers, even where the trigger is gone for good', async () => {
    const { check, ids } = await begun()
    const id = newId()
    await behind(
      'alter table change disable trigger user',
      `insert into change select '${id}', system_id, use_id, organisation_id, at, actor_id, actor_role, kind, reason, fields, version
        from change where id = '${ids[0]}'`,
    )
    expect((await check()).findings).toEqual([{ fault: 'row-added', kind: 'change', row: id }])
    await behind('alter table change enable trigger user')
  })
  it('names a leaf that was changed', async () => {
    const { check } = await begun()
    const { row, kind } = await leafAt(4)
    await behind(...without('log_leaf', `update log_leaf set leaf = replace(leaf, '"v":1', '"v":2') where idx = 4`))
    expect((await check()).findings).toEqual([{ fault: 'leaf-changed', index: 4, kind, row }])
  })
  it('names two leaves that were swapped', async () => {
    const { check } = await begun()
    await behind(
      ...without('log_leaf', 'update log_leaf set idx = case idx when 3 then -1 else -2 end where idx in (3, 6)'),
      ...without('log_leaf', 'update log_leaf set idx = case idx when -1 then 6 else 3 end where idx < 0'),
    )
    expect((await check()).findings.filter((f) => f.fault === 'leaf-moved').map((f) => [f.index, f.at])).toEqual([
      [3, 6],
      [6, 3],
    ])
  })
  it('names a leaf that was dropped', async () => {
    const { check } = await begun()
    const { row, kind } = await leafAt(5)
    await behind(...without('log_leaf', 'delete from log_leaf where idx = 5'))
    const { findings } = await check()
    expect(findings).toContainEqual({ fault: 'leaf-missing', index: 5 })
    expect(findings).toContainEqual({ fault: 'row-added', kind, row })
  })
  it('names the tail that was cut off, leaf by leaf', async () => {
    const { check } = await begun()
    await behind(...without('log_leaf', 'delete from log_leaf where idx >= 10'))
    const { findings } = await check()
    expect(findings.filter((f) => f.fault === 'leaf-missing').map((f) => f.index)).toEqual([10, 11, 12])
  })
  it('names a tile that was changed', async () => {
    const { check } = await begun()
    await behind(
      `update log_tile set hashes = set_byte(hashes, 64, get_byte(hashes, 64) # 1) where level = 0 and n = 0`,
    )
    expect((await check()).findings).toEqual([{ fault: 'tile-changed', level: 0, tile: 0, index: 2 }])
  })
  it('tells an old state, put back with the checkpoint of then, by the checkpoint of the auditor', async () => {
    const { check, tx, log, note } = await begun()
    await deed(tx)
    await log.drain()
    const later = (await loadCheckpoint(database().db))!.note
    await behind(
      ...without('log_leaf', 'delete from log_leaf where idx >= 13'),
      ...without('log_checkpoint', 'delete from log_checkpoint where size > 13'),
      ...without('change', `delete from change where id not in (select row_id from log_leaf where kind = 'change')`),
      ...without(
        'audit_entry',
        `delete from audit_entry where id not in (select row_id from log_leaf where kind = 'audit_entry')`,
      ),
    )
    expect((await check({ checkpoints: [note] })).outcome, 'who has seen nothing later sees nothing').toBe('intact')
    expect((await check({ checkpoints: [later] })).findings).toEqual([{ fault: 'rolled-back', size: 13, had: 15 }])
  })
  it('tells a history made anew by who holds the database but not the key', async () => {
    const { check, ids, note } = await begun()
    const other = logOn(database())
    await behind(
      ...['log_leaf', 'log_checkpoint'].flatMap((table) => without(table, `truncate ${table} cascade`)),
      'truncate log_tile, log_key, log_inbox',
      ...without('change', `delete from change where id = '${ids[1]}'`),
      ...without('audit_entry', `delete from audit_entry where item_id = '${ids[1]}' or type like 'log.%'`),
      `insert into log_inbox (kind, row_id, salt, commitment, fields)
        select 'change', id, s, sha256(s || convert_to(log_text(to_jsonb(t)), 'UTF8')), log_fields('change', to_jsonb(t))
        from change t, (select uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()) as s) salt`,
    )
    await other.log.drain()
    const { counts, findings } = await check({ checkpoints: [note] })
    const found = new Set(findings.map(({ fault }) => fault))
    expect(counts.faults).toBeGreaterThan(0)
    expect(found.has('rolled-back') || found.has('history-rewritten')).toBe(true)
    expect(found).toContain('checkpoint-unsigned')
  })
  it('tells leaves and tiles changed together by the root that was signed', async () => {
    const { check } = await begun()
    await behind(...without('log_leaf', `update log_leaf set leaf = replace(leaf, '"v":1', '"v":2') where idx = 4`))
    const hashes = (await leavesOf(database())).map(({ leaf }) => leafHash(Buffer.from(leaf)))
    await upsertTiles(database().db, await appendLeaves(async () => [], 0, hashes))
    const found = (await check()).findings.map(({ fault, size }) => [fault, size])
    expect(found).toEqual([
      ['root-differs', 13],
      ['history-rewritten', 13],
    ])
  })
})
