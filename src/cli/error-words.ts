import type { AppError } from '#platform/errors.ts'

import type { Language, Words } from './command.ts'

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

/** What went wrong, for the person at the terminal. */
export function errorWords(error: AppError, language: Language): string {
  const reason = error.params['reason']
  const worded = typeof reason === 'string' ? reasons[reason]?.(error.params) : undefined
  if (worded) return worded[language]
  return `${codes[error.code]?.[language] ?? error.code}: ${JSON.stringify(error.params)}`
}
