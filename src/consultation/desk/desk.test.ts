import { sql } from 'kysely'
import { expect, it } from 'vitest'

import { act, answered, deskOn, load, publish, seen, send } from '#test/desk.ts'
import { onEachEngine } from '#test/engines.ts'

import type { Consultation, ConsultationList, Published, SimilarAnswer } from './api.ts'

onEachEngine('the Consultation Desk', (database) => {
  it('numbers a question when it is sent, and sets the deadline by its rule', async () => {
    const { ask } = await deskOn(database())
    const year = new Date(Date.now() + 9 * 3_600_000).getUTCFullYear()
    const first = await send(ask.planner)
    const second = await send(ask.foreign)
    expect([first.number, second.number]).toEqual([`CD-${year}-001`, `CD-${year}-002`])
    expect(first).toMatchObject({ state: 'asked', deadlineBy: 'rule', taken: false, side: 'asker' })
    expect(first.deadline! > first.askedAt!.slice(0, 10)).toBe(true)
    expect(first.rule).toEqual({ officeDays: 10, provenance: 'preset' })
  })

  it('shows a draft to its own ministry and not to the desk, and lets it be changed, sent and thrown away', async () => {
    const { ask } = await deskOn(database())
    const draft = { subject: '下書き', question: 'まだ途中です。', systemId: null, wishedOn: null }
    const made = await ask.planner('POST', '/api/v1/consultations', draft)
    const { id } = made.json<{ id: string }>()
    expect((await ask.desk('GET', `/api/v1/consultations/${id}`)).statusCode).toBe(404)
    const changed = await ask.planner('PATCH', `/api/v1/consultations/${id}`, { ...draft, subject: '別の題' }, seen(1))
    expect(changed.json()).toMatchObject({ subject: '別の題', state: 'draft', version: 2, number: null })
    await act(ask.planner, id, 'send')
    expect((await load(ask.desk, id)).state).toBe('asked')
    expect((await ask.planner('PATCH', `/api/v1/consultations/${id}`, draft, seen(3))).json()).toMatchObject({
      code: 'wrong-state',
    })
    const other = (await ask.planner('POST', '/api/v1/consultations', draft)).json<{ id: string }>()
    expect((await ask.planner('DELETE', `/api/v1/consultations/${other.id}`, undefined, seen(1))).statusCode).toBe(204)
    expect((await ask.planner('GET', `/api/v1/consultations/${other.id}`)).statusCode).toBe(404)
  })

  it('is seen by the ministry that asks, by the desk and by auditors of that ministry, and by nobody else', async () => {
    const { ask } = await deskOn(database())
    const { id } = await send(ask.planner)
    const status = async (who: keyof typeof ask) => (await ask[who]('GET', `/api/v1/consultations/${id}`)).statusCode
    for (const who of ['planner', 'caio', 'beside', 'desk', 'auditor'] as const)
      expect([who, await status(who)]).toEqual([who, 200])
    for (const who of ['foreign', 'foreignAuditor'] as const) expect([who, await status(who)]).toEqual([who, 404])
    expect(await status('board')).toBe(403)
  })

  it('opens a system kept to its unit to the desk that was asked about it, and to nobody beside it', async () => {
    const { ask, division, putSystem } = await deskOn(database())
    const system = await putSystem(division, { circulation: { value: 'unit-only' } })
    const other = await putSystem(division, { circulation: { value: 'unit-only' }, name: { value: '別のもの' } })
    const status = async (who: keyof typeof ask, id: string) =>
      (await ask[who]('GET', `/api/v1/systems/${id}`)).statusCode
    expect(await status('desk', system)).toBe(404)
    const { id } = await send(ask.planner, { systemId: system })
    expect(await status('desk', system)).toBe(200)
    expect(await status('desk', other)).toBe(404)
    expect([await status('board', system), await status('beside', system)]).toEqual([404, 404])
    expect((await ask.beside('GET', `/api/v1/consultations/${id}`)).statusCode).toBe(404)
    expect((await load(ask.desk, id)).system).toMatchObject({ id: system, name: '問合せ支援' })
  })

  it('goes from the question over answer and further question to its end, each step in the thread', async () => {
    const { ask, people } = await deskOn(database())
    const { id } = await send(ask.planner)
    expect((await ask.desk('POST', `/api/v1/consultations/${id}/answer`, { text: 'x' }, seen(2))).json()).toMatchObject(
      { code: 'wrong-state' },
    )
    await act(ask.desk, id, 'take')
    await act(ask.desk, id, 'hand-over', { to: people.otherDesk.personId, note: '個人情報に詳しい人へ' })
    const moved = await act(ask.otherDesk, id, 'deadline', { on: '2099-01-05', note: '他部署に確かめます。' })
    expect(moved).toMatchObject({ deadline: '2099-01-05', deadlineBy: 'desk', state: 'taken' })
    await act(ask.otherDesk, id, 'answer', { text: '30日です。' })
    expect((await load(ask.planner, id)).unread).toBe(true)
    expect((await ask.planner('POST', `/api/v1/consultations/${id}/read`)).statusCode).toBe(204)
    expect((await load(ask.planner, id)).unread).toBe(false)
    const again = await act(ask.planner, id, 'follow-up', { text: '添付もですか。' })
    expect(again).toMatchObject({ state: 'taken', taken: true, deadlineBy: 'rule' })
    await act(ask.otherDesk, id, 'answer', { text: '添付もです。' })
    expect((await act(ask.planner, id, 'settle')).state).toBe('closed')
    const types = (one: Consultation) => one.thread.map((entry) => entry.type)
    const asker = ['asked', 'taken', 'deadline-set', 'answered', 'followed-up', 'answered', 'closed']
    expect(types(await load(ask.planner, id))).toEqual(asker)
    // The note within the desk is for the desk alone.
    expect(types(await load(ask.desk, id))).toEqual(['asked', 'taken', 'handed-over', ...asker.slice(2)])
  })

  it('hands over to people of the desk only', async () => {
    const { ask, people } = await deskOn(database())
    const { id } = await send(ask.planner)
    const { version } = await act(ask.desk, id, 'take')
    const answer = await ask.desk(
      'POST',
      `/api/v1/consultations/${id}/hand-over`,
      { to: people.board.personId, note: 'x' },
      seen(version),
    )
    expect(answer.json()).toMatchObject({ code: 'bad-input', params: { reason: 'not-desk' } })
  })

  it('tells the second of two people who do something at once that it changed meanwhile', async () => {
    const { ask } = await deskOn(database())
    const { id, version } = await send(ask.planner)
    const both = await Promise.all(
      [ask.desk, ask.otherDesk].map((one) => one('POST', `/api/v1/consultations/${id}/take`, undefined, seen(version))),
    )
    expect(both.map((one) => one.statusCode).toSorted((a, b) => a - b)).toEqual([200, 412])
    expect(both.find((one) => one.statusCode === 412)!.json()).toMatchObject({
      code: 'changed-meanwhile',
      params: { now: version + 1 },
    })
  })

  it('lets only the desk answer and only the asking side ask further', async () => {
    const { ask } = await deskOn(database())
    const { id, version } = await send(ask.planner)
    const status = async (who: keyof typeof ask, what: string, body?: unknown) =>
      (await ask[who]('POST', `/api/v1/consultations/${id}/${what}`, body, seen(version))).statusCode
    expect(await status('planner', 'take')).toBe(403)
    expect(await status('desk', 'follow-up', { text: 'x' })).toBe(403)
    expect(await status('beside', 'follow-up', { text: 'x' })).toBe(403)
    expect(await status('auditor', 'follow-up', { text: 'x' })).toBe(403)
    expect(await status('board', 'take')).toBe(403)
  })

  it('lists what is open first by deadline, page by page, and counts by state', async () => {
    const { ask } = await deskOn(database())
    const first = await send(ask.planner, { subject: '一つめ' })
    await answered(ask.planner, ask.desk, { subject: '二つめ' })
    await send(ask.foreign, { subject: '三つめ' })
    await act(ask.desk, first.id, 'take')
    await act(ask.desk, first.id, 'deadline', { on: '2098-01-05', note: '延ばします。' })
    const list = (await ask.desk('GET', '/api/v1/consultations')).json<ConsultationList>()
    expect(list.items.map((one) => one.subject)).toEqual(['三つめ', '一つめ', '二つめ'])
    expect(list.counts).toEqual({ asked: 1, taken: 1, answered: 1 })
    const mine = (await ask.desk('GET', '/api/v1/consultations?state=taken&mine=yes')).json<ConsultationList>()
    expect(mine.items.map((one) => one.subject)).toEqual(['一つめ'])
    const own = (await ask.foreign('GET', '/api/v1/consultations')).json<ConsultationList>()
    expect(own.items.map((one) => one.subject)).toEqual(['三つめ'])
  })

  it('writes every entry of a thread into the log, and lets none be changed', async () => {
    const { ask, db } = await deskOn(database())
    await answered(ask.planner, ask.desk)
    const { rows } = await sql<{
      n: number
    }>`select count(*)::int as n from log_inbox where kind = 'consultation_entry'`.execute(db)
    expect(rows[0]!.n).toBe(3)
    await expect(sql`update consultation_entry set text = 'x'`.execute(db)).rejects.toThrow('append-only')
  })
})

