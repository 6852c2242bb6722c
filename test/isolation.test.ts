import { sql } from 'kysely'
import { describe, expect, it } from 'vitest'

import { type Role, roles } from '#access/model.ts'

import { scopesBy } from '#access/policies/scope-of.ts'
import { transactions } from '#audit/transaction.ts'
import type { Db } from '#platform/database.ts'
import { refuseUnisolated } from '#platform/isolation.ts'
import { asSystem, inScope, type Scope } from '#platform/scope.ts'
import { onEachEngine } from '#test/engines.ts'
import { type MadeOrganisation, make } from '#test/people.ts'
import { rights } from '#test/rights.ts'
import { newId } from '#platform/ids.ts'

const { breadthOf } = rights
const scopeOf = scopesBy(rights)

/** A system with a use, its rows in lists and search, a history and an assessment, put straight into the tables. */
async function putSystem(db: Db, organisation: MadeOrganisation, facts: Record<string, unknown> = {}) {
  const [system, use] = [newId(), newId()]
  const nobody = newId()
  const number = `X-${system.slice(-8)}`
  await sql`insert into ai_system (id, organisation_id, number, facts, created_at, created_by, updated_at, updated_by)
    values (${system}, ${organisation.id}, ${number}, ${JSON.stringify(facts)}::jsonb, now(), ${nobody}, now(), ${nobody})`.execute(
    db,
  )
  await sql`insert into ai_use (id, system_id, organisation_id, position, facts, name, name_key, purpose, stage, verdict_order, created_at, updated_at)
    values (${use}, ${system}, ${organisation.id}, 1, '{}', 'n', 'n', '', 'idea', 4, now(), now())`.execute(db)
  await sql`insert into use_listing (use_id, organisation_id, updated_at, sort_name, sort_organisation, stage_order, verdict_order, facets)
    values (${use}, ${organisation.id}, now(), 'n', 'n', 1, 4, '{}')`.execute(db)
  await sql`insert into use_text (use_id, organisation_id, search_key, grams) values (${use}, ${organisation.id}, 'n', '{1}')`.execute(
    db,
  )
  await sql`insert into change (id, system_id, use_id, organisation_id, at, actor_id, actor_role, kind, fields, version)
    values (${newId()}, ${system}, ${use}, ${organisation.id}, now(), ${nobody}, 'caio', 'registered', '[]', 1)`.execute(
    db,
  )
  await sql`insert into assessment (id, use_id, system_id, organisation_id, catalog, edition, digest, answers, result, outcome, rests_on, made_at, made_by, made_role)
    values (${newId()}, ${use}, ${system}, ${organisation.id}, 'c', '1', 'd', '{}', '{}', 'proceed', '[]', now(), ${nobody}, 'caio')`.execute(
    db,
  )
  return { system, use }
}

const tables = ['ai_system', 'ai_use', 'use_listing', 'use_text', 'listing_seen', 'text_seen', 'change', 'assessment']

const countIn = async (db: Db, table: string): Promise<number> =>
  (await sql<{ n: number }>`select count(*)::int as n from ${sql.table(table)}`.execute(db)).rows[0]!.n

async function tree(db: Db) {
  const ministry = await make.organisation(db, 'あおば省')
  const unit = await make.organisation(db, '窓口局', ministry)
  const below = await make.organisation(db, '相談課', unit)
  const sibling = await make.organisation(db, '総務局', ministry)
  const foreign = await make.organisation(db, 'みどり庁')
  return { ministry, unit, below, sibling, foreign }
}

