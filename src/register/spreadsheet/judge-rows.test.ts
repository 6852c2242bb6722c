import { readFileSync } from 'node:fs'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { type FieldId, fieldOf } from '#register/fields.ts'
import { factSchema } from '#register/model.ts'
import type { Grid } from './grid.ts'
import { judgeAll } from './judge-all.ts'
import { judgeRows, type RowJudgement } from './judge-rows.ts'
import { layTable } from './lay-table.ts'
import { limits } from './limits.ts'
import { loadColumnMaps } from './load-column-map.ts'
import { recogniseMap } from './match-map.ts'
import { parseCsv, readCsv } from './read-csv.ts'
import { tally } from './tally.ts'
import { csvText } from './write-csv.ts'

const maps = loadColumnMaps('maps')
const mapOf = (id: string) => {
  const map = maps.find((m) => m.id === id)
  if (!map) throw new Error(`no map ${id}`)
  return map
}
const ministry = mapOf('ministry-sheet')
const csv = (rows: readonly (readonly string[])[]): Grid =>
  readCsv(new TextEncoder().encode(csvText(rows)), { delimiter: ',' })
const judge = (grid: Grid, map = ministry, headerRow?: number): RowJudgement[] => [
  ...judgeRows(grid, layTable(grid, map, headerRow)),
]
const codes = (marks: readonly { code: string }[]) => marks.map((mark) => mark.code)
const header = [
  '番号',
  'システム名称',
  '所管部署',
  '段階',
  '格付',
  '個人情報の取扱い',
  'モデル名',
  'サービス開始日',
  '備考２',
]
const first = (row: readonly string[]) => judge(csv([header, row]))[0] as RowJudgement

test('a row of a ministry sheet becomes facts', () => {
  const row = first([
    'AI-001',
    '相談記録の要約',
    '窓口サービス局／相談支援課',
    '調達手続中',
    '機密性２',
    '有',
    'AoLM-2 ほか',
    'R8.4.1',
    'N/A',
  ])
  expect(row).toMatchObject({
    outcome: 'stored',
    rowNumber: 2,
    sourceId: 'AI-001',
    organisation: ['窓口サービス局', '相談支援課'],
  })
  expect(row.facts).toEqual({
    'source-id': { value: 'AI-001' },
    name: { value: '相談記録の要約' },
    stage: { value: 'procurement' },
    'information-class': { value: 'confidentiality-2' },
    'personal-data': { value: 'yes' },
    models: { value: ['AoLM-2'] },
    'operation-since': { value: '2026-04-01' },
  })
  expect(row.flags).toEqual([
    { code: 'and-others', params: { value: 'AoLM-2 ほか', column: 7, header: 'モデル名', field: 'models' } },
  ])
})

test.each([
  ['有', { value: 'yes' }],
  ['無', { value: 'no' }],
  ['なし', { value: 'no' }],
  ['該当なし', { absent: 'not-applicable' }],
  ['－', { absent: 'not-applicable' }],
  ['N/A', { absent: 'not-applicable' }],
  ['不明', { absent: 'unknown' }],
  ['確認中', { absent: 'unknown' }],
  ['非公開', { absent: 'withheld' }],
  ['', undefined],
  ['未回答', undefined],
])('%j in the column of personal data is kept apart as %j', (raw, fact) => {
  expect(first(['1', 'a', '', '', '', raw, '', '', '']).facts['personal-data']).toEqual(fact)
})

test('「なし」 in a column without such a word says that there is none, with its note', () => {
  expect(first(['1', 'a', '', '', '', '', 'なし', '', '']).facts.models).toEqual({
    absent: 'not-applicable',
    note: 'なし',
  })
})

test('a value outside the list is flagged, kept as written, and is neither a guess nor unanswered', () => {
  const row = first(['1', 'a', '', '運用していない', '', '', '', '', ''])
  expect(row.facts.stage).toEqual({ absent: 'unknown', note: '運用していない' })
  expect(row.flags).toEqual([
    { code: 'not-in-list', params: { value: '運用していない', column: 4, header: '段階', field: 'stage' } },
  ])
  expect(row.cells[3]).toBe('運用していない')
})

test('an era date that has no era is flagged and no day is invented', () => {
  expect(codes(first(['1', 'a', '', '', '', '', '', '8.4.1', '']).flags)).toEqual(['date-era-missing'])
  expect(first(['1', 'a', '', '', '', '', '', '令和8年4月頃', ''])).toMatchObject({
    facts: { 'operation-since': { value: '2026-04' } },
    flags: [{ code: 'date-approximate' }],
  })
})

