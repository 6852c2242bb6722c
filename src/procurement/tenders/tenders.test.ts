import { sql } from 'kysely'
import { expect, it } from 'vitest'

import type { Database } from '#platform/database.ts'
import { answerSheetForm } from '#procurement/documents/excel/forms.ts'
import type { ColumnKey, Form } from '#procurement/documents/excel/model.ts'
import { headerRow, machineSheet } from '#procurement/documents/excel/write-form.ts'
import { decideItem } from '#procurement/sheets/decide-items.ts'
import { editItem } from '#procurement/sheets/edit-item.ts'
import { loadSheet } from '#procurement/sheets/load-sheet.ts'
import { moveProcurement } from '#procurement/sheets/move-procurement.ts'
import { readXlsx } from '#register/spreadsheet/read-xlsx.ts'
import { writeXlsx } from '#register/spreadsheet/write-xlsx.ts'
import { appOn } from '#test/app.ts'
import { onEachEngine } from '#test/engines.ts'
import { formOf } from '#test/evidence.ts'
import { as } from '#test/people.ts'
import { aProcurement, completeSheet, sheetDeps } from '#test/procurement.ts'
import {
  answer,
  aSupplier,
  aTender,
  askSupplier,
  enter,
  handIn,
  ifMatch,
  inDays,
  ownTender,
  passDeadline,
  tenderOf,
} from '#test/tenders.ts'

import type { AnswerFormPreview, ComparisonPage, HandedIn, MadeLink } from './api.ts'
import { marksFor } from './model.ts'

async function house(database: Database, suppliers = 2) {
  const { app, deps } = await appOn(database)
  const tender = await aTender(database, suppliers)
  const planner = await as(app, tender.planner)
  const contacts = await Promise.all(tender.bidders.map(({ contact }) => as(app, contact)))
  const comparison = async () =>
    (await planner('GET', `/api/v1/procurements/${tender.id}/comparison`)).json<ComparisonPage>()
  const mark = async (bidder: number, item: string, said: object, version = 0) =>
    planner(
      'PUT',
      `/api/v1/procurements/${tender.id}/evaluations/${tender.bidders[bidder]!.id}/${item}`,
      { reason: '', ...said },
      ifMatch(version),
    )
  return { app, deps, ...tender, planner, contacts, comparison, mark }
}
const invitation = (supplierId: string, more: object = {}) => ({
  supplierId,
  label: 'Z社',
  contact: { name: '担当', mail: 'a@supplier.example' },
  deadline: inDays(5),
  way: 'shown',
  ...more,
})

/** The first row of a workbook filled in, by column. */
async function filledIn(bytes: Uint8Array, form: Form, cells: Partial<Record<ColumnKey, string>>): Promise<Uint8Array> {
  const visible = await readXlsx(bytes)
  const machine = await readXlsx(bytes, { sheet: machineSheet })
  const rows = visible.rows.map((row, n) =>
    n === headerRow ? form.columns.map(({ key }, i) => cells[key] ?? row[i] ?? '') : [...row],
  )
  return writeXlsx([
    { name: visible.sheet ?? '', rows, headerRows: 0 },
    { name: machineSheet, rows: machine.rows, headerRows: 0, hidden: true },
  ])
}

