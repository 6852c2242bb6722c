import { sql } from 'kysely'
import { expect, it } from 'vitest'

import { appOn } from '#test/app.ts'
import { onEachEngine } from '#test/engines.ts'
import { as, make } from '#test/people.ts'
import { aSystem, store } from '#test/register.ts'
import { readXlsx } from '#register/spreadsheet/read-xlsx.ts'

import { compareFigures } from './compare-figures.ts'
import type { FiguresNow, Report, ReportList } from './api.ts'
import { periodsUntil } from './periods.ts'

const seen = (version: number) => ({ 'if-match': `"${version}"` })

async function reportsOn(database: Parameters<typeof appOn>[0]) {
  const { app, deps } = await appOn(database)
  const { db } = deps
  const ministry = await make.organisation(db, 'あおば省')
  const division = await make.organisation(db, '相談支援課', ministry)
  const foreign = await make.organisation(db, 'みどり庁')
  const people = {
    office: await make.person(db, ministry, 'caio-office'),
    caio: await make.person(db, ministry, 'caio'),
    foreignOffice: await make.person(db, foreign, 'caio-office'),
    planner: await make.person(db, division, 'planner'),
    board: await make.person(db, foreign, 'board'),
    secretariat: await make.person(db, foreign, 'secretariat'),
    auditor: await make.person(db, ministry, 'auditor'),
  }
  const ask = Object.fromEntries(
    await Promise.all(Object.entries(people).map(async ([name, actor]) => [name, await as(app, actor)] as const)),
  ) as Record<keyof typeof people, Awaited<ReturnType<typeof as>>>
  await store(deps.tx, people.caio, [
    aSystem(division, { stage: { value: 'operation' } }, { 'expected-hours': { value: 120 } }),
    aSystem(division, { name: { value: '第二' }, stage: { value: 'planning' } }),
  ])
  const period = periodsUntil(
    deps.reportRules.period,
    new Date(Date.now() + 9 * 3_600_000).toISOString().slice(0, 10),
    1,
  )[0]!
  const compose = async () => {
    const made = await ask.office('POST', '/api/v1/reports', { period: period.key })
    if (made.statusCode !== 201) throw new Error(made.body)
    return made.json<{ id: string }>().id
  }
  const load = async (id: string, who: keyof typeof people = 'office') =>
    (await ask[who]('GET', `/api/v1/reports/${id}`)).json<Report>()
  const act = async (who: keyof typeof people, id: string, what: string, body?: unknown) => {
    const { version } = await load(id)
    return ask[who]('POST', `/api/v1/reports/${id}/${what}`, body, seen(version))
  }
  return { app, deps, db, ministry, division, people, ask, period, compose, load, act }
}

