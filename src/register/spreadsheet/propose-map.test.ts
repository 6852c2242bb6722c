import { expect, test } from 'vitest'

import type { Grid } from './grid.ts'
import { guessHeader, headerAround, readHeader } from './find-header.ts'
import { bareHeader, namesOf } from './header-names.ts'
import { layTable } from './lay-table.ts'
import { loadColumnMaps } from './load-column-map.ts'
import { knownHeaders } from './match-map.ts'
import { proposeMap } from './propose-map.ts'

const maps = loadColumnMaps('maps')
type Merges = Grid['merges']

function gridOf(rows: string[][], merges: Merges = []): Grid {
  const rest = { format: 'xlsx', sheets: [], notes: [], warnings: [], sha256: '', bytes: 0 } as const
  return { ...rest, rows, rowNumbers: rows.map((_, i) => i + 1), merges }
}

/** The proposal for a table whose header is found unasked. */
function propose(rows: string[][], merges: Merges = []) {
  const grid = gridOf(rows, merges)
  const { index, depth } = guessHeader(grid, knownHeaders(maps))
  const map = proposeMap(readHeader(grid, index, depth), maps, rows.slice(index + 1))
  const fields = Object.fromEntries(map.columns.filter((c) => c.field).map((c) => [c.field, c.headers[0]]))
  return { grid, map, fields, table: layTable(grid, map) }
}

const times = <T>(n: number, make: (i: number) => T): T[] => Array.from({ length: n }, (_, i) => make(i))

test('a question that only mentions a known word does not take its field', () => {
  const { fields, map } = propose([
    [
      'Use Case Name',
      'Agency',
      'Bureau',
      'Is this use case supporting a High-Impact Service Provider (HISP) public-facing service?',
      'Provide the Procurement Instrument Identifier(s) (PIID) of the contract(s) used.',
      'Vendor Category',
    ],
    ...times(9, (i) => [`Tool ${i}`, 'Department of Examples', 'Bureau of Tests', 'No', `P${i}`, 'Large']),
  ])
  expect(fields).toEqual({ name: 'Use Case Name', 'planner-unit': 'Bureau' })
  expect(map.organisation?.columns).toEqual([['Agency'], ['Bureau']])
})

test('a column that is only alike by name goes into a coded field where its cells are words of the field', () => {
  const header = ['Tool name', 'Does it use personally identifiable information?']
  const yes = propose([header, ...times(5, (i) => [`Tool ${i}`, i % 2 ? 'Yes' : 'No'])])
  expect(yes.fields['personal-data']).toBe(header[1])
  const other = propose([header, ...times(5, (i) => [`Tool ${i}`, `Names and addresses ${i}`])])
  expect(other.fields['personal-data']).toBeUndefined()
})

test('machine names, numbered questions and both languages of a bilingual table are told apart', () => {
  const canada = propose([
    ['ai_register_id', 'name_ai_system_en', 'name_ai_system_fr', 'description_ai_system_en', 'ai_system_status_en'],
    ...times(9, (i) => [`AI${i}`, `Triage ${i}`, `Tri ${i}`, 'Sorts mail.', 'In production']),
  ])
  expect(canada.fields).toMatchObject({
    'source-id': 'ai_register_id',
    name: 'name_ai_system_en',
    purpose: 'description_ai_system_en',
    stage: 'ai_system_status_en',
  })
  const uk = propose([
    ['1 - Name', '1.4 - External supplier involvement', '1.4.1 - External supplier', '4.2.1 - Model name'],
    ...times(9, (i) => [`Tool ${i}`, 'Yes', 'Example Ltd', 'Example-1']),
  ])
  expect(uk.fields).toEqual({ name: '1 - Name', supplier: '1.4.1 - External supplier', models: '4.2.1 - Model name' })
})

test('without a known name, the column of names is taken and not the one of ids', () => {
  const { fields } = propose([
    ['Identifiant du registre', 'Langue', "Nom du système d'IA", 'Remarques'],
    ...times(9, (i) => [`AI-${i}`, 'fr', `Système d'essai ${i}`, '']),
  ])
  expect(fields['name']).toBe("Nom du système d'IA")
})

test('units stand from the outermost inwards, however the table orders the maps that know them', () => {
  const dutch = propose([['name', 'organization', 'department'], ...times(3, (i) => [`n${i}`, 'Town', 'Streets'])])
  expect(dutch.map.organisation?.columns).toEqual([['organization'], ['department']])
  const year2023 = propose([['Title', 'Department', 'Agency', 'Office'], ...times(3, (i) => [`n${i}`, 'D', 'A', 'O'])])
  expect(year2023.map.organisation?.columns).toEqual([['Department'], ['Agency'], ['Office']])
})

