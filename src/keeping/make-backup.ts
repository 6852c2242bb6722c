import { sql } from 'kysely'
import { createHash } from 'node:crypto'
import { createWriteStream, existsSync, readFileSync } from 'node:fs'
import { open, rename, rm } from 'node:fs/promises'
import { promisify } from 'node:util'
import { gzip } from 'node:zlib'

import type { Database, Db } from '#platform/database.ts'
import { AppError } from '#platform/errors.ts'
import type { Files } from '#platform/files.ts'
import { asSystem } from '#platform/scope.ts'

import { format, type Head, type Manifest, names, type TableHead } from './backup-format.ts'
import { columnsToTake, lastNumbers, migrationsDone } from './read-schema.ts'
import { type TarWriter, tarWriter, type Written } from './tar.ts'
import { filesReferred } from './referred-files.ts'

export type BackupDeps = {
  readonly database: Pick<Database, 'scoped' | 'engine'>
  readonly files: Files
  readonly leftOut: readonly string[]
  readonly version: string
  readonly now: () => Date
}

export type BackupAsked = {
  readonly path: string
  /** Files with the signing keys of the log, where they are to be taken too. */
  readonly keyFiles?: readonly string[]
  readonly overwrite?: boolean
  readonly signal?: AbortSignal
  readonly onProgress?: (told: { readonly table?: string; readonly rows: number; readonly files: number }) => void
}

export type BackupMade = {
  readonly path: string
  readonly bytes: number
  /** SHA-256 of the manifest: names this backup and nothing else. */
  readonly digest: string
  readonly schema: number
  readonly rows: number
  readonly tables: number
  readonly files: Manifest['files']
  readonly withKey: boolean
}

const zip = promisify(gzip)
/** About so many bytes of rows are in memory at once. */
const partBytes = 2 * 1024 * 1024

/**
 * Writes everything that is kept into one file, as it was at one moment, while others go on writing: all rows come out of
 * one transaction that sees no later change. (The embedded engine has one connection: others wait until the rows are
 * read.) Written beside and renamed when whole.
 * @throws AppError `already-exists` (the file), `unavailable`
 */
export async function makeBackup(deps: BackupDeps, asked: BackupAsked): Promise<BackupMade> {
  if (asked.overwrite !== true && existsSync(asked.path))
    throw new AppError('already-exists', { reason: 'file-exists', file: asked.path })
  const draft = `${asked.path}.part`
  try {
    const made = await asSystem(() => write(deps, asked, draft))
    // On the disk before it has its name: a backup that is there is whole.
    const handle = await open(draft, 'r+')
    const { size } = await handle.stat()
    await handle.sync()
    await handle.close()
    await rename(draft, asked.path)
    return { ...made, path: asked.path, bytes: size }
  } catch (error) {
    await rm(draft, { force: true })
    throw error
  }
}

async function write(deps: BackupDeps, asked: BackupAsked, draft: string): Promise<Omit<BackupMade, 'path' | 'bytes'>> {
  const tar = tarWriter(createWriteStream(draft, { mode: 0o600 }))
  const entries: Written[] = []
  const rows: Record<string, number> = {}
  const { head, referred } = await deps.database.scoped
    .transaction()
    .setIsolationLevel('repeatable read')
    .execute(async (db) => {
      await sql`select set_config('timezone', 'UTC', true), set_config('datestyle', 'ISO, YMD', true),
        set_config('bytea_output', 'hex', true), set_config('extra_float_digits', '1', true)`.execute(db)
      const head = await headOf(db, deps, asked)
      entries.push(await addJson(tar, names.head, head))
      for (const table of head.tables) {
        asked.signal?.throwIfAborted()
        rows[table.name] = await writeTable(db, tar, table, entries, asked)
        asked.onProgress?.({ table: table.name, rows: sum(rows), files: 0 })
      }
      return { head, referred: await filesReferred(db) }
    })
  const files = await writeFiles(deps.files, tar, referred, entries, asked)
  for (const [n, path] of (asked.keyFiles ?? []).entries()) {
    const key = readFileSync(path)
    entries.push(await tar.add(names.key(n), key.length, key))
  }
  const manifest = Buffer.from(JSON.stringify({ entries, rows, files } satisfies Manifest))
  const digest = createHash('sha256').update(manifest).digest('hex')
  await tar.add(names.manifest, manifest.length, manifest)
  await tar.add(names.seal, 64, Buffer.from(digest))
  await tar.end()
  const schema = head.migrations.at(-1)!.number
  return { digest, schema, rows: sum(rows), tables: head.tables.length, files, withKey: head.withKey }
}

const sum = (rows: Record<string, number>) => Object.values(rows).reduce((all, n) => all + n, 0)

async function addJson(tar: TarWriter, name: string, value: unknown): Promise<Written> {
  const bytes = Buffer.from(JSON.stringify(value, null, 1))
  return tar.add(name, bytes.length, bytes)
}

async function headOf(db: Db, deps: BackupDeps, asked: BackupAsked): Promise<Head> {
  return {
    format,
    madeAt: deps.now().toISOString(),
    engine: deps.database.engine,
    version: deps.version,
    migrations: await migrationsDone(db),
    tables: await columnsToTake(db, deps.leftOut),
    sequences: await lastNumbers(db),
    withKey: (asked.keyFiles ?? []).length > 0,
  }
}

/** @returns how many rows it had */
async function writeTable(
  db: Db,
  tar: TarWriter,
  table: TableHead,
  entries: Written[],
  { signal }: BackupAsked,
): Promise<number> {
  const texts = sql.join(table.columns.map(({ name }) => sql`${sql.id(name)}::text`))
  await sql`declare backup_rows no scroll cursor for
    select to_json(array[${texts}])::text as row from ${sql.id(table.name)}`.execute(db)
  let [all, part, step] = [0, 0, 100]
  let held: string[] = []
  let heldBytes = 0
  const flush = async () => {
    if (held.length === 0) return
    const packed = await zip(`${held.join('\n')}\n`, { level: 3 })
    entries.push(await tar.add(names.part(table.name, ++part), packed.length, packed))
    held = []
    heldBytes = 0
  }
  for (;;) {
    signal?.throwIfAborted()
    const { rows } = await sql<{ row: string }>`fetch ${sql.lit(step)} from backup_rows`.execute(db)
    if (rows.length === 0) break
    all += rows.length
    let bytes = 0
    for (const { row } of rows) {
      held.push(row)
      bytes += row.length
    }
    heldBytes += bytes
    if (heldBytes >= partBytes) await flush()
    // As many rows at a time as make half a part, so that wide rows do not fill the memory.
    step = Math.min(10_000, Math.max(1, Math.floor((partBytes / 2 / bytes) * rows.length)))
  }
  await flush()
  await sql`close backup_rows`.execute(db)
  return all
}

/** A file that is gone although a row names it is told, not passed over: the backup of the rest is worth having. */
async function writeFiles(
  files: Files,
  tar: TarWriter,
  referred: readonly string[],
  entries: Written[],
  { signal, onProgress }: BackupAsked,
): Promise<Manifest['files']> {
  const missing: string[] = []
  let [count, bytes] = [0, 0]
  for (const sha256 of referred) {
    signal?.throwIfAborted()
    const size = await files.size(sha256)
    if (size === undefined) missing.push(sha256)
    else {
      entries.push(await tar.add(names.file(sha256), size, await files.open(sha256)))
      bytes += size
      count++
      onProgress?.({ rows: 0, files: count })
    }
  }
  return { count, bytes, missing }
}
