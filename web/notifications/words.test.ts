import { describe, expect, it } from 'vitest'

import { roles } from '#access/model.ts'
import { en } from '#web/texts/en.ts'
import { ja } from '#web/texts/ja.ts'

import { noticeKinds } from '#notifications/kinds.ts'
import { noticeFacts } from '#notifications/notice-facts.ts'
import { noticeWords } from '#notifications/words.ts'
import { writeMail } from '#notifications/write-mail.ts'

const notice = (kind: (typeof noticeKinds)[number], params: Record<string, string | number> = {}) => ({
  id: '01a20061-314e-70dd-b6e9-42e9cf374c39',
  kind,
  itemId: '01a20061-314e-70dd-b6e9-42e9cf374c39',
  item: null,
  organisation: { ja: 'あおば省', en: 'Ministry of Aoba' },
  params: {
    role: 'planner',
    from: '2026-04-01',
    to: '2027-03-31',
    stored: 3,
    rejected: 0,
    state: 'done',
    name: 'notices.mail',
    number: 'AB-2026-001',
    ...params,
  },
})

describe('the words of notifications', () => {
  it('call the roles as all screens do', () => {
    for (const role of roles) {
      const called = (language: 'ja' | 'en') => noticeFacts(notice('role-given', { role }), language, (iso) => iso).role
      expect(called('ja')).toBe(ja.words.roles[role])
      expect(called('en')).toBe(en.words.roles[role])
    }
  })
  it.each(['ja', 'en'] as const)('say everything in %s, also where the name may not be seen', (language) => {
    for (const kind of noticeKinds) {
      const facts = noticeFacts(notice(kind), language, (iso) => iso)
      const { title, todo } = noticeWords[language][kind]
      for (const text of [title(facts), todo(facts)]) expect(text).not.toMatch(/undefined|null|\[object/)
    }
  })
  it('a role without an end is said to have none', () => {
    const { to: _to, ...params } = notice('role-given').params
    expect(
      noticeWords.ja['role-given'].todo(noticeFacts({ ...notice('role-given'), params }, 'ja', (iso) => iso)),
    ).toContain('期限なし')
  })
})

describe('mail', () => {
  const to = { mail: 'a@example.go.jp', language: 'ja' } as const
  it('of several says how many, and how many more there are', () => {
    const mail = writeMail(to, [notice('job-failed'), notice('import-finished')], 'https://tenbin.example', 3)
    expect(mail.subject).toBe('【天秤】お知らせ5件：処理に失敗しました：メールを1通送る')
    expect(mail.text).toContain('ほかに3件あります：https://tenbin.example/notices')
    expect(mail.text).toContain('3件を登録し、0件を却下しました。')
  })
  it('with a very long name keeps a subject that can be read', () => {
    const long = { ...notice('verdict-stale'), item: { name: '長'.repeat(500), number: 'AOB-1' } }
    const mail = writeMail(to, [long], 'https://tenbin.example')
    expect(mail.subject.length).toBeLessThanOrEqual(150)
    expect(mail.text).toContain('長'.repeat(500))
  })
})
