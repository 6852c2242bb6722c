import { readFileSync } from 'node:fs'
import { parse } from 'csv-parse/sync'
import * as fc from 'fast-check'
import iconv from 'iconv-lite'
import { expect, test } from 'vitest'
import { AppError } from '#platform/errors.ts'
import { limits } from './limits.ts'
import { parseCsv, readCsv } from './read-csv.ts'

const utf8 = (text: string) => new TextEncoder().encode(text)
const faultOf = (work: () => unknown) => {
  try {
    work()
  } catch (error) {
    if (error instanceof AppError) return error.params
    throw error
  }
  throw new Error('nothing was refused')
}

test('a line end, a tab, a comma and a doubled quote inside quotes are data', () => {
  const { rows, lines } = parseCsv('a,b\r\n"1\n2\r\n3","x\ty, ""z"""\r\nc,d\r\n', ',')
  expect(rows).toEqual([
    ['a', 'b'],
    ['1\n2\r\n3', 'x\ty, "z"'],
    ['c', 'd'],
  ])
  expect(lines).toEqual([1, 2, 5])
})

test('a row begins after CRLF, LF or CR, also mixed, and the mixture is told', () => {
  const grid = readCsv(utf8('a,b\r\n1,2\n3,4\r5,6'))
  expect(grid.rows).toEqual([
    ['a', 'b'],
    ['1', '2'],
    ['3', '4'],
    ['5', '6'],
  ])
  expect(grid.warnings).toEqual([{ code: 'mixed-line-ends', crlf: 1, lf: 1, cr: 1 }])
})

test('empty cells, empty last cells and blank lines are kept', () => {
  expect(parseCsv('a,,\n\n,\n""\n', ',').rows).toEqual([['a', '', ''], [''], ['', ''], ['']])
})

test('a quote in the middle of an unquoted cell is data', () => {
  expect(parseCsv('5" pipe,it\'s "so"\n', ',').rows).toEqual([['5" pipe', 'it\'s "so"']])
})

test('rows of another length than the header are kept as they are', () => {
  expect(parseCsv('a,b\n1\n1,2,3\n', ',').rows).toEqual([['a', 'b'], ['1'], ['1', '2', '3']])
})

test('a quote that is never closed is refused with the line on which it was opened', () => {
  expect(faultOf(() => readCsv(utf8('a,b\n1,2\nx,"open\n3,4\n')))).toEqual({ fault: 'quote-not-closed', line: 3 })
})

test('text after a closing quote is refused with both lines', () => {
  const fault = faultOf(() => readCsv(utf8('a,b\n1,"two\nlines" and more,3\n')))
  expect(fault).toEqual({ fault: 'text-after-quote', line: 3, openedAtLine: 2, text: ' and more,3\n' })
})

test('an empty file, and one of blanks, are refused as empty', () => {
  for (const text of ['', '\ufeff', ' \r\n\r\n'])
    expect(faultOf(() => readCsv(utf8(text)))).toEqual({ fault: 'empty-file' })
})

test('a NUL character is refused with its line', () => {
  expect(faultOf(() => readCsv(utf8('a,b\n1,\0\n')))).toEqual({ fault: 'nul-character', line: 2 })
})

test('invalid UTF-8 is refused with line and offset, and read with U+FFFD only when a person says so', () => {
  const bytes = Buffer.concat([utf8('名称,目的\n要約,議事録'), Buffer.from([0xe3, 0x81]), utf8('\n検索,文書\n')])
  const fault = faultOf(() => readCsv(bytes))
  expect(fault).toMatchObject({ fault: 'invalid-bytes', encoding: 'utf-8', places: [{ line: 2, offset: 30 }] })
  const grid = readCsv(bytes, { invalidBytes: 'replace' })
  expect(grid.rows[1]).toEqual(['要約', '議事録\ufffd'])
  expect(grid.warnings).toContainEqual({ code: 'invalid-bytes-replaced', count: 1, lines: [2] })
})

test('200 columns are read; more than the limit are refused with row and number', () => {
  const wide = (n: number) => Array.from({ length: n }, (_, i) => `c${i}`).join(',')
  expect(readCsv(utf8(`${wide(200)}\n${wide(200)}\n`)).rows[1]).toHaveLength(200)
  expect(faultOf(() => readCsv(utf8(`a,b\n${wide(limits.columns + 1)}`)))).toMatchObject({
    fault: 'too-many-columns',
    row: 2,
  })
})

test('a file of 1,000,000 rows is refused by its number of rows', () => {
  const bytes = utf8('番号,名称\n'.repeat(1_000_000))
  expect(faultOf(() => readCsv(bytes))).toEqual({ fault: 'too-many-rows', limit: limits.rows })
})

test('a file above the limit of bytes is refused before it is decoded', () => {
  const bytes = new Uint8Array(limits.fileBytes + 1).fill(0x61)
  expect(faultOf(() => readCsv(bytes))).toMatchObject({ fault: 'too-many-bytes', limit: limits.fileBytes })
})

test('a cell of 1 MB is read whole', () => {
  const cell = 'あ'.repeat(1_048_576)
  expect(readCsv(utf8(`a,b\n1,${cell}\n`)).rows[1]?.[1]).toBe(cell)
})

test.each([
  ['a\tb\n1\t2\n', '\t'],
  ['a;b\n1,5;2\n3,5;4\n', ';'],
  ['a,b\n"x;y",z;2\n', ','],
  ['id|name\n1|a, b; c\n', '|'],
  ['ひとつだけ\n値\n', ','],
])('the delimiter of %j is %j', (text, delimiter) => {
  expect(readCsv(utf8(text)).delimiter).toBe(delimiter)
})

