import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { AppError } from '#platform/errors.ts'
import { readerFor } from './file-kind.ts'
import { limits } from './limits.ts'
import { makeWorkbook, relation, textRows } from './make-workbook.ts'
import { readFile } from './read-file.ts'
import { readInWorker } from './read-in-worker.ts'
import { readXlsx } from './read-xlsx.ts'
import { writeZip } from './write-zip.ts'

const faultOf = async (work: Promise<unknown> | (() => unknown)) => {
  try {
    await (typeof work === 'function' ? work() : work)
  } catch (error) {
    if (error instanceof AppError) return { code: error.code, ...error.params }
    throw error
  }
  throw new Error('nothing was refused')
}
const sheet = (xml: string, name = '台帳') => ({ name, xml })
const table = textRows([
  ['名称', '目的'],
  ['要約', '会議録'],
])
const oneSheet = (xml: string, more = {}) => makeWorkbook({ sheets: [sheet(xml)], ...more })

test('texts of every kind are read; furigana is not part of the text', async () => {
  const sharedStrings =
    '<si><t>共有</t></si><si><r><t>太</t></r><r><rPr><b/></rPr><t xml:space="preserve"> 字</t></r></si><si><t>省庁</t><rPh sb="0" eb="2"><t>ショウチョウ</t></rPh></si>'
  const xml =
    '<sheetData><row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c><c r="C1" t="s"><v>2</v></c></row>' +
    '<row r="3"><c r="B3" t="inlineStr"><is><t>&lt;改行&gt;&#10;_x000D_&amp;</t></is></c><c r="C3" t="b"><v>1</v></c><c r="D3" t="e"><v>#NAME?</v></c><c r="E3"><v>0.30000000000000004</v></c></row></sheetData>'
  const grid = await readXlsx(await oneSheet(xml, { sharedStrings }))
  expect(grid.rows).toEqual([
    ['共有', '太 字', '省庁'],
    [],
    ['', '<改行>\n\r&', 'TRUE', '#NAME?', '0.30000000000000004'],
  ])
  expect(grid.rowNumbers).toEqual([1, 2, 3])
})

test('dates are not shifted, in both date systems, and what was shown is kept beside the ISO date', async () => {
  const styles =
    '<numFmts><numFmt numFmtId="170" formatCode="[$-411]ggge&quot;年&quot;m&quot;月&quot;d&quot;日&quot;;@"/><numFmt numFmtId="171" formatCode="yyyy&quot;年&quot;m&quot;月&quot;"/></numFmts>' +
    '<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="170"/><xf numFmtId="171"/><xf numFmtId="22"/><xf numFmtId="20"/><xf numFmtId="57"/></cellXfs>'
  const xml =
    '<sheetData><row r="1"><c r="A1" s="1"><v>46113</v></c><c r="B1" s="2"><v>46113</v></c><c r="C1" s="3"><v>46113</v></c><c r="D1" s="4"><v>46113.5</v></c><c r="E1" s="5"><v>0.75</v></c><c r="F1" s="6"><v>43586</v></c><c r="G1"><v>46113</v></c><c r="H1" s="1"><v>59</v></c></row></sheetData>'
  const grid = await readXlsx(await oneSheet(xml, { styles }))
  expect(grid.rows[0]).toEqual([
    '2026-04-01',
    '2026-04-01',
    '2026-04',
    '2026-04-01T12:00:00',
    '18:00:00',
    '2019-05-01',
    '46113',
    '1900-02-28',
  ])
  expect(grid.notes.map((note) => (note.kind === 'date' ? [note.shown, note.precision] : note.kind))).toEqual([
    ['2026/4/1', 'day'],
    ['令和8年4月1日', 'day'],
    ['2026年4月', 'month'],
    ['2026/4/1 12:00', 'day'],
    ['18:00', 'time'],
    ['R1.5.1', 'day'],
    ['1900/2/28', 'day'],
  ])
  const mac = await readXlsx(await oneSheet(xml, { styles, workbookPr: '<workbookPr date1904="1"/>' }))
  expect(mac.rows[0]?.[0]).toBe('2030-04-02')
})

