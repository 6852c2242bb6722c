import { sql } from 'kysely'
import { expect, it } from 'vitest'

import { onEachEngine } from '#test/engines.ts'
import { deed, leavesOf, logOn, someone } from '#test/log.ts'
import { newId } from '#platform/ids.ts'

import type { loadKeys } from './store-log.ts'
import { forgetPeople, withhold } from './withhold.ts'

const changes = async (db: Parameters<typeof loadKeys>[0]) =>
  (await sql<{ id: string }>`select id from change order by id`.execute(db)).rows.map((row) => row.id)

onEachEngine('withholding rows of the history', (database) => {
  it('takes row and salt, keeps the leaf, and tells the log which rows and why', async () => {
    const { db } = database()
    const { log, tx } = logOn(database())
    const ids = [await deed(tx), await deed(tx), await deed(tx)]
    await log.drain()
    const before = await leavesOf(database())
    const gone = await tx(someone, (t) => withhold(t, { kind: 'change', rowIds: ids.slice(0, 2), rule: 'retention' }))
    await log.drain()
    const after = await leavesOf(database())
    expect(gone).toBe(2)
    expect(await changes(db)).toEqual([ids[2]])
    expect(after.slice(0, before.length).map((l) => l.leaf)).toEqual(before.map((l) => l.leaf))
    expect(
      after
        .filter((l) => l.salt === null)
        .map((l) => l.row)
        .toSorted(),
    ).toEqual(ids.slice(0, 2).toSorted())
    const told = after.at(-1)!
    expect([told.kind, (JSON.parse(told.leaf) as { type: string }).type]).toEqual(['log_withholding', 'retention'])
    const { rows } = await sql<{ kind: string; ids: string[] }>`select withheld_kind as kind, row_ids as ids
      from log_withholding where id = ${told.row}`.execute(db)
    expect(rows).toEqual([{ kind: 'change', ids: ids.slice(0, 2).toSorted() }])
  })

  it('takes a row whose leaf does not have its place yet', async () => {
    const { log, tx } = logOn(database())
    const id = await deed(tx)
    await tx(someone, (t) => withhold(t, { kind: 'change', rowIds: [id], rule: 'x' }))
    await log.drain()
    expect((await leavesOf(database())).find((l) => l.row === id)?.salt).toBeNull()
  })

  it('leaves alone what the log tells of itself, and what is no history', async () => {
    const { db } = database()
    const { log, tx } = logOn(database())
    await log.drain()
    const key = (await leavesOf(database()))[0]!
    const asked = (kind: string, id: string) => tx(someone, (t) => withhold(t, { kind, rowIds: [id], rule: 'x' }))
    expect(await asked('audit_entry', key.row)).toBe(0)
    await expect(asked('log_withholding', newId())).rejects.toThrow('not a history table')
    await expect(asked('organisation', newId())).rejects.toThrow('not a history table')
    expect((await sql`select 1 from audit_entry`.execute(db)).rows).toHaveLength(1)
  })

  it('is the only way: rows of history are neither changed nor removed otherwise, not even those withheld before', async () => {
    const { db } = database()
    const { tx } = logOn(database())
    const id = await deed(tx)
    await tx(someone, (t) => withhold(t, { kind: 'change', rowIds: [id], rule: 'x' }))
    const again = await deed(tx)
    await sql`insert into change select ${id}, system_id, use_id, organisation_id, at, actor_id, actor_role, kind, reason, fields, version from change where id = ${again}`.execute(
      db,
    )
    for (const table of ['change', 'audit_entry', 'log_withholding'])
      await expect(sql`delete from ${sql.table(table)}`.execute(db)).rejects.toThrow('append-only')
    await expect(sql`update change set kind = 'x'`.execute(db)).rejects.toThrow('append-only')
    await expect(sql`update log_withholding set rule = 'x'`.execute(db)).rejects.toThrow('append-only')
  })

  it('lets a row come back under its id, with a leaf of its own', async () => {
    const { db } = database()
    const { log, tx } = logOn(database())
    const id = await deed(tx)
    const insert = () =>
      sql`insert into change (id, system_id, organisation_id, at, actor_id, actor_role, kind, fields, version)
        values (${id}, ${id}, ${id}, now(), ${id}, 'caio', 'added', '[]', 1)`.execute(db)
    await log.drain()
    await expect(insert()).rejects.toThrow()
    await tx(someone, (t) => withhold(t, { kind: 'change', rowIds: [id], rule: 'demo' }))
    await insert()
    await log.drain()
    await tx(someone, (t) => withhold(t, { kind: 'change', rowIds: [id], rule: 'demo' }))
    await log.drain()
    const own = (await leavesOf(database())).filter((l) => l.row === id)
    expect(own.map((l) => l.salt)).toEqual([null, null])
  })

  it('leaves of leaves only the salt be taken away', async () => {
    const { db } = database()
    const { log, tx } = logOn(database())
    await deed(tx)
    await log.drain()
    await expect(sql`update log_leaf set leaf = 'x'`.execute(db)).rejects.toThrow('append-only')
    await expect(sql`delete from log_leaf`.execute(db)).rejects.toThrow('append-only')
    await expect(sql`delete from log_checkpoint`.execute(db)).rejects.toThrow('append-only')
  })

  it('names nobody any more who was taken out of the pseudonyms', async () => {
    const { db } = database()
    const { log, tx } = logOn(database())
    const actorOf = async () =>
      (JSON.parse((await leavesOf(database())).findLast((l) => l.kind === 'change')!.leaf) as { actor: string }).actor
    await deed(tx)
    await log.drain()
    const before = await actorOf()
    await forgetPeople(db, [someone.personId])
    expect(JSON.stringify((await sql`select * from log_pseudonym`.execute(db)).rows)).not.toContain(before)
    await deed(tx)
    await log.drain()
    expect(await actorOf()).not.toBe(before)
  })
})
