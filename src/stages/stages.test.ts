import { sql } from 'kysely'
import { expect, it } from 'vitest'

import type { StageMoved } from '#register/api.ts'
import type { Facts } from '#register/model.ts'
import { adoptedAdvice, adviceFor, advicePath, conditionPath, draftedAdvice } from '#test/advice.ts'
import { boardOn, seen, submittedCase } from '#test/board.ts'
import { onEachEngine } from '#test/engines.ts'
import { inTheWay, moveTo, stepsFor } from '#test/stages.ts'

const planned: Facts = { stage: { value: 'planning' }, 'service-kind': { value: 'made-to-order' } }
const harmlessUse: Facts = { 'error-harm': { value: 'none' } }

onEachEngine('the step to the next stage', (database) => {
  it('of a ready-made service that may proceed is taken at once, and keeps what was warned of', async () => {
    const { ask, putSystem, db } = await boardOn(database())
    const { systemId } = await putSystem({ ...planned, 'service-kind': { value: 'ready-made-service' } }, harmlessUse)
    const steps = await stepsFor(ask.planner, systemId)
    expect(inTheWay(steps, 'operation')).toEqual([])
    expect(steps.steps.find(({ to }) => to === 'operation')!.open).toBe(true)
    const moved = await moveTo(ask.planner, systemId, steps.version, 'operation')
    expect(moved.json<StageMoved>().ok).toBe(true)
    const { rows } = await sql<{ warned: string[] }>`select warned from stage_passage`.execute(db)
    expect(rows).toEqual([{ warned: ['ministry-rule', 'contact'] }])
    expect((await stepsFor(ask.planner, systemId)).passages[0]!.warned.map(({ ja }) => ja)).toEqual([
      '府省の利活用ルール',
      '連絡先',
    ])
  })

  it('of a high risk waits for the Board, names who acts, where, since when, and by whose rule', async () => {
    const board = await boardOn(database())
    const { ask } = board
    const { systemId } = await board.putSystem({ ...planned, 'planning-since': { value: '2026-01-02' } })
    const first = await stepsFor(ask.planner, systemId)
    const [need] = first.steps.find(({ to }) => to === 'procurement')!.needs
    expect(need).toMatchObject({
      id: 'consult-board',
      effect: 'blocks',
      state: 'missing',
      role: 'caio',
      provenance: { ja: 'preset', en: 'preset' },
      place: { kind: 'case', id: null },
      since: '2026-01-02',
    })
    const refused = await moveTo(ask.planner, systemId, first.version, 'procurement')
    expect(refused.json()).toEqual({
      ok: false,
      reasons: [{ code: 'need-missing', params: { needs: [{ need: 'consult-board', rule: 'board-not-asked' }] } }],
    })
    const caseId = await submittedCase(board, systemId)
    const then = await stepsFor(ask.planner, systemId)
    expect(then.steps.find(({ to }) => to === 'procurement')!.needs[0]).toMatchObject({
      id: 'board-advice',
      effect: 'warns',
      place: { kind: 'case', id: caseId },
    })
    expect((await moveTo(ask.planner, systemId, then.version, 'procurement')).json<StageMoved>().ok).toBe(true)
  })

  it('is blocked by an open condition at its stage and at later ones, warned by a warning one, until each is settled', async () => {
    const board = await boardOn(database())
    const { ask } = board
    const { systemId } = await board.putSystem({ ...planned, 'service-kind': { value: 'self-hosted-open-model' } })
    const { conditions } = await adoptedAdvice(board, systemId, [
      { stage: 'build-test' },
      { stage: 'build-test', effect: 'warns' },
      { stage: 'operation' },
    ])
    const blocked = await stepsFor(ask.planner, systemId)
    expect(inTheWay(blocked, 'procurement')).toEqual([])
    expect(inTheWay(blocked, 'build-test')).toEqual(['board-conditions'])
    expect(blocked.conditions.map(({ position, stage, effect }) => [position, stage, effect])).toEqual([
      [1, 'build-test', 'blocks'],
      [2, 'build-test', 'warns'],
      [3, 'operation', 'blocks'],
    ])
    const { id, version } = conditions[0]!
    await ask.planner('POST', conditionPath(id, '/report'), { words: '定めた。' }, seen(version))
    expect(inTheWay(await stepsFor(ask.planner, systemId), 'build-test')).toEqual(['board-conditions'])
    await ask.secretariat('POST', conditionPath(id, '/settlement'), { result: 'met', words: '' }, seen(version + 1))
    const open = await stepsFor(ask.planner, systemId)
    expect(inTheWay(open, 'build-test')).toEqual([])
    const moved = await moveTo(ask.planner, systemId, open.version, 'build-test')
    expect(moved.json<StageMoved>().ok).toBe(true)
    const after = await stepsFor(ask.planner, systemId)
    expect(after.passages[0]!.warned.map(({ ja }) => ja)).toContain('ボードの条件（注意）')
    expect(inTheWay(after, 'operation')).toContain('board-conditions')
  })

  it('is not got round by suspending or retiring what never was in operation', async () => {
    const { ask, putSystem } = await boardOn(database())
    const { systemId } = await putSystem({ ...planned, 'service-kind': { value: 'ready-made-service' } })
    const { version } = await stepsFor(ask.planner, systemId)
    await moveTo(ask.planner, systemId, version, 'retired', '取りやめる')
    await moveTo(ask.planner, systemId, version + 1, 'suspended', '誤りだった')
    const back = await moveTo(ask.planner, systemId, version + 2, 'operation', '使い始める')
    const answer = back.json<Extract<StageMoved, { ok: false }>>()
    expect(answer.ok).toBe(false)
    expect(answer.reasons.map(({ code }) => code)).toContain('need-missing')
  })

  it('tells a ministry to which the system is offered neither needs nor waivers', async () => {
    const { ask, putSystem } = await boardOn(database())
    const { systemId } = await putSystem({ ...planned, 'reuse-by-others': { value: 'yes' } })
    const waiver = { need: 'consult-board', step: 'procurement', reason: '試行に限る。' }
    await ask.caio('POST', `/api/v1/systems/${systemId}/waivers`, waiver)
    const { steps, waivers } = await stepsFor(ask.foreign, systemId)
    expect(steps.flatMap(({ needs }) => needs)).toEqual([])
    expect(steps.some(({ open }) => open)).toBe(false)
    expect(waivers).toEqual([])
    expect((await stepsFor(ask.planner, systemId)).waivers).toHaveLength(1)
  })

  it('is not got round by a change of facts, alone or in bulk', async () => {
    const { ask, putSystem } = await boardOn(database())
    const { systemId, useId } = await putSystem(planned)
    const set = { stage: { value: 'operation' } }
    const { version } = await stepsFor(ask.planner, systemId)
    const one = await ask.planner('PATCH', `/api/v1/systems/${systemId}`, { facts: set }, seen(version))
    expect(one.json().code).toBe('wrong-state')
    const taken = { facts: { stage: { absent: 'unanswered' } } }
    expect((await ask.planner('PATCH', `/api/v1/systems/${systemId}`, taken, seen(version))).json().code).toBe(
      'wrong-state',
    )
    const preview = await ask.planner('POST', '/api/v1/bulk-changes/preview', { select: { ids: [useId] }, set })
    expect(preview.json()).toMatchObject({ changed: 0, refused: 1 })
  })
})