test('a number in a format of zeros keeps them: it is an identifier', async () => {
  const styles =
    '<numFmts><numFmt numFmtId="170" formatCode="0000"/></numFmts><cellXfs><xf/><xf numFmtId="170"/></cellXfs>'
  const grid = await readXlsx(await oneSheet('<sheetData><row><c s="1"><v>7</v></c></row></sheetData>', { styles }))
  expect(grid.rows[0]).toEqual(['0007'])
})

test('a formula is read as its last result, and the formula is noted, never computed', async () => {
  const xml =
    '<sheetData><row r="1"><c r="A1"><f>1+1</f><v>2</v></c><c r="B1" t="str"><f>HYPERLINK("http://x")</f><v>押す</v></c></row></sheetData>'
  const grid = await readXlsx(await oneSheet(xml))
  expect(grid.rows[0]).toEqual(['2', '押す'])
  expect(grid.notes[0]).toEqual({ row: 1, column: 1, kind: 'formula', formula: '1+1' })
  expect(grid.warnings).toContainEqual({ code: 'formulas', count: 2 })
})

test('hidden sheets are listed and only read when they are named', async () => {
  const bytes = await makeWorkbook({
    sheets: [
      {
        name: 'リスト',
        xml: textRows([
          ['隠れた', '表'],
          ['a', 'b'],
        ]),
        state: 'veryHidden',
      },
      {
        name: '作業',
        xml: textRows([
          ['x', 'y'],
          ['a', 'b'],
        ]),
        state: 'hidden',
      },
      { name: '調査票', xml: table },
    ],
  })
  const grid = await readXlsx(bytes)
  expect(grid.sheet).toBe('調査票')
  expect(grid.sheets.map(({ name, state }) => [name, state])).toEqual([
    ['リスト', 'very-hidden'],
    ['作業', 'hidden'],
    ['調査票', 'visible'],
  ])
  expect(grid.warnings).toContainEqual({ code: 'hidden-sheets', names: ['リスト', '作業'] })
  expect((await readXlsx(bytes, { sheet: 'リスト' })).rows[0]).toEqual(['隠れた', '表'])
  expect(await faultOf(readXlsx(bytes, { sheet: 'ない' }))).toMatchObject({
    fault: 'sheet-not-found',
    sheets: ['リスト', '作業', '調査票'],
  })
})

test('merged cells, hidden rows and columns, links, comments and pictures are reported', async () => {
  const xml =
    '<cols><col min="2" max="2" hidden="1"/></cols><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>題</t></is></c></row><row r="2" hidden="1"><c r="A2"><v>1</v></c></row></sheetData>' +
    '<mergeCells><mergeCell ref="A1:C1"/></mergeCells><hyperlinks><hyperlink ref="A2" r:id="h"/></hyperlinks>'
  const relations = [
    relation('h', 'hyperlink', 'https://example.go.jp/', true),
    relation('d', 'drawing', '../drawings/drawing1.xml'),
    relation('c', 'comments', '../comments1.xml'),
  ]
  const bytes = await makeWorkbook({
    sheets: [{ name: 'a', xml, relations }],
    parts: {
      'xl/comments1.xml':
        '<comments><commentList><comment ref="A2"><text><r><t>確認</t></r><r><t>中</t></r></text></comment></commentList></comments>',
    },
    workbookRelations: [relation('x', 'externalLink', 'externalLinks/externalLink1.xml')],
  })
  const grid = await readXlsx(bytes)
  expect(grid.merges).toEqual([{ top: 1, left: 1, bottom: 1, right: 3 }])
  expect(grid.notes).toEqual([
    { row: 2, column: 1, kind: 'link', target: 'https://example.go.jp/' },
    { row: 2, column: 1, kind: 'comment', text: '確認中' },
  ])
  expect(grid.warnings.map((warning) => warning.code)).toEqual([
    'hidden-rows',
    'hidden-columns',
    'merged-cells',
    'ignored-parts',
    'comments',
    'links',
  ])
})

