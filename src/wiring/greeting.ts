import { todayOf } from '#access/office-day.ts'
import { localPeople } from '#access/store.ts'
import { asSystem } from '#platform/scope.ts'

import type { House } from './assemble.ts'
import type { Only } from './parts.ts'

/** What the person who started the server needs next, in both languages: the address and how to sign in. */
export async function greeting({ deps }: House, address: string, only?: Only): Promise<string> {
  if (only === 'worker') return `\n  天秤 Tenbin   worker   ${address}/readyz\n\n`
  const people = (await asSystem(() => localPeople(deps.db, todayOf(deps)))).length
  const engine = deps.engine === 'pglite'
  return [
    '',
    `  天秤 Tenbin   ${address}`,
    '',
    ...(deps.evaluation
      ? [
          `  サインイン：上の住所をブラウザーで開き、${people}人の中から役割を選んでください（評価用。合い言葉は要りません）。`,
          `  Sign in: open the address in a browser and choose one of ${people} people by role (evaluation; no password).`,
        ]
      : [
          `  サインイン：${deps.origin} をブラウザーで開き、認証サービスを選んでください。`,
          `  Sign in: open ${deps.origin} in a browser and choose an identity provider.`,
        ]),
    ...(engine
      ? [
          '',
          '  評価用モード：停電時のデータ保全は保証されません。本番の記録には DATABASE_URL で PostgreSQL を使ってください。',
          '  Evaluation mode: data may be lost on power failure. For real records use PostgreSQL by DATABASE_URL.',
        ]
      : []),
    '',
    '',
  ].join('\n')
}
