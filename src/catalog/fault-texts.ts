import type { Fault, FaultCode } from './faults.ts'

type Params = Record<string, unknown>
type Words = (p: Params) => string
type Language = 'ja' | 'en'

function list(value: unknown): string {
  return Array.isArray(value) ? value.map(String).join(', ') : String(value ?? '')
}
function near(p: Params, language: Language): string {
  if (p['near'] === undefined) return ''
  return language === 'ja' ? `「${String(p['near'])}」ではありませんか。` : ` Did you mean "${String(p['near'])}"?`
}
const s = (value: unknown): string => String(value ?? '')

/** What is wrong and what to do, for a person. */
const texts: Record<FaultCode, { ja: Words; en: Words }> = {
  'no-such-path': {
    ja: () => 'ファイルもフォルダもありません。パスを確かめてください。',
    en: () => 'There is no such file or folder. Check the path.',
  },
  'not-readable': {
    ja: () => '読めません。権限を確かめてください。',
    en: () => 'It cannot be read. Check the permissions.',
  },
  'no-catalog-file': {
    ja: () => 'フォルダに catalog.yaml がありません。見出しを書いた catalog.yaml を置いてください。',
    en: () => 'The folder has no catalog.yaml. Put the header of the catalog there.',
  },
  'stray-file': {
    ja: () => 'ここには置けないYAMLファイルです。項目は部のフォルダに「<id>.yaml」として置いてください。',
    en: () => 'A YAML file that does not belong here. Items stand in the folder of their part, as <id>.yaml.',
  },
  'stray-folder': {
    ja: (p) => `「${s(p['folder'])}」という部もリストもありません。部: ${list(p['parts'])}`,
    en: (p) => `There is no part or list called "${s(p['folder'])}". Parts: ${list(p['parts'])}.`,
  },
  'file-too-large': {
    ja: (p) => `ファイルが大きすぎます（${s(p['bytes'])}バイト、上限${s(p['most'])}）。項目ごとに分けてください。`,
    en: (p) => `The file is too large (${s(p['bytes'])} bytes, at most ${s(p['most'])}). Split it by item.`,
  },
  'too-many-items': {
    ja: (p) => `項目が多すぎます（${s(p['count'])}件、上限${s(p['most'])}件）。`,
    en: (p) => `Too many items (${s(p['count'])}, at most ${s(p['most'])}).`,
  },
  'not-utf8': {
    ja: () => 'UTF-8ではありません。UTF-8で保存してください。',
    en: () => 'It is not UTF-8. Save it as UTF-8.',
  },
  'yaml-error': {
    ja: (p) => `YAMLとして読めません（${s(p['yaml'])}）: ${s(p['message'])}`,
    en: (p) => `It is not valid YAML (${s(p['yaml'])}): ${s(p['message'])}`,
  },
  'duplicate-key': {
    ja: (p) => `キー「${s(p['key'])}」が重複しています。`,
    en: (p) => `The key "${s(p['key'])}" is given twice.`,
  },
  'too-many-faults': {
    ja: (p) => `誤りが${s(p['count'])}件あります。初めの${s(p['shown'])}件だけを示しました。`,
    en: (p) => `There are ${s(p['count'])} faults; the first ${s(p['shown'])} are shown.`,
  },
  'too-many-aliases': {
    ja: (p) => `別名（*名前）の使用が多すぎます（上限${s(p['most'])}）。書き下してください。`,
    en: (p) => `Too many uses of aliases (at most ${s(p['most'])}). Write them out.`,
  },
  'nested-too-deep': { ja: () => '入れ子が深すぎます。', en: () => 'It is nested too deeply.' },
  'not-a-map': {
    ja: () => 'ファイルの中身が「キー: 値」の形ではありません。',
    en: () => 'The file does not hold a map of keys and values.',
  },
  'id-differs-from-file': {
    ja: (p) => `id「${s(p['id'])}」がファイル名「${s(p['name'])}」と違います。同じにするか、idを省いてください。`,
    en: (p) =>
      `The id "${s(p['id'])}" differs from the file name "${s(p['name'])}". Make them equal or leave the id out.`,
  },
  'unknown-key': {
    ja: (p) => `「${s(p['key'])}」というキーはここでは使えません。綴りと位置を確かめてください。`,
    en: (p) => `The key "${s(p['key'])}" is not known here. Check its spelling and place.`,
  },
  'missing-key': {
    ja: (p) => `「${s(p['key'])}」がありません。書き加えてください。`,
    en: (p) => `"${s(p['key'])}" is missing. Add it.`,
  },
  'wrong-type': {
    ja: (p) =>
      `型が違います（${s(p['expected'])} が必要、${s(p['found'])} ${s(p['value'])} があります）。idが数字のときは引用符で囲みます。`,
    en: (p) =>
      `Wrong type: ${s(p['expected'])} is needed, ${s(p['found'])} ${s(p['value'])} was found. Put ids that look like numbers in quotes.`,
  },
  'not-allowed-value': {
    ja: (p) => `使えない値です: ${s(p['value'])}。使える値: ${list(p['allowed'])}`,
    en: (p) => `Not an allowed value: ${s(p['value'])}. Allowed: ${list(p['allowed'])}.`,
  },
  'bad-format': {
    ja: (p) => `書き方が違います: ${s(p['value'])}（${s(p['pattern'])}）`,
    en: (p) => `Not well-formed: ${s(p['value'])} (${s(p['pattern'])}).`,
  },
  'too-small': {
    ja: (p) => `足りません（${s(p['least'])}以上）。`,
    en: (p) => `Too few or too small (at least ${s(p['least'])}).`,
  },
  'too-large': {
    ja: (p) => `超えています（${s(p['most'])}以下）。`,
    en: (p) => `Too many or too large (at most ${s(p['most'])}).`,
  },
  'fits-no-form': {
    ja: (p) => `どの形にも当てはまりません（キー: ${list(p['keys'])}）。使える形: ${list(p['forms'])}`,
    en: (p) => `It fits no known form (keys: ${list(p['keys'])}). Forms: ${list(p['forms'])}.`,
  },
  'one-test-needed': {
    ja: (p) => `条件には比較をちょうど一つ書きます（今は: ${list(p['keys']) || 'なし'}）。`,
    en: (p) => `A condition needs exactly one test (now: ${list(p['keys']) || 'none'}).`,
  },
  'no-such-day': {
    ja: (p) => `この日はありません: ${s(p['value'])}`,
    en: (p) => `There is no such day: ${s(p['value'])}.`,
  },
  'missing-text': {
    ja: (p) => `「${s(p['language'])}」の文がありません。`,
    en: (p) => `The text in "${s(p['language'])}" is missing.`,
  },
  'language-not-declared': {
    ja: (p) => `言語「${s(p['language'])}」は languages にありません（${list(p['declared'])}）。`,
    en: (p) => `The language "${s(p['language'])}" is not in languages (${list(p['declared'])}).`,
  },
  'duplicate-id': {
    ja: (p) => `id「${s(p['id'])}」が重複しています。`,
    en: (p) => `The id "${s(p['id'])}" is given twice.`,
  },
  'reserved-id': {
    ja: (p) => `id「${s(p['id'])}」は予約されています。別の名前にしてください。`,
    en: (p) => `The id "${s(p['id'])}" is reserved. Choose another.`,
  },
  'no-such-item': {
    ja: (p) => `${s(p['part'])} に「${s(p['id'])}」はありません。${near(p, 'ja')}`,
    en: (p) => `There is no "${s(p['id'])}" in ${s(p['part'])}.${near(p, 'en')}`,
  },
  'no-such-option': {
    ja: (p) => `質問「${s(p['question'])}」に選択肢「${s(p['id'])}」はありません。`,
    en: (p) => `The question "${s(p['question'])}" has no option "${s(p['id'])}".`,
  },
  'no-such-band': {
    ja: (p) => `レベル「${s(p['level'])}」に段階「${s(p['id'])}」はありません（${list(p['allowed'])}）。`,
    en: (p) => `The level "${s(p['level'])}" has no band "${s(p['id'])}" (${list(p['allowed'])}).`,
  },
  'table-never-gives': {
    ja: (p) => `表「${s(p['table'])}」のどの規則も「${s(p['gives'])}」を与えません。`,
    en: (p) => `No rule of the table "${s(p['table'])}" gives "${s(p['gives'])}".`,
  },
  'test-not-for-kind': {
    ja: (p) => `「${s(p['test'])}」は種類 ${s(p['kind'])} の質問には使えません（使えるのは ${list(p['kinds'])}）。`,
    en: (p) => `"${s(p['test'])}" cannot test a question of kind ${s(p['kind'])} (only ${list(p['kinds'])}).`,
  },
  'outcome-only-in-duties': {
    ja: () => '「outcome」の条件は責務の条件でのみ使えます。',
    en: () => 'A condition on the outcome may stand in duties only.',
  },
  loop: {
    ja: (p) => `循環しています: ${list(p['way'])}。どこかで断ち切ってください。`,
    en: (p) => `A loop: ${list(p['way'])}. Break it somewhere.`,
  },
  'goto-without-tree': {
    ja: () => 'goto は decide: { tree: … } のカタログでのみ使えます。',
    en: () => 'goto is for catalogs with decide: { tree: … } only.',
  },
  'show-when-in-tree': {
    ja: () => '木の中の質問に show-when は使えません。条件は goto に書いてください。',
    en: () => 'A question of the tree cannot have show-when. Put the condition on the goto.',
  },
  'bands-overlap': {
    ja: (p) => `段階「${s(p['band'])}」と「${s(p['next'])}」が重なっています。`,
    en: (p) => `The bands "${s(p['band'])}" and "${s(p['next'])}" overlap.`,
  },
  'bands-leave-gap': {
    ja: (p) => `段階「${s(p['band'])}」と「${s(p['next'])}」の間に隙間があります。一方を to、他方を above にします。`,
    en: (p) =>
      `There is a gap between the bands "${s(p['band'])}" and "${s(p['next'])}". End one with to and begin the other with above.`,
  },
  'band-without-outcome': {
    ja: (p) => `判定を決めるレベルの段階「${s(p['band'])}」に outcome がありません。`,
    en: (p) => `The band "${s(p['band'])}" of the deciding level has no outcome.`,
  },
  'bounds-twice': {
    ja: () => 'from と above、to と below は一方だけ書きます。',
    en: () => 'Give from or above, to or below, not both.',
  },
  'min-above-max': {
    ja: (p) => `min（${s(p['min'])}）が max（${s(p['max'])}）を超えています。`,
    en: (p) => `min (${s(p['min'])}) is above max (${s(p['max'])}).`,
  },
  'maximum-without-limit': {
    ja: (p) => `スコア「${s(p['score'])}」の最大値が使われていますが、この数の質問に ${s(p['key'])} がありません。`,
    en: (p) => `The maximum of "${s(p['score'])}" is used, but this number has no ${s(p['key'])}.`,
  },
  'exclusive-in-single': {
    ja: () => 'exclusive は複数選択の質問でのみ使えます。',
    en: () => 'exclusive is for questions of kind multiple only.',
  },
  'missing-provenance': {
    ja: (p) =>
      `「${s(p['id'])}」に provenance がありません。誰の言葉か（official・secondary・preset）を書いてください。`,
    en: (p) => `"${s(p['id'])}" has no provenance. Say whose words it is: official, secondary or preset.`,
  },
  'missing-source': {
    ja: (p) => `provenance が ${s(p['provenance'])} なのに source がありません。文書と箇所を書いてください。`,
    en: (p) =>
      `The provenance is ${s(p['provenance'])}, but there is no source. Name the document and the place in it.`,
  },
  'source-kind-differs': {
    ja: (p) => `provenance が ${s(p['provenance'])} なのに、出典の種別は ${list(p['kinds'])} です。`,
    en: (p) => `The provenance is ${s(p['provenance'])}, but the documents cited are ${list(p['kinds'])}.`,
  },
  'dead-end': {
    ja: (p) => `質問「${s(p['question'])}」の回答に、行き先のないものがあります。条件のない goto で終えてください。`,
    en: (p) => `Some answer to "${s(p['question'])}" leads nowhere. End its goto with an entry without when.`,
  },
  'unreachable-question': {
    ja: (p) => `質問「${s(p['question'])}」は、どの回答でも表示されません。`,
    en: (p) => `No answers ever lead to the question "${s(p['question'])}".`,
  },
  'unreachable-outcome': {
    ja: (p) => `判定「${s(p['outcome'])}」は、どの回答でも出ません。`,
    en: (p) => `No answers ever give the outcome "${s(p['outcome'])}".`,
  },
  'unreachable-band': {
    ja: (p) => `レベル「${s(p['level'])}」の段階「${s(p['band'])}」には、どの回答でも届きません。`,
    en: (p) => `No answers ever reach the band "${s(p['band'])}" of the level "${s(p['level'])}".`,
  },
  'unreachable-rule': {
    ja: (p) => `表「${s(p['table'])}」の規則「${s(p['rule'])}」は、どの回答でも当てはまりません。`,
    en: (p) => `The rule "${s(p['rule'])}" of the table "${s(p['table'])}" can never apply.`,
  },
  'table-not-total': {
    ja: (p) =>
      `表「${s(p['table'])}」に、どの規則も当てはまらない回答があります: ${JSON.stringify(p['answers'])}。otherwise を加えてください。`,
    en: (p) =>
      `For some answers no rule of the table "${s(p['table'])}" applies: ${JSON.stringify(p['answers'])}. Add otherwise.`,
  },
  'level-not-total': {
    ja: (p) => `レベル「${s(p['level'])}」に、どの段階にも入らない回答があります: ${JSON.stringify(p['answers'])}`,
    en: (p) => `For some answers the level "${s(p['level'])}" has no band: ${JSON.stringify(p['answers'])}.`,
  },
  'case-fails': {
    ja: (p) =>
      `事例「${s(p['case'])}」の ${s(p['what'])} が違います。期待: ${JSON.stringify(p['expected'])}、結果: ${JSON.stringify(p['found'])}`,
    en: (p) =>
      `The case "${s(p['case'])}" differs in ${s(p['what'])}: expected ${JSON.stringify(p['expected'])}, found ${JSON.stringify(p['found'])}.`,
  },
  'case-answer-fault': {
    ja: (p) =>
      `事例「${s(p['case'])}」の質問「${s(p['question'])}」への回答が正しくありません（${s(p['answerFault'])}）。`,
    en: (p) =>
      `The case "${s(p['case'])}" answers the question "${s(p['question'])}" wrongly (${s(p['answerFault'])}).`,
  },
  'one-language-only': {
    ja: (p) => `文は「${s(p['language'])}」だけです。両方の言語の画面でこの言語の文が表示されます。`,
    en: (p) => `Texts are in "${s(p['language'])}" only; screens in other languages show these.`,
  },
  'uncovered-rule': {
    ja: (p) => `「${s(p['what'])}」を取り除いても失敗する事例がありません。事例を加えてください。`,
    en: (p) => `No case fails when "${s(p['what'])}" is taken out. Add a case for it.`,
  },
  'released-edition-edited': {
    ja: (p) =>
      `公開済みの版 ${s(p['catalog'])} ${s(p['edition'])} が変更されています（${s(p['path'])}）。元に戻し、変更は新しい版に書いてください。`,
    en: (p) =>
      `The released edition ${s(p['catalog'])} ${s(p['edition'])} has been edited (${s(p['path'])}). Restore it; changes go into a new edition.`,
  },
  'edition-twice': {
    ja: (p) => `${s(p['catalog'])} の版 ${s(p['edition'])} が二つあります（${s(p['other'])}）。`,
    en: (p) => `Edition ${s(p['edition'])} of ${s(p['catalog'])} is there twice (${s(p['other'])}).`,
  },
  'released-edition-missing': {
    ja: (p) => `公開済みの版 ${s(p['catalog'])} ${s(p['edition'])} がありません。`,
    en: (p) => `The released edition ${s(p['catalog'])} ${s(p['edition'])} is missing.`,
  },
  'link-to-nothing': {
    ja: (p) => `リンク先 ${s(p['catalog'])} に「${s(p['item'])}」はありません。`,
    en: (p) => `The link leads to "${s(p['item'])}", which ${s(p['catalog'])} does not have.`,
  },
  'not-settled': {
    ja: (p) => `計算の上限内では確かめられませんでした（${s(p['what'])}）。`,
    en: (p) => `This could not be settled within the budget (${s(p['what'])}).`,
  },
}

/** One sentence or two: what is wrong and what to do. */
export function faultText(fault: Pick<Fault, 'code' | 'params'>, language: Language): string {
  return texts[fault.code][language](fault.params)
}
/** `catalogs/x.yaml:12: questions[0].kind: …` */
export function faultLine(fault: Fault, language: Language): string {
  const place = fault.line > 0 ? `${fault.file}:${fault.line}` : fault.file
  return `${place}: ${fault.key ? `${fault.key}: ` : ''}${faultText(fault, language)} [${fault.code}]`
}
