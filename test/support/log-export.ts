import { createHash, generateKeyPairSync, type KeyObject, sign } from 'node:crypto'
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

import { signCheckpoint, verifierKey, verifierOf } from '#audit/checkpoint.ts'
import { type Hash, leafHash, rootHash } from '#audit/merkle.ts'
import { appendLeaves, bundle, hashesFrom, indexPath } from '#audit/tiles.ts'

export const origin = 'tenbin.example/log'

/** One entry of a log that is made up: its row, and what the leaf and the row say. */
export type MadeEntry = { readonly kind: string; readonly row: string; readonly salt: string; readonly text: string }

/** A uuid that tells its number. */
export const uuidOf = (n: number, space = 0): string =>
  `${String(space).padStart(8, '0')}-0000-7000-8000-${n.toString(16).padStart(12, '0')}`

const sha256 = (...parts: readonly (string | Uint8Array)[]) => {
  const hash = createHash('sha256')
  for (const part of parts) hash.update(part)
  return hash.digest()
}

export function entry(kind: string, row: string, told: Readonly<Record<string, unknown>> = {}): MadeEntry {
  return { kind, row, salt: sha256(kind, row).toString('hex'), text: JSON.stringify({ id: row, ...told }) }
}
export const leafOf = ({ kind, row, salt, text }: MadeEntry): Buffer => {
  const commitment = sha256(Buffer.from(salt, 'hex'), text).toString('hex')
  return Buffer.from(JSON.stringify({ commitment, kind, row, v: 1 }))
}

export type LogKey = { readonly private: KeyObject; readonly verifier: string }
export function newKey(name = origin): LogKey {
  const { privateKey } = generateKeyPairSync('ed25519')
  return { private: privateKey, verifier: verifierKey(verifierOf({ name, key: privateKey })) }
}

/** The entry that tells of a change of keys, as docs/en/audit-log.md says. */
export function rotation(row: string, old: LogKey, fresh: LogKey, signedBy: LogKey = old): MadeEntry {
  const announcement = `tenbin log key\n${origin}\n${old.verifier}\n${fresh.verifier}\n`
  const by = (key: LogKey) => sign(null, Buffer.from(announcement), key.private).toString('base64')
  const detail = {
    origin,
    old: old.verifier,
    new: fresh.verifier,
    announcement,
    oldSignature: by(signedBy),
    newSignature: by(fresh),
  }
  return entry('audit_entry', row, { type: 'log.key-rotated', detail })
}

export const withholding = (row: string, kind: string, rows: readonly string[]): MadeEntry =>
  entry('log_withholding', row, { rule: 'retention', withheld_kind: kind, row_ids: rows })

export type MadeLog = {
  readonly entries: readonly MadeEntry[]
  /** Indices whose row is not there any more. */
  readonly withheld?: readonly number[]
  /** Sizes at which a checkpoint was signed, ascending; the last is the newest. */
  readonly sizes: readonly number[]
  readonly signers: (size: number) => readonly LogKey[]
  readonly keys: readonly LogKey[]
  /** Signature lines of witnesses for the newest. */
  readonly cosign?: (body: string) => string
}

export type Files = Map<string, Buffer>

/** The files of an export, as docs/en/audit-log.md says. */
export async function exportOf(log: MadeLog): Promise<Files> {
  const files: Files = new Map()
  const size = log.sizes.at(-1)!
  const entries = log.entries.slice(0, size)
  const { tiles, root } = await treeOf(entries)
  for (const [name, hashes] of tiles) files.set(`tile/${name}${partial(hashes.length)}`, Buffer.concat(hashes))
  for (let n = 0; n * 256 < size; n++) {
    const part = entries.slice(n * 256, n * 256 + 256).map(leafOf)
    files.set(`tile/entries/${indexPath(n)}${partial(part.length)}`, bundle(part))
  }
  const notes: string[] = []
  for (const at of log.sizes) {
    const signers = log.signers(at).map((key) => ({ name: origin, key: key.private }))
    notes.push(signCheckpoint({ origin, size: at, root: await root(at) }, signers))
  }
  const newest = notes.at(-1)!
  const body = newest.slice(0, newest.indexOf('\n\n') + 1)
  files.set('checkpoint', Buffer.from(newest + (log.cosign?.(body) ?? '')))
  files.set('checkpoints.jsonl', lines(notes.map((note, i) => ({ size: log.sizes[i], note, cosignatures: [] }))))
  files.set('keys.json', Buffer.from(JSON.stringify(log.keys.map((key) => ({ key: key.verifier })))))
  addRows(files, entries, new Set(log.withheld))
  const kinds = [...new Set(entries.map(({ kind }) => kind))]
  const manifest = { format: 'tenbin-log-export@1', origin, size, root: (await root(size)).toString('hex'), kinds }
  files.set('log.json', Buffer.from(JSON.stringify(manifest)))
  return files
}

const partial = (width: number) => (width === 256 ? '' : `.p/${width}`)
const lines = (values: readonly unknown[]) => Buffer.from(values.map((value) => `${JSON.stringify(value)}\n`).join(''))

async function treeOf(entries: readonly MadeEntry[]) {
  const known = new Map<string, readonly Hash[]>()
  const read = async (level: number, n: number) => known.get(`${level}/${indexPath(n)}`) ?? []
  for (const tile of await appendLeaves(read, 0, entries.map(leafOf).map(leafHash)))
    known.set(`${tile.level}/${indexPath(tile.n)}`, tile.hashes)
  return { tiles: known, root: (size: number) => rootHash(hashesFrom(read), size) }
}

function addRows(files: Files, entries: readonly MadeEntry[], withheld: ReadonlySet<number>): void {
  const rows = new Map<string, unknown[]>()
  const gone: unknown[] = []
  entries.forEach(({ kind, row, salt, text }, index) => {
    const own = rows.get(kind) ?? []
    rows.set(kind, own)
    if (withheld.has(index)) gone.push({ index, kind, row })
    else own.push({ index, row, salt, text })
  })
  for (const [kind, own] of rows) files.set(`rows/${kind}.jsonl`, lines(own))
  files.set('withheld.jsonl', lines(gone))
}

/** Writes files into a folder of their own. */
export function folderWith(files: Files): string {
  const folder = mkdtempSync(join(tmpdir(), 'tenbin-log-export-'))
  for (const [name, content] of files) {
    mkdirSync(dirname(join(folder, name)), { recursive: true })
    writeFileSync(join(folder, name), content)
  }
  return folder
}
