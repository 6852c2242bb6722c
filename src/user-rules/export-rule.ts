import type { RuleVersion } from './api.ts'
import { inText } from './store-read.ts'

type Language = 'ja' | 'en'

const sectionNames = {
  ja: { purpose: '目的', 'before-use': '使う前に', input: '入力するとき', output: '出力を使うとき', contact: '連絡先' },
  en: {
    purpose: 'Purpose',
    'before-use': 'Before use',
    input: 'When you enter something',
    output: 'When you use output',
    contact: 'Contact',
  },
} as const

const titleOf = ({ rule }: RuleVersion, language: Language) => {
  const name = (rule.system ?? rule.organisation).name[language]
  return language === 'ja' ? `${name}の利活用ルール` : `User's rule: ${name}`
}

/** The full text of a version, one article after another, with its version and digest at the end. Lines end with LF. */
export function plainText(version: RuleVersion, language: Language): string {
  const { number, effectiveFrom, digest, contact } = version
  const ja = language === 'ja'
  const head = ja
    ? [
        `${titleOf(version, language)}（第${number}版）`,
        effectiveFrom === null ? '施行日：未定' : `施行日：${effectiveFrom}`,
      ]
    : [
        `${titleOf(version, language)}, version ${number}`,
        effectiveFrom === null ? 'In force from: not set' : `In force from: ${effectiveFrom}`,
      ]
  let section = ''
  const articles = inText(version.clauses).flatMap((clause) => {
    const name = sectionNames[language][clause.section]
    const above = name === section ? [] : ['', name]
    section = name
    const heading = ja
      ? `第${clause.number}条（${clause.heading.ja}）`
      : `Article ${clause.number} (${clause.heading.en})`
    return [...above, '', heading, clause.text[language]]
  })
  const address = contact && [contact.unit[language], contact.phone, contact.mail].filter((part) => part !== '')
  const end = [
    ...(address ? ['', `${ja ? '連絡先：' : 'Contact: '}${address.join(ja ? '　' : ', ')}`] : []),
    '',
    `${ja ? '要約値（SHA-256）：' : 'Digest (SHA-256): '}${digest}`,
  ]
  return `${[...head, ...articles, ...end].join('\n')}\n`
}
