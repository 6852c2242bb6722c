import type { HeldRole } from '#access/people/api.ts'

/** Columns of a list of people, as offices and identity systems head them. The first of each language is the one we write. */
export const headings = {
  userName: ['利用者名', 'ユーザー名', 'アカウント', 'userName', 'user name', 'account'],
  nameJa: ['氏名', '名前', 'name', 'name (ja)', 'displayName'],
  nameEn: ['氏名（英語）', '英語氏名', 'name (en)', 'English name'],
  postJa: ['役職', '職名', 'post', 'post (ja)', 'title'],
  postEn: ['役職（英語）', 'post (en)'],
  organisation: ['所属', '所属コード', '組織', 'organisation', 'organization', 'department'],
  mail: ['メール', 'メールアドレス', 'mail', 'e-mail', 'email'],
  language: ['言語', 'language', 'preferredLanguage'],
  role: ['役割', 'role'],
  roleOrganisation: ['役割の組織', '役割を持つ組織', 'role organisation', 'role organization'],
  from: ['開始日', '役割の開始日', 'from'],
  to: ['終了日', '役割の終了日', 'to', 'until'],
  state: ['状態', 'state', 'active'],
} as const satisfies Record<string, readonly string[]>
export type Column = keyof typeof headings
export const needed: readonly Column[] = ['userName', 'nameJa']

/** Roles as people write them; the codes are understood too. Terms of docs/glossary.md. */
export const roleWords: Readonly<Record<HeldRole, readonly string[]>> = {
  caio: ['AI統括責任者', 'CAIO', 'Chief AI Officer'],
  'caio-office': ['AI統括責任者室', 'Office of the CAIO', 'Office of the Chief AI Officer'],
  planner: ['企画者', 'Planner'],
  provider: ['提供者', 'Provider'],
  user: ['利用者', 'User'],
  board: ['委員（アドバイザリーボード）', 'アドバイザリーボード委員', '委員', 'Board member', 'Advisory Board'],
  secretariat: ['事務局（アドバイザリーボード）', '事務局', 'Secretariat'],
  desk: ['AI相談窓口', 'AI Consultation Desk', 'Consultation Desk'],
  administrator: ['管理者', 'Administrator'],
  auditor: ['監査', '監査担当', 'Auditor'],
  supplier: ['事業者', 'Supplier'],
}

export const stateWords = {
  active: ['有効', '在職', 'active', 'true', 'yes', '1'],
  disabled: ['無効', '停止', '退職', 'disabled', 'inactive', 'false', 'no', '0'],
} as const
export const languageWords = { ja: ['日本語', 'ja', 'Japanese'], en: ['英語', 'en', 'English'] } as const

/** Width and case do not matter, nor do spaces. */
export const keyOf = (word: string): string =>
  word
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[\s_-]/g, '')

/** The code whose words hold this one. */
export function codeOf<C extends string>(words: Readonly<Record<C, readonly string[]>>, said: string): C | undefined {
  const key = keyOf(said)
  return (Object.keys(words) as C[]).find(
    (code) => keyOf(code) === key || words[code].some((one) => keyOf(one) === key),
  )
}
