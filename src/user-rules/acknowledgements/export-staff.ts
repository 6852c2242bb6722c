import { Readable } from 'node:stream'

import { todayOf } from '#access/office-day.ts'
import type { Actor } from '#audit/transaction.ts'
import { currentScope, inScope } from '#platform/scope.ts'
import { csvText } from '#register/spreadsheet/write-csv.ts'

import type { MissingQuery, StaffRow } from './api.ts'
import { type FollowDeps, followedPlace, staffOf } from './follow.ts'

const heads = {
  ja: ['組織', '職名', '氏名', '状態', '確認した版', '確認した日時', '期限', '期限を過ぎた'],
  en: ['Organisation', 'Post', 'Name', 'State', 'Version acknowledged', 'Acknowledged at', 'Due on', 'Overdue'],
} as const
const states = {
  ja: {
    this: '今の版を確認',
    wording: '前の版を確認（文言だけの改正のため不要）',
    earlier: '前の版だけ',
    never: '一度もない',
  },
  en: {
    this: 'Version in force',
    wording: 'Earlier version (only wording changed since)',
    earlier: 'Earlier version only',
    never: 'Never',
  },
} as const
const yes = { ja: ['はい', 'いいえ'], en: ['yes', 'no'] } as const

type Language = 'ja' | 'en'
const lineOf = (row: StaffRow, language: Language): readonly string[] => [
  row.organisation[language],
  row.post[language],
  row.name[language],
  states[language][row.standing],
  row.number === null ? '' : String(row.number),
  row.at ?? '',
  row.dueOn,
  yes[language][row.over ? 0 : 1],
]

const atOnce = 2000

/**
 * The people of one standing as CSV (UTF-8 with mark, RFC 4180), read part by part, so that a whole ministry fits.
 * @throws AppError as followRule, before the first byte
 */
export async function exportStaff(
  deps: FollowDeps,
  actor: Actor,
  asked: MissingQuery,
  language: Language,
): Promise<Readable> {
  await followedPlace(deps, actor, { ...asked, on: todayOf(deps) })
  const scope = currentScope()
  async function* lines(): AsyncGenerator<string> {
    yield `\u{feff}${csvText([heads[language]])}`
    let after: readonly [string, string] | undefined
    do {
      // The stream is read after the handler has ended, outside its scope.
      const from = after
      const { items, last } = await inScope(scope, () => staffOf(deps, actor, asked, { limit: atOnce, after: from }))
      yield csvText(
        items.map((row) => lineOf(row, language)),
        'apostrophe',
      )
      after = last ?? undefined
    } while (after !== undefined)
  }
  return Readable.from(lines())
}