onEachEngine('a waiver', (database) => {
  it('is given by the CAIO alone, with a reason, lets the step through and stays to be seen', async () => {
    const { ask, putSystem, db } = await boardOn(database())
    const { systemId } = await putSystem(planned)
    const path = `/api/v1/systems/${systemId}/waivers`
    const waiver = { need: 'consult-board', step: 'procurement', reason: '緊急の対応で、並行して相談する。' }
    expect((await ask.planner('POST', path, waiver)).statusCode).toBe(403)
    expect((await ask.caio('POST', path, { ...waiver, reason: ' ' })).statusCode).toBe(400)
    expect((await ask.caio('POST', path, { ...waiver, untilOn: '2020-01-01' })).statusCode).toBe(400)
    expect((await ask.caio('POST', path, { ...waiver, need: 'no-such' })).statusCode).toBe(400)
    const given = await ask.caio('POST', path, waiver)
    expect(given.statusCode).toBe(201)
    expect((await ask.caio('POST', path, waiver)).json().code).toBe('wrong-state')
    const steps = await stepsFor(ask.planner, systemId)
    expect(inTheWay(steps, 'procurement')).toEqual([])
    expect(steps.steps.find(({ to }) => to === 'procurement')!.needs[0]).toMatchObject({ state: 'waived' })
    expect(inTheWay(steps, 'build-test')).toContain('board-advice')
    const { ok } = (await moveTo(ask.planner, systemId, steps.version, 'procurement')).json<StageMoved>()
    expect(ok).toBe(true)
    const after = await stepsFor(ask.planner, systemId)
    expect(after.waivers[0]).toMatchObject({ reason: waiver.reason, state: 'holds', by: { ja: 'caio' } })
    expect(after.passages[0]!.waived.map(({ ja }) => ja)).toEqual(['ボードへの資料の提出'])
    await expect(sql`delete from stage_waiver`.execute(db)).rejects.toThrow()
  })

  it('ends when it is withdrawn, with the reason, and the need stands in the way again', async () => {
    const { ask, putSystem } = await boardOn(database())
    const { systemId } = await putSystem(planned)
    const path = `/api/v1/systems/${systemId}/waivers`
    const waiver = { need: 'consult-board', step: 'procurement', untilOn: '2099-12-31', reason: '試行に限る。' }
    const { id } = (await ask.caio('POST', path, waiver)).json<{ id: string }>()
    const ended = await ask.caio('POST', `${path}/${id}/withdrawal`, { reason: '試行をやめた。' })
    expect(ended.statusCode).toBe(204)
    expect((await ask.caio('POST', `${path}/${id}/withdrawal`, { reason: '再び' })).json().code).toBe('wrong-state')
    const steps = await stepsFor(ask.planner, systemId)
    expect(inTheWay(steps, 'procurement')).toEqual(['consult-board'])
    expect(steps.waivers[0]).toMatchObject({ state: 'withdrawn', withdrawn: { reason: '試行をやめた。' } })
  })
})

