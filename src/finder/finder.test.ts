import { beforeAll, expect, it } from 'vitest'

import type { Actor } from '#audit/transaction.ts'
import { compile } from '#catalog/compile.ts'
import { digestOf } from '#catalog/digest.ts'
import { AppError } from '#platform/errors.ts'
import { newId } from '#platform/ids.ts'
import { changeWithin } from '#register/change-system.ts'
import type { Facts } from '#register/model.ts'
import { loadSystem } from '#register/store-read.ts'
import { may } from '#test/rights.ts'
import type { Database } from '#platform/database.ts'
import { onEachEngine } from '#test/engines.ts'
import { harmless, shippedEditions } from '#test/finder.ts'
import { make } from '#test/people.ts'
import { aSystem, store, txOn } from '#test/register.ts'

import { assessUse } from './assess-use.ts'
import { type Edition, type Editions, editionsOf } from './editions.ts'
import { judgeOtherwise } from './judge-otherwise.ts'
import { loadFinder } from './load-finder.ts'
import { answersOf, prefill } from './prefill.ts'
import { rejudge } from './rejudge.ts'
import { saveDraft } from './save-draft.ts'
import { staleUses } from './store.ts'

let editions: Editions
beforeAll(() => {
  editions = shippedEditions()
})

const named = { catalog: 'ds-920', edition: '1.0' } as const
const answersTo = (facts: Facts) => answersOf(prefill(editions.inForce().content.questions, facts))

async function office(database: Database, facts: Facts = harmless) {
  const tx = txOn(database)
  const ministry = await make.organisation(database.db)
  const caio = await make.person(database.db, ministry, 'caio')
  const planner = await make.person(database.db, ministry, 'planner')
  const [system] = await store(tx, caio, [aSystem(ministry, {}, facts)])
  const deps = { db: database.db, tx, may, editions }
  const weigh = (answers = answersTo(facts), by: Actor = planner) =>
    assessUse(deps, by, { useId: system!.useId, answers, ...named })
  const change = (given: Facts) =>
    tx(planner, (t) =>
      changeWithin({ may }, t, {
        id: system!.systemId,
        change: { uses: [{ id: system!.useId, facts: given }] },
      }),
    )
  const useNow = async () => (await loadSystem(database.db, system!.systemId))!.uses[0]!
  return { tx, deps, ministry, caio, planner, useId: system!.useId, systemId: system!.systemId, weigh, change, useNow }
}

const codeOf = async (work: Promise<unknown>) => {
  const error: unknown = await work.catch((e: unknown) => e)
  if (!(error instanceof AppError)) throw new Error(`no AppError: ${JSON.stringify(error)}`)
  return { code: error.code, params: error.params }
}

/** The shipped rule with one change: serious harm alone is no longer enough. */
function milderEdition(): Edition {
  const { content } = editions.inForce()
  const tables = content.tables.map((table) => ({ ...table, rules: table.rules.filter((rule) => rule.id !== 'hr-1') }))
  const milder = { ...content, edition: '1.1', tables }
  return { catalog: milder.id, edition: '1.1', digest: digestOf(milder), content: milder, compiled: compile(milder) }
}
const withMilder = (): Editions => {
  const milder = milderEdition()
  return { inForce: editions.inForce, find: (id, e) => (e === '1.1' ? milder : editions.find(id, e)) }
}

