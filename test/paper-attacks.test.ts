import { sql } from 'kysely'
import { expect, it } from 'vitest'

import type { Database } from '#platform/database.ts'
import { headerRow, machineSheet } from '#procurement/documents/excel/write-form.ts'
import { openPackage } from '#procurement/documents/word/open-package.ts'
import { parseXml } from '#procurement/documents/word/xml-tree.ts'
import { makeWorkbook, textRows } from '#register/spreadsheet/make-workbook.ts'
import { readXlsx } from '#register/spreadsheet/read-xlsx.ts'
import { writeXlsx } from '#register/spreadsheet/write-xlsx.ts'
import { appOn } from '#test/app.ts'
import { onEachEngine } from '#test/engines.ts'
import { formOf } from '#test/evidence.ts'
import { as } from '#test/people.ts'
import { answer, aTender, handIn, ifMatch } from '#test/tenders.ts'

/** A formula, script, signs that XML cannot hold, what looks like an escape or a placeholder, and signs outside the first plane. */
const nasty = `=HYPERLINK("http://x.example","y")\u0001\u000b\u001f\ufffe]]><script>alert(1)</script>&lt; _x0041_ {{件名}} 😀葛󠄀𠮷`
const long = '長'.repeat(20_000)

async function house(database: Database) {
  const { app } = await appOn(database)
  const made = await aTender(database, 1)
  const bidder = made.bidders[0]!
  const [planner, contact] = [await as(app, made.planner), await as(app, bidder.contact)]
  return { ...made, bidder, planner, contact }
}
type House = Awaited<ReturnType<typeof house>>

/** Every part is XML that a strict reader takes. */
async function expectReadable(bytes: Buffer): Promise<string> {
  const parts = [...(await openPackage(bytes))].filter(([name]) => /\.(xml|rels)$/.test(name))
  for (const [name, part] of parts) {
    const xml = part.toString('utf8')
    expect(() => parseXml(xml, name)).not.toThrow()
    // oxlint-disable-next-line no-control-regex -- XML 1.0, 2.2: none of these may stand in a document
    const illegal = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/
    expect([name, illegal.exec(xml)]).toEqual([name, null])
    expect(xml).not.toContain('<script')
  }
  return parts.map(([, part]) => part.toString('utf8')).join('\n')
}

onEachEngine('hostile texts', (database) => {
  it('in requirements, answers and reasons leave every document and workbook readable and run nothing', async () => {
    const { planner, contact, bidder, id } = await house(database())
    expect((await answer(contact, bidder.id, 'p-01', { fulfils: 'partly', text: nasty })).statusCode).toBe(200)
    expect((await answer(contact, bidder.id, 'p-02', { fulfils: 'yes', text: long })).statusCode).toBe(200)
    await handIn(contact, bidder.id)
    for (const [item, reason] of [
      ['p-01', nasty],
      ['p-02', 'はい'],
    ] as const)
      expect(
        (
          await planner(
            'PUT',
            `/api/v1/procurements/${id}/evaluations/${bidder.id}/${item}`,
            { mark: 'partly', reason },
            ifMatch(0),
          )
        ).statusCode,
      ).toBe(200)
    const page = (await planner('GET', `/api/v1/procurements/${id}`)).json<{
      sheet?: { items: { item: string; version: number }[] }
      items?: { item: string; version: number }[]
    }>()
    const { version } = (page.items ?? page.sheet!.items).find(({ item }) => item === 'p-01')!
    const edit = { requirement: nasty, evidence: [nasty.slice(0, 100), '=1+1'] }
    const edited = await planner('PATCH', `/api/v1/procurements/${id}/items/p-01`, edit, ifMatch(version))
    expect([200, 409], edited.payload.slice(0, 200)).toContain(edited.statusCode)
    for (const kind of ['specification-annex', 'contract-annex', 'evaluation-record']) {
      const file = await planner('GET', `/api/v1/procurements/${id}/documents/${kind}`)
      expect(file.statusCode, `${kind} ${file.payload.slice(0, 200)}`).toBe(200)
      const xml = await expectReadable(file.rawPayload)
      if (kind === 'evaluation-record') expect(xml).toContain('😀葛󠄀𠮷')
    }
    for (const [ask, url] of [
      [planner, `/api/v1/procurements/${id}/sheets/check-sheet`],
      [planner, `/api/v1/procurements/${id}/sheets/comparison`],
      [contact, `/api/v1/tenders/${bidder.id}/answers`],
    ] as const) {
      const file = await ask('GET', `${url}.xlsx`)
      expect(file.statusCode, `${url} ${file.payload.slice(0, 200)}`).toBe(200)
      await expectReadable(file.rawPayload)
      const { payload, headers } = formOf({}, { name: 'a.xlsx', content: file.rawPayload })
      const back = await ask('POST', `${url}/preview`, payload, headers)
      expect(back.json(), url).toMatchObject({ faults: [], differences: [] })
    }
  })
})

