import { sql } from 'kysely'
import { expect, it } from 'vitest'

import type { Actor } from '#audit/transaction.ts'
import type { Database } from '#platform/database.ts'
import { changeSystem } from '#register/change-system.ts'
import type { ExportRequest } from '#register/import/api.ts'
import { rowsOfImport } from '#register/import/store.ts'
import type { Facts } from '#register/model.ts'
import { registerSystem } from '#register/register-system.ts'
import { unescapeCell } from '#register/spreadsheet/formula-escape.ts'
import { makeWorkbook, textRows } from '#register/spreadsheet/make-workbook.ts'
import { readCsv } from '#register/spreadsheet/read-csv.ts'
import { readXlsx } from '#register/spreadsheet/read-xlsx.ts'
import { readRegisterTable } from '#register/spreadsheet/register-table.ts'
import { appOn } from '#test/app.ts'
import { onEachEngine } from '#test/engines.ts'
import { importFile, ministryCsv } from '#test/imports.ts'
import { make } from '#test/people.ts'

import { makeExport, planExport } from './make-export.ts'

async function house(database: Database) {
  const { deps } = await appOn(database)
  const ministry = await make.organisation(database.db)
  const actor = await make.person(database.db, ministry)
  return { deps, ministry, actor, db: deps.db }
}
const asked = (more: Partial<ExportRequest>): ExportRequest => ({
  profile: 'register',
  format: 'csv',
  encoding: 'utf-8-bom',
  language: 'ja',
  harmless: false,
  ...more,
})
const give = async (deps: Parameters<typeof makeExport>[0], actor: Actor, more: Partial<ExportRequest>) =>
  (await makeExport(deps, actor, asked(more))).content

/** A sheet ends a row at its last filled cell. */
const trimmed = (rows: readonly (readonly string[])[]) =>
  rows.map((row) => row.slice(0, row.findLastIndex((cell) => cell !== '') + 1))

/** Cells that spreadsheet programs, readers and writers like to change. */
const delicate = [
  ['調査票（令和８年度）', '', ''],
  ['システム名称', '所管部署', '目的・概要'],
  ['要約', '総務課', '一行目\n二行目'],
  ['=1+1', '-', '- 箇条書き'],
  ['N/A', '', 'N/A'],
  ['\u00a0前の空白', '幅\u200bなし', "'引用"],
  ['001', '2026/4/1', 'TRUE'],
  ['', '総務課', '名称がない'],
  ['"引用符"', 'a,b;c', '@home'],
]
const csvOf = (rows: readonly (readonly string[])[]) =>
  rows.map((row) => row.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(',')).join('\r\n')

onEachEngine('the round trip', (database) => {
  it('gives an imported CSV back cell for cell, as CSV, as a workbook and as JSON', async () => {
    const { deps, actor } = await house(database())
    const { done } = await importFile(deps, actor, csvOf(delicate))
    expect(done).toMatchObject({ headerRow: 2, rows: 7, stored: 5, rejected: 2 })
    const wanted = { profile: 'round-trip', importId: done.id } as const
    const csv = await give(deps, actor, { ...wanted, format: 'csv' })
    expect(readCsv(csv).rows).toEqual(delicate)
    const xlsx = await give(deps, actor, { ...wanted, format: 'xlsx' })
    expect((await readXlsx(xlsx)).rows).toEqual(delicate)
    const json = JSON.parse((await give(deps, actor, { ...wanted, format: 'json' })).toString()) as { rows: string[][] }
    expect(json.rows).toEqual(delicate)
  })

  it('harmless for spreadsheet programs is a declared escape that can be taken off again', async () => {
    const { deps, actor } = await house(database())
    const { done } = await importFile(deps, actor, csvOf(delicate))
    const csv = await give(deps, actor, { profile: 'round-trip', importId: done.id, harmless: true })
    const read = readCsv(csv).rows
    expect(read.flat().filter((cell) => /^[=+\-@]/.test(cell))).toEqual([])
    expect(read.map((row) => row.map(unescapeCell))).toEqual(delicate)
  })

  it('gives an imported workbook back cell for cell, and lists beforehand what only the workbook had', async () => {
    const { deps, actor } = await house(database())
    const formula = '<c t="str"><f>1+1</f><v>2</v></c>'
    const sheet = textRows([['調査票'], [], ['システム名称', '所管部署', '利用者数'], ['要約', '総務課']]).replace(
      '</row></sheetData>',
      `${formula}</row></sheetData>`,
    )
    const bytes = await makeWorkbook({
      sheets: [
        { name: '台帳', xml: `${sheet}<mergeCells><mergeCell ref="A1:C1"/></mergeCells>` },
        { name: '控え', xml: textRows([['控え']]) },
      ],
    })
    const { done } = await importFile(deps, actor, bytes, { fileName: '台帳.xlsx' })
    expect(done).toMatchObject({ stored: 1, headerRow: 3 })
    const original = (await readXlsx(bytes)).rows
    for (const format of ['csv', 'xlsx'] as const) {
      const request = asked({ profile: 'round-trip', importId: done.id, format })
      const plan = await planExport(deps, actor, request)
      expect(plan.drops.map(({ code }) => code)).toEqual(
        expect.arrayContaining(['register-changes', 'layout', 'formulas', 'merged-cells', 'other-sheets']),
      )
      expect(new Set(plan.drops.map(({ code }) => code)).size).toBe(plan.drops.length)
      const { content } = await makeExport(deps, actor, request)
      const read = format === 'csv' ? readCsv(content) : await readXlsx(content)
      expect(trimmed(read.rows)).toEqual(trimmed(original))
    }
  })

  it('is not touched by what was changed in the register since', async () => {
    const { deps, actor, db } = await house(database())
    const { done } = await importFile(deps, actor, ministryCsv)
    const [row] = await rowsOfImport(db, done.id, { after: 0, limit: 1 })
    const change = { facts: { name: { value: '別の名称' } } }
    await changeSystem(deps, actor, { id: row!.systemId!, version: 1, change })
    const csv = await give(deps, actor, { profile: 'round-trip', importId: done.id })
    expect(readCsv(csv).rows.map((cells) => cells.join(','))).toEqual(ministryCsv.split('\r\n'))
  })

  it('needs an import, and one that is there', async () => {
    const { deps, actor } = await house(database())
    await expect(planExport(deps, actor, asked({ profile: 'round-trip' }))).rejects.toMatchObject({
      code: 'bad-input',
      params: { reason: 'round-trip-needs-import' },
    })
    const importId = '00000000-0000-7000-8000-000000000001'
    await expect(planExport(deps, actor, asked({ profile: 'round-trip', importId }))).rejects.toMatchObject({
      code: 'not-found',
    })
  })
})

