import type { Words } from './command.ts'

type Params = Readonly<Record<string, unknown>>
const text = (value: unknown) => String(value)

const backupFaults: Readonly<Record<string, (p: Params) => Words>> = {
  'not-a-backup': () => ({
    ja: 'これは天秤の控えではありません。何も書き込んでいません。',
    en: 'This is not a backup of Tenbin. Nothing was written.',
  }),
  truncated: () => ({
    ja: '控えが途中で切れています。何も書き込んでいません。別の控えを使ってください。',
    en: 'The backup is cut off. Nothing was written. Use another backup.',
  }),
  changed: (p) => ({
    ja: `控えの内容が、作られたときと違います（${text(p['entry'])}）。何も残していません。別の控えを使ってください。`,
    en: `The backup is not as it was made (${text(p['entry'])}). Nothing was left in the database. Use another backup.`,
  }),
  'newer-schema': (p) => ({
    ja: `控えはこの天秤より新しい版のものです（${text(p['has'])}）。新しい版の天秤で復元してください。`,
    en: `The backup is of a newer Tenbin (${text(p['has'])}). Restore it with the newer version.`,
  }),
  'other-schema': (p) => ({
    ja: `控えの移行「${text(p['name'])}」は、この天秤のものと違います。作ったときの版の天秤で復元してください。`,
    en: `The migration "${text(p['name'])}" of the backup is not that of this Tenbin. Restore it with the version that made it.`,
  }),
}

/** Words for what goes wrong with backups, files and rules, by the reason in the params. */
export const keepingWords: Readonly<Record<string, (p: Params) => Words>> = {
  backup: (p) => backupFaults[text(p['backup'])]!(p),
  'not-empty': () => ({
    ja: 'データベースは空ではありません。今あるものをすべて消して復元するときは --replace を指定してください。',
    en: 'The database is not empty. To take away all that is in it and restore, say --replace.',
  }),
  'database-in-use': (p) => ({
    ja: `データベースに、ほかに${text(p['connections'])}本の接続があります。天秤のサーバーをすべて止めてから復元してください。`,
    en: `The database has ${text(p['connections'])} other connections. Stop every server of Tenbin, then restore.`,
  }),
  'file-exists': (p) => ({
    ja: `ファイル「${text(p['file'])}」が既にあります。上書きしていません。`,
    en: `The file "${text(p['file'])}" exists already. It was not overwritten.`,
  }),
  'rules-faulty': (p) => ({
    ja: `規則のファイル「${text(p['file'])}」を読めません（${text(p['field'])}）。直してからもう一度始めてください。`,
    en: `The rules in "${text(p['file'])}" cannot be read (${text(p['field'])}). Mend the file and start again.`,
  }),
  'file-store': (p) => ({
    ja: `ファイルの保管先（${text(p['endpoint'])}、${text(p['bucket'])}）が応じません${p['status'] === undefined ? '' : `（${text(p['status'])}）`}。`,
    en: `The store for files (${text(p['endpoint'])}, ${text(p['bucket'])}) does not answer${p['status'] === undefined ? '' : ` (${text(p['status'])})`}.`,
  }),
  'file-changed': (p) => ({
    ja: `保管したファイルの内容が変わっています（${text(p['sha256'])}）。控えから戻してください。`,
    en: `A kept file is not as it was handed in (${text(p['sha256'])}). Bring it back from a backup.`,
  }),
}
