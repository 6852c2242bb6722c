// The key is only for finding and comparing; what a person wrote is never replaced by it.
// Unicode normalisation: UAX #15 (NFKC). NFKC leaves dashes, tildes and 異体字 apart, so tables of our own fold those.

/** Same-looking signs that Japanese texts mix freely. ー is among the dashes: 「サ－バ」 is typed for 「サーバ」. */
const signs: readonly (readonly [string, string])[] = [
  ['-', '‐‑‒–—―−⁻₋﹘﹣－ーｰ─━⁃'],
  ['~', '〜～∼⁓˜'],
  ['・', '･·•‧∙⋅'],
  ["'", '‘’‛′＇'],
  ['"', '“”„‟″＂〝〞〟'],
  // NFKC puts a space before a voice mark that stands alone; 「カ゛」 is meant as 「ガ」.
  ['\u3099', '゛'],
  ['\u309a', '゜'],
]

/** First character: the one the others are folded to. Old forms, name variants, and radicals that NFKC leaves alone. */
const kanji =
  '高髙 崎﨑嵜 辺邊邉 斎齋 斉齊⻫ 沢澤 浜濱濵 桜櫻 広廣 国國 学學 蔵藏 真眞 徳德 恵惠 栄榮 円圓 滝瀧 竜龍⻯ 島嶋嶌 槙槇 会會 県縣 庁廳 済濟 ' +
  '経經 区區 関關 団團 発發 変變 実實 対對 応應 当當 総總 声聲 万萬 号號 与與 予豫 弁辯瓣辨 図圖 数數 検檢 証證 訳譯 読讀 売賣 転轉 医醫 鉄鐵 静靜 ' +
  '歯齒⻭ 点點 体體 台臺 条條 参參 独獨 画畫 営營 労勞 寿壽 写寫 将將 乗乘 仮假 伝傳 価價 倹儉 剣劍 勲勳 単單 厳嚴 嘱囑 圧壓 壊壞 従從 戦戰 払拂 ' +
  '拠據 担擔 拡擴 摂攝 効效 教敎 断斷 暁曉 曽曾 楽樂 楼樓 枢樞 様樣 横橫 欧歐 帰歸 気氣 浄淨 浅淺 満滿 渋澁 湾灣 争爭 為爲 犠犧 狭狹 獣獸 産產 ' +
  '砕碎 礼禮 秘祕 称稱 穂穗 並竝 糸絲 緒緖 縦縱 縄繩 絵繪 続續 繊纖 聴聽 粛肅 脳腦 胆膽 旧舊 荘莊 芸藝 薬藥 処處 虚虛 衛衞 装裝 覚覺 覧覽 観觀 ' +
  '触觸 譲讓 豊豐 頼賴 賛贊 軽輕 逓遞 遅遲 郎郞 郷鄕 酔醉 釈釋 録錄 鉱鑛 閲閱 陥陷 随隨 険險 隠隱 双雙 雑雜 霊靈 頬頰 顕顯 余餘 騒騷 駆驅 験驗 ' +
  '髄髓 鶏鷄 麦麥⻨ 黄黃⻩ 黙默 齢齡 亀龜 民⺠ 長⻑ 西⻄ 青靑⻘ 鬼⻤ 虎⻁ 角⻆ 骨⻣ 食⻝⻞ 館舘 富冨 吉𠮷'

const fold = new Map<string, string>([
  ...signs.flatMap(([to, from]) => Array.from(from).map((sign) => [sign, to] as const)),
  ...kanji.split(' ').flatMap((group) => {
    const [to = '', ...from] = group
    return from.map((form) => [form, to] as const)
  }),
  // Which of the two sigmas is written depends on its neighbours; a part of a word must have the key of that part.
  ['ς', 'σ'],
])
const foldable = new RegExp(`[${[...fold.keys()].join('')}]`, 'gu')
const signsOnly = new RegExp(`[${signs.map(([, from]) => from).join('')}]`, 'gu')

const invisible = /[\p{Default_Ignorable_Code_Point}\p{Cn}]|(?![\t\n\v\f\r\u0085])\p{Cc}/gu
const japanese = String.raw`[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\u3001-\u303f\u3099\u309a]`
// 「生成 AI」 and 「生成AI」 are one word to the reader: a space beside a Japanese character separates nothing.
const layoutSpace = new RegExp(`(?<=${japanese}) +| +(?=${japanese})`, 'gu')

/** Of any text, step by step. */
function fullKey(text: string): string {
  return text
    .toWellFormed()
    .replace(invisible, '')
    .replace(signsOnly, (c) => fold.get(c) ?? c)
    .normalize('NFKC')
    .toLowerCase()
    .toUpperCase()
    .toLowerCase()
    .normalize('NFKC')
    .replace(/[ァ-ヶヽヾ]/g, (c) => String.fromCharCode(c.charCodeAt(0) - 0x60))
    .replace(foldable, (c) => fold.get(c) ?? c)
    .replace(invisible, '')
    .replace(/[\s\u0085]+/g, ' ')
    .replace(layoutSpace, '')
    .trim()
    .normalize('NFC')
}

/** Characters whose key does not depend on their neighbours: no combining marks, jamo, sigmas or surrogates. */
const apart = /^[ -~\u3000-\u3029\u3030-\u303f\u3041-\u3096\u309d-\u309f\u30a0-\u30ff\u4e00-\u9fff\uff01-\uff5e]*$/
const keyOfOne: string[] = []
keyOfOne[0x20] = keyOfOne[0x3000] = ' '

/**
 * The form in which two texts are compared: width, case, kana, dashes, tildes, kanji variants and invisible characters
 * do not matter. For finding only; never shown, stored as a value or exported. `searchKey(searchKey(x)) = searchKey(x)`.
 */
export function searchKey(text: string): string {
  if (!apart.test(text)) return fullKey(text)
  let key = ''
  for (let i = 0; i < text.length; i++) key += keyOfOne[text.charCodeAt(i)] ??= fullKey(text.charAt(i))
  return key.includes(' ') ? key.replace(/ +/g, ' ').replace(layoutSpace, '').trim() : key
}

/** The words of a query: separated by any white space (U+3000 too), each as its key; blank ones are left out. */
export function searchTerms(query: string): string[] {
  return query
    .split(/\s+/)
    .map(searchKey)
    .filter((term) => term !== '')
}

const pair = (first: number, second: number): number => (first << 16) | second | 0

/**
 * What the search index keeps of a text: one signed 32-bit number per pair of neighbouring UTF-16 units of its key
 * (first unit in the high half), within runs without white space; a run of one unit gives that unit itself.
 * Sorted by number, without repeats.
 */
export const gramsOf = (text: string): number[] => gramsOfKey(searchKey(text))

/** The same for a text whose key is known already: making the key is most of the work. */
export function gramsOfKey(key: string): number[] {
  const grams = new Set<number>()
  for (const run of key.split(' ')) {
    if (run.length === 1) grams.add(run.charCodeAt(0))
    for (let i = 0; i + 1 < run.length; i++) grams.add(pair(run.charCodeAt(i), run.charCodeAt(i + 1)))
  }
  return [...grams].toSorted((a, b) => a - b)
}

/**
 * The numbers that every text holding this word must have. A word of one unit has none: inside a longer run it leaves
 * no number of its own, so the index cannot help and the keys themselves have to be compared.
 */
export function gramsOfTerm(term: string): number[] {
  return searchKey(term).length < 2 ? [] : gramsOf(term).filter((gram) => gram < 0 || gram > 0xffff)
}
