import type { Category } from '#user-rules/settings.ts'

import { isMyNumber } from './my-number.ts'

export type Pattern = {
  readonly category: Category
  readonly pattern: RegExp
  /** What is found where the pattern holds more than it, such as the word before an account number. */
  readonly group?: number
  readonly holds?: (found: string) => boolean
}

const digitsOf = (text: string) => text.replaceAll(/\D/g, '')
/** Hyphens as they are typed in Japanese text, after full-width signs were made half-width. */
const dash = '[-‐‑–—−ーｰ]'
const kanji = '[\\p{Script=Han}々ヶ]'
const prefectures =
  '北海道|青森県|岩手県|宮城県|秋田県|山形県|福島県|茨城県|栃木県|群馬県|埼玉県|千葉県|東京都|神奈川県|新潟県|富山県|石川県|福井県|山梨県|長野県|岐阜県|静岡県|愛知県|三重県|滋賀県|京都府|大阪府|兵庫県|奈良県|和歌山県|鳥取県|島根県|岡山県|広島県|山口県|徳島県|香川県|愛媛県|高知県|福岡県|佐賀県|長崎県|熊本県|大分県|宮崎県|鹿児島県|沖縄県'
/** Words that stand before 「さん」「様」 and name nobody. */
const nobody = new Set(
  '皆,客,神,奥,王,仏,お客,患者,担当者,相談者,申請者,利用者,職員,先方,各位,多,同,異,仕,有,模'.split(','),
)

/**
 * How personal data are found in a text, as data: our preset, in the order in which they take a place. What is found here may
 * be none, and what is not found may be some, names above all.
 */
export const patterns: readonly Pattern[] = [
  // 12 digits, together or in groups of four, whose check digit is right.
  {
    category: 'my-number',
    pattern: new RegExp(`(?<![\\d])\\d{4}(?:${dash}| )?\\d{4}(?:${dash}| )?\\d{4}(?![\\d])`, 'gu'),
    holds: (found) => isMyNumber(digitsOf(found)),
  },
  { category: 'mail', pattern: /[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+/gu },
  // Bank or branch, kind of account, then 7 digits; or the word for it and 7 digits.
  {
    category: 'account-number',
    pattern: /(?:口座(?:番号)?|普通|当座|貯蓄|account (?:no\.?|number))\s*(?:は|:|：|No\.?|番号)?\s*(\d{7})(?!\d)/giu,
    group: 1,
  },
  // Licence numbers have 12 digits, too; without a word before them they are taken for nothing.
  { category: 'licence-number', pattern: /免許(?:証)?(?:番号)?\s*(?:は|第|:|：)?\s*(\d{12})(?!\d)/gu, group: 1 },
  // Landlines, mobile and free numbers begin with 0 (numbering plan of the Ministry of Internal Affairs and Communications).
  {
    category: 'phone',
    pattern: new RegExp(
      `(?<![\\d])(?:\\+81[ -]?\\d{1,4}|\\(?0\\d{1,4}\\)?)(?:${dash}| |\\))?\\d{1,4}(?:${dash}| )\\d{3,4}(?![\\d])|(?<![\\d])0[5789]0\\d{8}(?![\\d])`,
      'gu',
    ),
    holds: (found) => [10, 11, 12].includes(digitsOf(found).length),
  },
  { category: 'address', pattern: new RegExp(`〒?\\s?(?<![\\d])\\d{3}${dash}\\d{4}(?![\\d${'-'}])`, 'gu') },
  {
    category: 'address',
    pattern: new RegExp(
      `(?:${prefectures})(?:${kanji}|[ぁ-んァ-ヶ]){1,12}?[市区町村](?:${kanji}|[ァ-ヶ]|\\d|丁目|番地?|号|${dash}){0,24}`,
      'gu',
    ),
  },
  {
    category: 'birth-date',
    pattern:
      /(?:生年月日|誕生日|date of birth)\s*(?:は|:|：)?\s*((?:(?:明治|大正|昭和|平成|令和)(?:\d{1,2}|元)|\d{4})\s?[年/.-]\s?\d{1,2}\s?[月/.-]\s?\d{1,2}日?)/giu,
    group: 1,
  },
  {
    category: 'birth-date',
    pattern: /((?:(?:明治|大正|昭和|平成|令和)(?:\d{1,2}|元)|\d{4})年\s?\d{1,2}月\s?\d{1,2}日)生まれ/gu,
    group: 1,
  },
  // A name is told by the word after it or before it.
  {
    category: 'name',
    pattern: new RegExp(
      `(?<!${kanji})(${kanji}{1,3}[ 　]?${kanji}{0,3}(?:[ぁ-ん]{1,3}(?=さん|様))?)(?=さん|様|氏(?!名)|殿)`,
      'gu',
    ),
    group: 1,
    holds: (found) => !nobody.has(found) && found.replaceAll(/\s/g, '').length >= 2,
  },
  {
    category: 'name',
    pattern: new RegExp(`(?:氏名|名前|担当者名|申請者名)\\s*(?:は|:|：)\\s*(${kanji}{1,4}[ 　]?${kanji}{1,4})`, 'gu'),
    group: 1,
  },
  { category: 'name', pattern: /\b(?:Mr|Ms|Mrs|Dr)\.? ([A-Z][a-z]+(?: [A-Z][a-z]+)?)/gu, group: 1 },
]
