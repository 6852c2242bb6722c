import type { FileFault } from '#register/spreadsheet/faults.ts'

type Fault<K extends FileFault['fault']> = Extract<FileFault, { readonly fault: K }>
type Wording = { readonly what: string; readonly todo: string }
type Faults = { readonly [K in FileFault['fault']]: (fault: Fault<K>) => Wording }

const n = (value: number) => value.toLocaleString('en-US')
const megabytes = (bytes: number) => `${Math.round(bytes / 1024 / 1024)} MB`
const divide = '不要な行や列、シートを除くか、ファイルを分けてください。'

const kinds: Readonly<Record<string, string>> = {
  text: '文字だけのファイル',
  xlsx: 'XLSX（Excelブック）',
  xlsb: 'XLSB（Excelバイナリブック）',
  ods: 'ODS（OpenDocument）',
  zip: 'ZIPの書庫',
  ole: '古いOfficeの形式',
  pdf: 'PDF',
  image: '画像',
  gzip: 'gzipの書庫',
  html: 'HTML（ウェブページ）',
  xml: 'XML',
  binary: '表ではないデータ',
}
const kind = (found: string) => kinds[found] ?? found

/** A file that cannot be read: which place, what is wrong there, what to do. Nothing was imported. */
export const faults: Faults = {
  'empty-file': () => ({
    what: 'ファイルの中身がありません。',
    todo: '別のファイルを選んだか、保存が途中で切れたおそれがあります。元のファイルを開いて確かめてください。',
  }),
  'too-many-bytes': ({ found, limit }) => ({
    what: `ファイルが${megabytes(found)}あり、上限の${megabytes(limit)}を超えています。`,
    todo: divide,
  }),
  'too-many-rows': ({ limit, sheet }) => ({
    what: `${sheet === undefined ? 'このファイル' : `シート「${sheet}」`}の行が、上限の${n(limit)}行を超えています。`,
    todo: '空の行が続いていないかを確かめ、多いときはファイルを分けてください。',
  }),
  'too-many-columns': ({ row, found, limit }) => ({
    what: `${n(row)}行目に${n(found)}列あり、上限の${n(limit)}列を超えています。`,
    todo: '区切り文字が文章の中に入っていないか、不要な列がないかを確かめてください。',
  }),
  'too-many-cells': ({ limit }) => ({ what: `セルが上限の${n(limit)}個を超えています。`, todo: divide }),
  'quote-not-closed': ({ line }) => ({
    what: `${n(line)}行目で始まる引用符（"）が、最後まで閉じられていません。`,
    todo: `元の資料の${n(line)}行目を確かめ、引用符を直してからもう一度選んでください。`,
  }),
  'text-after-quote': ({ line, openedAtLine, text }) => ({
    what: `${n(line)}行目で、閉じた引用符（"）のすぐ後に文字「${text}」があります。引用符は${n(openedAtLine)}行目で始まっています。`,
    todo: '文章の中の引用符は二つ重ねて（""）書いてください。表計算ソフトで保存し直すと直ることがあります。',
  }),
  'invalid-bytes': ({ encoding, count, places }) => ({
    what: `文字コード ${encoding} では読めないところが${n(count)}か所あります。${
      places[0] === undefined ? '' : `最初は${n(places[0].line)}行目です。`
    }`,
    todo: '文字コードを選び直してください。どれでも読めないときは、UTF-8で保存し直してください。',
  }),
  'encoding-unknown': ({ candidates }) => ({
    what: `文字コードを判定できません（考えられるもの：${candidates.join('、')}）。日本語や西欧の文字としては読めません。`,
    todo: '文字コードを選んでください。どれでも文字が化けるときは、UTF-8で保存し直してください。',
  }),
  'nul-character': ({ line }) => ({
    what: `${n(line)}行目に、文章には使わない文字（NUL）があります。CSVではないファイルかもしれません。`,
    todo: '元のファイルを確かめ、CSVかXLSXで保存し直してください。',
  }),
  'not-what-name-says': ({ name, found }) => ({
    what: `「${name}」という名前ですが、中身は${kind(found)}です。`,
    todo: '元のソフトで開き、CSVかXLSXで保存し直してください。名前だけを変えても読めません。',
  }),
  'format-not-read': ({ found }) => ({
    what: `この形式（${kind(found)}）は読めません。`,
    todo: '表計算ソフトで開き、CSVかXLSXで保存し直してください。',
  }),
  'old-excel': () => ({
    what: '古いExcelの形式（XLS）です。',
    todo: 'Excelで開き、「Excelブック（.xlsx）」で保存し直してください。',
  }),
  encrypted: () => ({
    what: 'パスワードで保護されているため、読めません。',
    todo: 'パスワードを外したものを保存して、選び直してください。',
  }),
  macros: () => ({
    what: 'マクロを含む形式です。安全のため読みません。',
    todo: '「Excelブック（.xlsx）」で保存し直してください。マクロは除かれ、表は残ります。',
  }),
  'zip-bomb': ({ part, found, limit }) => ({
    what: `中の「${part}」を広げると大きくなりすぎます（${n(found)}、上限 ${n(limit)}）。`,
    todo: '表計算ソフトで開けるときは、必要なシートだけを新しいブックに写して保存してください。',
  }),
  'broken-workbook': ({ detail }) => ({
    what: `XLSXの中身が壊れています（${detail}）。`,
    todo: '表計算ソフトで開き直して保存してください。開けないときは、提出元に送り直しを頼んでください。',
  }),
  'document-type': ({ part }) => ({
    what: `中の「${part}」に、外を参照する宣言があります。安全のため読みません。`,
    todo: '表計算ソフトで開き、新しいブックに写して保存してください。',
  }),
  'no-visible-sheet': ({ sheets }) => ({
    what: `表示されているシートがありません（隠れたシート：${sheets.map((s) => `「${s}」`).join('、')}）。`,
    todo: '隠れたシートを選ぶか、元のファイルで表示に直してください。',
  }),
  'sheet-not-found': ({ wanted, sheets }) => ({
    what: `シート「${wanted}」がありません。`,
    todo: `次から選んでください：${sheets.map((s) => `「${s}」`).join('、')}`,
  }),
  'reading-takes-too-long': ({ limitMs }) => ({
    what: `${n(limitMs / 1000)}秒たっても読み終わらないため、やめました。`,
    todo: divide,
  }),
  'needs-too-much-memory': ({ limitMb }) => ({
    what: `読むのに必要なメモリーが上限の${n(limitMb)} MBを超えました。`,
    todo: divide,
  }),
}

export const nothingImported = '台帳は何も変わっていません。'
