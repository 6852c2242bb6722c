import { sql } from 'kysely'
import { createHash } from 'node:crypto'
import { expect, it } from 'vitest'

import type { Db } from '#platform/database.ts'
import { newId } from '#platform/ids.ts'
import { onEachEngine } from '#test/engines.ts'
import { leavesOf, logOn, someone } from '#test/log.ts'
import { make } from '#test/people.ts'
import { aSystem, store } from '#test/register.ts'

import { removeSystemsOfImport } from '#register/remove-systems.ts'

/** The text of every row of a history table, as the log commits to it. */
async function texts(db: Db, kind: string): Promise<Map<string, string>> {
  const { rows } = await db.transaction().execute(async (t) => {
    await sql`set local timezone = 'UTC'`.execute(t)
    return sql<{
      id: string
      text: string
    }>`select id, log_text(to_jsonb(t)) as text from ${sql.table(kind)} t`.execute(t)
  })
  return new Map(rows.map((row) => [row.id, row.text]))
}

onEachEngine('what was decided', (database) => {
  it('outlives the system it was decided on, and every leaf still has its row', async () => {
    const { db } = database()
    const { log, tx } = logOn(database())
    const ministry = await make.organisation(db)
    const caio = await make.person(db, ministry)
    const [row] = await store(tx, caio, [aSystem(ministry)])
    const importId = newId()
    await sql`update ai_system set import_id = ${importId}`.execute(db)
    const { rows: uses } = await sql<{ id: string }>`select id from ai_use`.execute(db)
    const assessment = newId()
    await sql`insert into assessment (id, use_id, system_id, organisation_id, catalog, edition, digest, answers, result,
        outcome, rests_on, made_at, made_by, made_role)
      values (${assessment}, ${uses[0]!.id}, ${row!.systemId!}, ${ministry.id}, 'ds-920', '1.0', 'abc', '{}', '{"a":null}',
        'proceed', '{}', now(), ${caio.personId}, 'caio')`.execute(db)
    await sql`insert into judgement (id, assessment_id, use_id, organisation_id, verdict, reason, made_at, made_by, made_role)
      values (${newId()}, ${assessment}, ${uses[0]!.id}, ${ministry.id}, 'proceed', '理由', now(), ${caio.personId}, 'caio')`.execute(
      db,
    )
    await log.drain()
    await tx(caio, (t) => removeSystemsOfImport(t, importId))
    await log.drain()
    expect((await sql`select 1 from ai_system`.execute(db)).rows).toEqual([])
    const leaves = await leavesOf(database())
    for (const kind of ['audit_entry', 'change', 'assessment', 'judgement']) {
      const there = await texts(db, kind)
      const own = leaves.filter((leaf) => leaf.kind === kind)
      expect([kind, own.map((leaf) => leaf.row).toSorted()]).toEqual([kind, [...there.keys()].toSorted()])
      for (const { row: id, salt, leaf } of own) {
        const commitment = createHash('sha256').update(Buffer.from(salt!, 'hex')).update(there.get(id)!).digest('hex')
        expect(JSON.parse(leaf)).toMatchObject({ commitment })
      }
    }
    const judged = leaves.find((leaf) => leaf.kind === 'assessment')!
    expect(JSON.parse(judged.leaf)).toMatchObject({
      catalog: 'ds-920',
      edition: '1.0',
      digest: 'abc',
      decision: 'proceed',
      itemKind: 'ai-use',
    })
    expect(leaves.map((leaf) => leaf.leaf).join('')).not.toContain('理由')
  })

  it('is committed to word for word: a column added later does not change what an old row says', async () => {
    const { db } = database()
    const { log, tx } = logOn(database())
    await tx(someone, (t) => t.append({ type: 'a.b', itemKind: 'c', itemId: newId(), detail: { empty: null } }))
    await log.drain()
    const before = await texts(db, 'audit_entry')
    await sql`alter table audit_entry add column added_later text`.execute(db)
    expect(await texts(db, 'audit_entry')).toEqual(before)
    await sql`alter table audit_entry drop column added_later`.execute(db)
    expect([...before.values()].join('')).toContain('"empty": null')
  })
})
