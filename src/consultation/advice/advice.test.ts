import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import { expect, it } from 'vitest'

import { scopesBy } from '#access/policies/scope-of.ts'
import { inScope } from '#platform/scope.ts'
import {
  aCondition,
  adoptedAdvice,
  adviceFor,
  advicePath,
  conditionFor,
  conditionPath,
  draftedAdvice,
} from '#test/advice.ts'
import { boardOn, declare, seen, submittedCase } from '#test/board.ts'
import { onEachEngine } from '#test/engines.ts'

import type { ConditionsPage } from './api.ts'

onEachEngine('advice of the Board: drafting and adoption', (database) => {
  it('is not adopted while a declaration or an opinion is missing, and names every reason at once', async () => {
    const board = await boardOn(database())
    const { ask, actors } = board
    const { systemId } = await board.putSystem()
    const id = await submittedCase(board, systemId)
    await declare(ask.chair, id)
    const { reasons, members } = await adviceFor(ask.chair, id)
    expect(reasons.map(({ code }) => code)).toEqual(['declaration-missing', 'opinion-missing', 'text-missing'])
    const waited = reasons[0]!.params['members'] as { personId: string; since: string }[]
    expect(new Set(waited.map(({ personId }) => personId))).toEqual(
      new Set([actors.member.personId, actors.other.personId]),
    )
    expect(members[actors.member.personId]?.ja).toBe('山川 一郎')
    const answer = await ask.chair('POST', advicePath(id, '/adoption'), undefined, seen(0))
    expect(answer.json()).toMatchObject({ ok: false })
    expect((await sql`select 1 from advice_adoption`.execute(board.db)).rows).toEqual([])
  })

  it('is adopted by the chair alone, frozen under the hash of its content, and binds from then on', async () => {
    const board = await boardOn(database())
    const { ask } = board
    const { systemId } = await board.putSystem()
    const id = await draftedAdvice(board, systemId, [{}, { effect: 'warns', stage: 'operation' }])
    const version = (await adviceFor(ask.chair, id)).advice!.version
    const byMember = await ask.member('POST', advicePath(id, '/adoption'), undefined, seen(version))
    expect(byMember.json()).toMatchObject({ ok: false, reasons: [{ code: 'not-chair' }] })
    expect((await ask.secretariat('POST', advicePath(id, '/adoption'), undefined, seen(version))).statusCode).toBe(403)
    expect((await adviceFor(ask.planner, id)).conditions).toEqual([])
    const adopted = await ask.chair('POST', advicePath(id, '/adoption'), undefined, seen(version))
    const { digest } = adopted.json<{ digest: string }>()
    const { rows } = await sql<{ content: string }>`select content from advice_adoption`.execute(board.db)
    expect(createHash('sha256').update(rows[0]!.content).digest('hex')).toBe(digest)
    await expect(sql`update advice_adoption set content = '{}'`.execute(board.db)).rejects.toThrow()
    const told = await adviceFor(ask.planner, id)
    expect(told.advice).toMatchObject({ state: 'adopted', adopted: { digest } })
    expect(told.conditions.map((c) => [c.position, c.state, c.binding])).toEqual([
      [1, 'open', true],
      [2, 'open', true],
    ])
    const late = await ask.secretariat('POST', advicePath(id, '/conditions'), aCondition(board))
    expect(late.json()).toMatchObject({ code: 'wrong-state' })
  })

  it('is not adopted as it was not seen: a condition changed meanwhile moves the version', async () => {
    const board = await boardOn(database())
    const { ask } = board
    const { systemId } = await board.putSystem()
    const id = await draftedAdvice(board, systemId)
    const before = await adviceFor(ask.chair, id)
    const [condition] = before.conditions
    const path = advicePath(id, `/conditions/${condition!.id}`)
    const milder = aCondition(board, { effect: 'warns' })
    expect((await ask.member('PUT', path, milder, seen(condition!.version))).statusCode).toBe(204)
    expect((await ask.secretariat('PUT', path, milder, seen(condition!.version))).json()).toMatchObject({
      code: 'changed-meanwhile',
    })
    const stale = await ask.chair('POST', advicePath(id, '/adoption'), undefined, seen(before.advice!.version))
    expect(stale.json()).toMatchObject({ code: 'changed-meanwhile' })
  })

  it('has its draft hidden from the ministry, from the recused and from who has not declared', async () => {
    const board = await boardOn(database())
    const { ask, actors, deps, scoped } = board
    const { systemId } = await board.putSystem()
    const id = await draftedAdvice(board, systemId)
    expect((await adviceFor(ask.planner, id)).advice).toBeNull()
    const recused = await ask.other('GET', advicePath(id))
    expect([recused.statusCode, recused.json().params.reason]).toEqual([403, 'recused'])
    const counted = async (actor: (typeof actors)[keyof typeof actors]) =>
      inScope(scopesBy(deps.rights)(actor), async () => {
        const { rows } = await sql<{ n: number }>`select (select count(*)::int from advice)
          + (select count(*)::int from advice_condition) as n`.execute(scoped)
        return rows[0]!.n
      })
    expect([await counted(actors.chair), await counted(actors.secretariat)]).toEqual([2, 2])
    for (const hidden of ['planner', 'caio', 'other', 'unseated', 'desk', 'foreign', 'auditor'] as const)
      expect([hidden, await counted(actors[hidden])]).toEqual([hidden, 0])
  })

  it('takes an owner only from the ministry of the case', async () => {
    const board = await boardOn(database())
    const { systemId } = await board.putSystem()
    const id = await draftedAdvice(board, systemId, [])
    const foreign = aCondition(board, { ownerOrganisationId: board.house.id })
    const refused = await board.ask.secretariat('POST', advicePath(id, '/conditions'), foreign)
    expect(refused.json().params.issues[0].keyword).toBe('not-of-ministry')
  })
})

