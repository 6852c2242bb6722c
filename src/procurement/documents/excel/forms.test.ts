import fc from 'fast-check'
import { expect, it } from 'vitest'

import { makeWorkbook, textRows } from '#register/spreadsheet/make-workbook.ts'
import { readXlsx } from '#register/spreadsheet/read-xlsx.ts'
import { writeXlsx } from '#register/spreadsheet/write-xlsx.ts'
import { aComparison, anOwnTender, aSheet } from '#test/documents.ts'

import { compareForm } from './compare-form.ts'
import { answerSheetForm, checkSheetForm, comparisonForm, contractSheetForm } from './forms.ts'
import type { Form, FormKind } from './model.ts'
import { planItems } from './plan-items.ts'
import { readForm } from './read-form.ts'
import { headerRow, machineSheet, writeForm } from './write-form.ts'

const sheet = aSheet()
const all: readonly (readonly [FormKind, Form])[] = (['ja', 'en'] as const).flatMap((language) => [
  ['check-sheet', checkSheetForm(sheet, language)] as const,
  ['contract-sheet', contractSheetForm(sheet, language)] as const,
  ['answer-sheet', answerSheetForm(anOwnTender(sheet), language)] as const,
  ['comparison', comparisonForm(aComparison(sheet), language)] as const,
])

/** The workbook as a person sends it back, its visible sheet changed. */
async function changed(form: Form, change: (rows: string[][]) => string[][] | void): Promise<Uint8Array> {
  const bytes = await writeForm(form)
  const visible = await readXlsx(bytes)
  const machine = await readXlsx(bytes, { sheet: machineSheet })
  const rows = visible.rows.map((row) => [...row])
  return writeXlsx([
    { name: visible.sheet ?? '', rows: change(rows) ?? rows, headerRows: 0 },
    { name: machineSheet, rows: machine.rows, headerRows: 0, hidden: true },
  ])
}
async function compared(form: Form, bytes: Uint8Array, kind: FormKind = form.kind) {
  const read = await readForm('記入済み.xlsx', bytes, kind)
  if (!read.ok) return { faults: read.faults, differences: [], cells: 0 }
  const result = compareForm(form, read.form)
  return { ...result, faults: [...read.faults, ...result.faults] }
}
const column = (form: Form, key: string) => form.columns.findIndex((one) => one.key === key)
/** Index of the first row of data. */
const first = headerRow

it.each(all)('a %s that comes back unchanged has no difference and no fault', async (_kind, form) => {
  const { faults, differences, cells } = await compared(form, await writeForm(form))
  expect(faults).toEqual([])
  expect(differences).toEqual([])
  expect(cells).toBe(form.rows.length * form.columns.filter((one) => one.editable).length)
})

it('the order of rows and columns does not matter', async () => {
  const form = checkSheetForm(sheet, 'ja')
  const bytes = await changed(form, (rows) => {
    const body = rows.slice(first).toReversed()
    return [...rows.slice(0, first), ...body].map((row, i) => (i < first - 1 ? row : row.toReversed()))
  })
  expect(await compared(form, bytes)).toMatchObject({ faults: [], differences: [] })
})

it('any texts of a sheet come back unchanged, also those that look like formulas', async () => {
  const text = fc.string({ unit: 'grapheme', maxLength: 60 }).map((words) => words.trim())
  const like = fc.oneof(
    text,
    fc.constantFrom('=1+1', '+81', '-1', '@x', "'引用", '2026/4/1', '0012', 'TRUE', '一行目\n二行目'),
  )
  await fc.assert(
    fc.asyncProperty(fc.array(like, { minLength: 21, maxLength: 21 }), async (texts) => {
      const own = aSheet()
      const items = own.items.map((item, i) => ({ ...item, requirement: texts[i % texts.length] ?? '' }))
      const form = checkSheetForm({ ...own, items }, 'ja')
      expect(await compared(form, await writeForm(form))).toMatchObject({ faults: [], differences: [] })
    }),
    { numRuns: 5 },
  )
})

it('a changed cell is told with its address, what it was and what it is to be', async () => {
  const form = checkSheetForm(sheet, 'ja')
  const bytes = await changed(form, (rows) => {
    rows[first + 5]![column(form, 'requirement')] = '保存期間を30日以内とすること。'
  })
  const { faults, differences } = await compared(form, bytes)
  expect(faults).toEqual([])
  expect(differences).toEqual([
    {
      id: 'P06',
      column: 'requirement',
      name: '要件',
      cell: 'G9',
      base: form.rows[5]!.values.requirement,
      now: form.rows[5]!.values.requirement,
      to: '保存期間を30日以内とすること。',
      conflict: false,
    },
  ])
})

