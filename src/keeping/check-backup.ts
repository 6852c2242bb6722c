import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import type { z } from 'zod'

import { AppError } from '#platform/errors.ts'
import { readMigrations } from '#platform/migrate.ts'

import { type Head, headSchema, type Manifest, manifestSchema, names } from './backup-format.ts'
import { BrokenTar, readTar, type TarEntry } from './tar.ts'

export type CheckedBackup = { readonly head: Head; readonly manifest: Manifest; readonly digest: string }

export type BackupFault = 'not-a-backup' | 'truncated' | 'changed' | 'newer-schema' | 'other-schema'

const refuse = (fault: BackupFault, params: Record<string, unknown> = {}, cause?: unknown) =>
  new AppError('bad-file', { reason: 'backup', backup: fault, ...params }, cause)

/** Head and manifest stand in memory while they are read; what claims to be longer is none of ours. */
const mostJson = 256 * 1024 * 1024

/**
 * Reads a whole backup and holds every byte of it against its manifest, before anybody writes anything.
 * @throws AppError `not-found` (the file); `bad-file` with `backup`: `not-a-backup`, `truncated` (ends too early),
 *   `changed` (with the entry), `newer-schema`, `other-schema` (a migration is not the one we know)
 */
export async function checkBackup(path: string): Promise<CheckedBackup> {
  const seen: Manifest['entries'] = []
  let head: Head | undefined
  let manifest: Manifest | undefined
  let digest = ''
  let sealed = false
  let begun = false
  try {
    for await (const entry of readTar(createReadStream(path))) {
      if (!head) {
        if (entry.name !== names.head) throw refuse('not-a-backup')
        begun = true
        const { value, sha256 } = await jsonOf(entry, headSchema, 'not-a-backup')
        head = value
        refuseOtherSchema(head)
        seen.push({ name: entry.name, bytes: entry.bytes, sha256 })
      } else if (entry.name === names.manifest) {
        const read = await jsonOf(entry, manifestSchema, 'changed')
        manifest = read.value
        digest = read.sha256
      } else if (entry.name === names.seal) {
        sealed = (await textOf(entry)).text === digest && digest !== ''
        if (!sealed) throw refuse('changed', { entry: names.manifest })
      } else seen.push({ name: entry.name, bytes: entry.bytes, sha256: await hashOf(entry) })
    }
  } catch (error) {
    throw whyUnreadable(error, path, begun)
  }
  if (!head) throw refuse('not-a-backup')
  if (!manifest || !sealed) throw refuse('truncated')
  compare(seen, manifest)
  return { head, manifest, digest }
}

function whyUnreadable(error: unknown, path: string, begun: boolean): unknown {
  if ((error as NodeJS.ErrnoException).code === 'ENOENT') return new AppError('not-found', { file: path })
  if (!(error instanceof BrokenTar)) return error
  return begun ? refuse('truncated', { at: error.at }, error) : refuse('not-a-backup', {}, error)
}

function compare(seen: Manifest['entries'], manifest: Manifest): void {
  const told = new Map(manifest.entries.map((entry) => [entry.name, entry]))
  for (const { name, bytes, sha256 } of seen) {
    const entry = told.get(name)
    if (!entry || entry.bytes !== bytes || entry.sha256 !== sha256) throw refuse('changed', { entry: name })
    told.delete(name)
  }
  const [missing] = told.keys()
  if (missing !== undefined) throw refuse('changed', { entry: missing })
}

/** The rows are put into the schema they came from; that schema must be one of those this program went through. */
function refuseOtherSchema(head: Head): void {
  const known = new Map(readMigrations().map((migration) => [migration.number, migration]))
  const newest = Math.max(...known.keys())
  const newer = head.migrations.find((done) => done.number > newest)
  if (newer) throw refuse('newer-schema', { has: newer.name, knows: known.get(newest)?.name })
  for (const done of head.migrations) {
    const ours = known.get(done.number)
    if (ours?.checksum !== done.checksum) throw refuse('other-schema', { name: done.name })
  }
}

async function hashOf(entry: TarEntry): Promise<string> {
  const hash = createHash('sha256')
  for await (const chunk of entry.content) hash.update(chunk)
  return hash.digest('hex')
}

async function textOf(entry: TarEntry): Promise<{ text: string; sha256: string }> {
  if (entry.bytes > mostJson) throw refuse('changed', { entry: entry.name })
  const chunks: Uint8Array[] = []
  for await (const chunk of entry.content) chunks.push(chunk)
  const bytes = Buffer.concat(chunks)
  return { text: bytes.toString('utf8'), sha256: createHash('sha256').update(bytes).digest('hex') }
}

async function jsonOf<S extends z.ZodType>(entry: TarEntry, schema: S, fault: BackupFault) {
  const { text, sha256 } = await textOf(entry)
  try {
    return { value: schema.parse(JSON.parse(text)), sha256 }
  } catch (error) {
    throw refuse(fault, { entry: entry.name }, error)
  }
}