onEachEngine('the periodic report', (database) => {
  it('is composed of the register: counts by stage and verdict add up, and not reported is a count of its own', async () => {
    const { compose, load } = await reportsOn(database())
    const { figures } = await load(await compose())
    expect(figures).toMatchObject({ systems: 2, uses: 2, notReported: { verdict: 2, stage: 0 } })
    const total = figures.byStage.reduce((n, row) => n + row.total, 0)
    expect(total).toBe(figures.uses)
    for (const row of figures.byStage)
      expect(Object.values(row.verdicts).reduce((n, one) => n + one, 0)).toBe(row.total)
    expect(figures.byStage.find((row) => row.stage === 'operation')?.verdicts).toMatchObject({
      'not-reported': 1,
      proceed: 0,
    })
    expect(figures.movements.added).toHaveLength(2)
    expect(figures.effect).toEqual({
      uses: 1,
      expectedHours: 120,
      expectedKnown: 1,
      measuredHours: 0,
      measuredKnown: 0,
      notMeasured: 1,
    })
  })

  it('says nothing about risk cases by itself, and takes a count only with its source', async () => {
    const { ask, compose, load } = await reportsOn(database())
    const id = await compose()
    expect((await load(id)).riskCases).toBeNull()
    const write = (riskCases: unknown) =>
      ask.office('PATCH', `/api/v1/reports/${id}`, { texts: {}, riskCases }, seen(1))
    expect((await write({ count: 2, text: '', source: '' })).json()).toMatchObject({ code: 'bad-input' })
    const kept = await write({ count: 2, text: '誤った案内が2件。', source: '各課への照会（令和8年9月）' })
    expect(kept.json<Report>().riskCases).toMatchObject({ count: 2 })
  })

  it('keeps its figures while the register moves on, shows the difference, and counts anew when asked', async () => {
    const { ask, deps, division, people, compose, load, act } = await reportsOn(database())
    const id = await compose()
    await store(deps.tx, people.caio, [aSystem(division, { name: { value: '第三' }, stage: { value: 'operation' } })])
    expect((await load(id)).figures.uses).toBe(2)
    const { changes } = (await ask.office('GET', `/api/v1/reports/${id}/figures-now`)).json<FiguresNow>()
    expect(changes).toContainEqual({ at: 'uses', was: 2, now: 3 })
    expect(changes).toContainEqual({ at: 'byStage.operation.not-reported', was: 1, now: 2 })
    expect((await act('office', id, 'recompute')).statusCode).toBe(200)
    expect((await load(id)).figures.uses).toBe(3)
    const again = (await ask.office('GET', `/api/v1/reports/${id}/figures-now`)).json<FiguresNow>()
    expect(again.changes).toEqual([])
  })

  it('is written by the office, checked and submitted by the CAIO alone, and then stands', async () => {
    const { ask, compose, load, act, db } = await reportsOn(database())
    const id = await compose()
    expect((await act('caio', id, 'submit')).json()).toMatchObject({ code: 'wrong-state' })
    expect((await act('office', id, 'check')).statusCode).toBe(403)
    expect((await act('caio', id, 'check')).statusCode).toBe(200)
    const write = (version: number) =>
      ask.office('PATCH', `/api/v1/reports/${id}`, { texts: { overview: 'x' }, riskCases: null }, seen(version))
    expect((await write(2)).json()).toMatchObject({ code: 'wrong-state' })
    expect((await act('caio', id, 'send-back', { note: '概要を書いてください。' })).statusCode).toBe(200)
    expect((await write(3)).statusCode).toBe(200)
    await act('caio', id, 'check')
    expect((await act('caio', id, 'submit')).statusCode).toBe(200)
    const submitted = await load(id)
    expect(submitted).toMatchObject({ state: 'submitted', replaceable: true })
    expect(submitted.digest).toMatch(/^[0-9a-f]{64}$/)
    expect((await act('office', id, 'recompute')).json()).toMatchObject({ code: 'wrong-state' })
    const { rows } = await sql<{
      n: number
    }>`select count(*)::int as n from log_inbox where kind = 'report_event'`.execute(db)
    expect(rows[0]!.n).toBe(submitted.events.length)
  })

  it('is seen by the Board only once it was submitted; a ministry without one stands there as not submitted', async () => {
    const { ask, ministry, compose, act } = await reportsOn(database())
    const id = await compose()
    const seenBy = async (who: keyof typeof ask) => (await ask[who]('GET', `/api/v1/reports/${id}`)).statusCode
    expect([await seenBy('board'), await seenBy('foreignOffice')]).toEqual([404, 404])
    expect(await seenBy('planner')).toBe(403)
    expect(await seenBy('auditor')).toBe(200)
    const rowsOf = async () => (await ask.board('GET', '/api/v1/reports')).json<ReportList>().periods[0]!.rows
    expect((await rowsOf()).map((row) => row.reports.length)).toEqual([0, 0])
    await act('caio', id, 'check')
    await act('caio', id, 'submit')
    expect([await seenBy('board'), await seenBy('secretariat'), await seenBy('foreignOffice')]).toEqual([200, 200, 404])
    const rows = await rowsOf()
    expect(rows.find((row) => row.organisation.id === ministry.id)?.reports).toHaveLength(1)
    expect(rows.filter((row) => row.reports.length === 0)).toHaveLength(1)
  })

  it('is replaced by a new version, and the submitted one stays', async () => {
    const { ask, period, compose, load, act } = await reportsOn(database())
    const first = await compose()
    expect((await ask.office('POST', '/api/v1/reports', { period: period.key })).json()).toMatchObject({
      code: 'already-exists',
    })
    await ask.office(
      'PATCH',
      `/api/v1/reports/${first}`,
      { texts: { overview: '概要です。' }, riskCases: null },
      seen(1),
    )
    await act('caio', first, 'check')
    await act('caio', first, 'submit')
    const second = await load(await compose())
    expect(second).toMatchObject({ number: 2, state: 'draft', texts: { overview: '概要です。' } })
    expect(second.others.map((one) => one.id)).toEqual([first])
    expect((await load(first)).state).toBe('submitted')
  })

  it('tells the second of two people who write that it changed meanwhile', async () => {
    const { ask, compose } = await reportsOn(database())
    const id = await compose()
    const write = (text: string) =>
      ask.office('PATCH', `/api/v1/reports/${id}`, { texts: { overview: text }, riskCases: null }, seen(1))
    const both = await Promise.all([write('一'), write('二')])
    expect(both.map((one) => one.statusCode).toSorted((a, b) => a - b)).toEqual([200, 412])
  })

  it('comes as a workbook that can be read again', async () => {
    const { ask, compose } = await reportsOn(database())
    const id = await compose()
    for (const language of ['ja', 'en']) {
      const file = await ask.office('GET', `/api/v1/reports/${id}/file?language=${language}`)
      expect(file.statusCode).toBe(200)
      const read = await readXlsx(new Uint8Array(file.rawPayload), {
        sheet: language === 'ja' ? '定期報告' : 'Periodic report',
      })
      expect(JSON.stringify(read)).toContain(language === 'ja' ? '利用の数' : 'Uses without a reported verdict')
    }
  })
})

it('finds no difference between figures and themselves', () => {
  const effect = { uses: 0, expectedHours: 0, expectedKnown: 0, measuredHours: 0, measuredKnown: 0, notMeasured: 0 }
  const conditions = { open: 0, reported: 0, met: 0, withdrawn: 0, overdue: 0 }
  const figures = {
    systems: 1,
    uses: 2,
    byStage: [{ stage: 'idea', verdicts: { proceed: 2 }, total: 2 }],
    notReported: { verdict: 0, stage: 0 },
    movements: { added: [], changed: [], retired: [] },
    highRisk: [],
    overrides: [],
    effect,
    conditions,
  }
  expect(compareFigures(figures, figures)).toEqual([])
  expect(compareFigures(figures, { ...figures, byStage: [] })).toEqual([{ at: 'byStage.idea.proceed', was: 2, now: 0 }])
})
