import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import { expect, it } from 'vitest'

import { scopesBy } from '#access/policies/scope-of.ts'
import { inScope } from '#platform/scope.ts'
import { formOf } from '#test/evidence.ts'
import { type Board, boardOn, declare, loadOf, preparedCase, seen, submittedCase } from '#test/board.ts'
import { onEachEngine } from '#test/engines.ts'

import type { CasesPage, DraftPart, Precedents, ToConsult } from './api.ts'

const at = (id: string, rest = '') => `/api/v1/board/cases/${id}${rest}`

onEachEngine('the docket of the Advisory Board: dossier', (database) => {
  it('begins with what the register knows and lists what is missing, until a part is said to be unknown with a reason', async () => {
    const { ask, putSystem } = await boardOn(database())
    const { systemId } = await putSystem()
    const { id } = (await ask.planner('POST', '/api/v1/board/cases', { systemId })).json<{ id: string }>()
    const draft = (await loadOf(ask.planner, id)).draft!
    expect(draft.parts.find(({ part }) => part === 'content')!.text).toContain('長い通知文を短くまとめ')
    const blocking = draft.missing.filter(({ blocks }) => blocks).map(({ part, code }) => [part, code])
    expect(blocking).toEqual([
      ['mitigation', 'no-text'],
      ['quality', 'no-text'],
      ['supply-chain', 'no-text'],
    ])
    expect(draft.missing).toContainEqual({
      part: 'supply-chain',
      code: 'fact-unanswered',
      blocks: false,
      of: 'supplier',
    })
    const refused = await ask.caio('POST', at(id, '/submit'), undefined, seen(1))
    expect(refused.json()).toMatchObject({ ok: false })
    for (const part of ['mitigation', 'quality', 'supply-chain'])
      await ask.planner('PUT', at(id, `/parts/${part}`), { absent: 'unknown', because: '事業者に照会中' }, seen(1))
    expect(
      (await ask.planner('PUT', at(id, '/parts/quality'), { absent: 'unknown', because: ' ' }, seen(2))).statusCode,
    ).toBe(400)
    const sent = await ask.caio('POST', at(id, '/submit'), undefined, seen(1))
    expect(sent.json()).toMatchObject({ ok: true, number: expect.stringMatching(/^AB-\d{4}-001$/) })
  })

  it('is submitted by the CAIO and not by the planner, for any system and once at a time', async () => {
    const board = await boardOn(database())
    const { systemId } = await board.putSystem({}, { 'error-harm': { value: 'none' } })
    const id = await preparedCase(board, systemId)
    expect((await board.ask.planner('POST', at(id, '/submit'), undefined, seen(1))).statusCode).toBe(403)
    expect((await board.ask.foreign('GET', at(id))).statusCode).toBe(404)
    expect((await board.ask.secretariat('GET', at(id))).statusCode).toBe(404)
    expect((await board.ask.caio('POST', at(id, '/submit'), undefined, seen(1))).json()).toMatchObject({ ok: true })
    expect((await board.ask.secretariat('GET', at(id))).statusCode).toBe(200)
    const again = await board.ask.planner('POST', '/api/v1/board/cases', { systemId })
    expect(again.json()).toMatchObject({ code: 'already-exists', params: { id } })
    expect((await board.ask.caio('POST', at(id, '/submit'), undefined, seen(2))).json()).toMatchObject({
      code: 'wrong-state',
    })
  })

  it('tells the second of two who write one part, with what the first wrote, and keeps the other parts', async () => {
    const { ask, putSystem } = await boardOn(database())
    const { systemId } = await putSystem()
    const { id } = (await ask.planner('POST', '/api/v1/board/cases', { systemId })).json<{ id: string }>()
    const answers = await Promise.all([
      ask.planner('PUT', at(id, '/parts/quality'), { text: '一人目' }, seen(1)),
      ask.second('PUT', at(id, '/parts/quality'), { text: '二人目' }, seen(1)),
      ask.second('PUT', at(id, '/parts/mitigation'), { text: '別の部分' }, seen(1)),
    ])
    const lost = answers.slice(0, 2).filter(({ statusCode }) => statusCode === 412)
    expect(lost).toHaveLength(1)
    const { params } = lost[0]!.json<{ params: { now: DraftPart } }>()
    expect(params.now).toMatchObject({ part: 'quality', version: 2, text: expect.stringMatching(/^(一人目|二人目)$/) })
    expect(answers[2].statusCode).toBe(200)
  })

  it('is frozen: the hash is over the canonical text, the row cannot be changed, and a later write is refused', async () => {
    const board = await boardOn(database())
    const id = await submittedCase(board, (await board.putSystem()).systemId)
    const { rows } = await sql<{ content: string; digest: string }>`select content, digest from board_dossier`.execute(
      board.db,
    )
    expect(createHash('sha256').update(rows[0]!.content).digest('hex')).toBe(rows[0]!.digest)
    expect((await loadOf(board.ask.caio, id)).inside!.dossier).toMatchObject({
      digest: rows[0]!.digest,
      verdict: 'consult-board',
      axes: { 'axis-b': 'raised' },
    })
    await expect(sql`update board_dossier set content = '{}'`.execute(board.db)).rejects.toThrow('append-only')
    await expect(
      sql`insert into board_dossier (id, at, case_id, organisation_id, number, content, digest, axes, fields_of_work, verdict, actor_id, actor_role)
        select gen_random_uuid(), now(), case_id, organisation_id, 9, content, repeat('0', 64), axes, fields_of_work, verdict, actor_id, actor_role from board_dossier`.execute(
        board.db,
      ),
    ).rejects.toThrow()
    expect(
      (await board.ask.planner('PUT', at(id, '/parts/quality'), { text: '後から' }, seen(2))).json(),
    ).toMatchObject({ code: 'wrong-state' })
  })

  it('says field by field what changed since, since when and in whose hands, and nothing before that', async () => {
    const board = await boardOn(database())
    const { ask, putSystem } = board
    const { systemId, useId } = await putSystem()
    const id = await submittedCase(board, systemId)
    expect((await loadOf(ask.secretariat, id)).inside!.differences).toEqual([])
    const uses = [{ id: useId, facts: { 'expected-hours': { value: 3500 } } }]
    const changed = await ask.planner(
      'PATCH',
      `/api/v1/systems/${systemId}`,
      { facts: { 'hosting-country': { value: '日本' } }, uses },
      seen(1),
    )
    expect(changed.statusCode).toBe(200)
    const { differences, dossier } = (await loadOf(ask.secretariat, id)).inside!
    expect(differences.map(({ scope, field, from, to }) => [scope, field, from, to])).toEqual([
      ['system', 'hosting-country', { absent: 'unanswered' }, { value: '日本' }],
      ['use', 'expected-hours', { absent: 'unanswered' }, { value: 3500 }],
    ])
    for (const one of differences) {
      expect(one.by).toMatchObject({ post: { ja: 'planner' }, organisation: { ja: '許可審査課' } })
      expect(one.since! > dossier!.at).toBe(true)
    }
    expect(dossier!.content.register.system.facts).not.toHaveProperty('hosting-country')
  })

  it('comes back with a further version of the dossier under the same number, and keeps the first', async () => {
    const board = await boardOn(database())
    const id = await submittedCase(board, (await board.putSystem()).systemId)
    const { number } = await loadOf(board.ask.caio, id)
    expect((await board.ask.caio('POST', at(id, '/withdraw'), { reason: '試験をやり直す' }, seen(2))).statusCode).toBe(
      200,
    )
    expect(await loadOf(board.ask.secretariat, id)).toMatchObject({
      state: 'withdrawn',
      withdrawnBecause: '試験をやり直す',
    })
    await board.ask.planner('POST', at(id, '/resume'), undefined, seen(3))
    await board.ask.planner('PUT', at(id, '/parts/quality'), { text: '試験をやり直した' }, seen(2))
    expect((await board.ask.caio('POST', at(id, '/submit'), undefined, seen(4))).json()).toMatchObject({
      ok: true,
      number,
    })
    const { inside } = await loadOf(board.ask.secretariat, id)
    expect(inside!.dossiers.map((one) => one.number)).toEqual([2, 1])
    expect(inside!.dossier!.content.parts.find(({ part }) => part === 'quality')!.text).toBe('試験をやり直した')
  })

  it('carries the case of a system that is kept to its unit to the Board, and not the entry of the register', async () => {
    const board = await boardOn(database())
    const { systemId } = await board.putSystem({ circulation: { value: 'unit-only' } })
    const id = await submittedCase(board, systemId)
    await declare(board.ask.member, id)
    expect((await board.ask.member('GET', `/api/v1/systems/${systemId}`)).statusCode).toBe(404)
    expect((await loadOf(board.ask.member, id)).inside!.dossier!.content.register.system.name).toBe('庁内文書要約支援')
  })
})

