import type { Fault, FaultCode } from './faults.ts'
import { answerWords } from './answer-words.ts'
import { yamlWords } from './yaml-words.ts'

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

const typeNames: Record<string, { ja: string; en: string }> = {
  string: { ja: '文字列', en: 'a text' },
  number: { ja: '数', en: 'a number' },
  boolean: { ja: 'true か false', en: 'true or false' },
  list: { ja: 'リスト', en: 'a list' },
  map: { ja: '「キー: 値」', en: 'keys with values' },
  texts: { ja: '言語ごとの文', en: 'a text per language' },
  null: { ja: '空', en: 'nothing' },
}
function typeName(types: unknown, language: Language): string {
  const names = s(types)
    .split(', ')
    .map((type) => typeNames[type]?.[language] ?? type)
  return names.join(language === 'ja' ? 'または' : ' or ')
}
function typeHint(p: Params, language: Language): string {
  const hint = typeHints.find(
    ({ needs, found }) => s(p['expected']).split(', ').includes(needs) && found.includes(s(p['found'])),
  )
  return hint ? (language === 'ja' ? hint.ja : ` ${hint.en}`) : ''
}
const typeHints = [
  { needs: 'string', found: ['number', 'boolean'], ja: '引用符で囲んでください。', en: 'Put it in quotes.' },
  {
    needs: 'string',
    found: ['null'],
    ja: '文を書くか、「null」を引用符で囲んでください。',
    en: 'Write the text, or put null in quotes.',
  },
  {
    needs: 'number',
    found: ['string'],
    ja: '引用符や桁区切りを付けずに数を書いてください。',
    en: 'Write the number without quotes or separators.',
  },
  { needs: 'number', found: ['number'], ja: '限りのある数を書いてください。', en: 'Write a number that has an end.' },
  { needs: 'boolean', found: ['string'], ja: '引用符を付けずに書いてください。', en: 'Write it without quotes.' },
  {
    needs: 'texts',
    found: ['string', 'list'],
    ja: '{ ja: …, en: … } のように書いてください。',
    en: 'Write { ja: …, en: … }.',
  },
  {
    needs: 'list',
    found: ['string', 'number', 'map'],
    ja: '[…] または「- 」で始まる行で書いてください。',
    en: 'Write […] or lines that begin with "- ".',
  },
]

const patternNames: Record<string, { ja: string; en: string }> = {
  day: { ja: '日付は 2026-04-01 のように書いてください', en: 'Write a day like 2026-04-01' },
  id: {
    ja: '英数字で始め、英数字と . _ - だけを使ってください',
    en: 'Begin with a letter or digit; use letters, digits and . _ - only',
  },
  language: { ja: '言語は ja や en-GB のように書いてください', en: 'Write a language like ja or en-GB' },
}
function patternName(pattern: unknown, language: Language): string {
  return patternNames[s(pattern)]?.[language] ?? s(pattern)
}
/** What a proof that ran out of its budget was to show. */
const unsettled: Record<string, { ja: string; en: string }> = {
  'unreachable-question': { ja: 'この質問が表示される回答があること', en: 'that some answers lead to this question' },
  'unreachable-rule': { ja: 'この規則が当てはまる回答があること', en: 'that some answers make this rule apply' },
  'unreachable-band': { ja: 'この段階に届く回答があること', en: 'that some answers reach this band' },
  'unreachable-outcome': { ja: 'この判定が出る回答があること', en: 'that some answers give this outcome' },
  'table-not-total': { ja: 'どの回答でも規則が当てはまること', en: 'that a rule applies whatever is answered' },
  'level-not-total': { ja: 'どの回答でも段階があること', en: 'that there is a band whatever is answered' },
  'uncovered-rule': { ja: 'これを取り除くと失敗する事例があること', en: 'that a case fails when this is taken out' },
  tree: { ja: '木のすべての道', en: 'all ways of the tree' },
}