test.each([
  [['1/2/2024', '17/12/2024'], 'day-first'],
  [['1/2/2024', '12/17/2024'], 'month-first'],
  [['1/2/2024', '3/4/2024'], 'none'],
  [['13/1/2024', '1/13/2024'], 'none'],
])('the order of the numbers in dates is taken from the dates that have one reading: %j', (dates, order) => {
  const { map } = propose([['Name', 'Start date'], ...dates.map((date, i) => [`n${i}`, date])])
  expect(map.columns[1]?.read).toEqual({ as: 'date', order })
})

test('a proposal knows the words of every map for the codes of a field', () => {
  const { map } = propose([['Name', 'Development Stage'], ...times(3, (i) => [`n${i}`, 'b) Pilot'])])
  expect(map.columns[1]?.read).toMatchObject({ values: { 'b) Pilot': 'operation', 運用中: 'operation' } })
})

const names = ['項番', '所管', '', 'システム', '', '個人情報', '', '備考']
const below = ['', '局', '課室', '名称', '概要', '有無', '学習への利用', '']
const data = times(4, (i) => [String(i + 1), '一局', '二課', `ＡＩ${i}`, '要約', '有', '無', ''])
const wide = (row: number, left: number, right: number) => ({ top: row, left, bottom: row, right })
const tall = (column: number) => ({ top: 2, left: column, bottom: 3, right: column })

test('a header of two rows with merged groups is found, and no row of it becomes a record', () => {
  const merges = [wide(1, 1, 8), tall(1), wide(2, 2, 3), wide(2, 4, 5), wide(2, 6, 7), tall(8)]
  const { fields, table, map } = propose([['令和７年度調査'], names, below, ...data], merges)
  expect(map.header.depth).toBe(2)
  expect(fields).toEqual({
    'source-id': '項番',
    name: 'システム / 名称',
    purpose: 'システム / 概要',
    'personal-data': '個人情報 / 有無',
    'personal-in-training': '個人情報 / 学習への利用',
  })
  expect(table.body).toEqual([3, 4, 5, 6])
})

test('a row that numbers the columns and a line of an example are no records', () => {
  const { table } = propose([
    ['番号', '名称', '目的', '個人情報'],
    ['(1)', '(2)', '(3)', '(4)'],
    ['（例）', '議事録の作成', '会議録の要約', '有'],
    ...times(3, (i) => [String(i + 1), `ＡＩ${i}`, '要約', '無']),
    ['※ 名称は正式のもの', '', '', ''],
  ])
  expect(table.body).toEqual([3, 4, 5])
  expect(table.metadata.map(({ rowNumber }) => rowNumber)).toEqual([2, 3, 7])
})

test('a header of two rows is found in a CSV file too, where merged cells are gaps', () => {
  const { fields, table } = propose([['調査'], names, below, ...data])
  expect(fields).toMatchObject({ name: 'システム / 名称', 'personal-data': '個人情報 / 有無' })
  expect(table.body).toEqual([3, 4, 5, 6])
})

test('a row of data below a header of one row is never taken into it', () => {
  const header = ['番号', '名称', '', '目的']
  expect(guessHeader(gridOf([header, ['あ', 'い', 'う', '']]))).toEqual({ index: 0, depth: 1 })
  expect(headerAround(gridOf([header, ['あ', 'い', 'う', 'え']], [wide(1, 2, 3)]), 0)).toEqual({ index: 0, depth: 1 })
  const merged = [{ top: 2, left: 1, bottom: 3, right: 1 }]
  const rows = [
    ['所属', '名称'],
    ['一課', '要約'],
    ['', '翻訳'],
  ]
  expect(headerAround(gridOf(rows, merged), 0)).toEqual({ index: 0, depth: 1 })
})

test.each([
  ['(3) 所管部署（必須）※複数可', '所管部署'],
  ['③システム名称', 'システム名称'],
  ['個人情報\n(有無)', '個人情報'],
  ['利用者数（人）', '利用者数'],
  ['問2-1 利用目的', '利用目的'],
  ['1.4.1 - External supplier', 'external supplier'],
  ['use_case_name_en', 'use case name'],
  ['E-mail', 'e-mail'],
])('%j is known as %j', (header, bare) => {
  expect(bareHeader(header)).toBe(bareHeader(bare))
})

test('what a bracket says of the thing itself stays: an estimate is not a result', () => {
  expect(bareHeader('削減時間（見込）')).not.toBe(bareHeader('削減時間'))
  expect(namesOf('削減時間（実績）')).not.toContain(bareHeader('削減時間'))
})

test('a map that knows the plain name takes a column with a remark, and none where two columns may be meant', () => {
  const ministry = maps.find((map) => map.id === 'ministry-sheet')!
  const fieldsOf = (names: string[]) =>
    layTable(gridOf([names, names.map(() => 'x')]), ministry).columns.map((column) => column.column?.field)
  expect(fieldsOf(['①システム名称（必須）', '所管部署', '個人情報（有無）'])).toEqual([
    'name',
    undefined,
    'personal-data',
  ])
  expect(fieldsOf(['システム名称', '所管部署', '備考', '個人情報（○×）', '個人情報（例）'])[3]).toBeUndefined()
})