onEachEngine('weighing a use', (database) => {
  it('keeps answers, result, edition and digest, and shows the verdict in the register', async () => {
    const { weigh, useNow, planner, deps, useId } = await office(database())
    const made = await weigh()
    expect(made).toMatchObject({ outcome: 'proceed', effective: 'proceed', ...named, stale: false, judgement: null })
    expect(made.digest).toBe(editions.inForce().digest)
    expect(await useNow()).toMatchObject({
      verdict: 'proceed',
      ruledVerdict: null,
      assessmentId: made.id,
      judged: false,
    })
    const shown = await loadFinder(deps, planner, useId)
    expect(shown.current?.id).toBe(made.id)
    expect(shown.prefilled['users-kind']).toMatchObject({ answer: 'own-ministry' })
  })

  it('cannot decide where an answer that matters is missing, and says which', async () => {
    const { weigh } = await office(database())
    const { 'error-harm': _, ...rest } = answersTo(harmless)
    const made = await weigh(rest)
    expect(made).toMatchObject({ outcome: 'cannot-decide', effective: 'cannot-decide' })
    expect(made.result.matter).toContain('error-harm')
  })

  it('refuses answers that the edition cannot read, naming the question, and keeps nothing', async () => {
    const { weigh, deps, planner, useId } = await office(database())
    const failed = await codeOf(weigh({ 'users-kind': 'martians' }))
    expect(failed.code).toBe('bad-input')
    expect(failed.params['issues']).toMatchObject([{ question: 'users-kind' }])
    expect((await loadFinder(deps, planner, useId)).history).toEqual([])
  })

  it('is not open to a provider, nor to a planner of another ministry', async () => {
    const { weigh, ministry } = await office(database())
    const provider = await make.person(database().db, ministry, 'provider')
    expect(await codeOf(weigh(undefined, provider))).toMatchObject({
      code: 'not-permitted',
      params: { action: 'assess', roles: ['caio', 'caio-office', 'planner'] },
    })
    const other = await make.person(database().db, await make.organisation(database().db, 'みどり庁'), 'planner')
    expect((await codeOf(weigh(undefined, other))).params).toMatchObject({ action: 'assess', outside: true })
  })

  it('writes answers that differ into the register, with its history, when that is asked for', async () => {
    const { deps, planner, useId, useNow } = await office(database())
    const answers = { ...answersTo(harmless), 'users-kind': 'citizens-outside', 'human-judgement': 'some' }
    const made = await assessUse(deps, planner, { useId, answers, ...named, updateRegister: true })
    expect(made).toMatchObject({ outcome: 'consult-board', stale: false })
    expect((await useNow()).facts).toMatchObject({
      'users-kind': { value: 'citizens-outside' },
      'human-judgement': { value: 'some' },
    })
  })

  it('leaves the register as it is when that is not asked for', async () => {
    const { weigh, useNow } = await office(database())
    await weigh({ ...answersTo(harmless), 'users-kind': 'citizens-outside' })
    expect((await useNow()).facts['users-kind']).toEqual({ value: 'own-ministry' })
  })

  it('keeps a draft until the use is weighed', async () => {
    const { deps, planner, useId, weigh } = await office(database())
    await saveDraft(deps, planner, { useId, answers: { 'error-harm': 'limited', 'no-such-question': 'x' } })
    expect((await loadFinder(deps, planner, useId)).draft?.answers).toEqual({ 'error-harm': 'limited' })
    await weigh()
    expect((await loadFinder(deps, planner, useId)).draft).toBeNull()
  })

  it('says which edition is in force when the person answered another', async () => {
    const { deps, planner, useId } = await office(database())
    const input = { useId, answers: answersTo(harmless), catalog: 'ds-920', edition: '1.1' }
    expect((await codeOf(assessUse({ ...deps, editions: withMilder() }, planner, input))).code).toBe(
      'changed-meanwhile',
    )
    expect((await codeOf(assessUse(deps, planner, input))).code).toBe('not-found')
  })
})

