import { sql } from 'kysely'
import { expect, it } from 'vitest'

import type { Database } from '#platform/database.ts'
import type { AppError } from '#platform/errors.ts'
import { changeSystem } from '#register/change-system.ts'
import { loadSystem } from '#register/store-read.ts'
import { appOn } from '#test/app.ts'
import { onEachEngine } from '#test/engines.ts'
import { as, make } from '#test/people.ts'
import { aProcurement, completeSheet, forCitizens, lowRisk, sheetDeps, shippedGuide } from '#test/procurement.ts'
import { aSystem, store, txOn } from '#test/register.ts'

import type { SheetPage } from './api-page.ts'
import type { ProcurementList } from './api-lists.ts'
import { acceptProposals, decideItem } from './decide-items.ts'
import { editItem } from './edit-item.ts'
import { loadSheet } from './load-sheet.ts'
import { moveProcurement } from './move-procurement.ts'
import { openProcurement } from './open-procurement.ts'
import { addProof, changeProof, removeProof } from './prove-item.ts'
import { procurementFacts } from './stage-facts.ts'

const refusal = (code: string, params: object = {}) =>
  expect.objectContaining({ code, params: expect.objectContaining(params) as object })
const verdictKnown = async (database: Database, systemId: string, verdict: string) => {
  await sql`update ai_use set verdict = ${verdict} where system_id = ${systemId}`.execute(database.db)
}

