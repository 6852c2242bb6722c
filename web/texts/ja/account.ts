import type { Device } from '#access/sessions/device-words.ts'

type Fault = { readonly what: string; readonly todo: string }

const again = 'もう一度サインインしてください。'
const askOffice = '天秤の管理者に、この画面の内容を知らせてください。'
const claimed = (claim: string) => (claim === '' ? '認証サービスからの情報' : `認証サービスからの情報「${claim}」`)

/** Why a sign-in through a provider did not succeed. */
const faults: Readonly<Record<string, (claim: string) => Fault>> = {
  'state-unknown': () => ({ what: 'このサインインは、ここで始めたものではありません。', todo: again }),
  'state-used': () => ({ what: 'このサインインは、もう済んでいます。', todo: again }),
  'state-late': () => ({ what: 'サインインに時間がかかりすぎました。', todo: again }),
  'other-browser': () => ({
    what: 'サインインを始めたブラウザーと違うブラウザーです。',
    todo: 'このブラウザーで、初めからサインインしてください。',
  }),
  'other-provider': () => ({ what: '選んだものとは別の認証サービスから戻りました。', todo: again }),
  'provider-refused': () => ({
    what: '認証サービスがサインインを認めませんでした。',
    todo: '途中でやめたときは、もう一度サインインしてください。続くときは、認証サービスの窓口に確かめてください。',
  }),
  'provider-away': () => ({
    what: '認証サービスから返事がありません。',
    todo: '少し待ってから、もう一度サインインしてください。',
  }),
  clock: () => ({
    what: 'サーバーと認証サービスの時刻が合っていないため、サインインを受け付けられません。',
    todo: '天秤の管理者に、サーバーの時計を確かめるよう知らせてください。',
  }),
  'person-unknown': () => ({
    what: 'あなたは、まだ天秤の職員として登録されていません。',
    todo: '組織の管理者に、職員の登録を依頼してください。',
  }),
  'person-disabled': () => ({
    what: 'あなたの登録は、いま使えないようになっています。',
    todo: '組織の管理者に確かめてください。',
  }),
  'identity-taken': () => ({
    what: '同じ利用者名で、別の人がすでにサインインしています。',
    todo: askOffice,
  }),
  'organisation-unknown': (claim) => ({ what: `${claimed(claim)}が示す組織が、天秤にありません。`, todo: askOffice }),
  'organisation-outside': (claim) => ({
    what: `${claimed(claim)}が示す組織は、この認証サービスの担当ではありません。`,
    todo: askOffice,
  }),
  'role-unknown': (claim) => ({ what: `${claimed(claim)}に、天秤の知らない役割があります。`, todo: askOffice }),
  'role-none': (claim) => ({ what: `${claimed(claim)}に、天秤の役割がありません。`, todo: askOffice }),
  'role-ended': () => ({
    what: '役割が終わったか、登録が使えなくなったため、サインインが切れました。',
    todo: 'ほかの役割があるときは、もう一度サインインしてください。',
  }),
  'role-not-held': () => ({
    what: 'あなたが今日持っている役割がありません。',
    todo: '組織の管理者に、役割の登録を依頼してください。',
  }),
  'claim-missing': (claim) => ({ what: `${claimed(claim)}がありません。`, todo: askOffice }),
  'claim-form': (claim) => ({ what: `${claimed(claim)}の形が違います。`, todo: askOffice }),
}

const browsers: Record<Device['browser'], string> = {
  edge: 'Edge',
  chrome: 'Chrome',
  firefox: 'Firefox',
  safari: 'Safari',
  other: '不明なブラウザー',
}
const systems: Record<Device['system'], string> = {
  windows: 'Windows',
  macos: 'macOS',
  ios: 'iPhone・iPad',
  android: 'Android',
  linux: 'Linux',
  chromeos: 'ChromeOS',
  other: '不明な端末',
}

export const account = {
  faultTitle: 'サインインできませんでした',
  fault: (code: string, claim: string): Fault =>
    (Object.hasOwn(faults, code) ? faults[code] : undefined)?.(claim) ?? {
      what: '認証サービスからの返事を確かめられませんでした。',
      todo: '何も保存していません。もう一度サインインしてください。続くときは、天秤の管理者に知らせてください。',
    },
  by: (provider: string) => `${provider}でサインインする`,
  away: 'いま返事がありません。試すことはできます。',
  lead: '所属する組織の認証サービスを選んでください。',
  localTitle: '架空の職員として試す',
  title: 'アカウント',
  who: 'あなた',
  name: '氏名',
  post: '役職',
  organisation: '所属',
  actsAs: 'いまの役割',
  roles: '持っている役割',
  role: '役割',
  forOrganisation: '対象の組織',
  deputyOf: (name: string) => `${name}の代理`,
  until: '期限',
  noEnd: '期限なし',
  now: 'いまの役割',
  change: '切り替え',
  use: (role: string) => `${role}に切り替える`,
  sessions: 'サインイン中の端末',
  sessionsLead: '心当たりのない端末があれば、サインアウトさせてください。',
  device: '端末',
  deviceOf: ({ browser, system }: Device) => `${systems[system]}の${browsers[browser]}`,
  here: 'この端末',
  signedIn: 'サインイン',
  lastSeen: '最後の操作',
  end: 'サインアウト',
  endOne: (device: string, at: string) => `${device}（${at}にサインイン）をサインアウトする`,
  ended: (device: string) => `${device}をサインアウトしました。`,
  everywhere: 'すべての端末でサインアウトする',
  everywhereTitle: (n: string) => `${n}台の端末でサインアウトしますか。`,
  everywhereText: 'この端末も含みます。保存していない入力は失われます。',
}