/** What a person could make of the own answer sheet, and what is said of it. */
const spoilt: Record<string, (bytes: Uint8Array) => Promise<Uint8Array>> = {
  'ids changed': (bytes) => rewritten(bytes, (rows) => void (rows[headerRow]![0] = 'P99')),
  'a row twice': (bytes) => rewritten(bytes, (rows) => void rows.push([...rows[headerRow]!])),
  'a row added': (bytes) => rewritten(bytes, (rows) => void rows.push(['P98', '足した'])),
  'a choice that is none': (bytes) =>
    rewritten(bytes, (rows) => void (rows[headerRow] = rows[headerRow]!.map((cell, i) => (i === 0 ? cell : 'たぶん')))),
}
async function rewritten(bytes: Uint8Array, change: (rows: string[][]) => void): Promise<Uint8Array> {
  const [visible, machine] = [await readXlsx(bytes), await readXlsx(bytes, { sheet: machineSheet })]
  const rows = visible.rows.map((row) => [...row])
  change(rows)
  return writeXlsx([
    { name: visible.sheet ?? '', rows, headerRows: 0 },
    { name: machineSheet, rows: machine.rows, headerRows: 0, hidden: true },
  ])
}

onEachEngine('an answer sheet that comes back', (database) => {
  const ask = ({ contact, bidder }: House, name: string, content: Uint8Array) => {
    const { payload, headers } = formOf({}, { name, content })
    return contact('POST', `/api/v1/tenders/${bidder.id}/answers/preview`, payload, headers)
  }
  const answers = async () =>
    (await sql`select id, fulfils, text, version from bidder_answer order by id`.execute(database().db)).rows

  it('with changed ids, added rows or other words is told cell by cell, and nothing is taken', async () => {
    const here = await house(database())
    const before = await answers()
    const { rawPayload } = await here.contact('GET', `/api/v1/tenders/${here.bidder.id}/answers.xlsx`)
    for (const [what, spoil] of Object.entries(spoilt)) {
      const told = await ask(here, 'a.xlsx', await spoil(rawPayload))
      expect([what, told.statusCode]).toEqual([what, 200])
      expect(told.json<{ faults: object[] }>().faults.length, what).toBeGreaterThan(0)
    }
    expect(await answers()).toEqual(before)
  })

  it('with macros, as another format or as nothing is refused as a file', async () => {
    const here = await house(database())
    const sheets = [{ name: 'a', xml: textRows([['1']]) }]
    const macros = await makeWorkbook({ sheets, parts: { 'xl/vbaProject.bin': 'x' } })
    for (const [name, content] of [
      ['a.xlsx', macros],
      ['a.xlsm', macros],
      ['a.xlsx', Buffer.from('%PDF-1.7')],
      ['a.xlsx', Buffer.alloc(0)],
      ['a.xlsx', await makeWorkbook({ sheets })],
    ] as const) {
      const told = await ask(here, name, content)
      const refused = told.statusCode === 422 || told.statusCode === 400 || told.statusCode === 415
      expect([name, content.length, refused || told.json<{ faults: object[] }>().faults.length > 0]).toEqual([
        name,
        content.length,
        true,
      ])
    }
  })
})