test('a blank name, another number of columns, a blank row and a cell above the limit are rejected with their reason', () => {
  const grid = csv([
    header,
    ['1', ' ', '', '', '', '', '', '', ''],
    ['2', 'a'],
    ['', '', '', '', '', '', '', '', ''],
    ['3', 'x'.repeat(limits.cellCharacters + 1), '', '', '', '', '', '', ''],
    ['4', 'b', '', '', '', '', '', '', ''],
  ])
  const rows = judge(grid)
  expect(rows.map((row) => [row.rowNumber, row.outcome, codes(row.reasons)])).toEqual([
    [2, 'rejected', ['name-blank']],
    [3, 'rejected', ['column-count']],
    [4, 'rejected', ['blank-row']],
    [5, 'rejected', ['cell-too-long']],
    [6, 'stored', []],
  ])
  expect(rows[1]?.reasons).toEqual([{ code: 'column-count', params: { expected: 9, found: 2 } }])
  expect(rows.every((row) => row.outcome === 'stored' || Object.keys(row.facts).length === 0)).toBe(true)
})

test('blank cells beyond the header are kept and no fault; a line of totals is rejected as such', () => {
  const grid = csv([
    header,
    ['1', 'a', '', '', '', '', '', '', '', '', ''],
    ['2', 'b', '', '', '', '', '', '', '', 'x'],
    ['', '小計', '', '', '', '', '', '', ''],
    ['3', '合計時間の算出', '', '', '', '', '', '', ''],
  ])
  const rows = judge(grid)
  expect(rows.map((row) => [row.outcome, codes(row.reasons)])).toEqual([
    ['stored', []],
    ['rejected', ['column-count']],
    ['rejected', ['total-row']],
    ['stored', []],
  ])
  expect(rows[0]?.cells).toHaveLength(11)
})

test('a block of 16 rows whose last columns a spreadsheet program left out is stored and flagged; a broken line is not', () => {
  const full = (i: number) => [`A-${i}`, `a${i}`, '', '', '', '', '', '', 'x']
  const short = (i: number) => [`B-${i}`, `b${i}`, '', '', '', '', '', '']
  const times = <T>(n: number, make: (i: number) => T): T[] => Array.from({ length: n }, (_, i) => make(i))
  const saved = judge(csv([header, ...times(15, full), ...times(16, short), ...times(3, full)]))
  expect(saved.every((row) => row.outcome === 'stored')).toBe(true)
  expect(saved.filter((row) => codes(row.flags).includes('cells-left-out')).map((row) => row.rowNumber)).toEqual(
    times(16, (i) => i + 17),
  )
  const broken = judge(csv([header, ...times(15, full), ...times(15, full), ['B-1', 'b'], ['rest', 'x']]))
  expect(broken.filter((row) => row.outcome === 'rejected').map((row) => codes(row.reasons))).toEqual([
    ['column-count'],
    ['column-count'],
  ])
})

test('blank ids, ids used twice, identical rows and repeated headers are stored and flagged', () => {
  const grid = csv([
    header,
    ['A-1', 'a', '', '', '', '', '', '', ''],
    ['Ａ－１', 'b', '', '', '', '', '', '', ''],
    ['', 'c', '', '', '', '', '', '', ''],
    ['A-1', 'a', '', '', '', '', '', '', ''],
    header,
    ['－', 'd', '', '', '', '', '', '', ''],
  ])
  const rows = judge(grid)
  expect(rows.every((row) => row.outcome === 'stored')).toBe(true)
  expect(rows.map((row) => codes(row.flags).filter((code) => code !== 'not-in-list' && code !== 'not-a-date'))).toEqual(
    [
      [],
      ['id-duplicate'],
      ['id-blank'],
      ['id-duplicate', 'row-identical'],
      // The words of the header are values outside their lists too.
      ['header-repeated'],
      ['id-blank'],
    ],
  )
  expect(rows[1]?.flags[0]).toEqual({ code: 'id-duplicate', params: { of: 2, id: 'Ａ－１' } })
})

test('what happened to the characters of a row is flagged by column', () => {
  const row = first(['1', '要\ufffd約', '#NAME?', 'donâ€™t', '\u200b', 'a\u00a0b', '\ue000', '', 'caf\u00e9'])
  expect(row.flags.filter((flag) => flag.params && 'columns' in flag.params)).toEqual([
    { code: 'replacement-character', params: { columns: [2] } },
    { code: 'broken-by-spreadsheet', params: { columns: [3] } },
    { code: 'mojibake', params: { columns: [4] } },
    { code: 'invisible-character', params: { columns: [5] } },
    { code: 'no-break-space', params: { columns: [6] } },
    { code: 'private-use-character', params: { columns: [7] } },
  ])
})

test('titles above the header and notes below it are metadata and no rows; blank rows at the end are no rows', () => {
  const grid = csv([
    ['令和8年度　調査票', '', ''],
    ['', '', ''],
    ['番号', 'システム名称', '所管部署'],
    ['※記入要領による', '', ''],
    ['1', 'a', 'b'],
    ['', '', ''],
    ['', '', ''],
  ])
  const table = layTable(grid, ministry)
  expect(table.header.index).toBe(2)
  expect(table.metadata.map((row) => row.rowNumber)).toEqual([1, 4])
  expect(judge(grid).map((row) => row.rowNumber)).toEqual([5])
  expect(layTable(grid, ministry, 1).header.columns[0]?.name).toBe('令和8年度　調査票')
})