/** Everything by which a member could come to see what a case holds. */
async function routesTo(board: Board, id: string, evidenceId: string, who: 'member' | 'other') {
  const ask = board.ask[who]
  const text = async (url: string) => {
    const { statusCode, payload } = await ask('GET', url)
    return `${statusCode} ${payload}`
  }
  return Promise.all(
    [
      at(id),
      at(id, '/file'),
      at(id, '/precedents'),
      `/api/v1/board/cases`,
      `/api/v1/board/precedents`,
      `/api/v1/board/meetings`,
      `/api/v1/evidence?itemKind=board-case&itemId=${id}`,
      `/api/v1/evidence/${evidenceId}/content`,
      `/api/v1/notifications`,
    ].map(text),
  )
}

async function withEvidence(board: Board, id: string): Promise<string> {
  const form = formOf(
    { itemKind: 'board-case', itemId: id, title: '試験の結果', classification: 'confidentiality-1' },
    { name: 'result.txt', content: '秘密の試験結果' },
  )
  const sent = await board.ask.planner('POST', '/api/v1/evidence', form.payload, form.headers)
  return sent.json<{ id: string }>().id
}

onEachEngine('the docket of the Advisory Board: recusal', (database) => {
  it('keeps dossier, opinions, questions and files from a member before the declaration and after a recusal, by every route and in the database', async () => {
    const board = await boardOn(database())
    const { ask, actors } = board
    const { systemId } = await board.putSystem()
    const prepared = await preparedCase(board, systemId)
    const evidenceId = await withEvidence(board, prepared)
    await ask.caio('POST', at(prepared, '/submit'), undefined, seen(1))
    const id = prepared
    await declare(ask.chair, id)
    await ask.chair('POST', at(id, '/opinions'), { text: '記録が残ることを条件に。' })
    await ask.chair('POST', at(id, '/questions'), { text: '件数の根拠は。' })
    const secrets = [
      'mitigationの説明',
      '秘密の試験結果',
      '記録が残ることを条件に',
      '件数の根拠は',
      '試験の結果',
      'axis-b',
    ]
    const closed = async (who: 'member' | 'other') => {
      const seenTexts = (await routesTo(board, id, evidenceId, who)).join('\n')
      expect(secrets.filter((secret) => seenTexts.includes(secret))).toEqual([])
      const scope = scopesBy(board.deps.rights)(actors[who])
      for (const table of [
        'board_dossier',
        'board_opinion',
        'board_message',
        'board_part',
        'evidence',
        'board_opinion_draft',
      ]) {
        const { rows } = await inScope(scope, () => sql`select 1 from ${sql.table(table)}`.execute(board.scoped))
        expect([who, table, rows.length]).toEqual([who, table, 0])
      }
    }
    await closed('member')
    expect(await loadOf(ask.member, id)).toMatchObject({
      standing: 'undeclared',
      title: '庁内文書要約支援',
      inside: null,
    })
    await declare(ask.other, id, '応札予定の事業者と共同研究')
    await closed('other')
    await declare(ask.member, id)
    expect((await loadOf(ask.member, id)).inside!.opinions).toHaveLength(1)
    expect((await ask.member('GET', `/api/v1/evidence/${evidenceId}/content`)).payload).toBe('秘密の試験結果')
    expect((await ask.unseated('GET', at(id))).statusCode).toBe(404)
    expect((await ask.desk('GET', at(id))).statusCode).toBe(403)
    // Recused after having read: closed again.
    expect(
      (
        await ask.secretariat('POST', at(id, '/recusals'), {
          personId: actors.member.personId,
          type: 'recused',
          words: '親族が勤める',
        })
      ).statusCode,
    ).toBe(200)
    await closed('member')
  })

  it('tells a recused member so and records each attempt, whatever was tried', async () => {
    const board = await boardOn(database())
    const { ask, db } = board
    const id = await submittedCase(board, (await board.putSystem()).systemId)
    const evidenceId = await withEvidence(board, id)
    await declare(ask.member, id, '共同研究')
    const attempts = async () =>
      (
        await sql<{
          detail: unknown
        }>`select detail from audit_entry where type = 'board.attempt-refused' and item_id = ${id} order by at, id`.execute(
          db,
        )
      ).rows.length
    const before = await attempts()
    expect(await loadOf(ask.member, id)).toMatchObject({ standing: 'recused', inside: null })
    const tries = [
      await ask.member('GET', at(id, '/file')),
      await ask.member('POST', at(id, '/opinions'), { text: '書きたい' }),
      await ask.member('POST', at(id, '/questions'), { text: '聞きたい' }),
      await ask.member('PUT', at(id, '/opinion-draft'), { text: '下書き' }, seen(0)),
      await ask.member('GET', at(id, '/precedents')),
    ]
    expect((await ask.member('GET', `/api/v1/evidence?itemKind=board-case&itemId=${id}`)).statusCode).toBe(404)
    expect((await ask.member('GET', `/api/v1/evidence/${evidenceId}/content`)).statusCode).toBe(404)
    for (const one of tries) expect(one.json()).toMatchObject({ code: 'not-permitted', params: { reason: 'recused' } })
    expect((await attempts()) - before).toBe(3 + tries.length)
  })

  it('is ended by the chair or the secretariat alone; a correction stays beside what it corrects', async () => {
    const board = await boardOn(database())
    const { ask, actors } = board
    const id = await submittedCase(board, (await board.putSystem()).systemId)
    await declare(ask.member, id, '共同研究があると思った')
    const bare = await declare(ask.member, id)
    expect(bare.statusCode).toBe(400)
    const corrected = await ask.member('POST', at(id, '/declarations'), {
      type: 'no-interest',
      words: '別の会社だった',
    })
    expect(corrected.json()).toMatchObject({ standing: 'recused' })
    const readmit = { personId: actors.member.personId, type: 'readmitted', words: '申告の誤りを確かめた' }
    expect((await ask.member('POST', at(id, '/recusals'), readmit)).statusCode).toBe(403)
    await declare(ask.other, id)
    expect((await ask.other('POST', at(id, '/recusals'), readmit)).json()).toMatchObject({
      params: { reason: 'not-the-chair' },
    })
    await declare(ask.chair, id)
    expect((await ask.chair('POST', at(id, '/recusals'), readmit)).statusCode).toBe(200)
    expect((await loadOf(ask.member, id)).standing).toBe('deliberating')
    const { declarations } = (await loadOf(ask.chair, id)).inside!
    expect(
      declarations
        .find(({ personId }) => personId === actors.member.personId)!
        .history.map(({ type, own }) => [type, own]),
    ).toEqual([
      ['interest', true],
      ['no-interest', true],
      ['readmitted', false],
    ])
    expect(
      (
        await ask.chair('POST', at(id, '/recusals'), { ...readmit, personId: actors.chair.personId, type: 'recused' })
      ).json(),
    ).toMatchObject({ params: { reason: 'oneself' } })
  })
})

