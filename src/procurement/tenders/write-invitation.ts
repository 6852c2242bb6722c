import type { Mail } from '#platform/mail.ts'

export type InvitationFacts = {
  readonly id: string
  readonly name: string
  readonly language: 'ja' | 'en'
  readonly number: string
  readonly title: string
  readonly organisation: { readonly ja: string; readonly en: string }
  readonly deadline: string
  readonly expiresAt: string
  readonly message: string
}

/** The day and hour of the office: Japan has one time. */
const instant = {
  ja: (iso: string) =>
    new Intl.DateTimeFormat('ja-JP-u-ca-japanese', {
      dateStyle: 'long',
      timeStyle: 'short',
      timeZone: 'Asia/Tokyo',
    }).format(new Date(iso)),
  en: (iso: string) =>
    `${new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeStyle: 'short', timeZone: 'Asia/Tokyo' }).format(new Date(iso))} (Japan time)`,
}

const words = {
  ja: (f: InvitationFacts, link: string) => ({
    subject: `【天秤】調達チェックの回答のお願い（${f.number}）`,
    text: [
      `${f.name} 様`,
      `${f.organisation.ja}から、次の調達について、求める要件への回答をお願いするご連絡です。`,
      `${f.number}　${f.title}\n回答期限：${instant.ja(f.deadline)}`,
      ...(f.message === '' ? [] : [f.message]),
      `次のリンクから開いてください。\n${link}`,
      `このリンクは貴社への回答欄を開く鍵です。ほかの人に転送しないでください。有効期限：${instant.ja(f.expiresAt)}`,
      'このメールは天秤が自動で送っています。返信しても届きません。',
    ],
  }),
  en: (f: InvitationFacts, link: string) => ({
    subject: `[Tenbin] Please answer the procurement checks (${f.number})`,
    text: [
      `Dear ${f.name},`,
      `${f.organisation.en || f.organisation.ja} asks you to answer the requirements of this procurement.`,
      `${f.number}  ${f.title}\nAnswers are due: ${instant.en(f.deadline)}`,
      ...(f.message === '' ? [] : [f.message]),
      `Open this link:\n${link}`,
      `The link is the key to your answers: do not pass it on. It works until ${instant.en(f.expiresAt)}.`,
      'Tenbin sends this mail by itself; replies reach nobody.',
    ],
  }),
} as const

export function writeInvitation(facts: InvitationFacts & { readonly mail: string }, link: string): Mail {
  const { subject, text } = words[facts.language](facts, link)
  return { to: facts.mail, language: facts.language, id: facts.id, subject, text: `${text.join('\n\n')}\n` }
}