test('macros, document types and encrypted or old workbooks are refused', async () => {
  const macros = await oneSheet(table, { parts: { 'xl/vbaProject.bin': 'x' } })
  expect(await faultOf(readXlsx(macros))).toMatchObject({ code: 'unsupported-format', fault: 'macros' })
  const doctype = await oneSheet(table, {
    parts: { 'xl/sharedStrings.xml': '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><sst/>' },
  })
  expect(await faultOf(readXlsx(doctype))).toEqual({
    code: 'bad-file',
    fault: 'document-type',
    part: 'xl/sharedStrings.xml',
  })
  const ole = Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(600)])
  expect(await faultOf(() => readerFor('a.xls', ole))).toMatchObject({ fault: 'old-excel' })
  const locked = Buffer.concat([ole, Buffer.from('EncryptedPackage', 'utf16le')])
  expect(await faultOf(() => readerFor('a.xlsx', locked))).toMatchObject({ fault: 'encrypted' })
})

test('a zip bomb is refused by what its directory declares, before anything is unpacked', async () => {
  function* zeros() {
    for (let i = 0; i < 40; i++) yield '0'.repeat(1_000_000)
  }
  const bomb = await oneSheet(table, { parts: { 'xl/media/image1.bin': zeros() } })
  expect(bomb.length).toBeLessThan(200_000)
  expect(await faultOf(readXlsx(bomb))).toMatchObject({
    code: 'too-large',
    fault: 'zip-bomb',
    part: 'xl/media/image1.bin',
    measure: 'unpacked-per-packed',
  })
})

test('a part that is longer than its directory declares is refused while it is unpacked', async () => {
  const bytes = Buffer.from(await oneSheet(textRows(Array.from({ length: 2000 }, () => ['a', 'b']))))
  const name = Buffer.from('xl/worksheets/sheet1.xml')
  const central = bytes.lastIndexOf(name) - 46
  bytes.writeUInt32LE(500, central + 24)
  expect(await faultOf(readXlsx(bytes))).toMatchObject({ fault: 'broken-workbook' })
})

test('a million formatted but empty rows are passed over; a million filled ones are refused', async () => {
  function* rows(cell: string) {
    yield '<worksheet><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>名称</t></is></c></row>'
    for (let n = 2; n <= 1_000_000; n += 1000)
      yield Array.from({ length: 1000 }, (_, k) => `<row r="${n + k}"><c r="A${n + k}" s="1">${cell}</c></row>`).join(
        '',
      )
    yield '</sheetData></worksheet>'
  }
  const empty = await makeWorkbook({ sheets: [sheet('')], parts: { 'xl/worksheets/sheet1.xml': rows('') } })
  expect((await readXlsx(empty)).rows).toEqual([['名称']])
  const filled = await makeWorkbook({ sheets: [sheet('')], parts: { 'xl/worksheets/sheet1.xml': rows('<v>1</v>') } })
  expect(await faultOf(readXlsx(filled))).toEqual({ code: 'too-large', fault: 'too-many-rows', limit: limits.rows })
}, 60_000)

test('a single cell far away does not make a table of its size', async () => {
  const xml = '<sheetData><row r="1"><c r="XFD1"><v>1</v></c></row></sheetData>'
  expect(await faultOf(readXlsx(await oneSheet(xml)))).toMatchObject({ fault: 'too-many-columns', found: 16384 })
})

test.each([
  ['a CSV file named .xlsx', 'a.xlsx', Buffer.from('名称,目的\n'), { fault: 'not-what-name-says', found: 'text' }],
  ['a PDF file named .csv', 'a.csv', Buffer.from('%PDF-1.7\n'), { fault: 'not-what-name-says', found: 'pdf' }],
  [
    'a picture named .csv',
    'a.csv',
    Buffer.from('89504e470d0a1a0a', 'hex'),
    { fault: 'not-what-name-says', found: 'image' },
  ],
  ['a web page named .xls', 'a.xls', Buffer.from('<html><table>'), { fault: 'not-what-name-says', found: 'html' }],
  ['an empty file', 'a.xlsx', Buffer.alloc(0), { fault: 'empty-file' }],
  [
    'a broken container',
    'a.xlsx',
    Buffer.concat([Buffer.from('PK\x03\x04'), Buffer.from('xl/workbook.xml')]),
    { fault: 'broken-workbook' },
  ],
  ['a PDF file without an ending', 'a', Buffer.from('%PDF-1.7\n'), { fault: 'format-not-read', found: 'pdf' }],
])('%s is refused and says what it is', async (_, name, bytes, fault) => {
  expect(await faultOf(readFile(name, bytes))).toMatchObject(fault)
})