onEachEngine('the docket of the Advisory Board: deliberation', (database) => {
  it('shows a draft of an opinion to its author alone, and an opinion with its history to who deliberates', async () => {
    const board = await boardOn(database())
    const { ask, scoped, actors } = board
    const id = await submittedCase(board, (await board.putSystem()).systemId)
    for (const who of ['chair', 'member'] as const) await declare(ask[who], id)
    const saved = await ask.member('PUT', at(id, '/opinion-draft'), { text: 'まだ考えている' }, seen(0))
    expect(saved.json()).toMatchObject({ version: 1 })
    const twice = await ask.member('PUT', at(id, '/opinion-draft'), { text: '別の画面' }, seen(0))
    expect(twice.json()).toMatchObject({
      code: 'changed-meanwhile',
      params: { now: { text: 'まだ考えている', version: 1 } },
    })
    for (const who of ['chair', 'secretariat', 'caio'] as const) {
      expect(JSON.stringify(await loadOf(ask[who], id))).not.toContain('まだ考えている')
      const drafts = await inScope(scopesBy(board.deps.rights)(actors[who]), () =>
        sql`select 1 from board_opinion_draft`.execute(scoped),
      )
      expect(drafts.rows).toHaveLength(0)
    }
    expect((await loadOf(ask.member, id)).inside!.opinionDraft!.text).toBe('まだ考えている')
    await ask.member('POST', at(id, '/opinions'), { text: '初めの意見' })
    await ask.member('POST', at(id, '/opinions'), { text: '改めた意見' })
    for (const who of ['chair', 'secretariat', 'caio'] as const)
      expect((await loadOf(ask[who], id)).inside!.opinions).toMatchObject([
        { text: '改めた意見', number: 2, earlier: [{ text: '初めの意見', number: 1 }] },
      ])
    expect((await loadOf(ask.member, id)).inside!.opinionDraft).toBeNull()
    expect((await ask.secretariat('POST', at(id, '/opinions'), { text: '事務局' })).statusCode).toBe(403)
  })

  it('keeps opinions from the ministry until the advice, where the rule says so', async () => {
    const board = await boardOn(database())
    const id = await submittedCase(board, (await board.putSystem()).systemId)
    await sql`update board_case set opinions_to_ministry = 'advised' where id = ${id}`.execute(board.db)
    await declare(board.ask.member, id)
    await board.ask.member('POST', at(id, '/opinions'), { text: '委員の意見' })
    expect((await loadOf(board.ask.caio, id)).inside!.opinions).toEqual([])
    expect((await loadOf(board.ask.secretariat, id)).inside!.opinions).toHaveLength(1)
    await sql`update board_case set state = 'advised', advised_at = now() where id = ${id}`.execute(board.db)
    expect((await loadOf(board.ask.caio, id)).inside!.opinions).toHaveLength(1)
  })

  it('takes a question of the Board to the ministry, where it waits until it is answered', async () => {
    const board = await boardOn(database())
    const { ask } = board
    const id = await submittedCase(board, (await board.putSystem()).systemId)
    await declare(ask.member, id)
    expect((await ask.planner('POST', at(id, '/questions'), { text: '?' })).statusCode).toBe(403)
    const { id: question } = (await ask.member('POST', at(id, '/questions'), { text: '誤りの率は。' })).json<{
      id: string
    }>()
    const waits = async () =>
      (await ask.planner('GET', '/api/v1/board/cases?waits=question-to-answer')).json<CasesPage>().items.length
    expect(await waits()).toBe(1)
    expect((await ask.member('POST', at(id, `/questions/${question}/answers`), { text: 'x' })).statusCode).toBe(403)
    expect((await ask.planner('POST', at(id, `/questions/${question}/answers`), { text: '2%です。' })).statusCode).toBe(
      201,
    )
    expect(await waits()).toBe(0)
    expect((await loadOf(ask.chair, id)).inside).toBeNull()
    expect((await loadOf(ask.member, id)).inside!.questions).toMatchObject([
      { text: '誤りの率は。', answers: [{ text: '2%です。' }] },
    ])
  })

  it('lists cases with what each waits for from whom, and systems that were never brought to the Board', async () => {
    const board = await boardOn(database())
    const { ask } = board
    const first = await board.putSystem()
    await board.putSystem({ name: { value: '相談していないもの' } })
    const id = await submittedCase(board, first.systemId)
    const codes = async (who: keyof Board['ask']) =>
      (await ask[who]('GET', '/api/v1/board/cases')).json<CasesPage>().items.map(({ waits }) => waits?.code ?? null)
    expect([await codes('member'), await codes('secretariat'), await codes('caio')]).toEqual([
      ['declaration-to-make'],
      ['case-to-schedule'],
      [null],
    ])
    await declare(ask.member, id)
    expect(await codes('member')).toEqual(['opinion-to-write'])
    const { items } = (await ask.planner('GET', '/api/v1/board/to-consult')).json<ToConsult>()
    expect(items.map(({ name }) => name)).toEqual(['相談していないもの'])
    const waiting = async (who: keyof Board['ask']) =>
      (await ask[who]('GET', '/api/v1/navigation-counts')).json<{ waits: { cases: number } }>().waits.cases
    expect([await waiting('planner'), await waiting('member'), await waiting('secretariat')]).toEqual([1, 1, 1])
  })

  it('lets the secretariat alone set meetings and seats, and never two chairs on one day', async () => {
    const board = await boardOn(database())
    const { ask, actors } = board
    const id = await submittedCase(board, (await board.putSystem()).systemId)
    const meeting = { number: 7, heldOn: '2026-12-09', note: '' }
    expect((await ask.chair('POST', '/api/v1/board/meetings', meeting)).statusCode).toBe(403)
    const made = (await ask.secretariat('POST', '/api/v1/board/meetings', meeting)).json<{ id: string }>()
    expect((await ask.secretariat('POST', '/api/v1/board/meetings', meeting)).statusCode).toBe(409)
    expect((await ask.secretariat('PUT', at(id, '/meeting'), { meetingId: made.id })).statusCode).toBe(200)
    expect((await loadOf(ask.caio, id)).meeting).toMatchObject({ number: 7, heldOn: '2026-12-09' })
    const seatFor = {
      personId: actors.unseated.personId,
      expertise: { ja: '福祉', en: 'Welfare' },
      chair: true,
      from: '2026-04-01',
      to: null,
    }
    expect((await ask.secretariat('POST', '/api/v1/board/seats', seatFor)).json()).toMatchObject({
      code: 'already-exists',
    })
    expect(
      (
        await ask.secretariat('POST', '/api/v1/board/seats', {
          ...seatFor,
          personId: actors.planner.personId,
          chair: false,
        })
      ).statusCode,
    ).toBe(400)
    expect((await ask.secretariat('POST', '/api/v1/board/seats', { ...seatFor, chair: false })).statusCode).toBe(201)
    expect((await loadOf(ask.unseated, id)).standing).toBe('undeclared')
  })

  it('reminds who has not declared, once a day, and nobody who has', async () => {
    const board = await boardOn(database())
    const { ask, actors } = board
    const id = await submittedCase(board, (await board.putSystem()).systemId)
    await declare(ask.chair, id)
    const remind = async (personId: string) => (await ask.chair('POST', at(id, '/reminders'), { personId })).json()
    expect(await remind(actors.member.personId)).toEqual({ asked: true })
    expect(await remind(actors.member.personId)).toEqual({ asked: false })
    expect(await remind(actors.chair.personId)).toMatchObject({ code: 'wrong-state' })
  })

  it('finds dossiers with like axes, the most alike first, and leaves out those that one may not see', async () => {
    const board = await boardOn(database())
    const { ask, putSystem } = board
    const here = await submittedCase(board, (await putSystem()).systemId)
    const like = await submittedCase(board, (await putSystem({ name: { value: '同じ軸' } })).systemId)
    const far = await submittedCase(
      board,
      (
        await putSystem(
          { name: { value: '遠い軸' } },
          { 'error-harm': { value: 'none' }, 'field-of-work': { value: 'translation' } },
        )
      ).systemId,
    )
    const hidden = await submittedCase(board, (await putSystem({ name: { value: '除斥の案件' } })).systemId)
    for (const id of [here, like, far]) await declare(ask.member, id)
    await declare(ask.member, hidden, '関係あり')
    const found = (await ask.member('GET', at(here, '/precedents?all=yes'))).json<Precedents>()
    expect(found.items.map(({ title, similarity }) => [title, similarity])).toEqual([
      ['同じ軸', 1],
      ['遠い軸', expect.closeTo(0.6)],
    ])
    expect(found.items[0]!.sameAxes).toContain('axis-b')
    const raised = (await ask.member('GET', '/api/v1/board/precedents?axes=axis-b:raised')).json<Precedents>()
    expect(raised.items.map(({ title }) => title).toSorted()).toEqual(['同じ軸', '庁内文書要約支援'].toSorted())
  })
})
