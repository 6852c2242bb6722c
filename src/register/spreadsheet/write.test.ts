import * as fc from 'fast-check'
import iconv from 'iconv-lite'
import { expect, test } from 'vitest'
import { fieldIds, fieldOf } from '#register/fields.ts'
import type { Fact } from '#register/model.ts'
import { cannotHoldCp932 } from './encode-cp932.ts'
import { escapeCell, unescapeCell } from './formula-escape.ts'
import { excelCellCharacters } from './limits.ts'
import { dropsOf } from './profiles.ts'
import { parseCsv, readCsv } from './read-csv.ts'
import { readXlsx } from './read-xlsx.ts'
import { cellToFact, factToCell, readRegisterTable, registerTable } from './register-table.ts'
import { csvText, writeCsv } from './write-csv.ts'
import { writeGridJson, writeRegisterJson } from './write-json.ts'
import { columnName, sheetNameFrom, writeXlsx } from './write-xlsx.ts'

/** Any well-formed text, with the troublesome ones made likely. */
const cell = fc.oneof(
  fc.constantFrom(
    '',
    'N/A',
    '-',
    '- 箇条書き',
    '=1+1',
    '+1',
    '@x',
    "'x",
    '\t',
    '\r',
    '\n',
    'a\r\nb',
    ' ',
    '\u00a0',
    '\u200b',
    '\ufeff',
  ),
  fc.constantFrom(
    '_x000D_',
    '_x005F_',
    '__x0041_',
    '&amp;',
    ']]>',
    '"',
    '""',
    ',',
    ';',
    '001',
    '2026/4/1',
    'TRUE',
    '#N/A',
    '𠮷😀',
  ),
  fc.string({ unit: 'binary' }),
  fc.string({ unit: 'grapheme' }),
)
const grid = fc.array(fc.array(cell, { minLength: 1, maxLength: 5 }), { minLength: 1, maxLength: 6 })
const withoutNul = grid.map((rows) => rows.map((row) => row.map((text) => text.replaceAll('\0', ''))))

test('a grid of any texts comes back cell for cell from CSV', () => {
  fc.assert(
    fc.property(grid, (rows) => {
      expect(parseCsv(csvText(rows), ',').rows).toEqual(rows)
    }),
    { numRuns: 500 },
  )
})

test('a CSV file that is not blank comes back through encoding and detection', () => {
  fc.assert(
    fc.property(withoutNul, fc.constantFrom('utf-8', 'utf-8-bom'), (rows, encoding) => {
      const given = [['番号', '名称'], ...rows]
      const bytes = writeCsv(given, { encoding, escape: 'none' })
      expect(readCsv(bytes, { delimiter: ',' }).rows).toEqual(given)
    }),
  )
})

test('a grid of any texts comes back cell for cell from XLSX, and no cell is a formula', async () => {
  await fc.assert(
    fc.asyncProperty(grid, async (rows) => {
      const given = [['番号', '名称'], ...rows]
      const read = await readXlsx(await writeXlsx([{ name: '台帳', rows: given, headerRows: 1 }]))
      expect(read.rows).toEqual(given)
      expect(read.notes).toEqual([])
    }),
    { numRuns: 100 },
  )
})

test('the escape makes every cell harmless, gives different cells for different texts, and is undone exactly', () => {
  fc.assert(
    fc.property(cell, cell, (a, b) => {
      expect(escapeCell(a)).not.toMatch(/^[=+\-@\t\r\n＝＋－＠]/)
      expect(unescapeCell(escapeCell(a))).toBe(a)
      expect(escapeCell(a) === escapeCell(b)).toBe(a === b)
    }),
  )
})

test('an escaped CSV file is undone cell for cell', () => {
  const rows = [['名称'], ['=cmd|x'], ["'既にある"], ["''"], ['-5'], ['ふつう']]
  const back = parseCsv(csvText(rows, 'apostrophe'), ',').rows
  expect(back).toEqual([['名称'], ["'=cmd|x"], ["''既にある"], ["'''"], ["'-5"], ['ふつう']])
  expect(back.map((row) => row.map(unescapeCell))).toEqual(rows)
})