onEachEngine('the collection of published answers', (database) => {
  it('proposes a text without the names of who asked, and publishes it', async () => {
    const { ask, division, putSystem } = await deskOn(database())
    const system = await putSystem(division, { name: { value: '窓口応対くん' } })
    const { id } = await answered(
      ask.planner,
      ask.desk,
      { systemId: system, question: 'あおば省 相談支援課の「窓口応対くん」で、山川が入力を保存してよいですか。' },
      'あおば省の規程によります。',
    )
    const published = await publish(ask.desk, id, { items: ['p-06'] })
    expect(published.json<Published>()).toMatchObject({ ok: true })
    const list = (await ask.foreign('GET', '/api/v1/collection?q=保存&item=p-06')).json<{
      items: { id: string; question: string }[]
    }>()
    expect(list.items).toHaveLength(1)
    for (const name of ['あおば省', '相談支援課', '窓口応対くん', '山川'])
      expect(JSON.stringify(list)).not.toContain(name)
    expect((await load(ask.planner, id)).entry?.id).toBe(list.items[0]!.id)
  })

  it('knows the unit in which the person who asked works, also when the role is held for a larger one', async () => {
    const { ask, db, people, beside } = await deskOn(database())
    await sql`update person set organisation_id = ${beside.id} where id = ${people.caio.personId}`.execute(db)
    const { id } = await answered(ask.caio, ask.desk, { question: '文書課ではどうすればよいですか。' })
    const text = (await ask.desk('GET', `/api/v1/consultations/${id}/publication`)).json<{ question: string }>()
    expect(text.question).toBe('ある府省ではどうすればよいですか。')
  })

  it('refuses a text that still names who asked, until a person confirms that name', async () => {
    const { ask } = await deskOn(database())
    const { id } = await answered(ask.planner, ask.desk)
    const refused = (await publish(ask.desk, id, { answer: 'アオバ 省ではそうしています。' })).json<Published>()
    expect(refused).toMatchObject({
      ok: false,
      reasons: [{ code: 'names-left', hits: [{ kind: 'organisation', name: 'あおば省', field: 'answer' }] }],
    })
    expect((await ask.desk('GET', '/api/v1/collection')).json()).toMatchObject({ items: [] })
    const confirmed = await publish(ask.desk, id, { confirmed: [{ kind: 'organisation', name: 'あおば省' }] })
    expect(confirmed.json<Published>().ok).toBe(true)
  })

  it('tells the second of two people who edit the text that it changed meanwhile', async () => {
    const { ask } = await deskOn(database())
    const { id } = await answered(ask.planner, ask.desk)
    const text = { title: '題', question: '問い', answer: '答え', items: [], confirmed: [] }
    const put = (who: 'desk' | 'otherDesk', version: number) =>
      ask[who]('PUT', `/api/v1/consultations/${id}/publication`, text, seen(version))
    expect((await put('desk', 0)).statusCode).toBe(200)
    expect((await put('otherDesk', 0)).json()).toMatchObject({ code: 'changed-meanwhile', params: { now: 1 } })
    expect((await put('otherDesk', 1)).statusCode).toBe(200)
  })

  it('is published by the desk alone, and only once there is an answer', async () => {
    const { ask } = await deskOn(database())
    const { id } = await send(ask.planner)
    expect((await publish(ask.desk, id, { answer: 'まだです。' })).json()).toMatchObject({ code: 'wrong-state' })
    expect((await ask.planner('GET', `/api/v1/consultations/${id}/publication`)).statusCode).toBe(403)
  })

  it('takes an entry back with a reason that stays to be seen, and lets it be published anew', async () => {
    const { ask } = await deskOn(database())
    const { id } = await answered(ask.planner, ask.desk)
    const { id: entry } = (await publish(ask.desk, id)).json<Published & { ok: true }>()
    expect((await ask.planner('POST', `/api/v1/collection/${entry}/withdraw`, { because: 'x' })).statusCode).toBe(403)
    const withdrawn = await ask.desk('POST', `/api/v1/collection/${entry}/withdraw`, { because: '版が改まりました。' })
    expect(withdrawn.json()).toMatchObject({ answer: '', question: '', withdrawn: { because: '版が改まりました。' } })
    expect((await ask.planner('GET', '/api/v1/collection')).json()).toMatchObject({ items: [] })
    expect((await publish(ask.desk, id)).json<Published>().ok).toBe(true)
  })

  it('offers what is alike while one writes, the most alike first, and nothing for a text about something else', async () => {
    const { ask } = await deskOn(database())
    const put = async (subject: string, question: string, answer: string) => {
      const { id } = await answered(ask.planner, ask.desk, { subject, question }, answer)
      return (await publish(ask.desk, id)).json<Published & { ok: true }>().id
    }
    const keep = await put(
      '入出力の保存期間',
      '入力した文と出力をどのくらい保存してよいですか。',
      '契約で期間を定めてください。',
    )
    await put('学習への利用', '入力が学習に使われないことをどう確かめますか。', '条項と設定の両方で確かめます。')
    await put('職員への研修', '職員の研修は何時間必要ですか。', '決まりはありません。')
    const like = async (text: string) =>
      (await ask.foreign('POST', '/api/v1/similar-answers', { text })).json<{ similar: SimilarAnswer[] }>().similar
    const found = await like('利用者が入力した文を、何か月まで保存してよいでしょうか')
    expect(found[0]!.id).toBe(keep)
    expect(found.every((one) => one.score > 0 && one.score <= 1)).toBe(true)
    expect(await like('海外拠点の電源設備')).toEqual([])
  })
})
