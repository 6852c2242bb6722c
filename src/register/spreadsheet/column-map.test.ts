import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { AppError } from '#platform/errors.ts'
import { guessHeaderIndex, readHeader } from './find-header.ts'
import { bareHeader } from './header-names.ts'
import type { Grid } from './grid.ts'
import { loadColumnMaps, parseColumnMap } from './load-column-map.ts'
import { matchColumns } from './match-map.ts'
import { proposeMap } from './propose-map.ts'
import { readDateCell } from './read-date-cell.ts'
import { parsePythonList, splitList } from './split-list.ts'

const maps = loadColumnMaps('maps')
const grid = (rows: string[][], merges: Grid['merges'] = []) => ({
  rows,
  merges,
  rowNumbers: rows.map((_, i) => i + 1),
  lines: rows.map((_, i) => i + 1),
})
const faultsOf = (text: string) => {
  try {
    parseColumnMap(text, 'own.yaml')
  } catch (error) {
    if (error instanceof AppError) return error.params['faults'] as { line: number; key: string; message: string }[]
    throw error
  }
  throw new Error('nothing was refused')
}
const good = 'id: own\nversion: 1\nname: { ja: 自, en: own }\ncolumns:\n  - headers: [名称]\n    field: name\n'

test('the shipped maps are read, and their ids are the names of their files', () => {
  expect(maps.map((map) => map.id)).toEqual([
    'ministry-sheet',
    'omb-2025-cots',
    'omb-2025',
    'other-languages',
    'plain-sheet',
  ])
})

test.each(['docs/en/column-maps.md', 'docs/ja/column-maps.md'])('the example in %s is a valid map', (file) => {
  const example = /```yaml\n([\s\S]*?)```/.exec(readFileSync(file, 'utf8'))?.[1] ?? ''
  expect(parseColumnMap(example, file)).toMatchObject({ id: 'bureau-a', required: ['name'] })
})

test.each([
  [`${good}colums: []\n`, 7, 'colums'],
  [good.replace('field: name', 'field: nmae'), 6, 'columns.0.field'],
  [good.replace('field: name', 'field: name\n    reed: { as: text }'), 7, 'columns.0.reed'],
  [
    `${good}  - headers: [段階]\n    field: stage\n    read: { as: code, values: { 運用: running } }\n`,
    9,
    'columns.1.read.values.運用',
  ],
  [`${good}  - headers: [段階]\n    field: stage\n`, 7, 'columns.1.read.as'],
  [`${good}fixed: { stage: running }\n`, 7, 'fixed.stage'],
  [good.replace('field: name', 'field: purpose'), 5, 'columns'],
  [`${good}version: 2\n`, 7, ''],
])('a fault in a map is told with its line and key', (text, line, key) => {
  expect(faultsOf(text)).toContainEqual(expect.objectContaining({ file: 'own.yaml', line, key }))
})

test.each([
  [
    [
      ['題名', '', ''],
      ['', '', ''],
      ['番号', '名称', '目的'],
      ['1', 'a', 'b'],
    ],
    2,
  ],
  [
    [
      ['番号', '名称', '目的'],
      ['1', 'a', 'b'],
      ['番号', '名称', '目的'],
    ],
    0,
  ],
  [[['@Caption=x'], ['@@Unit=件'], ['ID', 'Name', 'Stage'], ['1', 'a', 'b']], 2],
  [
    [
      ['令和8年度', '2026/4/1', ''],
      ['No.', '件名', '担当課'],
      ['1', '要約', '総務課'],
      ['2', '検索', '総務課'],
    ],
    1,
  ],
  [
    [
      ['提出日', '令和8年4月1日', '担当', '総務課', ''],
      ['名称', '目的', 'その他の場合', '段階', 'その他の場合'],
      ['要約', '会議録の要約', 'あ', '運用中', 'い'],
    ],
    1,
  ],
])('the header is the row of names, not the titles above it', (rows, index) => {
  expect(guessHeaderIndex(rows)).toBe(index)
})