onEachEngine('conditions of the Board', (database) => {
  it('are reported by the ministry and settled or sent back by the secretariat, each step kept', async () => {
    const board = await boardOn(database())
    const { ask } = board
    const { systemId } = await board.putSystem()
    const { conditions } = await adoptedAdvice(board, systemId)
    const id = conditions[0]!.id
    const report = (version: number) =>
      ask.planner('POST', conditionPath(id, '/report'), { words: '手順書を定めた。' }, seen(version))
    expect((await ask.foreign('POST', conditionPath(id, '/report'), { words: 'x' }, seen(2))).statusCode).toBe(404)
    expect((await report(conditions[0]!.version)).json()).toMatchObject({ state: 'reported' })
    expect((await report(conditions[0]!.version)).json()).toMatchObject({ code: 'changed-meanwhile' })
    const settle = (result: string, version: number, words = '') =>
      ask.secretariat('POST', conditionPath(id, '/settlement'), { result, words }, seen(version))
    expect((await settle('sent-back', 3)).statusCode).toBe(400)
    expect((await settle('sent-back', 3, '試行の記録がない。')).json()).toMatchObject({ state: 'open' })
    expect((await settle('met', 4)).json()).toMatchObject({ code: 'wrong-state' })
    await report(4)
    expect((await settle('met', 5)).json()).toMatchObject({ state: 'met', overdue: false })
    const { events } = await conditionFor(ask.planner, id)
    expect(events.map(({ type }) => type)).toEqual(['met', 'reported', 'sent-back', 'reported', 'bound'])
  })

  it('are worded anew by the chair when the ministry asks, with the reason; the first wording stays in the history', async () => {
    const board = await boardOn(database())
    const { ask } = board
    const { systemId } = await board.putSystem()
    const { conditions } = await adoptedAdvice(board, systemId)
    const id = conditions[0]!.id
    await ask.planner('POST', conditionPath(id, '/change-request'), { words: '2人では窓口が回らない。' }, seen(2))
    expect((await conditionFor(ask.chair, id)).changeAsked?.words).toBe('2人では窓口が回らない。')
    const anew = {
      condition: aCondition(board, { text: { ja: '1人が確かめ、抽出で2人目が確かめる', en: '' } }),
      words: '件数を考慮した。',
    }
    const byMember = await ask.member('POST', conditionPath(id, '/revision'), anew, seen(3))
    expect([byMember.statusCode, byMember.json().params.reason]).toEqual([403, 'not-the-chair'])
    const changed = await ask.chair('POST', conditionPath(id, '/revision'), anew, seen(3))
    expect(changed.json()).toMatchObject({
      number: 2,
      state: 'open',
      changeAsked: null,
      text: { ja: '1人が確かめ、抽出で2人目が確かめる' },
    })
    const { events } = await conditionFor(ask.planner, id)
    expect(events.map(({ type, number }) => [type, number])).toEqual([
      ['changed', 2],
      ['change-asked', 1],
      ['bound', 1],
    ])
    expect(events.at(-1)!.content).toMatchObject({ text: { ja: conditions[0]!.text.ja } })
    const gone = await ask.chair(
      'POST',
      conditionPath(id, '/withdrawal'),
      { words: '計画が変わった。' },
      seen(changed.json().version),
    )
    expect(gone.json()).toMatchObject({ state: 'withdrawn', may: [] })
  })

  it('are listed for the Board across ministries and for a ministry its own, the overdue counted by the day in Japan', async () => {
    const board = await boardOn(database())
    const { ask } = board
    const { systemId } = await board.putSystem()
    await adoptedAdvice(board, systemId, [{ dueOn: '2020-01-01' }, { dueOn: null, effect: 'warns' }, {}])
    const list = async (who: keyof typeof ask, query = '') =>
      (await ask[who]('GET', `/api/v1/board/conditions${query}`)).json<ConditionsPage>()
    expect((await list('secretariat')).counts).toEqual({
      all: 3,
      'to-meet': 3,
      reported: 0,
      overdue: 1,
      'change-asked': 0,
      met: 0,
      withdrawn: 0,
    })
    expect((await list('planner', '?show=overdue')).items.map((c) => [c.dueOn, c.overdue])).toEqual([
      ['2020-01-01', true],
    ])
    expect((await list('foreign')).counts.all).toBe(0)
    expect((await ask.desk('GET', '/api/v1/board/conditions')).statusCode).toBe(403)
    const first = await list('planner', '?limit=2')
    const rest = await list('planner', `?limit=2&cursor=${first.next}`)
    expect([...first.items, ...rest.items].map((c) => c.dueOn)).toEqual(['2020-01-01', '2030-12-25', null])
    const file = await ask.planner('GET', '/api/v1/board/conditions/file?format=csv')
    expect(file.payload).toContain('期限超過')
  })
})