test('a value of a merged range counts for the rows that it covers, and is flagged', () => {
  const rows = [
    ['番号', 'システム名称', '所管部署'],
    ['1', 'a', '総務局'],
    ['2', 'b', ''],
  ]
  const grid: Grid = { ...csv(rows), format: 'xlsx', merges: [{ top: 2, left: 3, bottom: 3, right: 3 }] }
  expect(judge(grid)[1]?.organisation).toEqual(['総務局'])
  expect(judge(grid)[1]?.cells).toEqual(['2', 'b', ''])
})

test('rows in are rows stored and rows rejected, each row once and in order, whatever the cells hold', () => {
  const cell = fc.oneof(
    fc.constantFrom(
      '',
      ' ',
      'N/A',
      'なし',
      '－',
      '有',
      '無',
      'R8.4.1',
      '令和8年',
      '運用中',
      '機密性２',
      '1,200人',
      "['a']",
      'a; b',
      '#REF!',
      '\ufffd',
    ),
    fc.string({ unit: 'binary', maxLength: 8 }).map((text) => text.replaceAll('\0', '')),
  )
  const names = ministry.columns.map((column) => column.headers[0] ?? '')
  const rows = fc.array(fc.array(cell, { minLength: names.length - 1, maxLength: names.length }), { maxLength: 12 })
  fc.assert(
    fc.property(rows, (body) => {
      const text = csvText([names, ...body])
      const { rows: read, lines } = parseCsv(text, ',')
      const grid: Grid = { ...csv([names]), rows: read, lines, rowNumbers: read.map((_, i) => i + 1) }
      const table = layTable(grid, ministry, 1)
      const judged = [...judgeRows(grid, table)]
      const count = tally(judged)
      expect(count.rows).toBe(table.body.length)
      expect(count.stored + count.rejected).toBe(count.rows)
      expect(judged.map((row) => row.rowNumber)).toEqual(table.body.map((i) => i + 1))
      for (const row of judged) {
        expect(row.outcome === 'rejected').toBe(row.reasons.length > 0)
        expect(row.cells).toEqual(read[row.rowNumber - 1])
        for (const [field, fact] of Object.entries(row.facts) as [FieldId, RowJudgement['facts'][FieldId]][]) {
          const holdsNames = fact && 'value' in fact && ['supplier', 'models'].includes(fieldOf(field).kind)
          if (!holdsNames) expect(factSchema(field).safeParse(fact).error?.issues).toBeUndefined()
        }
      }
    }),
    { numRuns: 200 },
  )
})

test('all rows are judged in turns, to the same end, and can be stopped between them', async () => {
  const grid = csv([
    header,
    ...Array.from({ length: 3000 }, (_, i) => [`A-${i}`, '要約', '', '運用中', '', '有', '', 'R8.4.1', '']),
  ])
  const table = layTable(grid, ministry)
  const seen: number[] = []
  expect(await judgeAll(grid, table, { progress: (done) => seen.push(done) })).toEqual([...judgeRows(grid, table)])
  expect(seen).toEqual(seen.toSorted((a, b) => a - b))
  const stop = new AbortController()
  const stopping = judgeAll(grid, table, { signal: stop.signal, progress: () => stop.abort(new Error('stopped')) })
  await expect(stopping).rejects.toThrow('stopped')
})

const us = '../shared/data/us-2025/2025_individually_reported_AI_use_cases.csv'
const present = (() => {
  try {
    return readFileSync(us)
  } catch {
    process.stderr.write(`skipped: ${us} is not here\n`)
    return undefined
  }
})()

test.skipIf(!present)('every row of the US inventory of 2025 is stored or rejected with a reason', () => {
  const grid = readCsv(present ?? new Uint8Array())
  const map = recogniseMap(grid, maps)
  expect(map?.id).toBe('omb-2025')
  const rows = judge(grid, mapOf('omb-2025'))
  expect(tally(rows)).toMatchObject({
    rows: 3611,
    stored: 3610,
    rejected: 1,
    reasons: { 'name-blank': 1 },
    flags: { 'id-blank': 704, 'id-duplicate': 15, mojibake: 3 },
  })
  const stored = rows.filter((row) => row.outcome === 'stored')
  const states = Map.groupBy(stored, (row) =>
    row.facts.stage && 'value' in row.facts.stage ? row.facts.stage.value : 'none',
  )
  expect(rows[0]?.organisation).toEqual(['Commodity Futures Trading Commission'])
  // 338 rows report no stage; none of them is counted as deployed.
  expect(
    [...states].map(([stage, list]) => [stage, list.length]).toSorted(([a], [b]) => (String(a) < String(b) ? -1 : 1)),
  ).toEqual([
    ['build-test', 1479],
    ['none', 338],
    ['operation', 1479],
    ['retired', 314],
  ])
})

test.skipIf(!present)('the US inventory of 2025 is written back cell for cell', () => {
  const { rows } = readCsv(present ?? new Uint8Array())
  expect(parseCsv(csvText(rows), ',').rows).toEqual(rows)
})
