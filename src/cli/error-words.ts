import { faultLine } from '#catalog/fault-texts.ts'
import type { Fault } from '#catalog/faults.ts'
import type { AppError } from '#platform/errors.ts'
import type { FileFault } from '#register/spreadsheet/faults.ts'
import { faults as faultsEn } from '#register/words/file-faults-en.ts'
import { faults as faultsJa } from '#register/words/file-faults-ja.ts'

import type { Language, Words } from './command.ts'
import { keepingWords } from './keeping-words.ts'
import { logWords } from './log-words.ts'
import { policyFaults, refusalWords } from './policy-words.ts'
import { databaseReasons } from './database-words.ts'
import { signInReasons } from './sign-in-words.ts'

const reasons: Record<string, (p: Readonly<Record<string, unknown>>) => Words> = {
  'folder-in-use': (p) => ({
    ja: `データのフォルダー「${String(p['folder'])}」は、動いている天秤（プロセス ${String(p['pid'])}）が使っています。それを止めるか、TENBIN_DATA_DIR で別のフォルダーを指定してください。`,
    en: `The data folder "${String(p['folder'])}" is in use by a running Tenbin (process ${String(p['pid'])}). Stop it, or name another folder by TENBIN_DATA_DIR.`,
  }),
  'database-newer': (p) => ({
    ja: `データベースはこの天秤より新しい版です（${String(p['has'])}）。新しい版の天秤で開いてください。`,
    en: `The database is newer than this Tenbin (${String(p['has'])}). Open it with the newer version.`,
  }),
  'migration-edited': (p) => ({
    ja: `適用済みの移行「${String(p['name'])}」の内容が変わっています。元のファイルに戻してください。`,
    en: `The migration "${String(p['name'])}" was edited after it had run. Restore the original file.`,
  }),
  'evaluation-beyond-loopback': (p) => ({
    ja: `評価用のサインインのまま「${String(p['host'])}」で待ち受けることはできません。誰でも入れてしまうためです。承知の上で行うときは ${String(p['setting'])}=yes を指定してください。`,
    en: `Refusing to listen on "${String(p['host'])}" with the evaluation sign-in: anybody could enter. To do it knowingly, set ${String(p['setting'])}=yes.`,
  }),
}

const portReasons: Readonly<Record<string, Words>> = {
  EADDRINUSE: { ja: '別のプログラムが使っています', en: 'another program uses it' },
  EACCES: { ja: '使う権限がありません', en: 'you may not use it' },
}
const listed = (faults: unknown, language: Language) =>
  (faults as Fault[]).map((fault) => `  ${faultLine(fault, language)}`).join('\n')

const list = (value: unknown) => (Array.isArray(value) ? value.map(String).join(', ') : String(value))

const starting: typeof reasons = {
  ...databaseReasons,
  ...signInReasons,
  'only-needs-postgresql': (p) => ({
    ja: `評価用の組み込みデータベースは一つのプロセスだけが開けるため、--only ${String(p['only'])} では始められません。DATABASE_URL で PostgreSQL を指定してください。`,
    en: `--only ${String(p['only'])} is refused: the embedded database is open in one process only. Name a PostgreSQL by DATABASE_URL.`,
  }),
  stopping: () => ({
    ja: '天秤は終わるところです。始め直してから、もう一度行ってください。',
    en: 'Tenbin is stopping. Start it again and try once more.',
  }),
  port: (p) => {
    const why = portReasons[String(p['code'])]
    const [ja, en] = [why?.ja ?? String(p['code']), why?.en ?? String(p['code'])]
    return {
      ja: `${String(p['host'])} のポート ${String(p['port'])} で待ち受けられません（${ja}）。PORT で別の番号を指定してください。`,
      en: `Cannot listen on port ${String(p['port'])} of ${String(p['host'])} (${en}). Name another by PORT.`,
    }
  },
  setting: (p) => ({
    ja: `設定 ${String(p['setting'])} の値「${String(p['value'])}」を読めません。`,
    en: `The setting ${String(p['setting'])} cannot be read: "${String(p['value'])}".`,
  }),
  'catalog-faulty': (p) => ({
    ja: `ルール集に誤りがあるため、始められません。直してからもう一度始めてください。\n${listed(p['faults'], 'ja')}`,
    en: `Not started: a catalog is faulty. Mend it and start again.\n${listed(p['faults'], 'en')}`,
  }),
  'policies-faulty': (p) => ({
    ja: `ポリシーに誤りがあるため、始められません。直してからもう一度始めてください。\n${policyFaults(p['faults'], 'ja')}`,
    en: `Not started: the policies are faulty. Mend them and start again.\n${policyFaults(p['faults'], 'en')}`,
  }),
  'none-in-force': (p) => ({
    ja: `どのルール集を高リスク判定に使うかを書いた in-force.yaml がありません（${list(p['folders'])}）。`,
    en: `No in-force.yaml says which catalog the finder uses (${list(p['folders'])}).`,
  }),
  'in-force-missing': (p) => ({
    ja: `${list(p['file'])} が指すルール集 ${list(p['catalog'])} 第${list(p['edition'])}版がありません。idと版を確かめてください。`,
    en: `${list(p['file'])} names catalog ${list(p['catalog'])}, edition ${list(p['edition'])}, which is not there. Check id and edition.`,
  }),
  'in-force-unreadable': (p) => ({
    ja: `${list(p['file'])} を読めません。finder: { catalog: <id>, edition: '<版>' } のように書いてください。\n${listed(p['faults'] ?? [], 'ja')}`.trimEnd(),
    en: `${list(p['file'])} cannot be read. Write it like finder: { catalog: <id>, edition: '<edition>' }.\n${listed(p['faults'] ?? [], 'en')}`.trimEnd(),
  }),
  'not-a-finder': (p) => ({
    ja: `ルール集 ${list(p['catalog'])} 第${list(p['edition'])}版は高リスク判定に使えません。判定のidは consult-board、proceed、out-of-scope のいずれかにしてください（今は: ${list(p['outcomes'])}）。`,
    en: `Catalog ${list(p['catalog'])}, edition ${list(p['edition'])}, cannot serve as the finder. Its outcomes must be called consult-board, proceed or out-of-scope (now: ${list(p['outcomes'])}).`,
  }),
}

