import { sql } from 'kysely'
import { appendFileSync, readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import type { Database } from '#platform/database.ts'
import { newId } from '#platform/ids.ts'
import { onEachEngine } from '#test/engines.ts'
import { contentOf, emptyTarget, folderWithFiles, leftOut, type Target, targets } from '#test/keeping.ts'
import { deed, logOn } from '#test/log.ts'
import { make } from '#test/people.ts'
import { aSystem, store, txOn } from '#test/register.ts'

import { checkBackup } from './check-backup.ts'
import { makeBackup } from './make-backup.ts'
import { restoreBackup } from './restore-backup.ts'

/** A house with something in it: systems, files that rows name, odd values, a session, a log with a checkpoint. */
async function house(database: Database) {
  const { db } = database
  const { folder, files } = folderWithFiles()
  const ministry = await make.organisation(db)
  const division = await make.organisation(db, '総務課', ministry)
  const planner = await make.person(db, division, 'planner')
  const { log, tx, deps } = logOn(database)
  const rows = Array.from({ length: 30 }, (_, n) => aSystem(division, { name: { value: `要約 ${n} "\\'\t' 天秤` } }))
  const stored = await store(txOn(database), planner, rows)
  const evidence = await files.keep(Readable.from(['契約書']))
  await sql`insert into evidence (id, organisation_id, item_kind, item_id, title, file_name, media_type, bytes, sha256,
    classification, added_at, added_by, added_role) values (${newId()}, ${division.id}, 'system', ${stored[0]!.systemId},
    ${'改行\nと "引用" と \\N'}, 'x.txt', 'text/plain', ${evidence.bytes}, ${evidence.sha256}, 'confidentiality-1',
    '2026-11-20T01:02:03.456789Z', ${planner.personId}, 'planner')`.execute(db)
  // A JSON null is a value, no absence; both must come back as they were.
  await sql`insert into setting (name, value, updated_at, updated_by) values ('json-null', 'null', now(), ${newId()}),
    ('number', '1e400', now(), ${newId()})`.execute(db)
  await sql`insert into session (id_hash, person_id, role, organisation_id, created_at, last_seen_at, expires_at)
    values ('x', ${planner.personId}, 'planner', ${division.id}, now(), now(), now())`
    .execute(db)
    .catch(() => {})
  await log.drain()
  await deed(tx) // one that still waits in the inbox
  const backup = join(folder, 'backup.tar')
  const make_ = (more: Partial<Parameters<typeof makeBackup>[1]> = {}) =>
    makeBackup(
      { database, files, leftOut, version: '0.2.0', now: () => new Date('2026-11-22T00:00:00Z') },
      { path: backup, ...more },
    )
  return { folder, files, planner, tx, log, keyFile: deps.keyFile, backup, make: make_ }
}

async function restoreInto(target: Target, path: string, more: Partial<Parameters<typeof restoreBackup>[1]> = {}) {
  const { folder, files } = folderWithFiles()
  const restored = await restoreBackup({ owner: target.database.db, files, prepare: target.prepare }, { path, ...more })
  return { restored, files, folder }
}

onEachEngine('a backup', (database) => {
  describe.each(targets)('restored into %s', (engine) => {
    let target: Target
    beforeAll(async () => void (target = await emptyTarget(engine)), 60_000)
    afterAll(() => target.close())

    it('has every row and every file as it was, and the log goes on where it was', async () => {
      const { backup, make: back, files, keyFile } = await house(database())
      const made = await back()
      expect(made.files).toMatchObject({ count: 1, missing: [] })
      const before = await contentOf(database())
      const { restored, files: restoredFiles } = await restoreInto(target, backup)
      expect(restored).toMatchObject({ digest: made.digest, rows: made.rows, schema: made.schema })
      expect(await contentOf(target.database)).toEqual(before)
      const { rows: sessions } = await sql<{ n: number }>`select count(*) as n from session`.execute(target.database.db)
      expect(sessions[0]!.n).toBe(0)
      for await (const { sha256 } of files.list())
        expect(await restoredFiles.read(sha256)).toEqual(await files.read(sha256))
      // Restoring told the log nothing by itself; what waited is sequenced, and a new deed comes after it.
      const { log, tx } = logOn(target.database, { keyFile })
      const last = async () =>
        (await sql<{ n: number }>`select count(*) as n from log_leaf`.execute(target.database.db)).rows[0]!.n
      const size = await last()
      await deed(tx)
      await log.drain()
      expect(log.fault()).toBeUndefined()
      const waiting = before['log_inbox']!.rows
      expect(waiting).toBeGreaterThan(0)
      expect(await last()).toBe(size + waiting + 2)
    }, 120_000)

    it('goes on numbering, keeps append-only and foreign keys, and is under row-level security', async () => {
      const { backup, make: back, planner } = await house(database())
      await back()
      await restoreInto(target, backup, { replace: true })
      const { db } = target.database
      await expect(sql`update audit_entry set type = 'x'`.execute(db)).rejects.toThrow('append-only')
      await expect(
        sql`insert into person (id, organisation_id, name_ja, name_en, post_ja, post_en, created_at, created_by)
          values (${newId()}, ${newId()}, 'x', 'x', 'x', 'x', now(), ${newId()})`.execute(db),
      ).rejects.toThrow('foreign key')
      const [again] = await store(txOn(target.database), planner, [
        aSystem({ id: planner.organisationId, path: [] }, { name: { value: '復元の後' } }),
      ])
      expect(again!.number).toMatch(/31$/)
      const seen = await sql`select 1 from ai_system`.execute(target.database.scoped)
      expect(seen.rows).toEqual([])
    }, 120_000)
  })

  it('made while others write holds each change whole: the row, its entry and its place in the log', async () => {
    const { backup, make: back, tx } = await house(database())
    let stop = false
    let written = 0
    const writers = Array.from({ length: 8 }, async () => {
      while (!stop) {
        await deed(tx)
        written++
      }
    })
    await new Promise((done) => setTimeout(done, 200))
    const made = await back()
    const atEnd = written
    stop = true
    await Promise.all(writers)
    expect(atEnd).toBeGreaterThan(8)
    const target = await emptyTarget('pglite')
    await restoreInto(target, backup)
    const { rows } = await sql<Record<'changes' | 'entries' | 'history' | 'leaves', number>>`select
      (select count(*) from change where kind = 'changed') as changes,
      (select count(*) from audit_entry where type = 'system.changed') as entries,
      (select count(*) from change) + (select count(*) from audit_entry) as history,
      (select count(*) from log_leaf) + (select count(*) from log_inbox) as leaves`.execute(target.database.db)
    const [found] = rows
    expect(found!.entries).toBe(found!.changes)
    expect(found!.leaves).toBe(found!.history)
    expect(made.rows).toBeGreaterThan(found!.history)
    await target.close()
  }, 120_000)

  it('is refused where somebody is already at home, unless that is said; and then replaces all of it', async () => {
    const { backup, make: back } = await house(database())
    await back()
    const before = await contentOf(database())
    const other = await emptyTarget('pglite')
    await other.prepare()
    await make.organisation(other.database.db, '別の省')
    await expect(restoreInto(other, backup)).rejects.toMatchObject({
      code: 'wrong-state',
      params: { reason: 'not-empty' },
    })
    await restoreInto(other, backup, { replace: true })
    expect(await contentOf(other.database)).toEqual(before)
    await other.close()
  }, 120_000)

  it('does not overwrite an earlier one, and names a file that is gone', async () => {
    const { files, make: back } = await house(database())
    const first = await back()
    await expect(back()).rejects.toMatchObject({ code: 'already-exists' })
    expect((await back({ overwrite: true })).digest).toBe(first.digest)
    expect(statSync(first.path).mode & 0o777).toBe(0o600)
    for await (const { sha256 } of files.list()) await files.remove(sha256)
    const { files: told } = await back({ overwrite: true })
    expect(told).toMatchObject({ count: 0, missing: [expect.stringMatching(/^[0-9a-f]{64}$/)] })
  })

  it('holds the key of the log only when that is asked, and gives it back only to a place that is free', async () => {
    const { folder, backup, make: back, keyFile } = await house(database())
    await back()
    expect(readFileSync(backup).includes('PRIVATE KEY')).toBe(false)
    await back({ overwrite: true, keyFiles: [keyFile] })
    expect(readFileSync(backup).includes('PRIVATE KEY')).toBe(true)
    const target = await emptyTarget('pglite')
    const place = join(folder, 'other', 'log-key.pem')
    const { restored } = await restoreInto(target, backup, { keyFiles: [place] })
    expect(restored.keys).toBe(1)
    expect(readFileSync(place)).toEqual(readFileSync(keyFile))
    await expect(restoreInto(target, backup, { keyFiles: [place], replace: true })).rejects.toMatchObject({
      code: 'already-exists',
    })
    await target.close()
  }, 60_000)
})

onEachEngine('a backup that is not whole', (database) => {
  it('is refused before anything is written, wherever it was cut or changed', async () => {
    const { backup, make: back } = await house(database())
    await back()
    const content = readFileSync(backup)
    const target = await emptyTarget('pglite')
    const refused = async (fault: string) => {
      await expect(restoreInto(target, backup)).rejects.toMatchObject({
        code: 'bad-file',
        params: { reason: 'backup', backup: fault },
      })
      // Not even a table was made.
      const { rows } = await sql`select 1 from pg_tables where schemaname = 'public'`.execute(target.database.db)
      expect(rows).toEqual([])
    }
    for (const part of [0.999, 0.9, 0.5, 0.1]) {
      writeFileSync(backup, content)
      truncateSync(backup, Math.floor(content.length * part))
      await refused('truncated')
    }
    // A byte in the content of every entry, one after the other.
    for (let at = 512; at + 512 < content.length; at += 512 * Math.ceil(content.length / 512 / 24)) {
      const changed = Buffer.from(content)
      changed[at + 3]! ^= 1
      if (changed.equals(content)) continue
      writeFileSync(backup, changed)
      await expect(checkBackup(backup), `byte ${at + 3}`).rejects.toMatchObject({ code: 'bad-file' })
    }
    writeFileSync(backup, 'not a backup at all')
    await refused('not-a-backup')
    writeFileSync(backup, '')
    await refused('not-a-backup')
    appendFileSync(backup, Buffer.alloc(4096))
    await refused('not-a-backup')
    await expect(checkBackup('/no/such/file')).rejects.toMatchObject({ code: 'not-found' })
    await target.close()
  }, 120_000)

  it('of a newer schema, or of another, is refused with its name', async () => {
    const { make: back, backup } = await house(database())
    await sql`insert into schema_migration (number, name, checksum) values (9999, '9999_future.sql', ${'0'.repeat(64)})`.execute(
      database().db,
    )
    try {
      await back()
      await expect(checkBackup(backup)).rejects.toMatchObject({
        params: { backup: 'newer-schema', has: '9999_future.sql' },
      })
      await sql`delete from schema_migration where number = 9999`.execute(database().db)
      const { rows } = await sql<{ checksum: string }>`select checksum from schema_migration where number = 2`.execute(
        database().db,
      )
      await sql`update schema_migration set checksum = ${'1'.repeat(64)} where number = 2`.execute(database().db)
      await back({ overwrite: true })
      await expect(checkBackup(backup)).rejects.toMatchObject({
        params: { backup: 'other-schema', name: '0002_register.sql' },
      })
      await sql`update schema_migration set checksum = ${rows[0]!.checksum} where number = 2`.execute(database().db)
    } finally {
      await sql`delete from schema_migration where number = 9999`.execute(database().db)
    }
  })
})