it('a cell that the sheet changed since as well is a conflict; one that only the sheet changed is left alone', async () => {
  const before = checkSheetForm(sheet, 'ja')
  const bytes = await changed(before, (rows) => {
    rows[first]![column(before, 'requirement')] = 'ファイルの要件'
  })
  const items = sheet.items.map((item) =>
    item.item === 'p-01' || item.item === 'p-02' ? { ...item, requirement: '画面の要件', version: 9 } : item,
  )
  const { differences } = await compared(checkSheetForm({ ...sheet, items }, 'ja'), bytes)
  expect(differences).toMatchObject([{ id: 'P01', now: '画面の要件', to: 'ファイルの要件', conflict: true }])
})

it.each<[string, (rows: string[][]) => string[][] | void, object]>([
  ['an id changed', (rows) => void (rows[first]![0] = 'P99'), { code: 'unknown-id', cell: 'A4', id: 'P99' }],
  [
    'an id twice',
    (rows) => void (rows[first + 1]![0] = 'P01'),
    { code: 'repeated-id', cell: 'A5', id: 'P01', first: 'A4' },
  ],
  ['a row taken out', (rows) => rows.filter((_, i) => i !== first), { code: 'missing-id', id: 'P01' }],
  ['a row added', (rows) => [...rows, ['P22', '', '足した項目']], { code: 'unknown-id', cell: 'A25', id: 'P22' }],
  ['a row added without id', (rows) => [...rows, ['', '', '足した項目']], { code: 'row-without-id', cell: 'A25' }],
  [
    'a column added',
    (rows) => void rows[first - 1]!.push('備考'),
    { code: 'unknown-column', cell: 'M3', name: '備考' },
  ],
  ['a column renamed', (rows) => void (rows[first - 1]![6] = '要求'), { code: 'missing-column', name: '要件' }],
  [
    'a locked cell changed',
    (rows) => void (rows[first]![2] = '別の項目'),
    { code: 'locked-changed', cell: 'C4', name: '項目' },
  ],
  [
    'a choice not in the list',
    (rows) => void (rows[first]![4] = 'たぶん'),
    { code: 'not-in-list', cell: 'E4', found: 'たぶん' },
  ],
  [
    'a text too long',
    (rows) => void (rows[first]![5] = 'あ'.repeat(2001)),
    { code: 'too-long', cell: 'F4', found: 2001, limit: 2000 },
  ],
])('%s is named by its cell, and nothing is taken', async (_what, change, fault) => {
  const form = checkSheetForm(sheet, 'ja')
  const { faults } = await compared(form, await changed(form, change))
  expect(faults).toContainEqual(expect.objectContaining(fault))
})

it('formulas, merged cells and hidden rows are named by their place', async () => {
  const form = checkSheetForm(sheet, 'ja')
  const bytes = await writeForm(form)
  const visible = await readXlsx(bytes)
  const machine = await readXlsx(bytes, { sheet: machineSheet })
  const escape = (rows: readonly (readonly string[])[]) =>
    rows.map((row) => row.map((cell) => cell.replaceAll('&', '&amp;')))
  const xml = textRows(escape(visible.rows))
    .replace('<row>', '<row>')
    .replace(
      '</row></sheetData>',
      '<c t="str" r="F24"><f>A1&amp;"x"</f><v>x</v></c></row><row r="26" hidden="1"/></sheetData>',
    )
  const spoiled = await makeWorkbook({
    sheets: [
      {
        name: visible.sheet ?? '',
        xml: `${xml.replace('<row><c t="inlineStr"><is><t>P02', '<row hidden="1"><c t="inlineStr"><is><t>P02')}<mergeCells><mergeCell ref="B5:B6"/></mergeCells>`,
      },
      { name: machineSheet, xml: textRows(escape(machine.rows)), state: 'hidden' },
    ],
  })
  const { faults } = await compared(form, spoiled)
  expect(faults).toContainEqual(expect.objectContaining({ code: 'formula', cell: 'F24' }))
  expect(faults).toContainEqual({ code: 'merged-cells', range: 'B5:B6' })
  expect(faults).toContainEqual({ code: 'hidden-row', row: 5 })
})

