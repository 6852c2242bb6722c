import { Readable } from 'node:stream'
import { expect, it } from 'vitest'

import { sql } from 'kysely'

import type { Actor } from '#audit/transaction.ts'
import type { Database } from '#platform/database.ts'
import { editItem } from '#procurement/sheets/edit-item.ts'
import { loadSheet } from '#procurement/sheets/load-sheet.ts'
import { readXlsx } from '#register/spreadsheet/read-xlsx.ts'
import { writeXlsx } from '#register/spreadsheet/write-xlsx.ts'
import { appOn } from '#test/app.ts'
import { onEachEngine } from '#test/engines.ts'
import { formOf } from '#test/evidence.ts'
import { as, make } from '#test/people.ts'
import { aProcurement, completeSheet, sheetDeps } from '#test/procurement.ts'

import type { DocumentsPage, FormPreview } from './api.ts'
import { machineSheet } from './excel/write-form.ts'
import { addTemplate, chooseTemplate, listTemplates } from './keep-template.ts'
import { makeForm } from './load-form.ts'
import { makeDocument } from './make-document.ts'
import { previewForm } from './preview-form.ts'
import { takeForm } from './take-form.ts'
import { defaultTemplate } from './word/default-template.ts'
import { openPackage, packPackage } from './word/open-package.ts'

const fileName = '記入済み.xlsx'

async function house(database: Database) {
  const made = await aProcurement(database)
  await completeSheet(database, made)
  const { app, deps } = await appOn(database)
  return { ...made, app, deps, db: database.db }
}
type House = Awaited<ReturnType<typeof house>>

/** The visible sheet as a person fills it in. */
async function filled(bytes: Uint8Array, change: (rows: string[][]) => void): Promise<Uint8Array> {
  const visible = await readXlsx(bytes)
  const machine = await readXlsx(bytes, { sheet: machineSheet })
  const rows = visible.rows.map((row) => [...row])
  change(rows)
  return writeXlsx([
    { name: visible.sheet ?? '', rows, headerRows: 0 },
    { name: machineSheet, rows: machine.rows, headerRows: 0, hidden: true },
  ])
}
const exported = async ({ deps, planner, id }: House) =>
  (await makeForm(deps, planner, { id, sheet: 'check-sheet', language: 'ja' })).content
const preview = ({ deps, planner, id }: House, bytes: Uint8Array): Promise<FormPreview> =>
  previewForm(deps, planner, { id, sheet: 'check-sheet', fileName, content: Readable.from([bytes]) })
const columnOf = (rows: readonly (readonly string[])[], name: string) => rows[2]!.indexOf(name)
const wordOf = async (bytes: Buffer) => (await openPackage(bytes)).get('word/document.xml')!.toString('utf8')