onEachEngine('tenders', (database) => {
  it('whoever is asked sees the texts as they were sent, and that nothing is answered yet', async () => {
    const { contacts, bidders, id } = await house(database())
    const sheet = await loadSheet(database().db, id)
    const asked = sheet.items.filter((item) => item.sheet === 'procurement-check' && item.included === true)
    const seen = await ownTender(contacts[0]!, bidders[0]!.id)
    expect(seen.items.map(({ item }) => item)).toEqual(asked.map(({ item }) => item))
    expect(seen.items.map(({ asked: text }) => text.requirement)).toEqual(asked.map(({ requirement }) => requirement))
    expect(seen.items.every(({ fulfils, version }) => fulfils === null && version === 1)).toBe(true)
    expect(seen).toMatchObject({ asked: asked.length, answered: 0, handedIn: 0, closed: null, outcome: null })
    expect(sheet.state).toBe('tendering')
  })

  it('an incomplete sheet, a past deadline, a ninth supplier and the same one twice are refused', async () => {
    const { app } = await appOn(database())
    const made = await aProcurement(database())
    const planner = await as(app, made.planner)
    const invite = (more: object = {}, supplier = supplierId) =>
      planner('POST', `/api/v1/procurements/${made.id}/bidders`, invitation(supplier, more))
    const supplierId = await aSupplier(database(), made.ministry, '事業者')
    expect((await invite()).json()).toMatchObject({ code: 'wrong-state', params: { reason: 'nothing-included' } })
    await completeSheet(database(), made)
    expect((await invite({ deadline: inDays(-1) })).json()).toMatchObject({ params: { reason: 'deadline-past' } })
    expect((await invite({ way: 'mail' })).json()).toMatchObject({ params: { reason: 'no-mail' } })
    expect((await invite()).statusCode).toBe(201)
    expect((await invite({ label: 'Y社' })).statusCode).toBe(409)
    for (let n = 0; n < 7; n += 1) await askSupplier(database(), made, n)
    const ninth = await aSupplier(database(), made.ministry, '九番目')
    expect((await invite({ label: 'Y社' }, ninth)).json()).toMatchObject({
      params: { reason: 'too-many-bidders', most: 8 },
    })
  })

  it('a draft is the supplier’s alone; what was handed in the ministry sees, and only that', async () => {
    const { contacts, bidders, comparison, planner } = await house(database())
    const [a] = contacts
    const id = bidders[0]!.id
    expect((await answer(a!, id, 'p-01', { fulfils: 'yes', text: '第三者の審査を受けています。' })).statusCode).toBe(
      200,
    )
    expect((await comparison()).bidders[0]).toMatchObject({ state: 'answering', handedIn: 0 })
    expect((await comparison()).items[0]!.cells[0]!.answer).toBeNull()
    expect(
      (await planner('GET', `/api/v1/procurements/${(await comparison()).procurement.id}/comparison`)).payload,
    ).not.toContain('第三者')
    const handed = await handIn(a!, id)
    expect(handed.statusCode, handed.payload).toBe(201)
    expect(handed.json<HandedIn>()).toMatchObject({ number: 1 })
    await answer(a!, id, 'p-01', { fulfils: 'no', text: '撤回します。' })
    const [first] = (await comparison()).items
    expect(first!.cells[0]!.answer).toMatchObject({ fulfils: 'yes', text: '第三者の審査を受けています。' })
    expect((await ownTender(a!, id)).unsent).toBe(1)
    expect((await handIn(a!, id)).json<HandedIn>().number).toBe(2)
    expect((await comparison()).items[0]!.cells[0]!.answer).toMatchObject({ fulfils: 'no' })
    const versions = await sql<{
      n: number
    }>`select count(distinct handing_in)::int as n from handed_answer where bidder_id = ${id}`.execute(database().db)
    expect(versions.rows[0]!.n).toBe(2)
  })

  it('two contacts who write one answer: the second is told what is there now, and nothing is lost', async () => {
    const { app, contacts, bidders } = await house(database())
    const { send } = await enter(app, bidders[0]!.token)
    const id = bidders[0]!.id
    const put = (who: typeof send, text: string) =>
      who('PUT', `/api/v1/tenders/${id}/answers/p-01`, { fulfils: 'yes', text }, ifMatch(1))
    expect((await put(send, '一人目')).statusCode).toBe(200)
    const second = await put(contacts[0]!, '二人目')
    expect([second.statusCode, second.json<{ params: object }>().params]).toEqual([412, { now: 2 }])
    expect((await ownTender(contacts[0]!, id)).items[0]!.text).toBe('一人目')
  })

  it('after the deadline nothing is saved, attached or handed in, until the planner opens it again', async () => {
    const { contacts, bidders, planner, id: procurement } = await house(database())
    const [a] = contacts
    const id = bidders[0]!.id
    await answer(a!, id, 'p-01', { fulfils: 'yes', text: 'はい' })
    await passDeadline(database(), id)
    for (const refused of [await answer(a!, id, 'p-01', { fulfils: 'no', text: '' }), await handIn(a!, id)])
      expect([refused.statusCode, refused.json<{ params: { reason: string } }>().params.reason]).toEqual([
        409,
        'deadline-passed',
      ])
    expect(await ownTender(a!, id)).toMatchObject({ closed: 'deadline-passed' })
    const { version } = (await tenderOf(planner, procurement)).bidders[0]!
    expect(
      (await planner('PATCH', `/api/v1/bidders/${id}`, { deadline: inDays(2) }, ifMatch(version))).statusCode,
    ).toBe(200)
    expect((await handIn(a!, id)).statusCode).toBe(201)
  })

  it('a changed requirement is sent as an amendment; an answer is marked as given to the earlier text', async () => {
    const { contacts, bidders, planner, planner: send, id: procurement, comparison } = await house(database())
    const actor = (
      await sql<{
        id: string
        organisation: string
      }>`select updated_by as id, organisation_id as organisation from procurement where id = ${procurement}`.execute(
        database().db,
      )
    ).rows[0]!
    const person = { personId: actor.id, role: 'planner', organisationId: actor.organisation }
    const id = bidders[0]!.id
    await answer(contacts[0]!, id, 'p-01', { fulfils: 'yes', text: 'はい' })
    await handIn(contacts[0]!, id)
    const nothing = await planner('POST', `/api/v1/procurements/${procurement}/tender/amendments`, {})
    expect(nothing.json()).toMatchObject({ code: 'wrong-state', params: { reason: 'nothing-changed' } })
    const sheet = sheetDeps(database())
    const { version } = await loadSheet(database().db, procurement)
    const back = await moveProcurement(sheet, person, { id: procurement, version, to: 'drafting' })
    const of = (item: string) => back.items.find((one) => one.item === item)!
    await editItem(sheet, person, {
      id: procurement,
      item: 'p-01',
      version: of('p-01').version,
      edit: { requirement: '新しい要件とすること。' },
    })
    await decideItem(sheet, person, {
      id: procurement,
      item: 'p-02',
      version: of('p-02').version,
      included: false,
      reason: '要らなくなった',
    })
    const { pending } = await tenderOf(send, procurement)
    expect(pending.map(({ item, kind }) => [item, kind])).toEqual([
      ['p-01', 'changed'],
      ['p-02', 'dropped'],
    ])
    expect(await ownTender(contacts[0]!, id)).toMatchObject({ sending: 1 })
    const amended = await planner('POST', `/api/v1/procurements/${procurement}/tender/amendments`, {})
    expect([amended.statusCode, amended.json()]).toEqual([201, { sending: 2 }])
    const seen = await ownTender(contacts[0]!, id)
    expect(seen.items.map(({ item }) => item)).not.toContain('p-02')
    expect(seen.items[0]).toMatchObject({
      item: 'p-01',
      sending: 2,
      fulfils: 'yes',
      asked: { requirement: '新しい要件とすること。' },
    })
    expect(seen.items[0]!.answeredText!.requirement).not.toBe('新しい要件とすること。')
    expect((await comparison()).items[0]!.cells[0]!.answer).toMatchObject({ earlierText: true })
    // Whoever still has the old screen does not hand in over the amendment.
    const stale = await contacts[0]!('POST', `/api/v1/tenders/${id}/hand-in`, { sending: 1 })
    expect(stale.statusCode).toBe(412)
    await answer(contacts[0]!, id, 'p-01', { fulfils: 'partly', text: '一部' })
    await handIn(contacts[0]!, id)
    expect((await comparison()).items[0]!.cells[0]!.answer).toMatchObject({ earlierText: false, fulfils: 'partly' })
  })

  it('a mark needs an answer, except that it fails; partly and fails need a reason', async () => {
    const { contacts, bidders, mark, comparison } = await house(database())
    const id = bidders[0]!.id
    expect((await mark(0, 'p-01', { mark: 'fails', reason: '回答がない' })).json()).toMatchObject({
      params: { reason: 'not-handed-in' },
    })
    await answer(contacts[0]!, id, 'p-01', { fulfils: 'yes', text: 'はい' })
    await handIn(contacts[0]!, id)
    expect((await mark(0, 'p-01', { mark: 'partly' })).json()).toMatchObject({
      code: 'bad-input',
      params: { reason: 'reason-needed' },
    })
    expect((await mark(0, 'p-01', { mark: 'meets' })).statusCode).toBe(200)
    expect((await mark(0, 'p-02', { mark: 'meets' })).json()).toMatchObject({
      params: { reason: 'not-answered', open: ['fails'] },
    })
    expect((await mark(0, 'p-02', { mark: 'fails', reason: '未回答' })).statusCode).toBe(200)
    expect((await mark(0, 'p-02', { mark: null }, 0)).statusCode).toBe(412)
    await mark(0, 'p-02', { mark: null }, 1)
    const { counts } = (await comparison()).bidders[0]!
    expect(counts.marks).toEqual({ meets: 1, partly: 0, fails: 0, notEvaluated: counts.asked - 1 })
    expect(counts.answers).toEqual({ yes: 1, partly: 0, no: 0, unanswered: counts.asked - 1 })
    expect((await comparison()).procurement.state).toBe('evaluating')
    expect(marksFor(null)).toEqual(['fails'])
  })

  it('a mark is outdated when the answer was handed in again otherwise, and only then', async () => {
    const { contacts, bidders, mark, comparison } = await house(database())
    const id = bidders[0]!.id
    await answer(contacts[0]!, id, 'p-01', { fulfils: 'yes', text: 'はい' })
    await answer(contacts[0]!, id, 'p-02', { fulfils: 'yes', text: 'はい' })
    await handIn(contacts[0]!, id)
    await mark(0, 'p-01', { mark: 'meets' })
    await mark(0, 'p-02', { mark: 'meets' })
    await answer(contacts[0]!, id, 'p-02', { fulfils: 'no', text: 'いいえ' })
    await handIn(contacts[0]!, id)
    const outdated = (await comparison()).items.slice(0, 2).map(({ cells }) => cells[0]!.evaluation!.outdated)
    expect(outdated).toEqual([false, true])
  })

  it('names a contract partner with a reason once everything of it is evaluated; the others learn that it ended', async () => {
    const { contacts, bidders, mark, comparison, planner, id: procurement } = await house(database())
    const id = bidders[0]!.id
    for (const { item } of (await ownTender(contacts[0]!, id)).items)
      await answer(contacts[0]!, id, item, { fulfils: 'yes', text: 'はい' })
    await handIn(contacts[0]!, id)
    const award = async (bidder = id, reason = '要件をすべて満たすため') =>
      planner(
        'POST',
        `/api/v1/procurements/${procurement}/award`,
        { bidderId: bidder, reason },
        ifMatch((await comparison()).procurement.version),
      )
    await mark(0, 'p-01', { mark: 'meets' })
    expect((await award()).json()).toMatchObject({ code: 'wrong-state', params: { reason: 'not-evaluated' } })
    for (const { item } of (await comparison()).items.slice(1)) await mark(0, item, { mark: 'meets' })
    expect((await award(bidders[1]!.id)).json()).toMatchObject({ params: { reason: 'not-handed-in' } })
    expect((await award(id, ' ')).statusCode).toBe(400)
    expect((await award()).statusCode).toBe(200)
    expect(await comparison()).toMatchObject({ procurement: { state: 'contracted' }, award: { bidderId: id } })
    expect(await ownTender(contacts[0]!, id)).toMatchObject({ outcome: 'awarded', closed: 'tender-ended' })
    const other = await contacts[1]!('GET', `/api/v1/tenders/${bidders[1]!.id}`)
    expect(other.json()).toMatchObject({ outcome: 'ended' })
    expect(other.payload).not.toContain('要件をすべて満たすため')
    expect(other.payload).not.toContain(id)
  })

  it('earlier answers of the same supplier are taken one by one or all, marked with where they come from', async () => {
    const { app, contacts, bidders, ministry } = await house(database())
    const before = bidders[0]!
    await answer(contacts[0]!, before.id, 'p-01', { fulfils: 'yes', text: '前の回答1' })
    await answer(contacts[0]!, before.id, 'p-02', { fulfils: 'partly', text: '前の回答2' })
    await handIn(contacts[0]!, before.id)
    await answer(contacts[0]!, before.id, 'p-02', { fulfils: 'no', text: '下書き' })
    const next = await aProcurement(database(), undefined, ministry)
    await completeSheet(database(), next)
    const again = await askSupplier(database(), next, 0, before.supplierId)
    const { send } = await enter(app, again.token)
    const { items } = (await send('GET', `/api/v1/tenders/${again.id}/earlier-answers`)).json<{
      items: { item: string; answers: { id: string; text: string; sameRequirement: boolean }[] }[]
    }>()
    expect(items.map(({ item, answers }) => [item, answers.map(({ text }) => text)])).toEqual([
      ['p-01', ['前の回答1']],
      ['p-02', ['前の回答2']],
    ])
    const take = items.map(({ item, answers }) => ({ item, answer: answers[0]!.id, version: 1 }))
    // All or none: one of them was changed meanwhile.
    await answer(send, again.id, 'p-02', { fulfils: null, text: '書きかけ' })
    expect((await send('POST', `/api/v1/tenders/${again.id}/earlier-answers`, { take })).statusCode).toBe(412)
    expect((await ownTender(send, again.id)).items[0]).toMatchObject({ fulfils: null, text: '' })
    expect(
      (await send('POST', `/api/v1/tenders/${again.id}/earlier-answers`, { take: take.slice(0, 1) })).json(),
    ).toEqual({ taken: 1 })
    expect((await ownTender(send, again.id)).items[0]).toMatchObject({
      fulfils: 'yes',
      text: '前の回答1',
      takenFrom: { kind: 'earlier', answer: take[0]!.answer },
    })
  })

  it('a withdrawn bidder can answer no more; a new link closes the one before', async () => {
    const { app, bidders, planner, id: procurement } = await house(database())
    const [bidder] = bidders
    const { send } = await enter(app, bidder!.token)
    const renewed = (await planner('POST', `/api/v1/bidders/${bidder!.id}/link`, { way: 'shown' })).json<MadeLink>()
    expect((await send('GET', `/api/v1/tenders/${bidder!.id}`)).statusCode).toBe(401)
    expect((await enter(app, bidder!.token)).answer.json()).toMatchObject({ params: { reason: 'link-revoked' } })
    const again = await enter(app, renewed.link!.split('#')[1]!)
    expect(again.answer.statusCode).toBe(200)
    const { version } = (await tenderOf(planner, procurement)).bidders[0]!
    await planner('PATCH', `/api/v1/bidders/${bidder!.id}`, { state: 'withdrawn' }, ifMatch(version))
    expect((await answer(again.send, bidder!.id, 'p-01', { fulfils: 'yes', text: '' })).json()).toMatchObject({
      params: { reason: 'withdrawn' },
    })
  })

  it('answers go out as a workbook, come back filled, are shown and only then taken', async () => {
    const { contacts, bidders } = await house(database())
    const [a] = contacts
    const id = bidders[0]!.id
    const url = `/api/v1/tenders/${id}/answers`
    const out = await a!('GET', `${url}.xlsx`)
    expect(out.statusCode, out.payload).toBe(200)
    const preview = async (content: Uint8Array, name = '回答.xlsx') => {
      const { payload, headers } = formOf({}, { name, content })
      return a!('POST', `${url}/preview`, payload, headers as Record<string, string>)
    }
    expect((await preview(out.rawPayload)).json()).toMatchObject({ faults: [], differences: [] })
    const own = await ownTender(a!, id)
    const form = answerSheetForm(own, 'ja')
    // Written over what went out: the hidden sheet still says what it was.
    const shown = (
      await preview(await filledIn(out.rawPayload, form, { fulfils: '一部', answer: '記入した回答' }))
    ).json<AnswerFormPreview>()
    expect(shown.differences.map(({ column, to }) => [column, to])).toEqual([
      ['fulfils', '一部'],
      ['answer', '記入した回答'],
    ])
    expect((await ownTender(a!, id)).items[0]).toMatchObject({ fulfils: null, version: 1 })
    const take = [{ item: own.items[0]!.item, fulfils: shown.fulfils['一部'], text: '記入した回答', version: 1 }]
    expect((await a!('POST', `${url}/take`, { fileName: '回答.xlsx', take })).json()).toEqual({ taken: 1 })
    expect((await ownTender(a!, id)).items[0]).toMatchObject({
      fulfils: 'partly',
      text: '記入した回答',
      takenFrom: { kind: 'spreadsheet' },
    })
    expect((await a!('POST', `${url}/take`, { fileName: '回答.xlsx', take })).statusCode).toBe(412)
  })
})