onEachEngine('check sheets', (database) => {
  it('opens with every item of both sheets, decided by nobody, as the guide words and proposes them', async () => {
    const { id, number } = await aProcurement(database())
    expect(number).toMatch(/^PC-\d{4}-001$/)
    const sheet = await loadSheet(database().db, id)
    const guide = shippedGuide()
    expect(sheet.items.map((i) => i.item)).toEqual(guide.items.map((i) => i.item))
    expect(sheet).toMatchObject({ pattern: 'ready-made-service', state: 'drafting', digest: guide.digest })
    for (const item of sheet.items) {
      const given = guide.items.find((g) => g.item === item.item)!
      expect(item).toMatchObject({ included: null, preset: given.preset, requirement: given.preset.requirement.ja })
      expect(item.evidence).toEqual(given.preset.evidence.map((e) => e.ja))
      expect(item.clause).toEqual({ text: given.preset.clause.ja, number: '', state: 'open', agreedOn: null })
    }
  })

  it('numbers procurements of a year one after the other', async () => {
    const first = await aProcurement(database())
    const second = await aProcurement(database(), forCitizens, first.ministry)
    expect(second.number.slice(-3)).toBe('002')
  })

  it('opens one procurement at a time for a system', async () => {
    const { id, number, systemId, planner } = await aProcurement(database())
    const again = openProcurement(sheetDeps(database()), planner, { systemId })
    await expect(again).rejects.toEqual(refusal('already-exists', { id, number }))
  })

  it('leaves undecided, with the question that settles it, what an unknown verdict could still ask for', async () => {
    const made = await aProcurement(database())
    const { items } = await loadSheet(database().db, made.id)
    const p01 = items.find((i) => i.item === 'p-01')!
    expect(p01.proposal.says).toBe('undecided')
    expect(p01.proposal.questions.map((q) => q.id)).toEqual(['verdict'])
  })

  it('accepts all proposals as one deed and leaves what is undecided to the planner', async () => {
    const made = await aProcurement(database())
    const sheet = await acceptProposals(sheetDeps(database()), made.planner, made.id)
    for (const item of sheet.items) {
      const says = item.proposal.says
      expect(item.included).toBe(says === 'undecided' ? null : says === 'include')
      if (item.included === false) expect(item.reason).not.toBe('')
    }
    const told = await sql<{
      detail: object
    }>`select detail from audit_entry where type = 'procurement.proposals-accepted'`.execute(database().db)
    expect(told.rows).toHaveLength(1)
    const again = acceptProposals(sheetDeps(database()), made.planner, made.id)
    await expect(again).rejects.toEqual(refusal('wrong-state', { reason: 'nothing-to-accept' }))
  })

  it('never leaves out an item without a reason, and asks for one when it goes against the proposal', async () => {
    const made = await aProcurement(database())
    await verdictKnown(database(), made.systemId, 'proceed')
    const deps = sheetDeps(database())
    const decide = (item: string, included: boolean | null, reason?: string) =>
      loadSheet(database().db, made.id).then((sheet) =>
        decideItem(deps, made.planner, {
          id: made.id,
          item,
          included,
          reason,
          version: sheet.items.find((i) => i.item === item)!.version,
        }),
      )
    await expect(decide('p-06', false)).rejects.toEqual(refusal('bad-input'))
    await expect(decide('p-06', false, ' ')).rejects.toEqual(refusal('bad-input'))
    const left = await decide('p-06', false, '別の契約で扱うため')
    expect(left.items.find((i) => i.item === 'p-06')).toMatchObject({ included: false, reason: '別の契約で扱うため' })
    const back = await decide('p-06', null)
    expect(back.items.find((i) => i.item === 'p-06')).toMatchObject({ included: null, reason: null, decidedAt: null })
    const p20 = (await decide('p-20', false)).items.find((i) => i.item === 'p-20')!
    expect(p20.reason).toBe(p20.proposal.reasons[0]!.text.ja)
    await expect(decide('p-20', true)).rejects.toEqual(refusal('bad-input'))
  })

  it('refuses the database itself to keep an item left out without a reason', async () => {
    const made = await aProcurement(database())
    const stored = sql`update check_item set included = false, reason = ' ', decided_at = now(), decided_by = ${made.planner.personId} where procurement_id = ${made.id}`
    await expect(stored.execute(database().db)).rejects.toThrow(/check/)
  })

  it('tells who edits an item that another changed meanwhile what it is now', async () => {
    const made = await aProcurement(database())
    const deps = sheetDeps(database())
    const edit = (requirement: string, version: number) =>
      editItem(deps, made.planner, { id: made.id, item: 'p-04', version, edit: { requirement } })
    await edit('一つめ', 1)
    await expect(edit('二つめ', 1)).rejects.toSatisfy(
      (error: AppError) =>
        error.code === 'changed-meanwhile' && (error.params['now'] as { requirement: string }).requirement === '一つめ',
    )
    const history = await sql<{
      fields: object
    }>`select fields from check_item_change where type = 'item.changed'`.execute(database().db)
    expect(history.rows).toHaveLength(1)
    expect(history.rows[0]!.fields).toMatchObject({ requirement: { to: '一つめ' } })
  })

  it('loses nothing of what was written of an item', async () => {
    const made = await aProcurement(database())
    const edit = {
      requirement: '一行め\n二行め「かぎ」, "quotes" \\ 絵文字🍀',
      chapter: '3.2.4',
      evidence: ['設定の写し', '図, 表'],
      verification: ['test', 'run-time-rule'] as const,
      clauseText: '第一条…',
      clauseNumber: '第12条',
      clauseState: 'agreed' as const,
      agreedOn: '2026-11-13',
    }
    await editItem(sheetDeps(database()), made.planner, {
      id: made.id,
      item: 'p-06',
      version: 1,
      edit: { ...edit, verification: [...edit.verification] },
    })
    const item = (await loadSheet(database().db, made.id)).items.find((i) => i.item === 'p-06')!
    expect(item).toMatchObject({
      requirement: edit.requirement,
      chapter: edit.chapter,
      evidence: edit.evidence,
      verification: edit.verification,
      clause: { text: edit.clauseText, number: edit.clauseNumber, state: 'agreed', agreedOn: edit.agreedOn },
    })
  })

  it('asks for the day on which a clause was agreed', async () => {
    const made = await aProcurement(database())
    const agree = editItem(sheetDeps(database()), made.planner, {
      id: made.id,
      item: 'k-01',
      version: 1,
      edit: { clauseState: 'agreed' },
    })
    await expect(agree).rejects.toEqual(refusal('bad-input'))
  })

  it('asks bidders only when everything is decided and worded, and keeps the requirements afterwards', async () => {
    const made = await aProcurement(database())
    const deps = sheetDeps(database())
    const move = (to: 'tendering' | 'contracted' | 'closed', version: number, reason?: string) =>
      moveProcurement(deps, made.planner, { id: made.id, to, version, reason })
    await expect(move('tendering', 1)).rejects.toEqual(refusal('wrong-state', { to: 'tendering' }))
    await expect(move('contracted', 1)).rejects.toEqual(refusal('wrong-state', { open: ['tendering', 'closed'] }))
    await expect(move('closed', 1)).rejects.toEqual(refusal('wrong-state', { reasons: [{ code: 'reason-needed' }] }))
    const sheet = await completeSheet(database(), made)
    expect(sheet.states['procurement-check']).toBe('complete')
    expect((await move('tendering', sheet.version)).state).toBe('tendering')
    await expect(move('closed', sheet.version, '中止')).rejects.toEqual(refusal('changed-meanwhile'))
    const p04 = sheet.items.find((i) => i.item === 'p-04')!
    const late = editItem(deps, made.planner, {
      id: made.id,
      item: 'p-04',
      version: p04.version,
      edit: { requirement: '変える' },
    })
    await expect(late).rejects.toEqual(refusal('wrong-state', { state: 'tendering', part: 'requirement' }))
  })

  it('takes a proof of an included item, by file or by rule, and calls it done only when it is there', async () => {
    const made = await aProcurement(database())
    const deps = sheetDeps(database())
    const at = { id: made.id, item: 'p-06' }
    const proof = {
      kind: 'evidence',
      what: '消去の試験',
      responsible: 'A社',
      stage: 'build-test',
      dueOn: '2027-01-29',
    } as const
    await expect(addProof(deps, made.planner, { ...at, proof })).rejects.toEqual(
      refusal('wrong-state', { reason: 'not-included' }),
    )
    await acceptProposals(deps, made.planner, made.id)
    await expect(addProof(deps, made.planner, { ...at, proof: { ...proof, state: 'done' } })).rejects.toEqual(
      refusal('wrong-state', { reason: 'no-evidence' }),
    )
    await expect(addProof(deps, made.planner, { ...at, proof: { ...proof, kind: 'run-time-rule' } })).rejects.toEqual(
      refusal('bad-input'),
    )
    const rule = { ...proof, kind: 'run-time-rule', setting: 'hosting-countries', state: 'done' } as const
    const proofs = (await addProof(deps, made.planner, { ...at, proof: rule })).items.find(
      (i) => i.item === 'p-06',
    )!.proofs
    expect(proofs).toMatchObject([{ kind: 'run-time-rule', setting: 'hosting-countries', state: 'done', version: 1 }])
    const stay = removeProof(deps, made.planner, { ...at, proofId: proofs[0]!.id, version: 1 })
    await expect(stay).rejects.toEqual(refusal('wrong-state', { reason: 'proof-is-done' }))
    const open = await changeProof(deps, made.planner, {
      ...at,
      proofId: proofs[0]!.id,
      version: 1,
      proof: { ...rule, state: 'open' },
    })
    expect(open.items.find((i) => i.item === 'p-06')!.proofs[0]).toMatchObject({
      state: 'open',
      doneAt: null,
      version: 2,
    })
    const gone = await removeProof(deps, made.planner, { ...at, proofId: proofs[0]!.id, version: 2 })
    expect(gone.items.find((i) => i.item === 'p-06')!.proofs).toEqual([])
  })

  it('says how far the sheets are to the step of the stage', async () => {
    const made = await aProcurement(database())
    const other = await make.organisation(database().db, 'みどり庁')
    const facts = async () => {
      const found = (await procurementFacts(database().db, [made.systemId, other.id])).get(made.systemId)!
      return [found['procurement-sheet']!.value, found['contract-sheet']!.value]
    }
    expect((await procurementFacts(database().db, [other.id])).get(other.id)!['procurement-sheet']!.value).toBe('none')
    expect(await facts()).toEqual(['not-started', 'not-started'])
    await acceptProposals(sheetDeps(database()), made.planner, made.id)
    expect(await facts()).toEqual(['open', 'open'])
    const sheet = await completeSheet(database(), made)
    expect(await facts()).toEqual(['complete', 'open'])
    for (const { item, version, included, clause } of sheet.items.filter((i) => i.sheet === 'contract-check'))
      if (included)
        await editItem(sheetDeps(database()), made.planner, {
          id: made.id,
          item,
          version,
          edit: {
            clauseText: clause.text.replace(/【([^】]*)】/g, '$1'),
            clauseState: 'agreed',
            agreedOn: '2026-11-13',
          },
        })
    expect(await facts()).toEqual(['complete', 'complete'])
  })

  it('counts a procurement of one ministry among the waits of nobody else', async () => {
    const made = await aProcurement(database())
    const { app } = await appOn(database())
    const ask = await as(app, made.planner)
    const own = (await ask('GET', '/api/v1/procurements')).json<ProcurementList>()
    expect(own.procurements).toMatchObject([
      { number: made.number, counts: { items: 21, undecided: 21 }, waits: [{ what: 'items-to-decide', count: 27 }] },
    ])
    const foreign = await make.person(database().db, await make.organisation(database().db, 'みどり庁'), 'planner')
    const askElsewhere = await as(app, foreign)
    expect((await askElsewhere('GET', '/api/v1/procurements')).json<ProcurementList>().procurements).toEqual([])
    expect((await askElsewhere('GET', `/api/v1/procurements/${made.id}`)).statusCode).toBe(404)
    expect((await ask('GET', '/api/v1/procurements?waits=proofs-due')).json<ProcurementList>().procurements).toEqual([])
    expect((await ask('GET', '/api/v1/procurements?cursor=x')).statusCode).toBe(400)
  })

  it('shows what the rules propose otherwise now, and takes it over only when asked', async () => {
    const made = await aProcurement(database())
    const { app, deps } = await appOn(database())
    const ask = await as(app, made.planner)
    const page = async () => (await ask('GET', `/api/v1/procurements/${made.id}`)).json<SheetPage>()
    expect((await page()).renewed).toBeNull()
    await ask('POST', `/api/v1/procurements/${made.id}/accept`)
    const system = (await loadSystem(database().db, made.systemId))!
    await changeSystem(deps, made.planner, {
      id: made.systemId,
      version: system.version,
      change: { uses: [{ id: system.uses[0]!.id, facts: { 'personal-data': { value: 'yes' } } }] },
    })
    const stale = await page()
    const p16 = stale.renewed!.items.find((d) => d.item === 'p-16')!
    expect([p16.from.says, p16.to.says]).toEqual(['leave-out', 'include'])
    expect(stale.sheet.items.find((i) => i.item === 'p-16')).toMatchObject({
      included: false,
      proposal: { says: 'leave-out' },
    })
    expect((await ask('POST', `/api/v1/procurements/${made.id}/renew`)).statusCode).toBe(200)
    const renewed = await page()
    expect(renewed.renewed).toBeNull()
    expect(renewed.sheet.items.find((i) => i.item === 'p-16')).toMatchObject({
      included: false,
      proposal: { says: 'include' },
    })
  })

  it('lists systems that are in the stage of procurement without one', async () => {
    const ministry = await make.organisation(database().db)
    const planner = await make.person(database().db, ministry, 'planner')
    const facts = {
      ...lowRisk.system,
      stage: { value: 'procurement' },
      'procurement-since': { value: '2026-10-01' },
    } as const
    const [row] = await store(txOn(database()), planner, [aSystem(ministry, facts, lowRisk.use)])
    const { app } = await appOn(database())
    const ask = await as(app, planner)
    const list = (await ask('GET', '/api/v1/procurements')).json<ProcurementList>()
    expect(list.without).toMatchObject([{ id: row!.systemId, since: '2026-10-01' }])
    const opened = await ask('POST', '/api/v1/procurements', { systemId: row!.systemId })
    expect(opened.statusCode).toBe(201)
    expect((await ask('GET', '/api/v1/procurements')).json<ProcurementList>().without).toEqual([])
  })

  it('keeps no trace of a sheet whose system is gone but its history', async () => {
    const made = await aProcurement(database())
    await sql`delete from ai_system where id = ${made.systemId}`.execute(database().db)
    const left = await sql<{
      items: number
      history: number
    }>`select (select count(*)::int from check_item) as items, (select count(*)::int from check_item_change) as history`.execute(
      database().db,
    )
    expect(left.rows[0]).toEqual({ items: 0, history: 1 })
  })
})