onEachEngine('workbooks of a procurement', (database) => {
  it('come back unchanged with no difference and change nothing', async () => {
    const here = await house(database())
    const before = await loadSheet(here.db, here.id)
    const shown = await preview(here, await exported(here))
    expect(shown).toMatchObject({ faults: [], differences: [], cells: 21 * 8 })
    expect(await loadSheet(here.db, here.id)).toEqual(before)
  })

  it('are taken whole in one deed, as if each cell had been changed on the screen', async () => {
    const here = await house(database())
    const { deps, planner, id, db } = here
    const bytes = await filled(await exported(here), (rows) => {
      rows[3]![columnOf(rows, '要件')] = '保存期間を30日以内とすること。'
      rows[3]![columnOf(rows, '求める証跡')] = '設定の写し\n保存期間の規程'
      rows[4]![columnOf(rows, '採用か対象外か')] = '対象外'
      rows[4]![columnOf(rows, '判断の理由')] = '今回の調達では対象にしないため。'
      rows[5]![columnOf(rows, '確かめ方')] = '書類・試験'
    })
    const shown = await preview(here, bytes)
    expect(shown.faults).toEqual([])
    expect(shown.differences.length).toBeGreaterThanOrEqual(4)
    const { sha256, seen } = shown
    const taken = await takeForm(deps, planner, { id, sheet: 'check-sheet', sha256, seen, fileName, choices: {} })
    expect(taken).toEqual({ cells: shown.differences.length, rows: 3 })
    const [first, second, third] = (await loadSheet(db, id)).items
    expect(first).toMatchObject({
      requirement: '保存期間を30日以内とすること。',
      evidence: ['設定の写し', '保存期間の規程'],
    })
    expect(second).toMatchObject({ included: false, reason: '今回の調達では対象にしないため。' })
    expect(third).toMatchObject({ verification: ['document', 'test'] })
    const { rows } = await sql<{ n: number }>`select count(distinct at)::int as n from check_item_change
      where procurement_id = ${id} and at = (select max(at) from check_item_change)`.execute(db)
    expect(rows[0]!.n).toBe(1)
    expect(await preview(here, bytes)).toMatchObject({ faults: [], differences: [] })
    expect(await deps.files.has(sha256)).toBe(true)
  })

  it('with one cell that is refused take nothing of the others', async () => {
    const here = await house(database())
    const { deps, planner, id, db } = here
    const before = await loadSheet(db, id)
    const bytes = await filled(await exported(here), (rows) => {
      rows[3]![columnOf(rows, '要件')] = '変えた要件'
      rows[4]![columnOf(rows, '採用か対象外か')] = 'たぶん'
    })
    const { faults, sha256, seen } = await preview(here, bytes)
    expect(faults).toMatchObject([{ code: 'not-in-list', cell: 'E5' }])
    expect(await deps.files.has(sha256)).toBe(false)
    await deps.files.keep(Readable.from([bytes]))
    await expect(
      takeForm(deps, planner, { id, sheet: 'check-sheet', sha256, seen, fileName, choices: {} }),
    ).rejects.toMatchObject({ code: 'bad-input', params: { reason: 'form-faults' } })
    expect((await loadSheet(db, id)).items).toEqual(before.items)
  })

  it('ask which one is taken where the sheet was changed as well, and take that', async () => {
    const here = await house(database())
    const { deps, planner, id, db } = here
    const bytes = await filled(await exported(here), (rows) => {
      rows[3]![columnOf(rows, '要件')] = 'ファイルの要件'
      rows[4]![columnOf(rows, '要件')] = 'ファイルの要件'
    })
    const early = await preview(here, bytes)
    const items = (await loadSheet(db, id)).items
    for (const { item, version } of items.slice(0, 2))
      await editItem(sheetDeps(database()), planner, { id, item, version, edit: { requirement: '画面の要件' } })
    const taking = { id, sheet: 'check-sheet', sha256: early.sha256, fileName } as const
    await expect(takeForm(deps, planner, { ...taking, seen: early.seen, choices: {} })).rejects.toMatchObject({
      code: 'changed-meanwhile',
    })
    const { seen, differences } = await preview(here, bytes)
    expect(differences.map(({ conflict, now }) => [conflict, now])).toEqual([
      [true, '画面の要件'],
      [true, '画面の要件'],
    ])
    await expect(takeForm(deps, planner, { ...taking, seen, choices: {} })).rejects.toMatchObject({
      params: { reason: 'conflict-open', cells: ['G4', 'G5'] },
    })
    const choices = { 'P01 requirement': 'file', 'P02 requirement': 'now' } as const
    expect(await takeForm(deps, planner, { ...taking, seen, choices })).toEqual({ cells: 1, rows: 1 })
    const after = (await loadSheet(db, id)).items
    expect(after.slice(0, 2).map((item) => item.requirement)).toEqual(['ファイルの要件', '画面の要件'])
  })

  it('go out and in over HTTP', async () => {
    const here = await house(database())
    const send = await as(here.app, here.planner)
    const url = `/api/v1/procurements/${here.id}/sheets/check-sheet`
    const file = await send('GET', `${url}.xlsx`)
    expect(file.statusCode).toBe(200)
    expect(file.headers['content-disposition']).toContain('.xlsx')
    const { payload, headers } = formOf({}, { name: fileName, content: file.rawPayload })
    const answer = await send('POST', `${url}/preview`, payload, headers)
    expect(answer.json()).toMatchObject({ faults: [], differences: [] })
  })
})