test('a text that is not well formed is refused by place, not changed', () => {
  expect(() => writeCsv([['a', '\ud800']], { encoding: 'utf-8', escape: 'none' })).toThrow(
    expect.objectContaining({ params: { reason: 'broken-text', row: 1, column: 2 } }),
  )
})

test('CP932 names each character that it cannot hold with its first place, and proposes its twin', () => {
  const rows = [
    ['〜10', '−5', 'é'],
    ['😀 ⽣', 'ＡＩ①㈱髙～－', '−'],
  ]
  expect(cannotHoldCp932(rows)).toEqual([
    { character: '〜', codePoint: 'U+301C', row: 1, column: 1, cells: 1, instead: '～' },
    { character: '−', codePoint: 'U+2212', row: 1, column: 2, cells: 2, instead: '－' },
    { character: 'é', codePoint: 'U+00E9', row: 1, column: 3, cells: 1 },
    { character: '😀', codePoint: 'U+1F600', row: 2, column: 1, cells: 1 },
    { character: '⽣', codePoint: 'U+2F63', row: 2, column: 1, cells: 1, instead: '生' },
  ])
  expect(() => writeCsv(rows, { encoding: 'cp932', escape: 'none' })).toThrow(
    expect.objectContaining({ params: expect.objectContaining({ reason: 'cannot-hold' }) }),
  )
})

test('whatever CP932 is said to hold comes back the same from CP932', () => {
  const japanese = fc.string({ unit: fc.integer({ min: 0x20, max: 0xffef }).map((n) => String.fromCharCode(n)) })
  fc.assert(
    fc.property(japanese, (text) => {
      if (cannotHoldCp932([[text]]).length > 0 || !text.isWellFormed()) return
      const bytes = writeCsv(
        [
          ['名称', 'テスト'],
          [text, 'x'],
        ],
        { encoding: 'cp932', escape: 'none' },
      )
      expect(readCsv(bytes, { encoding: 'cp932', delimiter: ',' }).rows[1]?.[0]).toBe(text)
    }),
  )
  const bytes = iconv.encode('名称,目的\r\n髙橋①～－∥￢,ﾃｽﾄ\r\n', 'cp932')
  const { rows } = readCsv(bytes)
  expect(Buffer.from(writeCsv(rows, { encoding: 'cp932', escape: 'none' }))).toEqual(bytes)
})

test('equal grids give equal bytes of XLSX', async () => {
  const write = () => writeXlsx([{ name: '台帳', rows: [['a'], ['b']], headerRows: 1 }])
  expect(Buffer.from(await write())).toEqual(Buffer.from(await write()))
})

test('a cell longer than a workbook holds is listed before, and refused instead of cut', async () => {
  const rows = [['a'], ['x'.repeat(excelCellCharacters + 1)]]
  const drops = dropsOf({ profile: 'round-trip', format: 'xlsx', encoding: 'utf-8', rows })
  expect(drops).toContainEqual({
    code: 'too-long',
    params: { count: 1, limit: excelCellCharacters, places: [{ row: 2, column: 1 }] },
  })
  await expect(writeXlsx([{ name: 'a', rows, headerRows: 1 }])).rejects.toThrow(
    expect.objectContaining({ params: expect.objectContaining({ reason: 'cell-too-long', row: 2, column: 1 }) }),
  )
})

test('lists of choices stand on a hidden sheet and the chosen sheet is still the first', async () => {
  const choices = new Map([[2, ['有', '無', '該当なし']]])
  const read = await readXlsx(
    await writeXlsx([
      {
        name: '記入用',
        rows: [
          ['名称', '個人情報'],
          ['a', '有'],
        ],
        headerRows: 1,
        choices,
      },
    ]),
  )
  expect(read.sheet).toBe('記入用')
  expect(read.sheets[1]).toMatchObject({ name: 'choices', state: 'hidden' })
})

test('sheet names are made acceptable and columns are named as spreadsheets name them', () => {
  expect(sheetNameFrom("台帳/2026:[案]'")).toBe('台帳 2026  案')
  expect(sheetNameFrom('[]')).toBe('Sheet1')
  expect([1, 26, 27, 702, 703].map(columnName)).toEqual(['A', 'Z', 'AA', 'ZZ', 'AAA'])
})

