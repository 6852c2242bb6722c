type Params = Readonly<Record<string, unknown>>
type Wording = { readonly what: string; readonly todo: string }
const list = (value: unknown) => (Array.isArray(value) ? value.map((v) => `.${String(v)}`).join('、') : '')

/** 見つかったもの。ここにない種類は、そのままの名前で示す。 */
const found: Readonly<Record<string, string>> = {
  exe: 'プログラム',
  elf: 'プログラム',
  script: 'プログラム',
  html: 'ウェブページ',
  svg: 'スクリプトを含められる画像',
  zip: '圧縮ファイル',
  ole: '旧形式の文書',
  text: '文字だけのファイル',
  binary: '種類の分からないデータ',
}

/** ファイルを受け取らなかった理由と、どうすればよいか。 */
const refusals: Readonly<Record<string, (p: Params) => Wording>> = {
  empty: () => ({ what: 'ファイルの中身がありません。', todo: '保存し直してから、もう一度選んでください。' }),
  'type-not-allowed': (p) => ({
    what: `この種類のファイル（${p['ending'] === '' ? '拡張子なし' : `.${String(p['ending'])}`}）は付けられません。`,
    todo: `付けられるのは ${list(p['allowed'])} です。`,
  }),
  'not-what-name-says': (p) => ({
    what: `「${String(p['name'])}」の中身は、名前が示す種類と違います（中身：${found[String(p['found'])] ?? String(p['found'])}）。`,
    todo: '元のファイルを確かめ、正しい形式で保存し直してください。',
  }),
  macros: () => ({ what: 'マクロを含むファイルは付けられません。', todo: 'マクロを除くか、PDFにして付けてください。' }),
  encrypted: () => ({
    what: 'パスワードのかかったファイルは、中身を確かめられないため付けられません。',
    todo: 'パスワードを外して付けてください。誰が見られるかは、この画面の権限で守られます。',
  }),
  broken: () => ({ what: 'ファイルが壊れています。', todo: '元のファイルを開いて保存し直してください。' }),
  'zip-bomb': () => ({
    what: '開くと極端に大きくなるファイルのため、受け取りませんでした。',
    todo: '大きな画像を減らすか、PDFにして付けてください。',
  }),
  infected: () => ({
    what: 'ウイルス検査で見つかったものがあるため、受け取りませんでした。',
    todo: 'このファイルを開かず、情報システムの担当者に知らせてください。操作の記録に残しました。',
  }),
}

export const evidence = {
  title: '証跡',
  lead: '契約書、検証の結果など、この登録の裏付けになる資料です。',
  none: 'まだ証跡がありません。',
  add: '証跡を付ける',
  addBlocked: 'この役割では、この登録に証跡を付けられません。',
  file: 'ファイル',
  fileHelp: (size: string, endings: string) => `${size}まで。${endings}`,
  endings: (endings: readonly string[]) => endings.map((e) => `.${e}`).join(' '),
  choose: 'ファイルを選ぶ',
  drop: 'ここに置くこともできます。',
  chosen: (name: string, size: string) => `選んだファイル：${name}（${size}）`,
  tooLarge: (size: string) => `大きすぎます。${size}までのファイルを選んでください。`,
  name: '題名',
  nameHelp: '一覧で見て分かる名前。例：利用契約書（令和8年度）',
  classification: '機密性の格付',
  classifications: {
    'confidentiality-1': '機密性1情報',
    'confidentiality-2': '機密性2情報',
    'confidentiality-3': '機密性3情報',
  } as Readonly<Record<string, string>>,
  send: '付ける',
  sending: '送っています',
  cancel: 'やめる',
  needFile: 'ファイルを選んでください。',
  needName: '題名を入れてください。',
  needClassification: '格付を選んでください。',
  added: (name: string) => `「${name}」を付けました。`,
  addedAt: (date: string, who: string) => `${date} ${who}`,
  someone: '（名前の記録なし）',
  prove: '中身を確かめる',
  proveOf: (name: string) => `「${name}」の中身を確かめる`,
  proven: (name: string) => `「${name}」は、付けたときから1バイトも変わっていません。`,
  notProven: (name: string) =>
    `「${name}」の保管した中身が、付けたときと違います。管理者に知らせ、控えから戻してください。`,
  hash: 'SHA-256',
  withdraw: '取り下げる',
  withdrawOf: (name: string) => `「${name}」を取り下げる`,
  withdrawTitle: 'この証跡を取り下げますか',
  withdrawText: (name: string) =>
    `「${name}」は取り下げた印と理由を付けて残ります。ファイルは、保存期間の規則に従ってのちに消されます。`,
  because: '取り下げる理由',
  needReason: '理由を入れると取り下げられます。',
  withdrawn: '取下げ',
  withdrawnOn: (date: string, who: string, because: string) => `${date}に${who}が取り下げました。理由：${because}`,
  refusal: (code: string, params: Params): Wording | undefined => refusals[code]?.(params),
  notScanned: {
    what: 'ウイルス検査ができなかったため、受け取りませんでした。',
    todo: '少し待ってから、もう一度試してください。続くときは管理者に知らせてください。',
  },
}