type Held = { row: number; column: number; character: string }

const more: typeof reasons = {
  'round-trip-needs-import': () => ({
    ja: '返す取り込みがありません。',
    en: 'There is no import to give back.',
  }),
  'header-row-outside': (p) => ({
    ja: `見出しの行 ${String(p['row'])} はありません（最後の行は ${String(p['last'])}）。`,
    en: `There is no row ${String(p['row'])} for the header (the last row is ${String(p['last'])}).`,
  }),
  'cannot-hold': (p) => {
    const held = (p['cannotHold'] as Held[]).map((c) => `${c.character} (${c.row}, ${c.column})`).join('  ')
    return {
      ja: `${String(p['encoding'])} で書けない文字があります（行、列）：${held}\n何も書き出していません。`,
      en: `${String(p['encoding'])} cannot hold these characters (row, column): ${held}\nNothing was written.`,
    }
  },
  'not-a-file': (p) => ({
    ja: `「${String(p['path'])}」はファイルではありません。`,
    en: `"${String(p['path'])}" is not a file.`,
  }),
  system: (p) => ({
    ja: `「${String(p['path'])}」を開けません（${String(p['code'])}）。`,
    en: `Cannot open "${String(p['path'])}" (${String(p['code'])}).`,
  }),
}

const notFound: Record<string, (p: Readonly<Record<string, unknown>>) => Words> = {
  file: (p) => ({
    ja: `ファイル「${String(p['file'])}」がありません。`,
    en: `There is no file "${String(p['file'])}".`,
  }),
  map: (p) => ({
    ja: `対応表「${String(p['map'])}」がありません。あるもの：${list(p['known'])}`,
    en: `There is no column map "${String(p['map'])}". Known: ${list(p['known'])}`,
  }),
  organisation: (p) => ({
    ja: `組織「${String(p['organisation'])}」がありません。`,
    en: `There is no organisation "${String(p['organisation'])}".`,
  }),
  import: (p) => ({
    ja: `取り込み（${String(p['import'])}）がありません。`,
    en: `There is no import (${String(p['import'])}).`,
  }),
  what: (p) => ({ ja: `${String(p['what'])} がありません。`, en: `There is no ${String(p['what'])}.` }),
}

const codes: Partial<Record<AppError['code'], Words>> = {
  'not-found': { ja: '見つかりません', en: 'Not found' },
  'not-permitted': { ja: '許されていません', en: 'Not permitted' },
  'bad-input': { ja: '指定の仕方が違います', en: 'Wrong input' },
  'bad-file': { ja: 'ファイルを読めません', en: 'The file cannot be read' },
  'too-large': { ja: '大きすぎます', en: 'Too large' },
  'unsupported-format': { ja: 'この形式は読めません', en: 'This format cannot be read' },
  'already-exists': { ja: '既にあります', en: 'Exists already' },
  unavailable: { ja: '今は使えません', en: 'Not available' },
}

/** What went wrong and what to do, for the person at the terminal. */
export function errorWords(error: AppError, language: Language): string {
  const { reason, fault } = error.params
  if (typeof fault === 'string') return faultWords(error.params as FileFault, language)
  const worded =
    typeof reason === 'string'
      ? (reasons[reason] ?? starting[reason] ?? more[reason] ?? keepingWords[reason] ?? logWords[reason])?.(
          error.params,
        )
      : undefined
  if (worded) return worded[language]
  const refused = error.code === 'not-permitted' ? refusalWords(error.params, language) : undefined
  if (refused !== undefined) return `${codes['not-permitted']![language]}\n${refused}`
  const missing = error.code === 'not-found' ? Object.keys(notFound).find((key) => key in error.params) : undefined
  if (missing !== undefined) return notFound[missing]!(error.params)[language]
  return `${codes[error.code]?.[language] ?? error.code}: ${JSON.stringify(error.params)}`
}

/** The same words as on the screen: what is wrong and where, then what to do. */
function faultWords(fault: FileFault, language: Language): string {
  const words = (language === 'ja' ? faultsJa : faultsEn)[fault.fault] as (f: FileFault) => {
    what: string
    todo: string
  }
  const { what, todo } = words(fault)
  return `${what}\n${todo}`
}