const value = (kind: string): fc.Arbitrary<Fact> => {
  if (kind === 'number')
    return fc.double({ noNaN: true, noDefaultInfinity: true, min: 0, max: 1e12 }).map((n) => ({ value: n + 0 }))
  const some = fc.oneof(
    fc.constantFrom('#unknown', '##', '; ', 'a;b', '\\', '\\;', ' x ', '#', '未定'),
    fc.string({ minLength: 1, unit: 'binary' }),
  )
  if (kind === 'codes' || kind === 'models')
    return fc.array(some, { minLength: 1, maxLength: 4 }).map((list) => ({ value: list }))
  return some.map((text) => ({ value: text }))
}
const note = fc
  .option(fc.string({ unit: 'binary' }), { nil: undefined })
  .map((text) => (text === undefined ? {} : { note: text }))
const absent: fc.Arbitrary<Fact> = fc.oneof(
  fc.constant({ absent: 'unanswered' as const }),
  note.map((n) => ({ absent: 'unknown' as const, ...n })),
  note.map((n) => ({ absent: 'not-applicable' as const, ...n })),
  note.map((n) => ({ absent: 'withheld' as const, ...n })),
  fc
    .tuple(fc.string({ minLength: 1 }), fc.string({ minLength: 1 }))
    .map(([by, why]) => ({ absent: 'waived' as const, by, why })),
)

test('every fact, and every reason why there is none, comes back from its cell', () => {
  fc.assert(
    fc.property(
      fc
        .constantFrom(...fieldIds)
        .chain((field) => fc.tuple(fc.constant(field), fc.oneof(value(fieldOf(field).kind), absent))),
      ([field, fact]) => {
        expect(cellToFact(factToCell(fact), field)).toEqual({ ok: true, fact })
      },
    ),
    { numRuns: 1000 },
  )
})

test('the five states of a field are five different cells', () => {
  const cells = [
    { absent: 'unanswered' as const },
    { absent: 'unknown' as const },
    { absent: 'not-applicable' as const },
    { absent: 'withheld' as const },
    { absent: 'waived' as const, by: '統括責任者', why: '既存契約' },
    { value: 'N/A' },
  ].map(factToCell)
  expect(new Set(cells).size).toBe(6)
  expect(cells).toEqual([
    '',
    '#unknown',
    '#not-applicable',
    '#withheld',
    '#waived {"by":"統括責任者","why":"既存契約"}',
    'N/A',
  ])
})

test('the register table is read back record by record, also from an escaped CSV file', () => {
  const records = [
    {
      meta: { 'use-id': 'u1' },
      facts: {
        name: { value: '=会議録' },
        stage: { absent: 'unknown' as const },
        modality: { value: ['text', 'image'] },
      },
    },
    { meta: { 'use-id': 'u2' }, facts: { name: { value: "'要約" }, 'users-count': { value: 120 } } },
  ]
  const text = csvText(registerTable(records, ['use-id']), 'apostrophe')
  const rows = parseCsv(text, ',').rows.map((row) => row.map(unescapeCell))
  expect(readRegisterTable(rows)).toEqual({ records, faults: [] })
})

test('a cell with a state that is not known is a fault with its place', () => {
  expect(
    readRegisterTable([
      ['name', 'stage'],
      ['a', '#later'],
    ]).faults,
  ).toEqual([{ row: 2, column: 2, reason: 'no-such-state' }])
})

test('JSON says what it is and holds every text', () => {
  fc.assert(
    fc.property(grid, (rows) => {
      const head = { profile: 'round-trip', exportedAt: '2026-11-20T00:00:00Z' }
      const read: unknown = JSON.parse(new TextDecoder().decode(writeGridJson(rows, head)))
      expect(read).toEqual({ format: 'tenbin-grid', version: 1, ...head, rows })
    }),
  )
  const head = { profile: 'register', exportedAt: '2026-11-20T00:00:00Z' }
  const read: unknown = JSON.parse(new TextDecoder().decode(writeRegisterJson([], head)))
  expect(read).toEqual({ format: 'tenbin-register', version: 1, ...head, records: [] })
})

test('the register profile lists what it leaves out', () => {
  const drops = dropsOf({ profile: 'register', format: 'csv', encoding: 'utf-8', rows: [] })
  expect(drops.map((drop) => drop.code)).toEqual(['history', 'assessments', 'originals'])
})