onEachEngine('the register profile', (database) => {
  const useFacts: Facts = {
    purpose: { value: '長い通知を短くまとめる。\n確認は職員が行う。' },
    'personal-data': { absent: 'unknown', note: '確認中' },
    'information-class': { absent: 'withheld' },
    'expected-hours': { value: 120.5 },
    technology: { value: ['generative-text', 'agent'] },
  }
  const facts: Facts = {
    name: { value: '=要約' },
    'name-en': { value: '#hash' },
    'contract-end': { absent: 'not-applicable' },
    ismap: { absent: 'waived', by: '情報化担当', why: '庁内だけで使う' },
    stage: { value: 'idea' },
  }
  const register = (deps: Parameters<typeof registerSystem>[0], actor: Actor) =>
    registerSystem(deps, actor, { organisationId: actor.organisationId, facts, uses: [{ facts: useFacts }] })

  it('reads back to the same facts from CSV, a workbook and JSON, every state of absence apart', async () => {
    const { deps, actor } = await house(database())
    const system = await register(deps, actor)
    const everything = { ...system.facts, ...system.uses[0]!.facts }
    expect(everything).toMatchObject({ ...facts, ...useFacts })
    const csv = readRegisterTable(readCsv(await give(deps, actor, {})).rows.map((row) => row.map(unescapeCell)))
    expect(csv.faults).toEqual([])
    expect(csv.records.map((record) => record.facts)).toEqual([everything])
    expect(csv.records[0]!.meta).toMatchObject({ number: system.number, verdict: 'not-reported', demo: 'no' })
    const xlsx = readRegisterTable(
      (await readXlsx(await give(deps, actor, { format: 'xlsx' }), { sheet: 'register' })).rows,
    )
    expect(xlsx.records[0]!.facts).toEqual(everything)
    const json = JSON.parse((await give(deps, actor, { format: 'json' })).toString()) as { records: { facts: Facts }[] }
    expect(json.records[0]!.facts).toMatchObject(everything)
  })

  it('takes the conditions of the list and leaves out what they leave out', async () => {
    const { deps, actor } = await house(database())
    await register(deps, actor)
    const { done } = await importFile(deps, actor, ministryCsv)
    const rows = async (more: Partial<ExportRequest>) => (await planExport(deps, actor, asked(more))).rows
    expect(await rows({})).toBe(3)
    expect(await rows({ importId: done.id })).toBe(2)
    expect(await rows({ filter: 'f.stage=idea' })).toBe(1)
    expect(await rows({ filter: 'f.personal-data=unknown' })).toBe(2)
    await expect(rows({ filter: 'no-such=1' })).rejects.toMatchObject({ code: 'bad-input', params: { in: 'filter' } })
  })

  it('names each character that CP932 cannot hold and writes nothing then; without one it is written', async () => {
    const { deps, actor } = await house(database())
    const cp932 = { encoding: 'cp932' } as const
    await importFile(deps, actor, 'システム名称,所管部署\n𠮷野の要約😀,総務課\n')
    const plan = await planExport(deps, actor, asked(cp932))
    expect(plan.cannotHold.map(({ row, character }) => [row, character])).toEqual([
      [2, '𠮷'],
      [2, '😀'],
    ])
    await expect(give(deps, actor, cp932)).rejects.toMatchObject({
      code: 'bad-input',
      params: { reason: 'cannot-hold', cannotHold: [{ character: '𠮷' }, { character: '😀' }] },
    })
    const clean = await importFile(deps, actor, 'システム名称,所管部署\n～①㈱髙橋―,総務課\n')
    const content = await give(deps, actor, { ...cp932, importId: clean.id })
    const read = readCsv(content, { encoding: 'cp932' })
    expect(readRegisterTable(read.rows).records[0]!.facts.name).toEqual({ value: '～①㈱髙橋―' })
  })

  it('is refused to who may not export, and told to the log where it was done', async () => {
    const { deps, actor, ministry, db } = await house(database())
    const user = await make.person(db, ministry, 'user')
    await expect(give(deps, user, {})).rejects.toMatchObject({ code: 'not-permitted' })
    await give(deps, actor, {})
    const { rows } = await sql<{ type: string; by: string }>`
      select type, actor_id as by from audit_entry where type like 'register.exported'`.execute(db)
    expect(rows).toEqual([{ type: 'register.exported', by: actor.personId }])
  })
})