onEachEngine('documents of a procurement', (database) => {
  it('carry number, version and digest of the sheet, and are told with them', async () => {
    const { deps, planner, id, app } = await house(database())
    const wanted = { id, kind: 'specification-annex', format: 'docx', language: 'ja', internal: false } as const
    const made = await makeDocument(deps, planner, wanted)
    const send = await as(app, planner)
    const page = (await send('GET', `/api/v1/procurements/${id}/documents`)).json<DocumentsPage>()
    const stamp = page.stamps.find(({ kind }) => kind === 'specification-annex')!
    expect(page.made).toMatchObject([
      { kind: 'specification-annex', version: stamp.version, digest: stamp.digest, template: null },
    ])
    expect(page.pdf).toBe(false)
    const parts = await openPackage(made.content)
    const foot = parts.get([...parts.keys()].find((name) => /^word\/footer\d+\.xml$/.test(name))!)!.toString('utf8')
    expect(foot).toContain(stamp.digest.slice(0, 12))
    const text = await wordOf(made.content)
    expect(text).toContain(page.procurement.title)
    for (const item of (await loadSheet(database().db, id)).items)
      if (item.sheet === 'procurement-check') expect(text.includes(item.preset.title.ja)).toBe(item.included)
  })

  it('leave out what was excluded unless the office asks for its own copy', async () => {
    const { deps, planner, id } = await house(database())
    const of = async (internal: boolean) =>
      wordOf(
        (await makeDocument(deps, planner, { id, kind: 'contract-annex', format: 'docx', language: 'ja', internal }))
          .content,
      )
    expect(await of(false)).not.toContain('付録（内部用）')
    expect(await of(true)).toContain('付録（内部用）')
  })

  it('say where there is no converter that there is none, and where it fails that it failed', async () => {
    const { deps, planner, id } = await house(database())
    const wanted = { id, kind: 'specification-annex', format: 'pdf', language: 'ja', internal: false } as const
    await expect(makeDocument(deps, planner, wanted)).rejects.toMatchObject({ params: { reason: 'no-pdf-converter' } })
    const { deps: failing } = await appOn(database(), { TENBIN_PDF_CONVERTER: 'false' })
    await expect(makeDocument(failing, planner, wanted)).rejects.toMatchObject({
      params: { reason: 'pdf-failed', code: 'exit', exit: 1 },
    })
    const { deps: slow } = await appOn(database(), {
      TENBIN_PDF_CONVERTER: 'sleep 60',
      TENBIN_PDF_WITHIN_SECONDS: '1',
    })
    await expect(makeDocument(slow, planner, wanted)).rejects.toMatchObject({
      params: { reason: 'pdf-failed' },
    })
  })
})

onEachEngine('templates of a ministry', (database) => {
  const slot = { kind: 'specification-annex', language: 'ja' } as const

  async function own(change: (xml: string) => string): Promise<Buffer> {
    const parts = await openPackage(await defaultTemplate('specification-annex', 'ja'))
    parts.set('word/document.xml', Buffer.from(change(parts.get('word/document.xml')!.toString('utf8'))))
    return packPackage(parts)
  }
  const handIn = (deps: House['deps'], actor: Actor, bytes: Buffer, name = '別紙.docx') =>
    addTemplate(deps, actor, { ...slot, fileName: name, note: '', content: Readable.from([bytes]) })

  it('are used from when they are handed in, also by the units below, until another is chosen', async () => {
    const { deps, planner, id, ministry } = await house(database())
    const office = await make.person(database().db, ministry, 'caio-office')
    const wanted = { id, ...slot, format: 'docx', internal: false } as const
    const text = async () => wordOf((await makeDocument(deps, planner, wanted)).content)
    const first = await handIn(deps, office, await own((xml) => xml.replace('この別紙は', '府省のひな形による別紙は')))
    expect(first.number).toBe(1)
    expect(await text()).toContain('府省のひな形による別紙は')
    await chooseTemplate(deps, office, { ...slot, template: null, seen: first.id })
    expect(await text()).not.toContain('府省のひな形による別紙は')
    await expect(chooseTemplate(deps, office, { ...slot, template: first.id, seen: first.id })).rejects.toMatchObject({
      code: 'changed-meanwhile',
      params: { now: null },
    })
    const { slots } = await listTemplates(deps, office)
    const mine = slots.find(({ kind, language }) => kind === slot.kind && language === slot.language)!
    expect(mine).toMatchObject({
      inForce: null,
      templates: [{ number: 1 }],
      choices: [{ number: null }, { number: 1 }],
    })
  })

  it('with a fault are refused, and nothing is stored', async () => {
    const { deps, ministry } = await house(database())
    const office = await make.person(database().db, ministry, 'caio-office')
    const bytes = await own((xml) => xml.replace('{{件名}}', '{{件命}}'))
    await expect(handIn(deps, office, bytes)).rejects.toMatchObject({
      code: 'bad-file',
      params: { template: [{ code: 'unknown-placeholder', name: '件命', near: '件名', place: 'body' }] },
    })
    const { slots } = await listTemplates(deps, office)
    expect(slots.flatMap(({ templates }) => templates)).toEqual([])
    const planner = await make.person(database().db, ministry, 'planner')
    await expect(handIn(deps, planner, await own((xml) => xml))).rejects.toMatchObject({ code: 'not-permitted' })
  })
})