onEachEngine('row-level security', (database) => {
  it('fits the role under which the application runs', async () => {
    await expect(refuseUnisolated(database())).resolves.toBeUndefined()
  })

  it('covers every table: isolated, or said to hold no ministry data and why', async () => {
    const { rows } = await sql<{ name: string; kind: string | null; because: string | null; secured: boolean }>`
      select c.relname as name, i.kind, i.because, c.relrowsecurity as secured
      from pg_class c join pg_namespace n on n.oid = c.relnamespace left join table_isolation i on i.name = c.relname
      where n.nspname = 'public' and c.relkind in ('r', 'p')`.execute(database().db)
    expect(rows.filter((row) => row.kind === null)).toEqual([])
    expect(rows.filter((row) => row.kind !== 'common' && !row.secured)).toEqual([])
    expect(rows.filter((row) => row.kind === 'common' && (row.because ?? '') === '')).toEqual([])
  })

  it('shows nothing outside a scope, in any table with ministry data', async () => {
    const { db, scoped } = database()
    const { unit } = await tree(db)
    await make.person(db, unit, 'planner')
    await putSystem(db, unit)
    const { rows } = await sql<{ name: string }>`select name from table_isolation where kind <> 'common'`.execute(db)
    const names = [...rows.map((row) => row.name), 'listing_seen', 'text_seen']
    for (const name of names) expect({ name, rows: await countIn(scoped, name) }).toEqual({ name, rows: 0 })
    expect(await countIn(db, 'ai_system')).toBe(1)
    expect(await asSystem(() => countIn(scoped, 'ai_system'))).toBe(1)
  })

  it('lets each role read just as far as its policy says', async () => {
    const { db, scoped } = database()
    const places = await tree(db)
    for (const place of Object.values(places)) {
      await putSystem(db, place)
      await putSystem(db, place, { circulation: { value: 'unit-only' } })
      await putSystem(db, place, { 'reuse-by-others': { value: 'on-request' } })
      // Kept to the unit wins over offered to others.
      await putSystem(db, place, { circulation: { value: 'unit-only' }, 'reuse-by-others': { value: 'yes' } })
    }
    // Held for a unit: its own two places, of the ministry's four, of five in all; four systems in each.
    const expected: Record<string, number> = { nothing: 0, held: 2 * 4, ministry: 2 * 4 + 2 * 2, all: 5 * 2 }
    for (const role of roles) {
      const actor = { personId: newId(), role, organisationId: places.unit.id }
      const { reads, shared } = breadthOf(actor)
      const offered = shared && reads === 'ministry' ? 1 : 0
      const seen = await Promise.all(tables.map((table) => inScope(scopeOf(actor), () => countIn(scoped, table))))
      expect({ role, seen }).toEqual({ role, seen: tables.map(() => expected[reads]! + offered) })
    }
  })

  it('passes on at once that a system is kept to its unit', async () => {
    const { db, scoped } = database()
    const { unit, sibling } = await tree(db)
    const { system } = await putSystem(db, unit)
    const beside = scopeOf({ personId: newId(), role: 'planner', organisationId: sibling.id })
    const seen = () => Promise.all(tables.map((table) => inScope(beside, () => countIn(scoped, table))))
    expect(await seen()).toEqual(tables.map(() => 1))
    await sql`update ai_system set facts = '{"circulation":{"value":"unit-only"}}' where id = ${system}`.execute(db)
    expect(await seen()).toEqual(tables.map(() => 0))
  })

  it('tells nobody beside a unit of what hangs on a system that is kept to it: evidence, legal holds', async () => {
    const { db, scoped } = database()
    const { unit, sibling } = await tree(db)
    const { system } = await putSystem(db, unit)
    const nobody = newId()
    await sql`insert into evidence (id, organisation_id, item_kind, item_id, title, file_name, media_type, bytes, sha256,
        classification, added_at, added_by, added_role)
      values (${newId()}, ${unit.id}, 'system', ${system}, 'x', 'x.txt', 'text/plain', 1, ${'a'.repeat(64)},
        'confidentiality-1', now(), ${nobody}, 'caio')`.execute(db)
    await sql`insert into legal_hold (id, organisation_id, item_kind, item_id, because, placed_at, placed_by)
      values (${newId()}, ${unit.id}, 'system', ${system}, '訴訟に備える。', now(), ${nobody})`.execute(db)
    const beside = scopeOf({ personId: newId(), role: 'caio-office', organisationId: sibling.id })
    const inside = scopeOf({ personId: newId(), role: 'caio-office', organisationId: unit.id })
    const seenBy = (scope: Scope) =>
      Promise.all(['evidence', 'legal_hold'].map((table) => inScope(scope, () => countIn(scoped, table))))
    expect(await seenBy(beside)).toEqual([1, 1])
    await sql`update ai_system set facts = '{"circulation":{"value":"unit-only"}}' where id = ${system}`.execute(db)
    expect(await seenBy(beside)).toEqual([0, 0])
    expect(await seenBy(inside)).toEqual([1, 1])
    // What is left of a removed one is not told beside the unit either.
    await sql`delete from ai_system where id = ${system}`.execute(db)
    expect(await seenBy(beside)).toEqual([0, 0])
    expect(await seenBy(inside)).toEqual([1, 1])
  })

  it('refuses every write outside the organisation of the role and below, whatever the program asks', async () => {
    const { db, scoped } = database()
    const { unit, below, sibling, foreign, ministry } = await tree(db)
    const planner = { personId: newId(), role: 'planner', organisationId: unit.id }
    const at = (scope: Scope, place: MadeOrganisation) => inScope(scope, () => putSystem(scoped, place))
    await at(scopeOf(planner), unit)
    await at(scopeOf(planner), below)
    for (const place of [sibling, foreign, ministry])
      await expect(at(scopeOf(planner), place)).rejects.toMatchObject({ code: '42501' })
    const { system } = await putSystem(db, sibling)
    const changed = await inScope(scopeOf(planner), () =>
      sql`update ai_system set version = 9 where id = ${system}`.execute(scoped),
    )
    expect(Number(changed.numAffectedRows)).toBe(0)
    // Neither can a row be pushed over to another organisation.
    const own = await at(scopeOf(planner), unit)
    await expect(
      inScope(scopeOf(planner), () =>
        sql`update ai_system set organisation_id = ${foreign.id} where id = ${own.system}`.execute(scoped),
      ),
    ).rejects.toMatchObject({ code: '42501' })
  })

  it.each(['auditor', 'user', 'board', 'supplier', 'public'] as const)('lets a %s write no row', async (role: Role) => {
    const { db, scoped } = database()
    const { unit } = await tree(db)
    const scope = scopeOf({ personId: newId(), role, organisationId: unit.id })
    await expect(inScope(scope, () => putSystem(scoped, unit))).rejects.toMatchObject({ code: '42501' })
  })

  it('keeps history as it was written: the application can neither change nor remove it', async () => {
    const { db, scoped } = database()
    const { unit } = await tree(db)
    await putSystem(db, unit)
    for (const table of ['change', 'audit_entry'])
      for (const statement of [sql`delete from ${sql.table(table)}`, sql`update ${sql.table(table)} set id = id`])
        await expect(asSystem(() => statement.execute(scoped))).rejects.toMatchObject({ code: '42501' })
  })

  it('holds for each transaction by itself, however many run side by side', async () => {
    const { db, scoped } = database()
    const { unit, sibling, foreign } = await tree(db)
    const places = [unit, sibling, foreign]
    for (const place of places) await putSystem(db, place, { circulation: { value: 'unit-only' } })
    const tx = transactions({ db: scoped, now: () => new Date(), newId, scopeOf })
    const seen = await Promise.all(
      Array.from({ length: 60 }, async (_, i) => {
        const place = places[i % 3]!
        const actor = { personId: newId(), role: 'auditor', organisationId: place.id }
        const once = () => sql<{ id: string }>`select organisation_id as id from ai_system`
        const { rows } = await (i % 2 === 0
          ? tx(actor, (t) => once().execute(t.db))
          : inScope(scopeOf(actor), () => once().execute(scoped)))
        return rows.length === 1 && rows[0]!.id === place.id
      }),
    )
    expect(seen.every((right) => right)).toBe(true)
  })

  it('is gone beyond for a few statements, and back after them', async () => {
    const { db, scoped } = database()
    const { unit, foreign } = await tree(db)
    await putSystem(db, foreign)
    const tx = transactions({ db: scoped, now: () => new Date(), newId, scopeOf })
    const seen = await tx({ personId: newId(), role: 'caio', organisationId: unit.id }, async (t) => [
      await countIn(t.db, 'ai_system'),
      await t.asSystem(() => countIn(t.db, 'ai_system')),
      await countIn(t.db, 'ai_system'),
    ])
    expect(seen).toEqual([0, 1, 0])
  })
})

describe('a start', () => {
  it.each([
    [{ superuser: true }, 'superuser'],
    [{ bypasses: true }, 'bypasses'],
    [{ owns: 'ai_use' }, 'owns'],
    [{ open: 'left_open' }, 'open-table'],
  ])('is refused with %o', async (found, fault) => {
    const row = { superuser: false, bypasses: false, owns: null, open: null, role: 'app', ...found }
    const { faultOf } = await import('#platform/isolation.ts')
    expect(faultOf(row)).toBe(fault)
  })
})
