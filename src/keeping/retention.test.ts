import { sql } from 'kysely'
import { mkdtempSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { describe, expect, it } from 'vitest'

import type { Database } from '#platform/database.ts'
import { newId } from '#platform/ids.ts'
import { fromRoot } from '#platform/root.ts'
import { asSystem } from '#platform/scope.ts'
import { placeOfSystem } from '#register/place-of-system.ts'
import { transactions } from '#audit/transaction.ts'
import { onEachEngine } from '#test/engines.ts'
import { folderWithFiles } from '#test/keeping.ts'
import { deed, logOn } from '#test/log.ts'
import { make } from '#test/people.ts'
import { aSystem, store, txOn } from '#test/register.ts'

import { applyRetention, type RetentionDeps } from './apply-retention.ts'
import { liftHold, listHolds, placeHold } from './legal-hold.ts'
import { loadRetentionRules, overBefore } from './retention-rules.ts'

const shipped = loadRetentionRules(fromRoot('keeping/retention.yaml'))

/** The database as the application has it: what its role may not remove, no rule removes. */
function retentionOn({ scoped }: Database, at: string, rules = shipped) {
  const { folder, files } = folderWithFiles()
  const now = () => new Date(at)
  const tx = transactions({ db: scoped, now, newId })
  const deps: RetentionDeps = { db: scoped, tx, files, now, rules }
  return { deps, folder, files }
}

async function house(database: Database) {
  const { db } = database
  const ministry = await make.organisation(db)
  const caio = await make.person(db, ministry, 'caio')
  const systems = await store(
    txOn(database, () => new Date('2016-01-01T00:00:00Z')),
    caio,
    [aSystem(ministry), aSystem(ministry, { name: { value: '通訳' } })],
  )
  const evidence = async (system: number, withdrawnAt: string | null, sha256: string) => {
    await sql`insert into evidence (id, organisation_id, item_kind, item_id, title, file_name, media_type, bytes, sha256,
        classification, added_at, added_by, added_role, withdrawn_at, withdrawn_by, withdrawn_because)
      values (${newId()}, ${ministry.id}, 'system', ${systems[system]!.systemId}, 'x', 'x.txt', 'text/plain', 1, ${sha256},
        'confidentiality-1', '2024-01-01', ${caio.personId}, 'caio', ${withdrawnAt},
        ${withdrawnAt && caio.personId}, ${withdrawnAt && 'x'})`.execute(db)
  }
  return { db, ministry, caio, systems, evidence }
}

const countOf = async ({ db }: Database, table: string) =>
  (await sql<{ n: number }>`select count(*) as n from ${sql.id(table)}`.execute(db)).rows[0]!.n

const rowsOf = (done: { rules: readonly { id: string; rows: number }[] }) =>
  Object.fromEntries(done.rules.filter((r) => r.rows > 0).map((r) => [r.id, r.rows]))

describe('the rules', () => {
  it('say for each whose it is, and what they name is in the database', () => {
    expect(shipped.rules.length).toBeGreaterThan(10)
    for (const rule of shipped.rules) expect(['official', 'secondary', 'preset']).toContain(rule.provenance)
  })
  it('count years by the calendar, and for ever has no end', () => {
    const now = new Date('2026-11-22T03:00:00Z')
    expect(overBefore({ years: 10 }, now)?.toISOString()).toBe('2016-11-22T03:00:00.000Z')
    expect(overBefore({ days: 30 }, now)?.toISOString()).toBe('2026-10-23T03:00:00.000Z')
    expect(overBefore('forever', now)).toBeUndefined()
  })
  it.each([
    ['no YAML', ': :\n  -', ''],
    [
      'an unknown deed',
      'rules: [{id: x, table: session, from: expires_at, keep: {days: 1}, then: shred, provenance: preset}]\nfiles: {keep: {days: 1}, provenance: preset}',
      'rules.0.then',
    ],
    [
      'SQL as a name',
      'rules: [{id: x, table: "session; drop table person", from: a, keep: {days: 1}, then: delete, provenance: preset}]\nfiles: {keep: {days: 1}, provenance: preset}',
      'rules.0.table',
    ],
    [
      'official without a source',
      'rules: [{id: x, table: session, from: a, keep: {days: 1}, then: delete, provenance: official}]\nfiles: {keep: {days: 1}, provenance: preset}',
      'rules.0.source',
    ],
  ])('with %s are refused and name the field', (_what, yaml, field) => {
    const path = join(mkdtempSync(join(tmpdir(), 'tenbin-rules-')), 'rules.yaml')
    writeFileSync(path, yaml)
    expect(() => loadRetentionRules(path)).toThrow(
      expect.objectContaining({ code: 'unavailable', params: { reason: 'rules-faulty', file: path, field } }),
    )
  })
})

onEachEngine('retention', (database) => {
  it('removes what is over and nothing else, and tells the log how much', async () => {
    const { db, caio, ministry, evidence } = await house(database())
    await evidence(0, '2025-11-21T00:00:00Z', 'a'.repeat(64))
    await evidence(0, '2025-11-23T00:00:00Z', 'b'.repeat(64))
    await evidence(0, null, 'c'.repeat(64))
    for (const [id, expires] of [
      ['old', '2026-11-20T00:00:00Z'],
      ['new', '2026-11-22T12:00:00Z'],
    ])
      await sql`insert into session (id_hash, person_id, role, organisation_id, created_at, last_seen_at, expires_at)
        values (${id}, ${caio.personId}, 'caio', ${ministry.id}, now(), now(), ${expires})`.execute(db)
    const { deps } = retentionOn(database(), '2026-11-22T00:00:00Z', {
      ...shipped,
      rules: shipped.rules.filter((r) => r.then !== 'withhold'),
    })
    const counted = await applyRetention(deps, { dryRun: true })
    expect(rowsOf(counted)).toEqual({ sessions: 1, 'withdrawn-evidence': 1 })
    expect([await countOf(database(), 'evidence'), await countOf(database(), 'session')]).toEqual([3, 2])
    expect(await countOf(database(), 'retention_run')).toBe(0)
    const done = await applyRetention(deps)
    expect(rowsOf(done)).toEqual(rowsOf(counted))
    const left = await sql<{ sha256: string }>`select sha256 from evidence order by 1`.execute(db)
    expect(left.rows.map((r) => r.sha256[0])).toEqual(['b', 'c'])
    expect((await sql<{ id: string }>`select id_hash as id from session`.execute(db)).rows).toEqual([{ id: 'new' }])
    const { rows } = await sql<{ detail: unknown }>`
      select detail from audit_entry where type = 'retention.applied'`.execute(db)
    expect(rows).toEqual([
      { detail: { rules: shipped.digest, counts: { sessions: 1, 'withdrawn-evidence': 1 }, files: 0, bytes: 0 } },
    ])
    expect(rowsOf(await applyRetention(deps))).toEqual({})
  })

  it('withholds old history: the text is gone, the leaf stays, and the log still adds up', async () => {
    await house(database())
    const { log, tx } = logOn(database())
    await deed(tx)
    await log.drain()
    const leaves = await countOf(database(), 'log_leaf')
    const old = (
      await sql<{ n: number }>`
      select (select count(*) from change where at < '2016-11-22') + (select count(*) from audit_entry where at < '2016-11-22') as n`.execute(
        database().db,
      )
    ).rows[0]!.n
    expect(old).toBeGreaterThan(2)
    const { deps } = retentionOn(database(), '2026-11-22T00:00:00Z')
    const done = rowsOf(await applyRetention(deps))
    expect(done['audit-entries']! + done['history-of-systems']!).toBe(old)
    const { rows } = await sql<{ salted: number; withheld: number }>`
      select count(*) filter (where salt is not null) as salted, count(*) filter (where salt is null) as withheld from log_leaf`.execute(
      database().db,
    )
    expect(rows[0]).toEqual({ salted: leaves - old, withheld: old })
    await log.drain()
    expect(log.fault()).toBeUndefined()
  })

  it('removes nothing of what stands under a legal hold, until that is lifted', async () => {
    const { caio, systems, evidence } = await house(database())
    await evidence(0, '2020-01-01T00:00:00Z', 'a'.repeat(64))
    await evidence(1, '2020-01-01T00:00:00Z', 'b'.repeat(64))
    const asked: string[] = []
    const holds = {
      db: database().db,
      tx: txOn(database()),
      may: (_actor: unknown, action: string) => void asked.push(action),
      holdItems: { system: placeOfSystem },
    }
    const input = { itemKind: 'system', itemId: systems[0]!.systemId, because: '訴訟のため' } as const
    const { id } = await placeHold(holds, caio, input)
    await expect(placeHold(holds, caio, input)).rejects.toMatchObject({ code: 'already-exists' })
    const { deps } = retentionOn(database(), '2026-11-22T00:00:00Z')
    const first = rowsOf(await applyRetention(deps))
    expect(first['withdrawn-evidence']).toBe(1)
    // The history of the held system is ten years old as well, and stays.
    const history = await sql<{ system: string }>`
      select distinct system_id as system from change where at < '2016-11-22'`.execute(database().db)
    expect(history.rows).toEqual([{ system: systems[0]!.systemId }])
    await liftHold(holds, caio, { id, because: '終わった' })
    await expect(liftHold(holds, caio, { id, because: '再び' })).rejects.toMatchObject({ code: 'wrong-state' })
    expect(await listHolds(database().db)).toMatchObject([{ id, liftedBecause: '終わった' }])
    expect(rowsOf(await applyRetention(deps))).toMatchObject({ 'withdrawn-evidence': 1, 'history-of-systems': 1 })
    expect(new Set(asked)).toEqual(new Set(['hold-records']))
  })

  it('files that no row names go after a week; those that a row names, and young ones, stay', async () => {
    const { evidence } = await house(database())
    const { deps, folder, files } = retentionOn(database(), '2026-11-22T00:00:00Z')
    const keep = async (text: string, changed: string) => {
      const { sha256 } = await files.keep(Readable.from([text]))
      utimesSync(join(folder, 'files', sha256.slice(0, 2), sha256), new Date(changed), new Date(changed))
      return sha256
    }
    const leftOver = await keep('left over', '2026-11-01')
    const young = await keep('young', '2026-11-20')
    const named = await keep('named', '2026-01-01')
    await evidence(0, null, named)
    expect((await applyRetention(deps, { dryRun: true })).files).toEqual({ count: 1, bytes: 9 })
    expect((await applyRetention(deps)).files).toEqual({ count: 1, bytes: 9 })
    expect(await Promise.all([leftOver, young, named].map((f) => files.has(f)))).toEqual([false, true, true])
  })

  it('the original of an old import goes with its rows, and the import says that it was there', async () => {
    const { db, caio, ministry } = await house(database())
    const { deps, folder, files } = retentionOn(database(), '2026-11-22T00:00:00Z')
    const { sha256 } = await files.keep(Readable.from(['table']))
    utimesSync(join(folder, 'files', sha256.slice(0, 2), sha256), new Date(0), new Date(0))
    const id = newId()
    await sql`insert into import (id, organisation_id, file_sha256, file_name, bytes, format, header_row, header, preamble,
        layout, map, reading_digest, state, rows, stored, rejected, flags, started_at, finished_at, actor_id)
      values (${id}, ${ministry.id}, ${sha256}, 'x.csv', 5, 'csv', 1, '[]', '[]', '{}', '{}', 'd', 'done', 1, 1, 0, '[]',
        '2020-01-01', '2020-01-01', ${caio.personId})`.execute(db)
    await sql`insert into import_row (import_id, row_number, organisation_id, outcome, reasons, flags, cells)
      values (${id}, 2, ${ministry.id}, 'stored', '[]', '[]', '["x"]')`.execute(db)
    const done = await applyRetention(deps)
    expect(rowsOf(done)).toMatchObject({ 'import-rows': 1, 'import-files': 1 })
    expect(done.files.count).toBe(1)
    const { rows } = await sql<{ file: string }>`select file_sha256 as file from import`.execute(db)
    expect(rows).toEqual([{ file: `removed:${sha256}` }])
  })

  it('a rule about a table that is not there stops the run before anything is removed', async () => {
    const { caio, ministry, db } = await house(database())
    await sql`insert into session (id_hash, person_id, role, organisation_id, created_at, last_seen_at, expires_at)
      values ('old', ${caio.personId}, 'caio', ${ministry.id}, now(), now(), '2020-01-01')`.execute(db)
    const rule = { ...shipped.rules[0]!, id: 'future', table: 'consultation' }
    const { deps } = retentionOn(database(), '2026-11-22T00:00:00Z', { ...shipped, rules: [...shipped.rules, rule] })
    await expect(applyRetention(deps)).rejects.toMatchObject({
      params: { reason: 'rules-faulty', field: 'future: consultation.expires_at' },
    })
    expect(await asSystem(() => countOf(database(), 'session'))).toBe(1)
  })
})
