import { beforeAll, describe, expect, it } from 'vitest'

import { may } from '#test/rights.ts'
import type { Actor } from '#audit/transaction.ts'
import { assessUse } from '#finder/assess-use.ts'
import type { Editions } from '#finder/editions.ts'
import { judgeOtherwise } from '#finder/judge-otherwise.ts'
import { answersOf, prefill } from '#finder/prefill.ts'
import type { App } from '#platform/http.ts'
import { changeWithin } from '#register/change-system.ts'
import type { Facts } from '#register/model.ts'
import { onEachEngine } from '#test/engines.ts'
import { harmless, shippedEditions } from '#test/finder.ts'
import { appOn } from '#test/app.ts'
import { as, make } from '#test/people.ts'
import { aSystem, store, txOn } from '#test/register.ts'
import type { Database } from '#platform/database.ts'

import { type Figure, type Overview, overviewSchema } from './api.ts'
import { byStage, effectOf } from './tables.ts'

let editions: Editions
beforeAll(() => {
  editions = shippedEditions()
})

const serious: Facts = { ...harmless, 'error-harm': { value: 'serious' } }
const hours = (expected: number, measured?: number): Facts => ({
  'expected-hours': { value: expected },
  ...(measured === undefined ? {} : { 'measured-hours': { value: measured } }),
})

/** A ministry with two bureaus and uses of every kind, some held by the ministry itself. */
async function ministryWithUses(database: Database) {
  const { db } = database
  const tx = txOn(database)
  const ministry = await make.organisation(db, 'あおば省')
  const bureau = await make.organisation(db, '窓口サービス局', ministry)
  const division = await make.organisation(db, '相談支援課', bureau)
  const other = await make.organisation(db, '総務局', ministry)
  const elsewhere = await make.organisation(db, 'みどり庁')
  const caio = await make.person(db, ministry, 'caio')
  const stage = (code: string): Facts => ({ stage: { value: code } })
  const work = (code: string): Facts => ({ 'field-of-work': { value: code } })
  const rows = await store(tx, caio, [
    aSystem(ministry, stage('planning'), { ...harmless, ...work('translation') }),
    aSystem(bureau, stage('operation'), { ...harmless, ...work('citizen-service'), ...hours(100, 40) }),
    aSystem(division, stage('operation'), { ...serious, ...work('citizen-service'), ...hours(50) }),
    aSystem(division, stage('operation'), { ...serious, ...hours(30, 0) }),
    aSystem(other, stage('idea'), { ...harmless, 'error-harm': { absent: 'unknown' } }),
    aSystem(other, stage('operation'), { ...harmless, 'measured-hours': { absent: 'not-applicable' } }),
    aSystem(other, { stage: { absent: 'unknown' } }, {}),
    aSystem(elsewhere, stage('operation'), harmless),
  ])
  const weigh = async (n: number, facts: Facts) => {
    const answers = answersOf(prefill(editions.inForce().content.questions, facts))
    return assessUse({ tx, may, editions }, caio, { useId: rows[n]!.useId, answers, catalog: 'ds-920', edition: '1.0' })
  }
  await weigh(0, harmless)
  await weigh(1, harmless)
  const judged = await weigh(2, serious)
  await weigh(3, serious)
  await weigh(4, { ...harmless, 'error-harm': { absent: 'unknown' } })
  await judgeOtherwise({ tx, may }, caio, { assessmentId: judged.id, verdict: 'consult-board', reason: '確かめた' })
  await tx(caio, (t) =>
    changeWithin({ may }, t, {
      id: rows[1]!.systemId,
      change: { uses: [{ id: rows[1]!.useId, facts: { 'human-judgement': { value: 'some' } } }] },
    }),
  )
  return { ministry, bureau, division, other, caio }
}

async function overviewOf(app: App, actor: Actor, organisation?: string): Promise<Overview> {
  const ask = await as(app, actor)
  const answer = await ask('GET', `/api/v1/overview${organisation ? `?organisation=${organisation}` : ''}`)
  expect(answer.statusCode, answer.body).toBe(200)
  return overviewSchema.parse(answer.json())
}

/** Every figure with a filter, wherever it stands in the answer. */
function figuresIn(value: unknown, at = ''): { at: string; figure: Figure }[] {
  if (typeof value !== 'object' || value === null) return []
  const found = Object.entries(value).flatMap(([key, inner]) => figuresIn(inner, `${at}.${key}`))
  // What waits in another room is counted by the lists of that room.
  const ofRegister = !('screen' in value) || value.screen === 'register'
  return 'count' in value && 'filter' in value && ofRegister ? [{ at, figure: value as Figure }, ...found] : found
}

