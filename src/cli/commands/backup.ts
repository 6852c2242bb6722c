import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'

import { logActor, logItem } from '#audit/system-actor.ts'
import { leftOutTables } from '#keeping/backup-format.ts'
import { keysOfLog } from '#keeping/log-key-files.ts'
import { type BackupMade, makeBackup } from '#keeping/make-backup.ts'
import { fromRoot } from '#platform/root.ts'
import { asSystem } from '#platform/scope.ts'

import type { House } from '#wiring/assemble.ts'
import type { Command, ExitCode, Input, Io } from '../command.ts'

const word = (ja: string, en: string) => ({ ja, en })

export const backupCommand: Command = {
  name: 'backup',
  arguments: '<file>',
  words: word(
    'すべての記録とファイルを一つのファイルに控えます。動かしたまま行えます。署名の鍵は含めません。',
    'Write all records and files into one file, while Tenbin runs. The signing key of the log is not in it.',
  ),
  options: {
    'with-key': {
      type: 'boolean',
      words: word(
        '署名の鍵も含めます。この控えを持つ人は記録に署名できます',
        'take the signing key of the log too; whoever holds this file can sign the log',
      ),
    },
    overwrite: { type: 'boolean', words: word('同じ名前のファイルを置き換えます', 'replace a file of that name') },
  },
  takes: [1, 1],
  needs: 'house',
  run,
}

async function run(io: Io, input: Input, { deps, database }: House): Promise<ExitCode> {
  const { version } = JSON.parse(readFileSync(fromRoot('package.json'), 'utf8')) as { version: string }
  const made = await makeBackup(
    { database, files: deps.files, leftOut: leftOutTables(fromRoot('keeping/backup.yaml')), version, now: deps.now },
    {
      path: resolve(io.cwd, input.positionals[0]!),
      keyFiles: input.values['with-key'] === true ? keysOfLog(deps.transparency.keyFile) : [],
      overwrite: input.values['overwrite'] === true,
      ...(io.signal ? { signal: io.signal } : {}),
    },
  )
  const { digest, schema, rows, files, withKey } = made
  await asSystem(() =>
    deps.tx(logActor, (t) =>
      t.append({
        type: 'backup.made',
        itemKind: 'house',
        itemId: logItem,
        detail: { digest, schema, rows, files: files.count, missing: files.missing.length, withKey },
      }),
    ),
  )
  if (files.missing.length > 0) io.say(missingWords(files.missing)[io.language])
  io.out(input.json ? JSON.stringify({ ok: true, ...made }) : inWords(made)[io.language])
  return 0
}

const missingWords = (missing: readonly string[]) => ({
  ja: `次の${missing.length}件のファイルは、記録にあるのに保管先にありません。控えにも入っていません：\n${missing.join('\n')}`,
  en: `${missing.length} files that records name are not in the store, and so not in the backup:\n${missing.join('\n')}`,
})

const inWords = (made: BackupMade) => ({
  ja: `${made.path} に控えました（${made.rows}行、ファイル${made.files.count}件、${made.bytes}バイト）。\n照合値 ${made.digest}`,
  en: `Backup written to ${made.path} (${made.rows} rows, ${made.files.count} files, ${made.bytes} bytes).\nDigest ${made.digest}`,
})
