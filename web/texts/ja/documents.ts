import type { FormFault } from '#procurement/documents/excel/model.ts'
import type { TemplateFault } from '#procurement/documents/model.ts'

type Wording = { readonly what: string; readonly todo: string }
type Of<C extends { readonly code: string }> = {
  readonly [K in C['code']]: (fault: Extract<C, { code: K }>) => Wording
}

const places = { body: '本文', header: 'ヘッダー', footer: 'フッター', note: '注' }
const states: Readonly<Record<string, string>> = {
  drafting: '作成中',
  tendering: '回答待ち',
  evaluating: '評価中',
  contracted: '契約済み',
  closed: '終了',
}
const sheets = {
  'check-sheet': '調達チェックシート',
  'contract-sheet': '契約チェックシート',
  comparison: '評価シート',
  'answer-sheet': '回答シート',
}
const restore = '書き出したファイルの内容に戻してください。'

const formFaults: Of<FormFault> = {
  'not-our-file': () => ({
    what: 'この画面から書き出したExcelではありません。',
    todo: '書き出したファイルに記入して、もう一度渡してください。',
  }),
  'machine-sheet-changed': () => ({
    what: '照合のための隠しシート「tenbin」が変わっています。',
    todo: 'もう一度書き出して、記入した内容を写してください。',
  }),
  'other-procurement': ({ found }) => ({
    what: `別の調達（${found}）のファイルです。`,
    todo: 'その調達の画面で取り込むか、この調達のファイルを選んでください。',
  }),
  'other-sheet': ({ found }) => ({
    what: `別のシート（${(sheets as Readonly<Record<string, string>>)[found] ?? found}）のファイルです。`,
    todo: '文書の画面に戻り、そのシートの取り込みを選んでください。',
  }),
  'other-bidder': () => ({ what: '別の応札者のファイルです。', todo: '自分に届いたファイルに記入してください。' }),
  'other-edition': ({ found, now }) => ({
    what: `シートの版が違います（ファイル：${found}、いま：${now}）。`,
    todo: 'もう一度書き出して、記入した内容を写してください。',
  }),
  'unknown-column': ({ name }) => ({
    what: `知らない列「${name}」があります。`,
    todo: '列を消すか、見出しを元に戻してください。',
  }),
  'repeated-column': ({ name }) => ({ what: `列「${name}」が2つあります。`, todo: '一つだけを残してください。' }),
  'missing-column': ({ name }) => ({ what: `列「${name}」がありません。`, todo: `列の見出しを${restore}` }),
  'unknown-id': ({ id }) => ({
    what: `番号「${id}」は、書き出したときにありませんでした。`,
    todo: '番号を元に戻すか、足した行を消してください。',
  }),
  'repeated-id': ({ id, first }) => ({
    what: `番号「${id}」が${first}にもあります。`,
    todo: '写した行を消してください。',
  }),
  'row-without-id': () => ({
    what: '番号のない行に記入があります。',
    todo: '番号を入れるか、足した行を消してください。',
  }),
  'missing-id': ({ id }) => ({ what: `番号「${id}」の行がありません。`, todo: '消した行を元に戻してください。' }),
  'item-gone': ({ id }) => ({
    what: `番号「${id}」は、いまのシートにありません。`,
    todo: 'もう一度書き出してください。',
  }),
  formula: ({ formula }) => ({
    what: `数式（${formula}）が入っています。`,
    todo: '「値の貼り付け」で、文字に変えてください。',
  }),
  'merged-cells': ({ range }) => ({ what: `${range}のセルが結合されています。`, todo: '結合を解いてください。' }),
  'hidden-row': ({ row }) => ({ what: `${row}行目が隠れています。`, todo: '行を再表示し、内容を確かめてください。' }),
  'hidden-column': ({ column }) => ({
    what: `${column}列が隠れています。`,
    todo: '列を再表示し、内容を確かめてください。',
  }),
  'locked-changed': ({ name, was }) => ({
    what: `変えられない列「${name}」が変わっています。`,
    todo: was === '' ? '空に戻してください。' : `「${was.slice(0, 60)}」に戻してください。`,
  }),
  'too-long': ({ found, limit }) => ({
    what: `文字が多すぎます（${found}字）。`,
    todo: `${limit}字までにしてください。`,
  }),
  'not-in-list': ({ found, choices }) => ({
    what: found === '' ? '選ばれていません。' : `「${found}」は選べません。`,
    todo: `${choices.map((one) => `「${one}」`).join('')}から選んでください。`,
  }),
  'not-a-date': ({ found }) => ({
    what: `「${found}」は日付として読めません。`,
    todo: '「2026/11/20」や「令和8年11月20日」のように書いてください。',
  }),
  'reason-needed': ({ id }) => ({
    what: `${id}の判断と理由がそろっていません。`,
    todo: '判断に理由を書くか、理由に合う判断を選んでください。',
  }),
  'date-needed': ({ id }) => ({
    what: `${id}の合意の状態と合意した日がそろっていません。`,
    todo: '「合意」には日を書き、それ以外では日を空にしてください。',
  }),
  'too-many-lines': ({ found, limit }) => ({
    what: `行が多すぎます（${found}行）。`,
    todo: `${limit}行までにしてください。`,
  }),
  'state-keeps': ({ state, name }) => ({
    what: `調達が「${states[state] ?? state}」の間は、「${name}」を変えられません。`,
    todo: 'この欄を元に戻してください。',
  }),
  'mark-not-possible': ({ id }) => ({
    what: `${id}には、その評価を付けられません。`,
    todo: '回答のない項目に付けられるのは「満たさない」だけです。期限の前は付けられません。',
  }),
}

