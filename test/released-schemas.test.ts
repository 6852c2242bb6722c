import { sql } from 'kysely'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { parse } from 'yaml'

import type { Actor } from '#audit/transaction.ts'
import { applyMigration, migrate, readMigrations } from '#platform/migrate.ts'
import { appOn } from '#test/app.ts'
import { emptyTarget, type Target, targets } from '#test/keeping.ts'
import { logOn } from '#test/log.ts'
import { as } from '#test/people.ts'

type Release = { readonly release: string; readonly migration: number; readonly sha256: string }
const { releases } = parse(readFileSync('migrations/released.yaml', 'utf8')) as { releases: readonly Release[] }
const rowsOf = (release: string) => `test/support/released/${release}.sql`

it('every release has rows that it wrote, and its migrations were not edited since', () => {
  expect(releases.length).toBeGreaterThan(0)
  const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string }
  expect(releases.map((r) => r.release)).toContain(version)
  for (const { release, migration, sha256 } of releases) {
    expect(existsSync(rowsOf(release)), rowsOf(release)).toBe(true)
    const hash = createHash('sha256')
    for (const known of readMigrations()) if (known.number <= migration) hash.update(known.text)
    expect(hash.digest('hex'), release).toBe(sha256)
  }
})

/** The schema and the rows of a release. @returns how many rows each table had */
async function asReleased({ database: { db } }: Target, { release, migration }: Release) {
  await sql`create table schema_migration (
    number integer primary key, name text not null, checksum text not null, done_at timestamptz not null default now())`.execute(
    db,
  )
  for (const known of readMigrations()) if (known.number <= migration) await applyMigration(db, known)
  const lines = readFileSync(rowsOf(release), 'utf8').split('\n')
  for (const line of lines) if (/^(insert|select) /.test(line)) await sql.raw(line).execute(db)
  return countAll(db)
}

async function countAll(db: Target['database']['db']): Promise<Record<string, number>> {
  const { rows } = await sql<{ name: string }>`
    select tablename as name from pg_tables where schemaname = 'public' and tablename <> 'schema_migration' order by 1`.execute(
    db,
  )
  const counts: Record<string, number> = {}
  for (const { name } of rows)
    counts[name] = (await sql<{ n: number }>`select count(*) as n from ${sql.id(name)}`.execute(db)).rows[0]!.n
  return counts
}

describe.each(targets)('on %s', (engine) => {
  describe.each(releases)('a database of release $release', (release) => {
    let target: Target
    let before: Record<string, number>
    beforeAll(async () => {
      target = await emptyTarget(engine)
      before = await asReleased(target, release)
    }, 60_000)
    afterAll(() => target.close())

    it('has a row in every table', () => {
      expect(Object.entries(before).filter(([, rows]) => rows === 0)).toEqual([])
    })

    it('is brought to the newest schema without losing a row, once', async () => {
      await target.prepare()
      const after = await countAll(target.database.db)
      // A row may be split or joined by a migration that says so here; none does yet.
      for (const [table, rows] of Object.entries(before)) expect([table, after[table]]).toEqual([table, rows])
      expect(await migrate(target.database.db)).toEqual([])
    }, 60_000)

    it('has a leaf for every row of history, in the order of time', async () => {
      const { log } = logOn(target.database)
      await log.drain()
      expect(log.fault()).toBeUndefined()
      const { rows } = await sql<{ kind: string; leaves: number }>`
        select kind, count(*) as leaves from log_leaf where kind in ('audit_entry', 'change', 'assessment', 'judgement')
        group by kind`.execute(target.database.db)
      for (const { kind, leaves } of rows) expect([kind, leaves >= before[kind]!]).toEqual([kind, true])
      expect(rows).toHaveLength(4)
    }, 60_000)

    it('works: people sign in and find, open, change and judge what was there', async () => {
      const { app } = await appOn(target.database)
      const { rows: people } = await sql<Actor>`
        select person_id as "personId", role, organisation_id as "organisationId" from role_held order by role`.execute(
        target.database.db,
      )
      const caio = await as(
        app,
        people.find((p) => p.role === 'caio')!,
      )
      const list = (await caio('GET', '/api/v1/uses?q=要約')).json<{ items: { systemId: string; id: string }[] }>()
      expect(list.items.length).toBeGreaterThan(0)
      const { rows } = await sql<{ id: string; use: string }>`
        select s.id, u.id as use from ai_system s join ai_use u on u.system_id = s.id
        join judgement j on j.use_id = u.id`.execute(target.database.db)
      const system = await caio('GET', `/api/v1/systems/${rows[0]!.id}`)
      expect(system.statusCode).toBe(200)
      expect(system.json()).toMatchObject({ uses: [{ verdict: 'consult-board' }] })
      const changed = await caio(
        'PATCH',
        `/api/v1/systems/${rows[0]!.id}`,
        { facts: { name: { value: '移行の後の名前' } } },
        { 'if-match': String(system.headers['etag']) },
      )
      expect([changed.statusCode, changed.body]).toEqual([200, expect.any(String)])
      for (const path of [
        `/systems/${rows[0]!.id}/history`,
        `/uses/${rows[0]!.use}/finder`,
        '/imports',
        '/saved-views',
        '/suppliers',
        '/models',
        '/overview',
        `/evidence?itemKind=system&itemId=${rows[0]!.id}`,
      ])
        expect([path, (await caio('GET', `/api/v1${path}`)).statusCode]).toEqual([path, 200])
      await app.close()
    }, 60_000)
  })
})