onEachEngine('a verdict and the facts it rests on', (database) => {
  const serious: Facts = { ...harmless, 'error-harm': { value: 'serious' } }

  it('becomes stale when one of them changes, and names the fact', async () => {
    const { weigh, change, deps, planner, useId } = await office(database(), serious)
    await weigh()
    await change({ 'error-harm': { value: 'limited' } })
    const { current } = await loadFinder(deps, planner, useId)
    expect(current).toMatchObject({ stale: true, effective: 'consult-board' })
    expect(current?.staleFacts.map((f) => f.field)).toEqual(['error-harm'])
    expect((await staleUses(database().db, undefined, 10)).map((use) => use.useId)).toEqual([useId])
  })

  it('stays when a fact changes on which it does not rest', async () => {
    const { weigh, change, deps, planner, useId } = await office(database(), serious)
    await weigh()
    await change({ 'users-kind': { value: 'citizens-outside' }, 'users-count': { value: 12 } })
    expect((await loadFinder(deps, planner, useId)).current).toMatchObject({ stale: false, staleFacts: [] })
  })

  it('is fresh again once it is weighed anew; the old assessment stays as it was made', async () => {
    const { weigh, change, deps, planner, useId } = await office(database(), serious)
    const first = await weigh()
    await change({ 'error-harm': { value: 'limited' } })
    await weigh(answersTo({ ...serious, 'error-harm': { value: 'limited' } }))
    const { current, history } = await loadFinder(deps, planner, useId)
    expect(current).toMatchObject({ outcome: 'proceed', stale: false })
    expect(history).toHaveLength(2)
    expect(history[1]).toMatchObject({ id: first.id, outcome: 'consult-board', stale: false, answers: first.answers })
  })
})

onEachEngine('the judgement of the Chief AI Officer', (database) => {
  it.each([
    { ruled: 'proceed', verdict: 'consult-board', facts: harmless },
    { ruled: 'consult-board', verdict: 'proceed', facts: { ...harmless, 'error-harm': { value: 'serious' } } as Facts },
  ] as const)('turns $ruled into $verdict; both stay visible', async ({ ruled, verdict, facts }) => {
    const { weigh, deps, caio, useNow } = await office(database(), facts)
    const { id } = await weigh()
    const judged = await judgeOtherwise(deps, caio, { assessmentId: id, verdict, reason: '理由を書く' })
    expect(judged).toMatchObject({ outcome: ruled, effective: verdict, judgement: { verdict, reason: '理由を書く' } })
    expect(await useNow()).toMatchObject({ verdict, ruledVerdict: ruled, judged: true })
  })

  it('may also confirm what the rule says', async () => {
    const { weigh, deps, caio, useNow } = await office(database())
    const { id } = await weigh()
    await judgeOtherwise(deps, caio, { assessmentId: id, verdict: 'proceed', reason: '確かめた' })
    expect(await useNow()).toMatchObject({ verdict: 'proceed', ruledVerdict: null, judged: true })
  })

  it('is refused to a planner, naming the rule', async () => {
    const { weigh, deps, planner } = await office(database())
    const { id } = await weigh()
    const attempt = judgeOtherwise(deps, planner, { assessmentId: id, verdict: 'consult-board', reason: '念のため' })
    expect(await codeOf(attempt)).toMatchObject({
      code: 'not-permitted',
      params: { action: 'override-verdict', roles: ['caio'], policy: 'caio-decides' },
    })
  })

  it('is refused on an assessment that has been followed by another, naming the one that counts', async () => {
    const { weigh, deps, caio } = await office(database())
    const first = await weigh()
    const second = await weigh()
    const attempt = judgeOtherwise(deps, caio, { assessmentId: first.id, verdict: 'consult-board', reason: '念のため' })
    expect(await codeOf(attempt)).toEqual({ code: 'wrong-state', params: { current: second.id } })
  })

  it('leaves a stale verdict stale, since when it was', async () => {
    const { weigh, change, deps, caio, useNow } = await office(database())
    const { id } = await weigh()
    await change({ 'error-harm': { value: 'limited' } })
    const since = (await useNow()).staleFacts
    await judgeOtherwise(deps, caio, { assessmentId: id, verdict: 'consult-board', reason: '念のため' })
    expect(await useNow()).toMatchObject({ stale: true, staleFacts: since })
  })
})