onEachEngine('published advice', (database) => {
  it('goes into the collection without what is withheld, and names neither system nor ministry', async () => {
    const board = await boardOn(database())
    const { ask, db } = board
    const { systemId } = await board.putSystem()
    const { caseId } = await adoptedAdvice(board, systemId)
    const path = advicePath(caseId, '/publication')
    const head = { title: '審査の支援について', about: '書類の確認を助ける利用です。' }
    const owner = { part: 'owner-1', reason: '個別の部署が分かるため' }
    expect((await ask.planner('GET', path)).statusCode).toBe(403)
    const named = await ask.secretariat('POST', path, { ...head, title: '庁内文書要約支援について', withheld: [owner] })
    expect(named.json()).toMatchObject({ ok: false, reasons: [{ code: 'still-in', params: { part: 'system-name' } }] })
    const withheld = [owner, { part: 'paragraph-2', reason: '運用の細部のため' }]
    const done = await ask.secretariat('POST', path, { ...head, withheld })
    expect(done.json()).toMatchObject({ ok: true })
    const { rows } = await sql<{ answer: string; kind: string }>`select answer, kind from collection_entry`.execute(db)
    expect(rows[0]!.kind).toBe('advice')
    expect(rows[0]!.answer).toContain('【非公開】（理由：運用の細部のため）')
    expect(rows[0]!.answer).not.toContain('運用の後も確かめてください')
    expect((await ask.secretariat('POST', path, { ...head, withheld })).json()).toMatchObject({ code: 'wrong-state' })
    expect((await ask.secretariat('POST', `${path}/withdrawal`, { words: '表現を改める。' })).statusCode).toBe(204)
    expect((await adviceFor(ask.planner, caseId)).published).toMatchObject([{ takenBack: true, withheld: 2 }])
    expect((await ask.secretariat('POST', path, { ...head, withheld })).json()).toMatchObject({ ok: true })
  })
})