test('a name over two columns is addressed by its place from the left', () => {
  const header = readHeader(grid([['名称', 'その他の場合は説明', '段階', 'その他の場合は説明']]), 0)
  expect(header.repeated).toEqual(['その他の場合は説明'])
  expect(header.columns.map((column) => column.occurrence)).toEqual([1, 1, 1, 2])
  const map = parseColumnMap(
    `${good}  - { headers: [その他の場合は説明], occurrence: 2, field: purpose }\n`,
    'own.yaml',
  )
  expect(matchColumns(map, header).columns.map((column) => column.column?.field)).toEqual([
    'name',
    undefined,
    undefined,
    'purpose',
  ])
})

test('groups merged above the names become part of them when the header takes two rows', () => {
  const rows = [
    ['システム', '', '契約', ''],
    ['名称', '目的', '開始日', '終了日'],
  ]
  const merges = [
    { top: 1, left: 1, bottom: 1, right: 2 },
    { top: 1, left: 3, bottom: 1, right: 4 },
  ]
  expect(readHeader(grid(rows, merges), 1, 2).columns.map((column) => column.name)).toEqual([
    'システム / 名称',
    'システム / 目的',
    '契約 / 開始日',
    '契約 / 終了日',
  ])
})

test('a map is proposed for headers that no map knows, by their names without numbers and remarks', () => {
  const names = [
    '(1) 整理番号',
    '② 生成AIシステム名（必須）',
    '担当課室※',
    '３．利用目的',
    '個人情報の有無',
    '契約の相手方',
    'よくわからない列',
  ]
  const map = proposeMap(readHeader(grid([names]), 0), maps)
  expect(map.columns.map((column) => column.field)).toEqual([
    'source-id',
    'name',
    'planner-unit',
    'purpose',
    'personal-data',
    'supplier',
    null,
  ])
  expect(bareHeader('(3) 所管部署（必須）※複数可')).toBe(bareHeader('所管部署'))
})

test('a map is proposed for a sheet of a US agency and for an English list', () => {
  const agency = [
    'Use Case Name',
    'Bureau/Component',
    'Stage of Development',
    'What problem is the AI intended to solve?',
    'Vendor(s) Name',
  ]
  expect(proposeMap(readHeader(grid([agency]), 0), maps).columns.map((column) => column.field)).toEqual([
    'name',
    'planner-unit',
    'stage',
    'purpose',
    'supplier',
  ])
  const list = ['Title', 'Organisation', 'Summary', 'Status', 'Contact email']
  const map = proposeMap(readHeader(grid([list]), 0), maps)
  expect(map.columns.map((column) => column.field)).toEqual(['name', null, 'purpose', 'stage', null])
  expect(map.organisation?.columns).toEqual([['Organisation']])
})

test('a proposed map is a valid map', () => {
  const map = proposeMap(readHeader(grid([['あ', 'い', '番号']]), 0), maps)
  expect(parseColumnMap(JSON.stringify(map), 'proposed.json')).toEqual(map)
})

test.each([
  ["['In-progress']", ['In-progress']],
  ['[]', []],
  [`['a', "it's", 'b\\'c', 'd\\ne']`, ['a', "it's", "b'c", 'd\ne']],
  ["['a', 'b'", undefined],
  ["[__import__('os')]", undefined],
  ['a; b', undefined],
])('%s as a list of Python', (text, items) => {
  expect(parsePythonList(text)).toEqual(items)
})

test('several values in a cell are split, and 「ほか」 says that there are more', () => {
  expect(splitList('A社、B社\nC社ほか', 'any')).toEqual({ items: ['A社', 'B社', 'C社'], others: true })
  expect(splitList('Palantir, Inc.; ESRI', 'semicolon')).toEqual({ items: ['Palantir, Inc.', 'ESRI'], others: false })
  expect(splitList('(any list)', 'python-list')).toEqual({ items: ['(any list)'], others: false })
})

test.each([
  ['Jul-25', '2025-07'],
  ['July 2025', '2025-07'],
  ['15 Jul 2025', '2025-07-15'],
  ['July 15th, 2025', '2025-07-15'],
  ['01/2024', '2024-01'],
  ['09/24/2024 12:00:00 AM', '2024-09-24'],
  ['10/1/2023 0:00', '2023-10-01'],
  ['R8.4.1', '2026-04-01'],
])('%s is read as %s', (text, iso) => {
  expect(readDateCell(text, 'month-first')).toMatchObject({ ok: true, iso })
})

test('a month that spreadsheets shortened to two digits of a year says so', () => {
  expect(readDateCell('Jul-25', 'none')).toMatchObject({ notes: ['two-digit-year'] })
})
