import type { Mail } from '#platform/mail.ts'

import type { Notice } from './api.ts'
import { kindOf } from './kinds.ts'
import { noticeFacts } from './notice-facts.ts'
import { noticeWords } from './words.ts'

type Language = 'ja' | 'en'

const mailDate: Record<Language, (iso: string) => string> = {
  ja: (iso) =>
    new Intl.DateTimeFormat('ja-JP-u-ca-japanese', { dateStyle: 'long', timeZone: 'UTC' }).format(new Date(iso)),
  en: (iso) => new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' }).format(new Date(iso)),
}

const frame = {
  ja: {
    one: (title: string) => `【天秤】${title}`,
    several: (n: number, first: string) => `【天秤】お知らせ${n}件：${first}`,
    rest: (n: number, address: string) => `ほかに${n}件あります：${address}`,
    because: (address: string) =>
      `このメールは天秤が自動で送っています。返信しても届きません。\n受け取り方はこちらで変えられます：${address}`,
  },
  en: {
    one: (title: string) => `[Tenbin] ${title}`,
    several: (n: number, first: string) => `[Tenbin] ${n} ${n === 1 ? 'notification' : 'notifications'}: ${first}`,
    rest: (n: number, address: string) => `There are ${n} more: ${address}`,
    because: (address: string) =>
      `Tenbin sends this mail by itself; replies reach nobody.\nYou can choose what you receive: ${address}`,
  },
} as const

/**
 * One mail of one or several notifications.
 * @param address where the house is reached, without a slash at the end
 * @param rest  how many more there are that stand only in the app
 */
export function writeMail(
  to: { readonly mail: string; readonly language: Language },
  notices: readonly Pick<Notice, 'id' | 'kind' | 'itemId' | 'params' | 'item' | 'organisation'>[],
  address: string,
  rest = 0,
): Mail {
  const { language } = to
  const parts = notices.map((notice) => {
    const facts = noticeFacts(notice, language, mailDate[language])
    const words = noticeWords[language][notice.kind]
    const number = notice.item?.number
    return {
      title: words.title(facts),
      text: [
        words.title(facts),
        ...(number ? [number] : []),
        words.todo(facts),
        `${address}${kindOf(notice.kind).path(notice.itemId)}`,
      ].join('\n'),
    }
  })
  const [first] = parts
  const subject =
    parts.length + rest === 1
      ? frame[language].one(first!.title)
      : frame[language].several(parts.length + rest, first!.title)
  return {
    to: to.mail,
    language,
    subject: subject.length > 150 ? `${subject.slice(0, 149)}…` : subject,
    text: `${[...parts.map((part) => part.text), ...(rest > 0 ? [frame[language].rest(rest, `${address}/notices`)] : [])].join('\n\n')}\n\n${'-'.repeat(40)}\n${frame[language].because(`${address}/account`)}\n`,
    id: notices[0]!.id,
  }
}
