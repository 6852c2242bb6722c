import { sql } from 'kysely'
import { createReadStream, existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { Readable } from 'node:stream'

import type { Db } from '#platform/database.ts'
import { AppError } from '#platform/errors.ts'
import type { Files } from '#platform/files.ts'
import { asSystem } from '#platform/scope.ts'

import { type Head, type Manifest, names } from './backup-format.ts'
import { type CheckedBackup, checkBackup } from './check-backup.ts'
import { beginLoading, continueSequences, loadPart } from './load-rows.ts'
import { isEmpty, rebuildSchema } from './rebuild-schema.ts'
import { readTar, type TarEntry } from './tar.ts'

export type RestoreDeps = {
  /** As the owner of the tables. */
  readonly owner: Db
  readonly files: Files
  /** Brings the restored schema to the newest one and gives the application its rights. */
  readonly prepare: () => Promise<unknown>
}

export type RestoreAsked = {
  readonly path: string
  /** Takes away what is in the database before. */
  readonly replace?: boolean
  /** Where the keys of the log go, in the order in which they were taken. Without it they stay in the backup. */
  readonly keyFiles?: readonly string[]
  readonly onProgress?: (told: { readonly rows: number; readonly files: number }) => void
}

export type Restored = {
  readonly digest: string
  readonly madeAt: string
  readonly schema: number
  readonly rows: number
  readonly files: Manifest['files']
  readonly keys: number
}

/**
 * Puts a backup into a database, of either engine. The backup is read once to the end before anything is written; rows
 * come in within one transaction, so that a restore that fails leaves the database as it was.
 * @throws AppError as `checkBackup`; `wrong-state` (`not-empty`), `already-exists` (a key file)
 */
export async function restoreBackup(deps: RestoreDeps, asked: RestoreAsked): Promise<Restored> {
  const backup = await checkBackup(asked.path)
  if (asked.replace !== true && !(await asSystem(() => isEmpty(deps.owner))))
    throw new AppError('wrong-state', { reason: 'not-empty', setting: '--replace' })
  for (const file of backup.head.withKey ? (asked.keyFiles ?? []) : [])
    if (existsSync(file)) throw new AppError('already-exists', { reason: 'file-exists', file })
  // Files before rows: they are named by their hash, and harm nothing where the rows then fail.
  const keys = await restoreFiles(deps, asked)
  const rows = await asSystem(() =>
    deps.owner.transaction().execute(async (db) => {
      await rebuildSchema(db, backup.head.migrations.at(-1)!.number)
      return loadRows(db, asked, backup)
    }),
  )
  await deps.prepare()
  const { head, manifest, digest } = backup
  return { digest, madeAt: head.madeAt, schema: head.migrations.at(-1)!.number, rows, files: manifest.files, keys }
}

async function restoreFiles({ files }: RestoreDeps, asked: RestoreAsked): Promise<number> {
  let [kept, keys] = [0, 0]
  for await (const entry of readTar(createReadStream(asked.path))) {
    const sha256 = /^files\/([0-9a-f]{64})$/.exec(entry.name)?.[1]
    if (sha256 !== undefined) {
      const stored = await files.keep(Readable.from(entry.content))
      if (stored.sha256 !== sha256)
        throw new AppError('bad-file', { reason: 'backup', backup: 'changed', entry: entry.name })
      kept++
      asked.onProgress?.({ rows: 0, files: kept })
    }
    const target = entry.name.startsWith('log-key/') ? asked.keyFiles?.[keys] : undefined
    if (target !== undefined) {
      mkdirSync(dirname(target), { recursive: true })
      writeFileSync(target, await whole(entry), { mode: 0o600, flag: 'wx' })
      keys++
    }
  }
  return keys
}

async function whole(entry: TarEntry): Promise<Buffer> {
  const chunks: Uint8Array[] = []
  for await (const chunk of entry.content) chunks.push(chunk)
  return Buffer.concat(chunks)
}

async function loadRows(db: Db, asked: RestoreAsked, { head, manifest }: CheckedBackup): Promise<number> {
  await sql`select set_config('timezone', 'UTC', true), set_config('datestyle', 'ISO, YMD', true)`.execute(db)
  const endLoading = await beginLoading(db, head.tables)
  const tables = new Map(head.tables.map((table) => [table.name, table]))
  const loaded = new Map<string, number>()
  let all = 0
  for await (const entry of readTar(createReadStream(asked.path))) {
    const table = tables.get(/^tables\/([a-z0-9_]+)\/\d+\.jsonl\.gz$/.exec(entry.name)?.[1] ?? '')
    if (!table) continue
    const rows = await loadPart(db, table, await whole(entry))
    loaded.set(table.name, (loaded.get(table.name) ?? 0) + rows)
    all += rows
    asked.onProgress?.({ rows: all, files: 0 })
  }
  await endLoading()
  await continueSequences(db, head)
  await compareCounts(db, head, manifest, loaded)
  return all
}

/** What stands in the tables now is counted, not what was sent to them. */
async function compareCounts(db: Db, head: Head, manifest: Manifest, loaded: Map<string, number>): Promise<void> {
  for (const { name } of head.tables) {
    const { rows } = await sql<{ n: number }>`select count(*) as n from ${sql.id(name)}`.execute(db)
    const told = manifest.rows[name] ?? 0
    if (rows[0]!.n !== told || (loaded.get(name) ?? 0) !== told)
      throw new AppError('bad-file', { reason: 'backup', backup: 'changed', entry: names.part(name, 1) })
  }
}
