import { sql } from 'kysely'
import { beforeAll, describe, expect, it } from 'vitest'

import { may } from '#test/rights.ts'
import { roles } from '#access/model.ts'
import type { Actor } from '#audit/transaction.ts'
import { type Editions, judge } from '#finder/editions.ts'
import type { Database } from '#platform/database.ts'
import { newId } from '#platform/ids.ts'
import { stages } from '#register/fields.ts'
import { absences, verdicts } from '#register/model.ts'
import { onEachEngine } from '#test/engines.ts'
import { appOn } from '#test/app.ts'
import { shippedEditions } from '#test/finder.ts'
import { as, make } from '#test/people.ts'
import { aSystem, store, txOn } from '#test/register.ts'

import { firstStart } from './first-start.ts'
import { idOf } from './ids.ts'
import { loadDemo } from './load-demo.ts'
import { readContent, registeredOn } from './read-content.ts'
import { removeDemo } from './remove-demo.ts'
import { countDemo, demoPresent } from './store.ts'

let editions: Editions
beforeAll(() => {
  editions = shippedEditions()
})

const caio: Actor = { personId: idOf('person aob-caio'), role: 'caio', organisationId: idOf('organisation aob') }
const load = (database: Database) => loadDemo({ tx: txOn(database), may, newId, editions })

async function all<T>(database: Database, query: ReturnType<typeof sql<T>>): Promise<T[]> {
  return (await query.execute(database.db)).rows
}

/** Rows of every table that tells of things, by table; the log and what only counts are left out. */
async function rowsByTable(database: Database): Promise<Record<string, number>> {
  const tables = await all(
    database,
    sql<{ name: string }>`select tablename as name from pg_tables where schemaname = 'public'
      and tablename not in ('schema_migration', 'audit_entry', 'facet')
      and tablename not like 'log\\_%' and tablename not like 'table\\_%' order by 1`,
  )
  const counts = await Promise.all(
    tables.map(async ({ name }) => {
      const [row] = await all(database, sql<{ n: number }>`select count(*)::int as n from ${sql.table(name)}`)
      return [name, row!.n] as const
    }),
  )
  return Object.fromEntries(counts.filter(([, n]) => n > 0))
}

describe('the content', () => {
  const { systems, people, organisations } = readContent()

  it('is three ministries with sixty systems, each with a name and a reading in Japanese and a name in English', () => {
    expect(organisations).toHaveLength(3)
    expect(systems).toHaveLength(60)
    for (const { name } of systems) {
      expect(name.reading).toMatch(/^[\p{Script=Hiragana}ー]+$/u)
      expect(name.en).toMatch(/^[A-Z][\x20-\x7e]+$/)
    }
  })

  it('has a person of every role in every ministry', () => {
    for (const ministry of organisations) {
      const there = people.filter((p) => p.key.startsWith(`${ministry.key}-`)).flatMap((p) => p.roles)
      for (const role of ['caio', 'planner', 'provider', 'user', 'board', 'desk', 'auditor', 'administrator'] as const)
        expect(there, ministry.key).toContain(role)
    }
    // Every role that can be held is shown somewhere, and somebody acts for the Chief AI Officer.
    expect(new Set(people.flatMap((p) => p.roles))).toEqual(new Set(roles.filter((role) => role !== 'public')))
    expect(people.some((p) => p['deputy-of']?.role === 'caio')).toBe(true)
  })

  it('begins in April 2025 and is not in the future', () => {
    const days = systems.flatMap((s) => [registeredOn(s), ...s.events.map((e) => e.on.slice(0, 10))]).toSorted()
    expect(days[0]! >= '2025-04-01').toBe(true)
    expect(days.at(-1)! <= '2026-11-20').toBe(true)
  })
})