test('a workbook named .csv, another kind of ZIP, and a macro workbook are told apart', async () => {
  const bytes = await oneSheet(table)
  expect(await faultOf(readFile('a.csv', bytes))).toMatchObject({ fault: 'not-what-name-says', found: 'xlsx' })
  expect(await faultOf(readFile('a.xlsm', bytes))).toMatchObject({ fault: 'macros' })
  const zip = await writeZip([{ name: 'a.txt', text: ['x'] }])
  expect(await faultOf(readFile('a.zip', zip))).toMatchObject({ fault: 'format-not-read', found: 'zip' })
})

test('unfinished and crossed XML is refused with its part', async () => {
  for (const xml of ['<sheetData><row>', '<sheetData></row></sheetData>'])
    expect(await faultOf(readXlsx(await oneSheet(xml)))).toMatchObject({
      fault: 'broken-workbook',
      detail: expect.stringContaining('sheet1.xml'),
    })
})

test('a file is read in a thread, and its faults come back as they are', async () => {
  const grid = await readInWorker('a.xlsx', await oneSheet(table))
  expect(grid.rows[1]).toEqual(['要約', '会議録'])
  expect(await faultOf(readInWorker('a.csv', Buffer.from('a,"b\n')))).toEqual({
    code: 'bad-file',
    fault: 'quote-not-closed',
    line: 1,
  })
})

test('a thread that takes too long or too much memory is ended with a clear fault; a person can stop it', async () => {
  const rows = Buffer.from('番号,名称,目的\n'.repeat(150_000))
  expect(await faultOf(readInWorker('a.csv', rows, { limitMs: 1 }))).toMatchObject({
    code: 'too-large',
    fault: 'reading-takes-too-long',
  })
  expect(await faultOf(readInWorker('a.csv', rows, { limitMb: 8 }))).toMatchObject({
    code: 'too-large',
    fault: 'needs-too-much-memory',
  })
  const stop = new AbortController()
  const reading = readInWorker('a.csv', rows, { signal: stop.signal })
  stop.abort(new Error('stopped'))
  await expect(reading).rejects.toThrow('stopped')
})

const us = '../shared/data/us-2025/2025_consolidated_COTS_AI_use_cases.xlsx'
const present = (() => {
  try {
    return readFileSync(us)
  } catch {
    process.stderr.write(`skipped: ${us} is not here\n`)
    return undefined
  }
})()

test.skipIf(!present)('the off-the-shelf list of 2025 has the same cells as XLSX and as CSV', async () => {
  const workbook = await readXlsx(present ?? new Uint8Array())
  const csv = await readFile('a.csv', readFileSync(us.replace('.xlsx', '.csv')))
  const rectangular = workbook.rows.map((row) => Array.from({ length: 5 }, (_, i) => row[i] ?? ''))
  expect(rectangular).toHaveLength(901)
  const different = rectangular.filter((row, i) => row.some((text, c) => text.trim() !== csv.rows[i]?.[c]?.trim()))
  expect(different).toEqual([])
})

test.each([
  ['declares', (ref: string) => `<dimension ref="${ref}"/>`],
  ['has', () => ''],
])('a cover and a page of notes are passed over for the first sheet that %s a table', async (_, place) => {
  const three = textRows([
    ['名称', '目的', '備考'],
    ['要約', '会議録', ''],
  ])
  const made = await makeWorkbook({
    sheets: [
      { name: '表紙', xml: place('A1') + textRows([['令和８年度調査']]) },
      { name: '記入要領', xml: place('A1:B30') + textRows([['記入要領'], ['各局で記入する。']]) },
      { name: '選択肢', xml: place('A1:D30') + three, state: 'hidden' },
      { name: '調査票', xml: place('A1:C2') + three },
    ],
  })
  expect((await readXlsx(made)).sheet).toBe('調査票')
})
