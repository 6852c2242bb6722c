import { sql } from 'kysely'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'

import { rotateKey } from '#audit/rotate-key.ts'
import { loadCheckpoint } from '#audit/store-log.ts'
import { withhold } from '#audit/withhold.ts'
import { newId } from '#platform/ids.ts'
import { onEachEngine } from '#test/engines.ts'
import { deed, logOn, someone } from '#test/log.ts'

import { exportLog } from './export-log.ts'
import { folderSource, verify } from './tenbin-verify.mjs'
import { ownKeys } from './verify-log.ts'

onEachEngine('an export of the log', (database) => {
  const into = async <T>(work: (folder: string) => Promise<T>) => {
    const folder = mkdtempSync(join(tmpdir(), 'tenbin-export-'))
    return work(folder).finally(() => rmSync(folder, { recursive: true }))
  }
  async function begun() {
    const on = logOn(database())
    const ids = [await deed(on.tx), await deed(on.tx), await deed(on.tx)]
    await on.log.drain()
    const { note } = (await loadCheckpoint(database().db))!
    const [key] = await ownKeys(on.deps)
    const deps = { ...on.deps, witnesses: [] }
    const check = (folder: string) => verify(folderSource(folder), { keys: [key!], checkpoints: [note] })
    return { ...on, ids, check, deps }
  }

  it('is sound for the verifier, with withheld rows, changed keys and more than one tile', async () => {
    const { check, deps, ids, log, tx } = await begun()
    await tx(someone, (t) =>
      t.append(Array.from({ length: 600 }, () => ({ type: 'a.b', itemKind: 'c', itemId: newId() }))),
    )
    await tx(someone, (t) => withhold(t, { kind: 'change', rowIds: [ids[1]!], rule: 'retention' }))
    await rotateKey(deps, someone)
    await deed(tx)
    await log.drain()
    await into(async (folder) => {
      const done = await exportLog(deps, folder)
      const result = await check(folder)
      expect(result.faults).toEqual([])
      expect(result).toMatchObject({ ok: true, size: done.size, withheld: 1, rows: done.rows })
      expect(done.size).toBeGreaterThan(600)
    })
  })
  it('shows what is wrong instead of hiding it', async () => {
    const { check, deps, ids } = await begun()
    const { db } = database()
    const extra = newId()
    await sql.raw('alter table change disable trigger user').execute(db)
    await sql.raw(`delete from change where id = '${ids[0]}'`).execute(db)
    await sql.raw(`update change set reason = 'x' where id = '${ids[1]}'`).execute(db)
    await sql
      .raw(`insert into change select '${extra}', system_id, use_id, organisation_id, at, actor_id, actor_role, kind,
      reason, fields, version from change where id = '${ids[2]}'`)
      .execute(db)
    await sql.raw('alter table change enable trigger user').execute(db)
    await into(async (folder) => {
      await exportLog(deps, folder)
      const faults = (await check(folder)).faults.map(({ fault, row }) => `${fault} ${row}`)
      expect(faults.toSorted()).toEqual(
        [`row-added ${extra}`, `row-changed ${ids[1]}`, `row-missing ${ids[0]}`].toSorted(),
      )
    })
  })
  it('goes into an empty folder only', async () => {
    const { deps } = await begun()
    await into(async (folder) => {
      await exportLog(deps, folder)
      await expect(exportLog(deps, folder)).rejects.toMatchObject({ code: 'already-exists' })
    })
  })
})