test('the delimiter is found where the first look ends inside a quoted cell', () => {
  expect(readCsv(utf8(`a;b\n${'"x\n,";1\n'.repeat(40_000)}`)).delimiter).toBe(';')
})

test('what another parser reads in well-formed text, ours reads too', () => {
  const cell = fc.string({ unit: fc.constantFrom(...Array.from('ab,"\n\r\t ;あ=')) })
  fc.assert(
    fc.property(fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { minLength: 1 }), (rows) => {
      const text = rows.map((row) => row.map((c) => `"${c.replaceAll('"', '""')}"`).join(',')).join('\r\n')
      expect(parseCsv(text, ',').rows).toEqual(rows)
      const other: unknown = parse(text, { relax_column_count: true, record_delimiter: ['\r\n'] })
      expect(parseCsv(text, ',').rows).toEqual(other)
    }),
  )
})

test('every text is either read whole or refused with a known fault', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom(...Array.from('a,"\n\r')) }), (text) => {
      try {
        expect(parseCsv(text, ',').rows.flat().join('').length).toBeLessThanOrEqual(text.length)
      } catch (error) {
        expect(error).toBeInstanceOf(AppError)
      }
    }),
  )
})

test.each([
  ['utf-8', utf8('名称,目的\n要約,会議録の要約\n'), '要約'],
  ['utf-8-bom', utf8('\ufeff名称,目的\n要約,会議録の要約\n'), '要約'],
  ['cp932', iconv.encode('名称,目的\n要約,会議録の要約①㈱髙～－\n', 'cp932'), '要約'],
  ['windows-1252', iconv.encode('name,note\ncafé,don’t “do” it – résumé\n', 'windows-1252'), 'café'],
  ['utf-16le', Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from('名称,目的\n要約,x\n', 'utf16le')]), '要約'],
])('%s is found out and read', (encoding, bytes, cell) => {
  const grid = readCsv(bytes)
  expect(grid.encoding).toBe(encoding)
  expect(grid.rows[0]?.[0]?.length).toBeGreaterThan(0)
  expect(grid.rows[1]?.[0]).toBe(cell)
})

const inEuc = iconv.encode('番号,システム名称\n1,議事録のようやく\n', 'euc-jp')
// 「番号、名称」 as ISO-2022-JP: ESC $ B, the rows of JIS X 0208, ESC ( B.
const inIso2022 = Buffer.from('\u001b$BHV9f\u001b(B,\u001b$BL>>N\u001b(B\n1,\u001b$BMWLs\u001b(B\n', 'latin1')

test.each([
  ['euc-jp', inEuc, '議事録のようやく'],
  ['iso-2022-jp', inIso2022, '要約'],
  ['utf-16le', Buffer.from('番号\t名称\r\n1\t要約\r\n2\t翻訳\r\n', 'utf16le'), '要約'],
] as const)('%s is found out without a mark and never read as other characters', (encoding, bytes, cell) => {
  const grid = readCsv(bytes)
  expect(grid.encoding).toBe(encoding)
  expect(grid.rows[1]?.[1]).toBe(cell)
})

test.each([
  ['Korean', 'euc-kr', '번호,시스템 이름\n1,생성형 인공지능 문서 작성\n2,초안 작성과 번역\n'],
  ['Chinese', 'gb18030', '编号,系统名称\n1,人工智能文书写作支援\n2,起草文件并翻译\n'],
  ['Chinese (Big5)', 'big5', '編號,系統名稱\n1,生成式人工智慧文書\n2,起草文件與翻譯並進行摘要\n'],
  ['Russian', 'windows-1251', 'Номер;Название\n1;Система распознавания\n2;Подготовка документов\n'],
  ['Japanese kanji alone in EUC-JP', 'euc-jp', '番号,名称\n1,翻訳\n'],
])('%s text is refused until a person says its encoding', (_, encoding, text) => {
  expect(faultOf(() => readCsv(iconv.encode(text, encoding)))).toMatchObject({ fault: 'encoding-unknown' })
})

test('half-width kana alone are CP932', () => {
  const grid = readCsv(iconv.encode('ﾊﾞﾝｺﾞｳ,ｼｽﾃﾑﾒｲ\n1,ｾｲｾｲAI\n2,ﾌﾞﾝｼｮ ｻｸｾｲ\n', 'cp932'))
  expect([grid.encoding, grid.rows[1]?.[1]]).toEqual(['cp932', 'ｾｲｾｲAI'])
})

test('the line that names the delimiter decides, and stays as the first row', () => {
  const grid = readCsv(utf8('sep=;\r\na,b;c,d\r\n1,2;3,4\r\n'))
  expect(grid.delimiter).toBe(';')
  expect(grid.rows).toEqual([
    ['sep=', ''],
    ['a,b', 'c,d'],
    ['1,2', '3,4'],
  ])
})

test('a wrong choice of encoding that has invalid bytes is refused, a right one corrects the guess', () => {
  const bytes = iconv.encode('name,note\nZürich,Größe\n', 'windows-1252')
  expect(faultOf(() => readCsv(bytes, { encoding: 'utf-8' }))).toMatchObject({ fault: 'invalid-bytes' })
  expect(readCsv(bytes, { encoding: 'windows-1252' }).rows[1]).toEqual(['Zürich', 'Größe'])
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

test.skipIf(!present)('the US inventory of 2025 has 3,611 rows of 35 columns below its header', () => {
  const grid = readCsv(present ?? new Uint8Array())
  expect(grid.rows).toHaveLength(3612)
  expect(new Set(grid.rows.map((row) => row.length))).toEqual(new Set([35]))
  expect(grid.encoding).toBe('utf-8-bom')
})