const where = ({ around, place }: { around: string; place: keyof typeof places }): string =>
  `${places[place]}の段落：「${around}」`

const templateFaults: Of<TemplateFault> = {
  'unknown-placeholder': ({ name, near, ...at }) => ({
    what: `差し込み {{${name}}} は使えません。${where(at)}`,
    todo: near === null ? '一覧にある名前に直すか、消してください。' : `{{${near}}} に直してください。`,
  }),
  'placeholder-not-closed': (at) => ({
    what: `括弧 {{ }} が閉じていません。${where(at)}`,
    todo: '{{名前}} の形に直してください。',
  }),
  'block-not-alone': ({ name, ...at }) => ({
    what: `{{${name}}} と同じ段落に、ほかの文字があります。${where(at)}`,
    todo: '一つの段落に、それだけを書いてください。',
  }),
  'block-not-in-body': ({ name, ...at }) => ({
    what: `{{${name}}} が本文の外（表・枠・ヘッダーなど）にあります。${where(at)}`,
    todo: '本文の段落に移してください。',
  }),
  'block-twice': ({ name }) => ({ what: `{{${name}}} が2回あります。`, todo: '一つだけを残してください。' }),
  'missing-placeholder': ({ name }) => ({
    what: `必須の差し込み {{${name}}} がありません。`,
    todo: '入れたい段落に書いてください。',
  }),
  macros: ({ part }) => ({
    what: `マクロがあります（${part}）。`,
    todo: 'マクロのない .docx で保存し直してください。',
  }),
  'not-docx': ({ found }) => ({
    what: `Wordの文書（.docx）ではありません${found === '' ? '' : `（${found}）`}。`,
    todo: 'Wordで開き、「Word文書（.docx）」で保存し直してください。',
  }),
  'active-content': ({ part }) => ({
    what: `埋め込みの部品があります（${part}）。`,
    todo: '部品を消すか、画像に変えてください。',
  }),
  'remote-template': ({ target }) => ({
    what: `外のひな形（${target}）につながっています。`,
    todo: 'Wordの「アドイン」で、添付されたひな形を外してください。',
  }),
  'external-relation': ({ kind, target }) => ({
    what: `外のファイル（${kind}：${target}）につながっています。`,
    todo: 'リンクを切り、文書の中に入れてください。',
  }),
  'outside-field': ({ field, around }) => ({
    what: `外を読むフィールド（${field}）があります。段落：「${around}」`,
    todo: 'フィールドを消すか、文字に変えてください。',
  }),
  'tracked-changes': ({ around }) => ({
    what: `変更履歴が残っています。段落：「${around}」`,
    todo: 'Wordの「校閲」で、すべての変更を承諾してください。',
  }),
}