/** What is wrong and what to do, for a person. */
const texts: Record<FaultCode, { ja: Words; en: Words }> = {
  'no-such-path': {
    ja: () => 'ファイルもフォルダもありません。パスを確かめてください。',
    en: () => 'There is no such file or folder. Check the path.',
  },
  'not-a-file': {
    ja: () => '普通のファイルではありません。ファイルを置いてください。',
    en: () => 'It is not an ordinary file. Put a file there.',
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
    ja: () => 'ここには置けないファイルまたはフォルダです。項目は部のフォルダに「<id>.yaml」として置いてください。',
    en: () => 'A file or folder that does not belong here. Items stand in the folder of their part, as <id>.yaml.',
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
    ja: (p) => `YAMLとして読めません。${yamlWords(s(p['yaml']), s(p['message']), 'ja')}`,
    en: (p) => `It is not valid YAML. ${yamlWords(s(p['yaml']), s(p['message']), 'en')}`,
  },
  'duplicate-key': {
    ja: (p) => `キー「${s(p['key'])}」が重複しています。一つにしてください。`,
    en: (p) => `The key "${s(p['key'])}" is given twice. Keep one.`,
  },
  'too-many-faults': {
    ja: (p) => `誤りが${s(p['count'])}件あります。初めの${s(p['shown'])}件だけを示しました。`,
    en: (p) => `There are ${s(p['count'])} faults; the first ${s(p['shown'])} are shown.`,
  },
  'too-many-aliases': {
    ja: (p) => `別名（*名前）の使用が多すぎます（上限${s(p['most'])}）。書き下してください。`,
    en: (p) => `Too many uses of aliases (at most ${s(p['most'])}). Write them out.`,
  },
  'alias-without-anchor': {
    ja: (p) =>
      `別名「*${s(p['name'])}」の元（&${s(p['name'])}）がありません。「*」で始まる文なら引用符で囲んでください。`,
    en: (p) => `There is no &${s(p['name'])} for the alias *${s(p['name'])}. Put a text that begins with * in quotes.`,
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
      `型が違います。${typeName(p['expected'], 'ja')}が必要ですが、${typeName(p['found'], 'ja')}（${s(p['value'])}）があります。${typeHint(p, 'ja')}`,
    en: (p) =>
      `Wrong type: ${typeName(p['expected'], 'en')} is needed, ${typeName(p['found'], 'en')} (${s(p['value'])}) was found.${typeHint(p, 'en')}`,
  },
  'not-allowed-value': {
    ja: (p) => `使えない値です: ${s(p['value'])}。使える値: ${list(p['allowed'])}`,
    en: (p) => `Not an allowed value: ${s(p['value'])}. Allowed: ${list(p['allowed'])}.`,
  },
  'bad-format': {
    ja: (p) => `書き方が違います: ${s(p['value'])}。${patternName(p['pattern'], 'ja')}。`,
    en: (p) => `Not well-formed: ${s(p['value'])}. ${patternName(p['pattern'], 'en')}.`,
  },
  'control-character': {
    ja: (p) => `目に見えない制御文字（${s(p['character'])}）があります。取り除いてください。`,
    en: (p) => `It holds a control character (${s(p['character'])}) that nobody sees. Take it out.`,
  },
  'too-small': {
    ja: (p) => `足りないか、小さすぎます（${s(p['least'])}以上にしてください）。`,
    en: (p) => `Too few or too small (at least ${s(p['least'])}).`,
  },
  'too-large': {
    ja: (p) => `多すぎるか、長すぎるか、大きすぎます（${s(p['most'])}以下にしてください）。`,
    en: (p) => `Too many, too long or too large (at most ${s(p['most'])}).`,
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
    ja: (p) => `この日はありません: ${s(p['value'])}。暦にある日を書いてください。`,
    en: (p) => `There is no such day: ${s(p['value'])}. Write a day of the calendar.`,
  },
  'missing-text': {
    ja: (p) => `「${s(p['language'])}」の文がありません。書き加えてください。`,
    en: (p) => `The text in "${s(p['language'])}" is missing. Add it.`,
  },
  'language-not-declared': {
    ja: (p) =>
      `言語「${s(p['language'])}」は languages にありません（${list(p['declared'])}）。文を取り除くか、languages に加えてください。`,
    en: (p) =>
      `The language "${s(p['language'])}" is not in languages (${list(p['declared'])}). Take the text out, or add the language.`,
  },
  'duplicate-id': {
    ja: (p) => `id「${s(p['id'])}」が重複しています。一方を別の名前にしてください。`,
    en: (p) => `The id "${s(p['id'])}" is given twice. Rename one.`,
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
  'row-too-long': {
    ja: (p) => `互いに基づくものの連なりが長すぎます（上限${s(p['most'])}段）。`,
    en: (p) => `Too many things rest on each other in a row (at most ${s(p['most'])}).`,
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
    ja: (p) =>
      `段階「${s(p['band'])}」と「${s(p['next'])}」が重なっています。一方の終わりから他方を始め、境の値は一方だけに含めます。`,
    en: (p) =>
      `The bands "${s(p['band'])}" and "${s(p['next'])}" overlap. Begin one where the other ends, and let one of them hold the bound.`,
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
      `事例「${s(p['case'])}」の質問「${s(p['question'])}」への回答が正しくありません。${answerWords(p, 'ja')}`,
    en: (p) => `The case "${s(p['case'])}" answers the question "${s(p['question'])}" wrongly. ${answerWords(p, 'en')}`,
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
    ja: (p) => `計算の上限内では確かめられませんでした: ${unsettled[s(p['what'])]?.ja ?? s(p['what'])}`,
    en: (p) => `Not settled within the budget: ${unsettled[s(p['what'])]?.en ?? s(p['what'])}.`,
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
