import type { Role } from '#access/model.ts'
import type { ProblemCode } from '#web/api.ts'

import { words } from './words.ts'

type Wording = { readonly what: string; readonly todo: string }
type Params = Readonly<Record<string, unknown>>

/** 「この操作はAI統括責任者だけができます。」 when the server names the roles. */
function onlyThese(roles: unknown): string | undefined {
  const names = (Array.isArray(roles) ? roles : []).flatMap((role) => (isRole(role) ? [words.roles[role]] : []))
  return names.length === 0 ? undefined : `この操作は${names.join('・')}だけができます。`
}
const isRole = (role: unknown): role is Role => typeof role === 'string' && Object.hasOwn(words.roles, role)

/** The policy that refuses says why in its own words; what others may is said by who they are. */
/** The address by which the page was opened, or from which the request came, is not this server's own. */
const addresses: Readonly<Record<string, Wording>> = {
  'foreign-host': {
    what: '評価用の天秤は、この名前のアドレスからは使えません。',
    todo: 'http://localhost か http://127.0.0.1 で開いてください。ほかの名前で使うときは、設定 TENBIN_PUBLIC_ADDRESS に書きます。',
  },
  'foreign-origin': {
    what: 'ほかのサイトの画面から送られたため、受け付けませんでした。',
    todo: '天秤の画面から、もう一度操作してください。',
  },
}

function notPermitted({ roles, outside, because, policy, words: said, reason }: Params): Wording {
  const address = typeof reason === 'string' ? addresses[reason] : undefined
  if (address) return address
  const sentence = (said as { ja?: string } | undefined)?.ja
  const only = onlyThese(roles)
  const what = (because === 'role' ? only : sentence) ?? only ?? 'この操作をする権限がありません。'
  const todo =
    outside === true
      ? 'ほかの組織の資料です。その組織の担当者に依頼してください。'
      : '必要なときは、その役割の人に依頼してください。'
  const ground = sentence === undefined || sentence === what ? '' : `根拠：${sentence}`
  return { what, todo: `${todo}${ground}${typeof policy === 'string' ? `（ポリシー ${policy}）` : ''}` }
}

/** What is wrong, then what to do: without blame, codes or exclamation marks. */
const codes: Record<ProblemCode, (params: Params) => Wording> = {
  'bad-input': () => ({
    what: '受け付けられない値があったため、保存しませんでした。',
    todo: '入力を見直して、もう一度試してください。入力は残っています。',
  }),
  'bad-file': () => ({
    what: 'このファイルを表として読めませんでした。',
    todo: '壊れていないか、別の形式で保存し直せるかを確かめてください。台帳は何も変わっていません。',
  }),
  'not-signed-in': () => ({
    what: 'サインインしていないか、時間がたって切れました。',
    todo: 'もう一度サインインしてください。',
  }),
  'not-permitted': notPermitted,
  'not-found': () => ({
    what: '探している資料が見つかりません。',
    todo: '消されたか、見る権限のない組織の資料です。一覧から探し直してください。',
  }),
  'already-exists': () => ({
    what: '同じものがすでに登録されています。',
    todo: '登録済みのものを開いて確かめてください。',
  }),
  'wrong-state': () => ({
    what: 'いまの状態では、この操作はできません。',
    todo: '画面を読み直して、いまの状態を確かめてください。',
  }),
  'changed-meanwhile': () => ({
    what: '開いている間に、ほかの人がこの資料を変えました。',
    todo: '両方の内容を見比べて、どちらを残すか選んでください。あなたの入力は残っています。',
  }),
  'too-large': () => ({
    what: '大きすぎるため、受け取れませんでした。',
    todo: '分けるか、不要なシートや列を除いてから、もう一度試してください。',
  }),
  'unsupported-format': () => ({
    what: 'この形式は読めません。',
    todo: 'CSVかXLSXで保存し直してください。',
  }),
  'version-missing': () => ({
    what: 'どの版を変えるのかが伝わらなかったため、保存しませんでした。',
    todo: '画面を読み直してから、もう一度保存してください。',
  }),
  'too-many-requests': ({ retryAfter }) => ({
    what: '短い間に操作が重なりました。',
    todo:
      typeof retryAfter === 'number'
        ? `${retryAfter}秒ほど待ってから、もう一度試してください。`
        : '少し待ってから、もう一度試してください。',
  }),
  unavailable: () => ({
    what: 'サーバーの準備ができていません。',
    todo: '少し待ってから、もう一度試してください。',
  }),
  unreachable: () => ({
    what: 'サーバーから返事がありません。',
    todo: 'ネットワークと、天秤が動いているかを確かめて、もう一度試してください。',
  }),
  bug: () => ({
    what: 'サーバーの中で処理できませんでした。何も変わっていません。',
    todo: 'もう一度試しても同じときは、受付番号を窓口へ知らせてください。',
  }),
}

export const problems = {
  codes,
  requestId: (id: string) => `受付番号 ${id}`,
  again: 'もう一度試す',
  signIn: 'サインインする',
}