onEachEngine('two at once', (database) => {
  it('a step waits for a condition that is coming to bind, and is refused once it does', async () => {
    const board = await boardOn(database())
    const { ask, db } = board
    const { systemId } = await board.putSystem({ ...planned, 'service-kind': { value: 'self-hosted-open-model' } })
    const caseId = await draftedAdvice(board, systemId, [{ stage: 'procurement' }])
    const { version } = await stepsFor(ask.planner, systemId)
    expect(inTheWay(await stepsFor(ask.planner, systemId), 'procurement')).toEqual([])
    const commit = Promise.withResolvers<void>()
    const binds = Promise.withResolvers<void>()
    const binding = db.transaction().execute(async (adoption) => {
      await sql`update advice_condition set binding = true, binding_since = now() where case_id = ${caseId}`.execute(
        adoption,
      )
      binds.resolve()
      await commit.promise
    })
    await binds.promise
    const moving = moveTo(ask.planner, systemId, version, 'procurement')
    // Time for the step to come as far as it gets; one that did not wait would be taken by then.
    await new Promise((done) => setTimeout(done, 400))
    commit.resolve()
    await binding
    expect((await moving).json()).toMatchObject({
      ok: false,
      reasons: [{ code: 'need-missing', params: { needs: [{ need: 'board-conditions' }] } }],
    })
  })

  it('a step and the adoption of advice, in whichever order they come, both end', async () => {
    const board = await boardOn(database())
    const { ask } = board
    const { systemId } = await board.putSystem({ ...planned, 'service-kind': { value: 'self-hosted-open-model' } })
    const caseId = await draftedAdvice(board, systemId, [{ stage: 'procurement' }])
    const { version } = await stepsFor(ask.planner, systemId)
    const advice = (await adviceFor(ask.chair, caseId)).advice!
    const [moved, adopted] = await Promise.all([
      moveTo(ask.planner, systemId, version, 'procurement'),
      ask.chair('POST', advicePath(caseId, '/adoption'), undefined, seen(advice.version)),
    ])
    expect(adopted.json()).toMatchObject({ ok: true })
    expect(moved.statusCode).toBe(200)
  })

  it('two steps of one system: one is taken, the other is told of the change', async () => {
    const { ask, putSystem } = await boardOn(database())
    const { systemId } = await putSystem({ ...planned, 'service-kind': { value: 'ready-made-service' } }, harmlessUse)
    const { version } = await stepsFor(ask.planner, systemId)
    const answers = await Promise.all([
      moveTo(ask.planner, systemId, version, 'operation'),
      moveTo(ask.second, systemId, version, 'procurement'),
    ])
    expect(answers.map(({ statusCode }) => statusCode).toSorted((a, b) => a - b)).toEqual([200, 412])
  })
})