/** Documents of a procurement, workbooks to fill in, templates. */
export const documents = {
  title: '文書',
  lead: 'シートのいまの内容から、Word・PDF・Excelを作ります。記入したExcelは、差を見てから取り込みます。',
  languageOf: '文書の言語',
  languages: { ja: '日本語', en: '英語' },
  internal: '内部用の付録（対象外とした項目と理由）を付ける',
  internalHelp: '公告や契約に使う文書には付けないでください。',
  kinds: {
    'specification-annex': {
      name: '調達仕様書の別紙',
      help: '対象とした項目を、章ごとに要件・証跡・確かめ方で並べます。',
    },
    'contract-annex': { name: '契約書の別紙', help: '契約で合意する条項と、契約チェックシートの確認です。' },
    'evaluation-record': { name: '評価記録', help: '応札者の回答、評価と理由、選定の結果です。' },
  },
  stamp: (version: string, digest: string) => `シート 第${version}版　要約値 ${digest}`,
  word: 'Wordで作る',
  pdf: 'PDFで作る',
  making: '作っています',
  ready: (name: string) => `「${name}」を作りました。`,
  readyTodo: 'ブラウザーの保存先を確かめてください。',
  noPdf: 'PDFに変えるプログラムが設定されていません。Wordは作れます。',
  noPdfHow: '管理者が設定 TENBIN_PDF_CONVERTER に変換プログラム（LibreOfficeなど）を書くと、PDFも作れます。',
  pdfFailed: 'PDFに変えられませんでした。',
  pdfFailedTodo: 'Wordは作れます。続くときは、管理者へ知らせてください。',
  noBidders: '応札者がいないため、まだ作れません。',
  sheetsTitle: 'Excelの書き出しと取り込み',
  sheets,
  sheetHelp: {
    'check-sheet': '項目の採用・対象外、要件、証跡、確かめ方、条項を記入できます。',
    'contract-sheet': '契約の条項、合意の状態と日を記入できます。',
    comparison: '応札者ごとの評価と理由を記入できます。',
  },
  exportExcel: 'Excelで書き出す',
  importExcel: '記入したExcelを取り込む',
  specificationWord: '仕様書の別紙を作る（Word）',
  all: '文書と取り込み',
  mayNotTake: '取り込めるのは、この調達のシートを作る人です。',
  madeTitle: '作った文書',
  madeNone: 'まだ作られていません。',
  takenTitle: '取り込んだExcel',
  takenNone: 'まだ取り込まれていません。',
  columns: {
    at: '日時',
    by: '作った人',
    takenBy: '取り込んだ人',
    document: '文書',
    version: 'シートの版',
    digest: '要約値',
    template: 'ひな形',
    sheet: 'シート',
    file: 'ファイル',
    cells: '変わったセル',
    current: 'いまの内容と同じ',
    cell: 'セル',
    what: '何が起きたか',
    todo: 'どうすればよいか',
    row: '番号',
    column: '列',
    from: '変更前',
    to: '変更後',
    choice: 'どちらを残すか',
  },
  houseTemplate: '天秤のひな形',
  templateNumber: (n: string) => `第${n}版`,
  format: { docx: 'Word', pdf: 'PDF' },
  take: {
    title: (sheet: string) => `${sheet}の取り込み`,
    lead: '書き出したExcelに記入して渡すと、いまのシートとの差を示します。確かめるまで、何も変わりません。',
    file: '記入したExcel',
    help: '行は番号で照らし合わせます。並べ替えても構いません。',
    choose: 'ファイルを選ぶ',
    drop: 'ここに置くこともできます。',
    reading: '読んでいます',
    unreadable: 'このファイルは読めませんでした。',
    nothing: 'シートは何も変わっていません。',
    faults: (n: string) => `直すところが${n}か所あります`,
    faultsTodo: 'Excelで直して保存し、もう一度渡してください。シートは何も変わっていません。',
    faultsShown: (n: string) => `初めの${n}か所を示しています。`,
    same: 'このファイルは、いまのシートと同じです。取り込むものはありません。',
    differences: (n: string, cells: string) => `記入できる${cells}セルのうち、${n}セルが変わります`,
    conflicts: (n: string) =>
      `${n}セルは、書き出した後に画面でも変わりました。どちらを残すか、一つずつ選んでください。`,
    whole: 'ファイル全体',
    empty: '（空）',
    fromFile: 'ファイルの内容',
    now: 'いまの内容',
    base: (text: string) => `書き出したとき：${text}`,
    chooseBoth: 'どちらも変わりました',
    button: (n: string) => `${n}セルを取り込む`,
    none: '取り込むセルがありません。',
    openConflicts: (n: string) => `あと${n}セル、どちらを残すか選んでください。`,
    promise: '一度にまとめて取り込みます。途中で止まることはありません。',
    done: (n: string, rows: string) => `${rows}行の${n}セルを取り込みました。`,
    back: '調達の画面に戻る',
    again: '別のファイルを選ぶ',
    changed: '確かめている間に、シートが変わりました。差を読み直してください。',
    reread: '差を読み直す',
  },
  templates: {
    title: '文書のひな形',
    lead: 'Wordのひな形を受け取り、直して、また渡せます。下の組織の文書にも使われます。',
    docs: '差し込みの一覧',
    docsLead: '{{件名}} のように書いたところが、文書を作るときに置き換わります。日本語と英語の名前は同じものです。',
    placeholder: '差し込み',
    english: '英語の名前',
    block: '段落ごと',
    required: '必須',
    inForce: '使っている',
    house: '天秤のひな形',
    houseHelp: '府省のひな形がないときに使います。',
    download: 'いまのひな形を受け取る',
    downloadOf: (number: string) => `第${number}版を受け取る`,
    downloadHouse: '天秤のひな形を受け取る',
    upload: '直したひな形を渡す',
    uploadHelp: (limit: string) => `Wordの文書（.docx）、${limit}まで。確かめてから保存し、すぐに使います。`,
    use: (number: string) => `第${number}版を使う`,
    useHouse: '天秤のひな形に戻す',
    history: '版と履歴',
    noHistory: 'まだ渡されていません。天秤のひな形を使っています。',
    added: (number: string) => `第${number}版を受け取りました。これから作る文書に使います。`,
    chosen: '使うひな形を変えました。',
    faults: (n: string) => `このひな形は使えません。直すところが${n}か所あります`,
    nothing: '何も保存していません。Wordで直して、もう一度渡してください。',
    fileFaults: {
      'empty-file': { what: 'ファイルが空です。', todo: '別のファイルを選んでください。' },
      encrypted: { what: 'パスワードが付いています。', todo: 'パスワードを外して保存し直してください。' },
      'old-word': { what: '古いWordの形式（.doc）です。', todo: '.docx で保存し直してください。' },
      'not-a-document': { what: 'Wordの文書ではありません。', todo: '.docx のファイルを選んでください。' },
      'broken-document': { what: 'ファイルが壊れています。', todo: 'Wordで開き、保存し直してください。' },
      'document-type': { what: '読めない定義が入っています。', todo: 'Wordで開き、保存し直してください。' },
      'zip-bomb': { what: '展開すると大きくなりすぎます。', todo: '画像を小さくするか、減らしてください。' },
    } as Readonly<Record<string, Wording>>,
    seenElsewhere: 'ほかの人が使うひな形を変えました。読み直してから選んでください。',
    choices: '使い始めた記録',
    versions: '渡されたひな形',
    number: '版',
    file: 'ファイル',
    state: '状態',
    deed: '操作',
  },
  formFaults,
  templateFaults,
}
