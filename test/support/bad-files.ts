import { makeWorkbook, textRows } from '#register/spreadsheet/make-workbook.ts'

const header = '番号,システム名称,所管部署,目的・概要\n'

function* repeated(piece: string, times: number): Generator<string> {
  const thousand = piece.repeat(1000)
  for (let i = 0; i < times / 1000; i++) yield thousand
}

export type BadFile = {
  readonly what: string
  readonly name: string
  readonly content: () => Uint8Array | Promise<Uint8Array>
  readonly status: number
  readonly code: string
  /** The fault, with what it must name. */
  readonly params: Readonly<Record<string, unknown>>
  /** What the person reads at the terminal. */
  readonly words: { readonly ja: RegExp; readonly en: RegExp }
}

/** Files that cannot be read as a whole. */
export const badFiles: readonly BadFile[] = [
  {
    what: 'a picture that is called a table',
    name: '一覧.csv',
    content: () => Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 1, 2, 3]),
    status: 422,
    code: 'bad-file',
    params: { fault: 'not-what-name-says', name: '一覧.csv', found: 'image' },
    words: { ja: /「一覧\.csv」.*画像/, en: /"一覧\.csv".*image/ },
  },
  {
    what: 'a text that is called a workbook',
    name: '一覧.xlsx',
    content: () => Buffer.from(`${header}1,要約,総務課,短くする\n`),
    status: 422,
    code: 'bad-file',
    params: { fault: 'not-what-name-says', found: 'text' },
    words: { ja: /文字だけのファイル/, en: /plain text/ },
  },
  {
    what: 'an empty file',
    name: '空.csv',
    content: () => Buffer.alloc(0),
    status: 422,
    code: 'bad-file',
    params: { fault: 'empty-file' },
    words: { ja: /中身がありません/, en: /is empty/ },
  },
  {
    what: 'a million rows',
    name: '百万行.csv',
    content: () => Buffer.concat([Buffer.from(header), Buffer.from('1,要約,総務課,短く\n'.repeat(1_000_000))]),
    status: 413,
    code: 'too-large',
    params: { fault: 'too-many-rows', limit: 200_000 },
    words: { ja: /200,000行/, en: /200,000 rows/ },
  },
  {
    what: 'a quotation mark that is never closed',
    name: '引用符.csv',
    content: () => Buffer.from(`${header}1,要約,総務課,短く\n2,"翻訳,総務課,短く\n3,分類,総務課,短く\n`),
    status: 422,
    code: 'bad-file',
    params: { fault: 'quote-not-closed', line: 3 },
    words: { ja: /3行目/, en: /line 3/ },
  },
  {
    what: 'a zip bomb that is called a workbook',
    name: '爆弾.xlsx',
    content: () =>
      makeWorkbook({
        sheets: [{ name: '台帳', xml: '' }],
        parts: {
          'xl/worksheets/sheet1.xml': repeated(`<row><c t="inlineStr"><is><t>あ</t></is></c></row>`, 1_000_000),
        },
      }),
    status: 413,
    code: 'too-large',
    params: { fault: 'zip-bomb', part: 'xl/worksheets/sheet1.xml' },
    words: { ja: /sheet1\.xml.*大きくなりすぎ|sheet1\.xml/, en: /sheet1\.xml.*unpacked/ },
  },
  {
    what: 'a broken workbook',
    name: '壊れた.xlsx',
    content: async () => {
      const whole = await makeWorkbook({ sheets: [{ name: '台帳', xml: textRows([['システム名称'], ['要約']]) }] })
      return Buffer.from(whole).fill(0xff, 60, 200)
    },
    status: 422,
    code: 'bad-file',
    params: { fault: 'broken-workbook' },
    words: { ja: /壊れています/, en: /broken/ },
  },
]

/** Bytes that the declared UTF-8 does not have, on line 3. */
export const invalidUtf8 = Buffer.concat([
  Buffer.from(`\ufeff${header}1,要約,総務課,短く\n2,`),
  Buffer.from([0xe3, 0x28, 0xff]),
  Buffer.from(',総務課,短く\n'),
])

/** 200 columns, of which four are known. */
export const wide = [
  [...header.trim().split(','), ...Array.from({ length: 196 }, (_, i) => `項目${i + 1}`)].join(','),
  ...Array.from({ length: 50 }, (_, r) =>
    [`${r + 1}`, `要約${r + 1}`, '総務課', '短く', ...Array.from({ length: 196 }, (_v, c) => `${r}-${c}`)].join(','),
  ),
].join('\n')

/** A cell of more than a million characters in the second of three rows. */
export const hugeCell = `${header}1,要約,総務課,短く\n2,翻訳,総務課,${'長'.repeat(1_048_576)}\n3,分類,総務課,短く\n`

/** Cells that spreadsheet programs would run. */
export const formulas = `${header}=1+1,"=HYPERLINK(""http://x.example"",""y"")",総務課,@SUM(1)\n`