onEachEngine('the overview', (database) => {
  it('shows nothing that the list with the same filter does not show', async () => {
    const { caio } = await ministryWithUses(database())
    const { app } = await appOn(database())
    const overview = await overviewOf(app, caio)
    const ask = await as(app, caio)
    const figures = figuresIn(overview)
    expect(figures.length).toBeGreaterThan(100)
    for (const { at, figure } of figures) {
      const listed = await ask('GET', `/api/v1/uses/count?${new URLSearchParams(figure.filter)}`)
      expect({ at, ...listed.json<{ count: number }>() }).toMatchObject({ at, count: figure.count })
    }
    for (const row of overview.notReported.fields)
      for (const [state, filter] of Object.entries(row.filters)) {
        const listed = await ask('GET', `/api/v1/uses/count?${new URLSearchParams(filter)}`)
        expect({ field: row.field, state, ...listed.json<{ count: number }>() }).toMatchObject({
          field: row.field,
          state,
          count: row[state as 'value'],
        })
      }
  })

  it('counts every use once in each table, and what was not reported in none of the verdicts', async () => {
    const { caio } = await ministryWithUses(database())
    const { app } = await appOn(database())
    const overview = await overviewOf(app, caio)
    expect(overview.uses.count).toBe(7)
    for (const table of [overview.byStage, overview.byOrganisation, overview.byField]) {
      expect(table.reduce((n, row) => n + row.total.count, 0)).toBe(7)
      for (const row of table) expect(Object.values(row.counts).reduce((n, f) => n + f.count, 0)).toBe(row.total.count)
    }
    expect(overview.total.counts).toMatchObject({
      'consult-board': { count: 2 },
      proceed: { count: 2 },
      'cannot-decide': { count: 1 },
      'not-reported': { count: 2 },
    })
    for (const row of overview.notReported.fields) {
      const { field: _, filters: __, ...states } = row
      expect(Object.values(states).reduce((n, count) => n + count, 0)).toBe(7)
    }
    expect(overview.byStage.at(-1)).toMatchObject({ key: 'unknown', total: { count: 1 } })
  })

  it('has a row for each organisation below and one for what is held by itself, the largest first', async () => {
    const { caio, ministry, bureau, division, other } = await ministryWithUses(database())
    const { app } = await appOn(database())
    const { byOrganisation } = await overviewOf(app, caio)
    expect(byOrganisation.map((r) => r.total.count)).toEqual([3, 3, 1])
    expect(new Set(byOrganisation.map((r) => `${r.key} ${r.total.count} ${r.itselfOnly}`))).toEqual(
      new Set([`${bureau.id} 3 false`, `${other.id} 3 false`, `${ministry.id} 1 true`]),
    )
    const below = await overviewOf(app, caio, bureau.id)
    expect(below.byOrganisation.map((r) => [r.key, r.total.count])).toEqual([
      [division.id, 2],
      [bureau.id, 1],
    ])
  })

  it('says who acts next on how many, and since when', async () => {
    const { caio } = await ministryWithUses(database())
    const { app } = await appOn(database())
    const { waiting, stale } = await overviewOf(app, caio)
    const inRegister = waiting.filter((w) => w.screen === 'register')
    expect(inRegister.map((w) => [w.who, w.what, w.count])).toEqual([
      ['caio', 'confirm-verdict', 1],
      ['planner', 'answer-finder', 1],
      ['planner', 'judge-again', 1],
      ['bureau', 'report-verdict', 2],
    ])
    for (const one of waiting) expect(new Date(one.oldest ?? '').getTime()).toBeLessThanOrEqual(Date.now())
    expect(stale.count).toBe(1)
  })

  it('adds up only what was measured; measured as zero is measured', async () => {
    const { caio } = await ministryWithUses(database())
    const { app } = await appOn(database())
    const { effect } = await overviewOf(app, caio)
    expect(effect).toMatchObject({
      uses: { count: 4 },
      expectedTotal: 180,
      expectedKnown: 3,
      measuredTotal: 40,
      measured: 2,
      notMeasured: { count: 2 },
    })
    expect(effect.byField.map((r) => [r.key, r.expected, r.measured, r.notMeasured.count])).toEqual([
      ['citizen-service', 150, 40, 1],
      ['unanswered', 30, 0, 1],
    ])
  })

  it('is not found for an organisation that is not there', async () => {
    const { caio } = await ministryWithUses(database())
    const { app } = await appOn(database())
    const ask = await as(app, caio)
    expect((await ask('GET', '/api/v1/overview?organisation=00000000-0000-7000-8000-000000000000')).statusCode).toBe(
      404,
    )
  })

  it('gives the figures beside the navigation', async () => {
    const { caio } = await ministryWithUses(database())
    const { app } = await appOn(database())
    const ask = await as(app, caio)
    expect((await ask('GET', '/api/v1/navigation-counts')).json()).toEqual({
      register: 7,
      notReported: 2,
      imports: 0,
      cannotDecide: 1,
      stale: 1,
      waits: {},
    })
  })
})

describe('an empty register', () => {
  it('has every stage, with nothing in it, and no hours', () => {
    expect(byStage([], {}).map((row) => row.total.count)).toEqual([0, 0, 0, 0, 0, 0, 0])
    expect(effectOf([], {})).toMatchObject({
      expectedTotal: 0,
      measuredTotal: 0,
      notMeasured: { count: 0 },
      byField: [],
    })
  })
})