onEachEngine('a new edition', (database) => {
  const serious: Facts = { ...harmless, 'error-harm': { value: 'serious' } }
  const to11 = { catalog: 'ds-920', edition: '1.1' }

  it('lists the uses that would come out differently and changes nothing', async () => {
    const { weigh, deps, caio, useId, useNow } = await office(database(), serious)
    await weigh()
    const found = await rejudge({ ...deps, editions: withMilder() }, caio, { ...to11, record: false })
    expect(found).toMatchObject({ same: 0, cannotJudge: 0, recorded: 0 })
    expect(found.differs).toMatchObject([{ useId, from: 'consult-board', to: 'proceed', judged: false }])
    expect((await useNow()).verdict).toBe('consult-board')
  })

  it('makes new assessments on request; the old ones keep their edition', async () => {
    const { weigh, deps, caio, useId, useNow } = await office(database(), serious)
    const old = await weigh()
    await rejudge({ ...deps, editions: withMilder() }, caio, { ...to11, record: true })
    expect((await useNow()).verdict).toBe('proceed')
    const { history } = await loadFinder(deps, caio, useId)
    expect(history.map((a) => [a.edition, a.outcome])).toEqual([
      ['1.1', 'proceed'],
      ['1.0', 'consult-board'],
    ])
    expect(history[1]?.id).toBe(old.id)
  })

  it('shows an old assessment although its edition is no longer there', async () => {
    const { weigh, deps, caio, useId } = await office(database(), serious)
    await weigh()
    await rejudge({ ...deps, editions: withMilder() }, caio, { ...to11, record: true })
    const { current } = await loadFinder(deps, caio, useId)
    expect(editions.find('ds-920', '1.1')).toBeUndefined()
    expect(current).toMatchObject({ edition: '1.1', outcome: 'proceed', result: { outcome: 'proceed' } })
  })

  it('takes a judgement along where the rule says the same, and asks anew where it does not', async () => {
    const { weigh, deps, caio, useNow } = await office(database())
    const { id } = await weigh()
    await judgeOtherwise(deps, caio, { assessmentId: id, verdict: 'consult-board', reason: '念のため' })
    await rejudge({ ...deps, editions: withMilder() }, caio, { ...to11, record: true })
    expect(await useNow()).toMatchObject({ verdict: 'consult-board', ruledVerdict: 'proceed', judged: true })

    const other = await office(database(), serious)
    const ruled = await other.weigh()
    await judgeOtherwise(other.deps, other.caio, { assessmentId: ruled.id, verdict: 'proceed', reason: '限った試行' })
    await rejudge({ ...other.deps, editions: withMilder() }, other.caio, { ...to11, record: true })
    expect(await other.useNow()).toMatchObject({ verdict: 'proceed', ruledVerdict: null, judged: false })
  })

  it('is for the Chief AI Officer, and within his ministry', async () => {
    const { deps, planner, caio } = await office(database())
    const again = { ...to11, record: true }
    const refused = await codeOf(rejudge({ ...deps, editions: withMilder() }, planner, again))
    expect(refused.params).toMatchObject({ action: 'rejudge', roles: ['caio', 'caio-office'] })
    const elsewhere = await make.organisation(database().db, 'みどり庁')
    const outside = { ...again, organisationId: elsewhere.id }
    expect((await codeOf(rejudge({ ...deps, editions: withMilder() }, caio, outside))).params['outside']).toBe(true)
  })

  it('may not come into force when the register has no word for what it decides', () => {
    const { content, ...rest } = editions.inForce()
    const strange = { ...rest, content: { ...content, outcomes: [{ ...content.outcomes[0]!, id: 'level-3' }] } }
    const library = { list: () => [], get: () => undefined, latest: () => undefined }
    expect(() => editionsOf(library, strange)).toThrow(AppError)
  })
})

onEachEngine('an assessment of a use that is gone', (database) => {
  it('is not found', async () => {
    const { deps, caio } = await office(database())
    const attempt = judgeOtherwise(deps, caio, { assessmentId: newId(), verdict: 'proceed', reason: '確かめた' })
    expect((await codeOf(attempt)).code).toBe('not-found')
  })
})
