import { sql } from 'kysely'
import { join, resolve } from 'node:path'

import { logActor, logItem } from '#audit/system-actor.ts'
import { txOver } from '#audit/transaction.ts'
import { keyFileNames } from '#keeping/log-key-files.ts'
import { restoreBackup, type Restored } from '#keeping/restore-backup.ts'
import { type Database, openEmbeddedDatabase, openPostgres } from '#platform/database.ts'
import { AppError } from '#platform/errors.ts'
import { localFiles } from '#platform/files.ts'
import { newId } from '#platform/ids.ts'
import { prepareDatabase } from '#platform/prepare-database.ts'
import { s3Files } from '#platform/s3-files.ts'
import { asSystem } from '#platform/scope.ts'
import { type Config, readConfig } from '#settings/config.ts'

import type { Command, ExitCode, Input, Io } from '../command.ts'

const word = (ja: string, en: string) => ({ ja, en })

export const restoreCommand: Command = {
  name: 'restore',
  arguments: '<file>',
  words: word(
    '控えから、空のデータベースに戻します。先に天秤のサーバーを止めてください。控えが最後まで正しいと確かめてから書き込みます。',
    'Put a backup into an empty database. Stop the servers of Tenbin first. Nothing is written before the whole backup was found to be right.',
  ),
  options: {
    replace: {
      type: 'boolean',
      words: word('今あるものをすべて消してから戻します', 'take away all that is in the database before'),
    },
  },
  takes: [1, 1],
  needs: 'nothing',
  run,
}

async function run(io: Io, input: Input): Promise<ExitCode> {
  const config = readConfig()
  const opened = await openDatabases(config)
  try {
    const { s3 } = config.keeping
    const restored = await restoreBackup(
      {
        owner: opened.owner.db,
        files: s3 ? s3Files(s3) : localFiles(join(config.dataDir, 'files')),
        prepare: () => prepareDatabase(opened.database, config.databaseOwnerUrl),
      },
      {
        path: resolve(io.cwd, input.positionals[0]!),
        replace: input.values['replace'] === true,
        keyFiles: keyFileNames(config.log.keyFile ?? join(config.dataDir, 'log-key.pem')),
      },
    )
    await tellLog(opened.database, restored)
    io.out(input.json ? JSON.stringify({ ok: true, ...restored }) : inWords(restored)[io.language])
    return 0
  } finally {
    await opened.close()
  }
}

type Opened = { readonly database: Database; readonly owner: Database; readonly close: () => Promise<void> }

/** @throws AppError `unavailable` while a server has the database open (`folder-in-use`, `database-in-use`) */
async function openDatabases(config: Config): Promise<Opened> {
  if (config.databaseUrl === undefined) {
    const database = await openEmbeddedDatabase(join(config.dataDir, 'database'))
    return { database, owner: database, close: () => database.close() }
  }
  const owner = await openPostgres(config.databaseOwnerUrl ?? config.databaseUrl, { max: 1 })
  try {
    await refuseOthers(owner)
    const database = await openPostgres(config.databaseUrl, { ...config.database, max: 2 })
    return {
      database,
      owner,
      close: async () => {
        await database.close()
        await owner.close()
      },
    }
  } catch (error) {
    await owner.close()
    throw error
  }
}

/** What kind of connection it is is hidden from who is no superuser; that it belongs to a role is not. */
async function refuseOthers({ db }: Database): Promise<void> {
  const { rows } = await sql<{ connections: number }>`select count(*) as connections from pg_stat_activity
    where datname = current_database() and pid <> pg_backend_pid() and usesysid is not null`.execute(db)
  const { connections } = rows[0]!
  if (connections > 0) throw new AppError('unavailable', { reason: 'database-in-use', connections })
}

/** The restored log goes on: its next entry says from what it was restored. */
const tellLog = ({ scoped }: Database, { digest, madeAt, schema, rows }: Restored): Promise<void> =>
  asSystem(() =>
    scoped.transaction().execute((db) =>
      txOver(db, { actor: logActor, at: new Date(), newId }).append({
        type: 'backup.restored',
        itemKind: 'house',
        itemId: logItem,
        detail: { digest, madeAt, schema, rows },
      }),
    ),
  )

const inWords = (r: Restored) => ({
  ja: `戻しました（${r.madeAt} の控え、${r.rows}行、ファイル${r.files.count}件、署名の鍵${r.keys}件）。サインインはやり直しになります。\n照合値 ${r.digest}`,
  en: `Restored (backup of ${r.madeAt}, ${r.rows} rows, ${r.files.count} files, ${r.keys} signing keys). Everybody signs in anew.\nDigest ${r.digest}`,
})
