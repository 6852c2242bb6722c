import { sql } from 'kysely'
import { type KeyObject, randomBytes, sign } from 'node:crypto'

import type { Db } from '#platform/database.ts'
import { asSystem } from '#platform/scope.ts'

import { keyIdOf, keyTypes, rawKey, type Signer, type Verifier, verifierKey, verifierOf } from './checkpoint.ts'
import { keyFor, nextTo, readKey, readOrMakeKey } from './key-file.ts'
import { LogFault } from './log-fault.ts'
import { loadKeys, lockLog, type StoredKey } from './store-log.ts'
import { logActor, logItem } from './system-actor.ts'
import type { RunTx, Tx } from './transaction.ts'

export type KeyDeps = {
  readonly db: Db
  readonly tx: RunTx
  readonly keyFile: string
  readonly origin: string | undefined
}

export const verifierOfKey = (key: StoredKey): Verifier => ({
  name: key.origin,
  type: keyTypes.ed25519,
  publicKey: key.publicKey,
})

/** The text that a key signs to say that it signs for this log from now on. */
export const announcementOf = (origin: string, old: string | undefined, next: string): string =>
  `tenbin log key\n${origin}\n${old ?? '-'}\n${next}\n`
export const signText = (key: KeyObject, text: string): string => sign(null, Buffer.from(text), key).toString('base64')

/** A log that has no key yet gets one, and an entry of its own names it. */
export async function beginLog(deps: KeyDeps): Promise<void> {
  if ((await asSystem(() => loadKeys(deps.db))).length > 0) return
  // Before it is told to anybody the key is safe on the disk.
  const key = readOrMakeKey(deps.keyFile)
  // An address that nobody has, so that two logs that were given no name do not share one.
  const name = deps.origin ?? `log-${randomBytes(4).toString('hex')}.tenbin.invalid`
  await asSystem(() =>
    deps.tx(logActor, async (t) => {
      await lockLog(t.db)
      if ((await loadKeys(t.db)).length > 0) return
      await addKey(t, { name, key }, 1)
      const own = verifierKey(verifierOf({ name, key }))
      const announcement = announcementOf(name, undefined, own)
      const detail = { origin: name, key: own, announcement, signature: signText(key, announcement) }
      await t.append({ type: 'log.key-added', itemKind: 'log-key', itemId: logItem, detail })
    }),
  )
}

export async function addKey(t: Tx, { name, key }: Signer, position: number): Promise<void> {
  await sql`insert into log_key (position, origin, key_id, public_key, added_at)
    values (${position}, ${name}, ${keyIdOf(verifierOf({ name, key }))}, decode(${rawKey(key).toString('hex')}, 'hex'),
      ${t.at.toISOString()}::timestamptz)`.execute(t.db)
}

export type Signers = {
  readonly origin: string
  readonly signers: readonly Signer[]
  /** The next key has signed for the first time: it takes the place of the old one. */
  readonly handsOver: boolean
  /** Notes in the database what was signed; in the transaction of the checkpoint. */
  readonly noted: (size: number) => Promise<void>
}

/**
 * Who signs the next checkpoint: the key of the log, or, for the first tree that holds the entry of a hand-over, both.
 * @param t  transaction under the lock of the log
 * @throws LogFault `key-missing`, `key-other`, `key-unreadable`, `origin-other`
 */
export async function chooseSigners(t: Db, { keyFile, origin }: Omit<KeyDeps, 'db' | 'tx'>): Promise<Signers> {
  const [current, previous] = (await loadKeys(t)).toReversed()
  if (!current) throw new LogFault('key-missing', { file: keyFile })
  if (origin !== undefined && origin !== current.origin)
    throw new LogFault('origin-other', { origin, is: current.origin })
  const signs = (key: StoredKey, file = keyFor(keyFile, key)): Signer => ({ name: key.origin, key: file })
  const plain = { origin: current.origin, handsOver: false, noted: (size: number) => noteSize(t, current, size) }
  if (current.firstSize !== null || !previous) return { ...plain, signers: [signs(current)] }
  const told = await handOverTold(t, verifierKey(verifierOfKey(current)))
  if (told === undefined) return { ...plain, signers: [signs(previous)], noted: async () => {} }
  const next = readKey(nextTo(keyFile))
  if (!next || !rawKey(next).equals(current.publicKey))
    throw new LogFault('key-missing', { file: nextTo(keyFile), key: current.keyId })
  // A key that is lost cannot sign that another takes its place; the entry says that it was replaced.
  const old = told === 'log.key-rotated' ? [signs(previous)] : []
  const noted = async (size: number) => {
    await noteSize(t, current, size)
    if (old.length > 0)
      await sql`update log_key set last_size = ${size} where position = ${previous.position}`.execute(t)
  }
  return { origin: current.origin, signers: [...old, signs(current, next)], handsOver: true, noted }
}

async function noteSize(t: Db, key: StoredKey, size: number): Promise<void> {
  if (key.firstSize !== null) return
  await sql`update log_key set first_size = ${size} where position = ${key.position}`.execute(t)
}

/** @returns the type of the entry that names the new key, once it has its place in the tree */
async function handOverTold(t: Db, key: string): Promise<string | undefined> {
  const { rows } = await sql<{ type: string }>`
    select e.type from audit_entry e join log_leaf l on l.kind = 'audit_entry' and l.row_id = e.id and l.salt is not null
    where e.type in ('log.key-rotated', 'log.key-replaced') and e.detail ->> 'new' = ${key} limit 1`.execute(t)
  return rows[0]?.type
}