it('a workbook of another procurement, sheet, edition or bidder is refused as a whole', async () => {
  const form = checkSheetForm(sheet, 'ja')
  const other = { ...sheet, id: '00000000-0000-7000-8000-00000000dead', number: 'PC-2026-777' }
  expect((await compared(form, await writeForm(checkSheetForm(other, 'ja')))).faults).toEqual([
    { code: 'other-procurement', found: 'PC-2026-777' },
  ])
  expect((await compared(form, await writeForm(contractSheetForm(sheet, 'ja')))).faults).toEqual([
    { code: 'other-sheet', found: 'contract-sheet' },
  ])
  expect(
    (await compared(form, await writeForm(checkSheetForm({ ...sheet, edition: '2' }, 'ja')))).faults,
  ).toMatchObject([{ code: 'other-edition' }])
  const own = anOwnTender(sheet)
  const answers = answerSheetForm(own, 'ja')
  const another = answerSheetForm({ ...own, id: '00000000-0000-7000-8000-000000000101' }, 'ja')
  expect((await compared(answers, await writeForm(another))).faults).toEqual([{ code: 'other-bidder' }])
})

it('a workbook that is not ours, or whose machine sheet was changed, is refused as a whole', async () => {
  const form = checkSheetForm(sheet, 'ja')
  const foreign = await writeXlsx([
    {
      name: '台帳',
      rows: [
        ['a', 'b'],
        ['1', '2'],
      ],
      headerRows: 1,
    },
  ])
  expect((await compared(form, foreign)).faults).toEqual([{ code: 'not-our-file' }])
  const bytes = await writeForm(form)
  const machine = await readXlsx(bytes, { sheet: machineSheet })
  const rows = machine.rows.map((row) => (row[1] === 'P01' ? row.map((cell, i) => (i === 6 ? `${cell}!` : cell)) : row))
  const spoiled = await writeXlsx([
    { name: '調達チェックシート', rows: (await readXlsx(bytes)).rows, headerRows: 0 },
    { name: machineSheet, rows, headerRows: 0, hidden: true },
  ])
  expect((await compared(form, spoiled)).faults).toEqual([{ code: 'machine-sheet-changed' }])
})

it('a workbook with macros is refused before anything of it is read', async () => {
  const bytes = await makeWorkbook({
    sheets: [{ name: 'a', xml: textRows([['1']]) }],
    parts: { 'xl/vbaProject.bin': 'x' },
  })
  await expect(readForm('a.xlsx', bytes, 'check-sheet')).rejects.toMatchObject({ params: { fault: 'macros' } })
  await expect(readForm('a.xlsm', bytes, 'check-sheet')).rejects.toMatchObject({ params: { fault: 'macros' } })
})

it('an answer sheet holds what its supplier was asked and answered, and nothing of others', async () => {
  const form = answerSheetForm(anOwnTender(sheet), 'ja')
  const grid = await readXlsx(await writeForm(form), { sheet: machineSheet })
  const text = [...grid.rows, ...(await readXlsx(await writeForm(form))).rows].flat().join('\n')
  for (const word of ['A社', 'B社', '採用', '対象外', '庁内だけで使うため', '第12条']) expect(text).not.toContain(word)
  expect(form.rows).toHaveLength(18)
})

it('what the rules of the sheet would refuse is named before anything is done', async () => {
  const form = checkSheetForm(sheet, 'ja')
  const bytes = await changed(form, (rows) => {
    rows[first]![column(form, 'decision')] = '対象外'
    rows[first + 1]![column(form, 'requirement')] = '変えた要件'
  })
  const { differences } = await compared(form, bytes)
  const plan = planItems(sheet, form, differences)
  expect(plan.faults).toEqual([{ code: 'reason-needed', cell: 'E4', id: 'P01' }])
  expect(planItems({ ...sheet, state: 'tendering' }, form, differences).faults).toMatchObject([
    { code: 'state-keeps', cell: 'E4', state: 'tendering' },
    { code: 'reason-needed' },
    { code: 'state-keeps', cell: 'G5' },
  ])
})

it('a decision, a clause and the day of its agreement become deeds on their item', async () => {
  const form = contractSheetForm(sheet, 'ja')
  const bytes = await changed(form, (rows) => {
    const row = rows[first]!
    row[column(form, 'clauseState')] = '合意'
    row[column(form, 'agreedOn')] = '令和8年11月21日'
    row[column(form, 'clauseText')] = '乙は、学習に使わない。'
    rows[first + 2]![column(form, 'clauseState')] = '合意'
  })
  const { differences, faults } = await compared(form, bytes)
  expect(faults).toEqual([])
  const plan = planItems(sheet, form, differences)
  expect(plan.deeds[0]).toMatchObject({
    item: 'k-01',
    edit: { clauseState: 'agreed', agreedOn: '2026-11-21', clauseText: '乙は、学習に使わない。' },
  })
  expect(plan.faults).toMatchObject([{ code: 'date-needed', id: 'K03' }])
})
