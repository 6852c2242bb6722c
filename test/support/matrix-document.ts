import { type Action, type Role, roles } from '#access/model.ts'
import type { DeclaredRoute } from '#access/policies/route-actions.ts'

import { type Call, type Cell, signsOf } from './matrix.ts'
import { groups } from './matrix-calls.ts'

export type Asked = { readonly route: DeclaredRoute; readonly call: Call; readonly cells: ReadonlyMap<Role, Cell> }

export const keyOf = ({ method, url }: DeclaredRoute) => `${method} ${url}`

const head = `# 権限の一覧表 / Access matrix

<!-- Made by \`npm run dump\` from the routes of the server and by asking each of them. Read the difference before it is committed. -->

サーバーのすべての経路を、すべての役割で、実際に呼んで作った表です。行レベルのセキュリティを有効にしたデータベースで確かめています。
Every route of the server, called in every role on a database with row-level security on.

| 印 / Sign | 意味 / Meaning |
|---|---|
| ○ | できる・見える / done, or seen |
| × | ポリシーが断る / refused by a policy |
| － | ないものとして扱う / not there for this role |

役割は「総務局」で持っています。一つの印は、どの位置でも同じという意味です。並んだ印は、次の順の位置にあるものを表します。
The role is held for a bureau. One sign: the same everywhere. Several signs stand for items at these places, in this order:

1. 自分の組織 / the organisation of the role
2. 下の組織 / below it
3. 隣の組織（同じ府省） / beside it, in the same ministry
4. 上の組織（府省） / above it, the ministry
5. ほかの府省 / another ministry
6. ほかの府省が再利用してよいとしたもの / another ministry, offered for reuse (systems only)
7. 隣の組織が部署限りとしたもの / beside it, kept to the unit (systems only)
`

type Words = { readonly actions: Readonly<Record<Action, string>>; readonly roles: Readonly<Record<Role, string>> }
/** The words of the screens; imported by a name made here, because the web app is type-checked on its own. */
async function wordsIn(language: 'ja' | 'en'): Promise<Words> {
  const { access } = (await import(`../../web/texts/${language}/access.ts`)) as { access: Pick<Words, 'actions'> }
  const { words } = (await import(`../../web/texts/${language}/words.ts`)) as { words: Pick<Words, 'roles'> }
  return { actions: access.actions, roles: words.roles }
}

const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`

/** @param open  routes that ask for no role, with the reason that each declares */
export async function matrixDocument(asked: readonly Asked[], open: readonly DeclaredRoute[]): Promise<string> {
  const words = [await wordsIn('ja'), await wordsIn('en')]
  const sections = groups.map((group) => {
    const rows = asked.filter(({ route }) => group.calls[keyOf(route)])
    return [`## ${group.ja} / ${group.en}`, '', ...tableOf(rows, words), ''].join('\n')
  })
  const openRows = open.map(({ method, url, declared }) =>
    line([`${method} ${url}`, 'why' in declared ? declared.why : '']),
  )
  const opened = [
    '## サインインなしで開いている経路 / Open without sign-in',
    '',
    line(['経路 / Route', '理由 / Why']),
    '|---|---|',
  ]
  return [head, ...sections, [...opened, ...openRows, ''].join('\n')].join('\n')
}

function tableOf(rows: readonly Asked[], words: readonly Words[]): string[] {
  const names = roles.map((role) => words.map((one) => one.roles[role]).join('<br>'))
  return [
    line(['経路<br>Route', '操作<br>Action', ...names]),
    `|${'---|'.repeat(roles.length + 2)}`,
    ...rows.map(({ route, cells }) => {
      const action = 'action' in route.declared ? route.declared.action : undefined
      const deed = action === undefined ? '' : words.map((one) => one.actions[action]).join('<br>')
      return line([keyOf(route), deed, ...roles.map((role) => signsOf(cells.get(role)!))])
    }),
  ]
}

/** What an approved document says of one route in one role. */
export function approvedSigns(document: string, route: DeclaredRoute, role: Role): string | undefined {
  const row = document.split('\n').find((one) => one.startsWith(`| ${keyOf(route)} |`))
  return row?.split('|')[3 + roles.indexOf(role)]?.trim()
}
