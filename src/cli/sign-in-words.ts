import type { SignInFault, SignInFaultCode } from '#access/sign-in/load-sign-in.ts'

import type { Language, Words } from './command.ts'

type Params = Readonly<Record<string, unknown>>

/** What is wrong with a key of the file of providers, and what to do. */
const faults: Record<SignInFaultCode, (detail: string) => Words> = {
  unreadable: (d) => ({
    ja: `ファイルを読めません（${d}）。TENBIN_SIGN_IN の値を確かめてください。`,
    en: `The file cannot be read (${d}). Check TENBIN_SIGN_IN.`,
  }),
  'not-yaml': (d) => ({
    ja: `YAMLとして読めません。字下げと記号を直してください（${d}）。`,
    en: `This is no YAML. Mend indentation and signs (${d}).`,
  }),
  missing: () => ({ ja: 'この項目が要ります。書き加えてください。', en: 'This key is needed. Add it.' }),
  'unknown-key': () => ({
    ja: 'この項目はありません。綴りを直すか、消してください。',
    en: 'There is no such key. Correct its spelling or take it out.',
  }),
  'one-of': (d) => ({ ja: `次のどれかにしてください：${d}`, en: `Write one of: ${d}` }),
  form: (d) => ({
    ja: `値の形が違います。直してください（${d}）。`,
    en: `The value has another form than needed. Mend it (${d}).`,
  }),
  'secret-file': (d) => ({
    ja: `秘密のファイル「${d}」がないか、空です。置いてください。`,
    en: `The secret file "${d}" is missing or empty. Put it there.`,
  }),
  'secret-variable': (d) => ({
    ja: `環境変数 ${d} がないか、空です。設定してください。`,
    en: `The environment variable ${d} is not set or empty. Set it.`,
  }),
  'issuer-not-https': (d) => ({
    ja: `「${d}」は暗号化されません。https のアドレスにしてください。`,
    en: `"${d}" is not encrypted. Use an https address.`,
  }),
  'id-twice': (d) => ({
    ja: `id「${d}」が二度あります。一方を変えてください。`,
    en: `The id "${d}" is there twice. Change one.`,
  }),
  'organisation-needed': () => ({
    ja: '知らない人を加える（unknown-person: create）には、claims.organisation が要ります。',
    en: 'To create unknown people (unknown-person: create), claims.organisation is needed.',
  }),
  'person-needed': () => ({
    ja: '加えてある職員と結び付けるために、claims.person が要ります。',
    en: 'To find the people who were entered, claims.person is needed.',
  }),
}

const lines = (file: unknown, all: unknown, language: Language) =>
  (all as SignInFault[])
    .map(
      ({ code, line, key, detail }) =>
        `  ${String(file)}:${line}: ${key === '' ? '' : `${key}: `}${faults[code](detail)[language]}`,
    )
    .join('\n')

/** Why a start is refused on account of sign-in. */
export const signInReasons: Readonly<Record<string, (p: Params) => Words>> = {
  'sign-in-file': (p) => ({
    ja: `サインインの設定に誤りがあるため、始められません。\n${lines(p['file'], p['faults'], 'ja')}`,
    en: `Not started: the sign-in settings are faulty.\n${lines(p['file'], p['faults'], 'en')}`,
  }),
  'sign-in-needs-address': () => ({
    ja: '認証サービスから戻るアドレスが要ります。TENBIN_PUBLIC_ADDRESS=https://… を指定してください。',
    en: 'Identity providers need the address to come back to. Set TENBIN_PUBLIC_ADDRESS=https://…',
  }),
  'sign-in-needs-https': (p) => ({
    ja: `「${String(p['address'])}」では、サインインの情報が暗号化されません。TENBIN_PUBLIC_ADDRESS を https のアドレスにしてください。`,
    en: `"${String(p['address'])}" would carry sign-ins unencrypted. Make TENBIN_PUBLIC_ADDRESS an https address.`,
  }),
  'no-way-to-sign-in': () => ({
    ja: '誰もサインインできない設定です。TENBIN_SIGN_IN に認証サービスを書いたファイルを指定するか、TENBIN_EVALUATION=no を外してください。',
    en: 'Nobody could sign in. Name a file with identity providers in TENBIN_SIGN_IN, or take out TENBIN_EVALUATION=no.',
  }),
}
