import { createPrivateKey, generateKeyPairSync, type KeyObject } from 'node:crypto'
import {
  closeSync,
  existsSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs'
import { dirname } from 'node:path'

import { rawKey } from './checkpoint.ts'
import { LogFault } from './log-fault.ts'

// The signing key stands in a file outside the database, so that who holds the database alone cannot sign. While a key is
// handed over, the next one stands beside it.

export const nextTo = (file: string): string => `${file}.next`
const retired = (file: string, key: KeyObject) => `${file}.retired-${rawKey(key).toString('hex').slice(0, 8)}`

/** @returns nothing when there is no file. @throws LogFault `key-unreadable` */
export function readKey(file: string): KeyObject | undefined {
  if (!existsSync(file)) return undefined
  try {
    const key = createPrivateKey(readFileSync(file))
    if (key.asymmetricKeyType === 'ed25519') return key
  } catch {
    // What stands there is no key: said below, without what stands there.
  }
  throw new LogFault('key-unreadable', { file })
}

/** The key in the file, which is made where there is none: whole or not at all, readable by its owner alone. */
export function readOrMakeKey(file: string): KeyObject {
  const known = readKey(file)
  if (known) return known
  const draft = `${file}.${process.pid}`
  writeKey(draft, generateKeyPairSync('ed25519').privateKey)
  try {
    // Refuses to replace: of two processes that begin together one has made it.
    linkSync(draft, file)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  } finally {
    rmSync(draft, { force: true })
  }
  return readKey(file)!
}

export function writeKey(file: string, key: KeyObject): void {
  mkdirSync(dirname(file), { recursive: true })
  rmSync(file, { force: true })
  const handle = openSync(file, 'wx', 0o600)
  try {
    writeSync(handle, key.export({ type: 'pkcs8', format: 'pem' }).toString())
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}

/**
 * The key whose public half is asked for: in its file, or beside it when a hand-over was broken off after it was told to
 * the log; then it is put into its place.
 * @throws LogFault `key-missing`, `key-other`, `key-unreadable`
 */
export function keyFor(file: string, wanted: { readonly keyId: string; readonly publicKey: Buffer }): KeyObject {
  const key = readKey(file)
  if (key && rawKey(key).equals(wanted.publicKey)) return key
  const next = readKey(nextTo(file))
  if (next && rawKey(next).equals(wanted.publicKey)) {
    putInPlace(file)
    return next
  }
  throw new LogFault(key ? 'key-other' : 'key-missing', { file, key: wanted.keyId })
}

/** The next key takes its place; the old one stays beside it, for who must sign again what it signed. */
export function putInPlace(file: string): void {
  const old = readKey(file)
  if (old) renameSync(file, retired(file, old))
  renameSync(nextTo(file), file)
}
