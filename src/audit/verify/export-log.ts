import { sql } from 'kysely'
import { createWriteStream, type WriteStream } from 'node:fs'
import { mkdir, readdir, writeFile } from 'node:fs/promises'
import { finished } from 'node:stream/promises'
import { dirname, join } from 'node:path'

import { verifierKey } from '#audit/checkpoint.ts'
import { cosignaturesOf } from '#audit/cosignatures.ts'
import { verifierOfKey } from '#audit/log-keys.ts'
import { loadCheckpoint, loadKeys, type StoredCheckpoint } from '#audit/store-log.ts'
import { bundle, tilePath, tilesOf, tileWidth } from '#audit/tiles.ts'
import type { Witness } from '#audit/witnesses.ts'
import type { Db } from '#platform/database.ts'
import { AppError } from '#platform/errors.ts'
import type { Now } from '#platform/ids.ts'

import { databaseSource, kindsOf } from './database-source.ts'

export type ExportLogDeps = { readonly db: Db; readonly now: Now; readonly witnesses: readonly Witness[] }
export type ExportedLog = {
  readonly size: number
  readonly root: string
  readonly files: number
  readonly rows: number
}

/**
 * Writes the whole log into an empty folder, for whoever verifies it elsewhere: docs/en/audit-log.md, "Export". What is wrong
 * with the log is written as it is. To be called inside `asSystem`.
 * @throws AppError `already-exists` when the folder holds something, `not-found` when nothing was signed yet, `wrong-state`
 *   (`withheld-meanwhile`) when rows were taken out while it ran: then it is to be done again
 */
export async function exportLog(deps: ExportLogDeps, folder: string): Promise<ExportedLog> {
  await mkdir(folder, { recursive: true })
  if ((await readdir(folder)).length > 0) throw new AppError('already-exists', { folder })
  const checkpoint = await loadCheckpoint(deps.db)
  if (!checkpoint) throw new AppError('not-found', { what: 'log-checkpoint' })
  const put = async (name: string, content: string | Uint8Array) => {
    await mkdir(dirname(join(folder, name)), { recursive: true })
    await writeFile(join(folder, name), content)
  }
  const kinds = await kindsOf(deps.db)
  const blocks = await writeBlocks(deps.db, folder, kinds, checkpoint.size, put)
  await writeHead(deps, checkpoint, kinds, put)
  if (await withheldMeanwhile(deps.db, checkpoint.size))
    throw new AppError('wrong-state', { reason: 'withheld-meanwhile' })
  return { size: checkpoint.size, root: checkpoint.root.toString('hex'), ...blocks }
}

type Put = (name: string, content: string | Uint8Array) => Promise<void>
const line = (value: unknown) => `${JSON.stringify(value)}\n`

/** A file that is written piece by piece, waiting where the disk is slower. */
function growing(path: string) {
  const stream: WriteStream = createWriteStream(path)
  return {
    add: (text: string) =>
      text === '' || stream.write(text) ? Promise.resolve() : new Promise<void>((done) => stream.once('drain', done)),
    end: async () => {
      stream.end()
      await finished(stream)
    },
  }
}

/** Leaves, tiles and rows, as the verifier of the database reads them. */
async function writeBlocks(db: Db, folder: string, kinds: readonly string[], size: number, put: Put) {
  const source = await databaseSource(db)
  await mkdir(join(folder, 'rows'), { recursive: true })
  const byKind = new Map(kinds.map((kind) => [kind, growing(join(folder, `rows/${kind}.jsonl`))]))
  const withheld = growing(join(folder, 'withheld.jsonl'))
  const count = { files: 0, rows: 0 }
  for (let n = 0; n * tileWidth < size; n++) {
    const width = Math.min(tileWidth, size - n * tileWidth)
    const leaves = ((await source.leaves(n, width)) ?? []).flatMap((leaf) => leaf ?? [])
    await put(`tile/${tilePath('entries', n, width)}`, bundle(leaves))
    const tile = await source.tile(0, n, width)
    if (tile) await put(`tile/${tilePath(0, n, width)}`, tile)
    count.files += 2
    for (const row of await source.rows(n, width)) {
      if ('unreadable' in row) continue
      const { kind, withheld: gone, ...told } = row
      if (gone) await withheld.add(line({ index: row.index, kind, row: row.row }))
      else await byKind.get(kind)?.add(line(told))
      count.rows += gone ? 0 : 1
    }
  }
  for await (const { kind, row } of source.rest(size))
    if (kind !== undefined) await byKind.get(kind)?.add(line({ index: null, row, salt: null, text: null }))
  for (const file of [...byKind.values(), withheld]) await file.end()
  for (const { level, n, width } of tilesOf(size)) {
    const tile = level === 0 ? undefined : await source.tile(level, n, width)
    if (tile) await put(`tile/${tilePath(level, n, width)}`, tile)
    count.files += level === 0 ? 0 : 1
  }
  return { ...count, files: count.files + byKind.size + 6 }
}

async function writeHead(deps: ExportLogDeps, checkpoint: StoredCheckpoint, kinds: readonly string[], put: Put) {
  const { db, now, witnesses } = deps
  const { size, root, note } = checkpoint
  const newest = await cosignaturesOf(db, [size])
  await put('checkpoint', note + newest.map((one) => one.line).join(''))
  await put('checkpoints.jsonl', (await checkpointLines(db, size)).join(''))
  const keys = await loadKeys(db)
  const told = keys.map((one) => {
    const { keyId, firstSize, lastSize, addedAt, retiredAt } = one
    return { keyId, key: verifierKey(verifierOfKey(one)), firstSize, lastSize, addedAt, retiredAt }
  })
  await put('keys.json', JSON.stringify(told, null, 2))
  await put('witnesses.json', JSON.stringify(witnesses.map((witness) => verifierKey(witness))))
  const { rows } = await sql<{ person: string; pseudonym: string }>`
    select person_id as person, pseudonym from log_pseudonym order by pseudonym`.execute(db)
  await put('pseudonyms.jsonl', rows.map(line).join(''))
  const origin = note.slice(0, note.indexOf('\n'))
  const head = { format: 'tenbin-log-export@1', origin, size, root: root.toString('hex') }
  await put('log.json', JSON.stringify({ ...head, exportedAt: now().toISOString(), kinds }, null, 2))
}

async function checkpointLines(db: Db, size: number): Promise<string[]> {
  const lines: string[] = []
  for (let after = 0; ;) {
    const { rows } = await sql<{ size: number; signedAt: string; note: string }>`
      select size, signed_at as "signedAt", note from log_checkpoint where size > ${after} and size <= ${size}
      order by size limit 1000`.execute(db)
    const cosigned = await cosignaturesOf(
      db,
      rows.map((row) => row.size),
    )
    for (const row of rows) {
      const own = cosigned.filter((one) => one.size === row.size)
      lines.push(
        line({ ...row, cosignatures: own.map(({ witness, at, line: text }) => ({ witness, at, line: text })) }),
      )
    }
    const last = rows.at(-1)
    if (!last) return lines
    after = last.size
  }
}

/** The record of what was taken out would be missing in the export. */
async function withheldMeanwhile(db: Db, size: number): Promise<boolean> {
  const { rows } = await sql`select 1 where exists (select 1 from log_inbox where kind = 'log_withholding')
    or exists (select 1 from log_leaf where kind = 'log_withholding' and idx >= ${size})`.execute(db)
  return rows.length > 0
}