onEachEngine('the demonstration', (database) => {
  it('has every stage, every verdict, every absence, stale verdicts, and overrides in both directions', async () => {
    await load(database())
    const uses = await all(
      database(),
      sql<{
        stage: string
        verdict: string
        ruled: string | null
        stale: boolean
        facts: Record<string, { absent?: string }>
      }>`
        select u.stage, u.verdict, u.ruled_verdict as ruled, u.stale, s.facts || u.facts as facts
        from ai_use u join ai_system s on s.id = u.system_id`,
    )
    expect(uses.length).toBeGreaterThanOrEqual(66)
    expect(new Set(uses.map((u) => u.stage))).toEqual(new Set(stages))
    expect(new Set(uses.map((u) => u.verdict))).toEqual(new Set(verdicts))
    const absent = new Set(uses.flatMap((u) => Object.values(u.facts).flatMap((fact) => fact.absent ?? [])))
    expect(absent).toEqual(new Set(absences.filter((a) => a !== 'unanswered')))
    expect(uses.filter((u) => u.stale).length).toBeGreaterThanOrEqual(4)
    const overridden = new Set(uses.filter((u) => u.ruled).map((u) => `${u.ruled} → ${u.verdict}`))
    expect(overridden).toContain('proceed → consult-board')
    expect(overridden).toContain('consult-board → proceed')
  })

  it('has verdicts that the engine gives again for the same answers', async () => {
    await load(database())
    const made = await all(
      database(),
      sql<{ answers: Record<string, string>; outcome: string }>`select answers, outcome from assessment`,
    )
    expect(made.length).toBeGreaterThan(50)
    for (const { answers, outcome } of made) expect(judge(editions.inForce(), answers).outcome).toBe(outcome)
  })

  it('has a history spread over the months, each change with an entry in the log of the same moment', async () => {
    await load(database())
    const [spread] = await all(
      database(),
      sql<{ months: number; changes: number }>`
        select count(distinct to_char(at, 'YYYY-MM'))::int as months, count(*)::int as changes from change`,
    )
    expect(spread!.months).toBeGreaterThanOrEqual(18)
    expect(spread!.changes).toBeGreaterThan(150)
    const silent = await all(
      database(),
      sql<{ id: string }>`select id from change c where not exists (
        select 1 from audit_entry a where a.item_id = c.system_id and a.at = c.at)`,
    )
    expect(silent).toEqual([])
  })

  it('is marked as such wherever it stands', async () => {
    await load(database())
    for (const table of [
      'organisation',
      'person',
      'supplier',
      'model',
      'ai_system',
      'ai_use',
      'assessment',
      'judgement',
    ]) {
      const [row] = await all(
        database(),
        sql<{ n: number }>`select count(*)::int as n from ${sql.table(table)} where not demo`,
      )
      expect([table, row!.n]).toEqual([table, 0])
    }
  })

  it('is there as a whole or not at all', async () => {
    await load(database())
    const before = await rowsByTable(database())
    await expect(load(database())).rejects.toMatchObject({ code: 'already-exists' })
    expect(await rowsByTable(database())).toEqual(before)
  })

  it('leaves nothing but the log when it is removed, and an office in which one can sign in', async () => {
    await load(database())
    const logged = await all(database(), sql<{ id: string }>`select id from audit_entry`)
    const { removed, kept, founded } = await removeDemo({ tx: txOn(database()), may }, caio)
    expect(removed).toBeGreaterThan(200)
    expect(kept).toEqual({ models: [], suppliers: [], organisations: [], people: [] })
    expect(await demoPresent(database().db)).toBe(false)
    expect(await rowsByTable(database())).toEqual({
      organisation: 1,
      outbox: 8,
      person: 8,
      role_change: 8,
      role_held: 8,
      // The five of them who work under the user's rules.
      staff_count: 1,
      staff_span: 5,
    })
    const left = new Set((await all(database(), sql<{ id: string }>`select id from audit_entry`)).map((r) => r.id))
    expect(logged.every((entry) => left.has(entry.id))).toBe(true)
    const [office] = await all(database(), sql<{ id: string; demo: boolean }>`select id, demo from organisation`)
    expect(office).toEqual({ id: founded, demo: false })
  })

  it('can be put in again after it was removed', async () => {
    const first = await load(database())
    await removeDemo({ tx: txOn(database()), may }, caio)
    expect(await load(database())).toEqual(first)
  })

  it('leaves real records untouched, and keeps what they hang on, by name', async () => {
    const tx = txOn(database())
    const own = await make.organisation(database().db, 'ほんとう省')
    const ownCaio = await make.person(database().db, own, 'caio')
    const [elsewhere] = await store(
      tx,
      ownCaio,
      [aSystem(own, { supplier: { value: idOf('supplier none') } })].map((row) => ({
        ...row,
        facts: { name: { value: '本物の利用' } },
      })),
    )
    await load(database())
    const place = { id: idOf('organisation aob-soudan'), path: [] }
    const real = aSystem(place, {
      supplier: { value: idOf('supplier genryu') },
      models: { value: [idOf('model aolm-2')] },
    })
    const [within] = await store(tx, caio, [real])
    const { kept, founded } = await removeDemo({ tx, may }, ownCaio)
    expect(founded).toBeNull()
    expect(kept.organisations.map((o) => o.ja).toSorted()).toEqual(
      ['あおば省', '相談支援課', '窓口サービス局'].toSorted(),
    )
    expect(kept.suppliers.map((s) => s.ja).toSorted()).toEqual(['源流システムズ', '青葉言語研究所'].toSorted())
    expect(kept.models.map((m) => m.ja)).toEqual(['AoLM-2'])
    expect(kept.people.map((p) => p.ja)).toContain('AI統括責任者')
    const systems = await all(database(), sql<{ id: string }>`select id from ai_system`)
    expect(new Set(systems.map((s) => s.id))).toEqual(new Set([elsewhere!.systemId, within!.systemId]))
    expect(await countDemo(database().db)).toMatchObject({
      organisations: 0,
      people: 0,
      suppliers: 0,
      models: 0,
      systems: 0,
    })
    const history = await all(database(), sql<{ id: string }>`select distinct system_id as id from change`)
    expect(new Set(history.map((h) => h.id))).toEqual(new Set([elsewhere!.systemId, within!.systemId]))
  })

  it('does not stay for a supplier alone: one that a real system of another ministry uses passes to that ministry', async () => {
    await load(database())
    const own = await make.organisation(database().db, 'ほんとう省')
    const tx = txOn(database())
    const ownCaio = await make.person(database().db, own, 'caio')
    await store(tx, ownCaio, [aSystem(own, { models: { value: [idOf('model h-mini')] } })])
    const { kept } = await removeDemo({ tx, may }, ownCaio)
    expect(kept).toMatchObject({
      organisations: [],
      people: [],
      models: [{ ja: 'H-mini' }],
      suppliers: [{ ja: '北斗データ' }],
    })
    const holders = await all(database(), sql<{ id: string }>`select distinct organisation_id as id from supplier`)
    expect(holders).toEqual([{ id: own.id }])
  })

  it('is not put in beside real records of the same name, and says which', async () => {
    const own = await make.organisation(database().db, 'ほんとう省')
    const supplier = { ...aSystem(own), supplierName: '源流システムズ' }
    await store(txOn(database()), await make.person(database().db, own, 'caio'), [supplier])
    const refused = { code: 'already-exists', params: { what: 'demo-names', names: ['源流システムズ'] } }
    await expect(load(database())).rejects.toMatchObject(refused)
  })

  it('is removed only by who may', async () => {
    await load(database())
    const planner = { ...caio, personId: idOf('person aob-planner'), role: 'planner' }
    const refused = removeDemo({ tx: txOn(database()), may }, planner)
    await expect(refused).rejects.toMatchObject({ code: 'not-permitted', params: { action: 'remove-demo' } })
    expect(await demoPresent(database().db)).toBe(true)
  })

  it('keeps the history append-only after it was removed', async () => {
    await load(database())
    await removeDemo({ tx: txOn(database()), may }, caio)
    const tx = txOn(database())
    const own = await make.organisation(database().db)
    await store(tx, await make.person(database().db, own), [aSystem(own)])
    await expect(sql`delete from change`.execute(database().db)).rejects.toThrow('append-only')
  })

  it('says over HTTP what there is, and removes it', async () => {
    await load(database())
    const { app } = await appOn(database())
    const ask = await as(app, caio)
    const there = (await ask('GET', '/api/v1/demo')).json<{ present: boolean; total: number }>()
    expect(there).toMatchObject({ present: true, counts: { systems: 60 } })
    const gone = await ask('DELETE', '/api/v1/demo')
    expect(gone.statusCode).toBe(200)
    expect(gone.json()).toMatchObject({ removed: there.total })
    // The person who did it was one of the demonstration.
    expect((await ask('GET', '/api/v1/me')).statusCode).toBe(401)
  })
})

onEachEngine('a first start', (database) => {
  const start = (demo: boolean) =>
    firstStart({ db: database().db, tx: txOn(database()), may, newId, editions }, { demo })

  it('puts in the demonstration', async () => {
    expect(await start(true)).toMatchObject({ did: 'demo', counts: { systems: 60 } })
  })

  it('without demonstration founds an office with one local person for each role', async () => {
    expect((await start(false)).did).toBe('office')
    const held = await all(
      database(),
      sql<{ role: string }>`select h.role from role_held h join person p on p.id = h.person_id where p.local`,
    )
    expect(held).toHaveLength(8)
  })

  it('does nothing where there are organisations, so that what was removed does not come back', async () => {
    await start(true)
    await removeDemo({ tx: txOn(database()), may }, caio)
    expect(await start(true)).toEqual({ did: 'nothing' })
  })
})
