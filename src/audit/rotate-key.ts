import { sql } from 'kysely'
import { generateKeyPairSync, type KeyObject } from 'node:crypto'

import { AppError } from '#platform/errors.ts'
import type { Now } from '#platform/ids.ts'
import { asSystem } from '#platform/scope.ts'

import { type Signer, verifierKey, verifierOf } from './checkpoint.ts'
import { keyFor, nextTo, readKey, writeKey } from './key-file.ts'
import { addKey, announcementOf, type KeyDeps, signText, verifierOfKey } from './log-keys.ts'
import { sequence } from './sequence.ts'
import { signHead } from './sign-head.ts'
import { loadKeys, lockLog, type StoredKey } from './store-log.ts'
import { logItem } from './system-actor.ts'
import type { Actor, Tx } from './transaction.ts'

/** Verifier keys. */
export type Rotated = { readonly old: string; readonly new: string }

/**
 * Hands the signing of the log over to a new key. The entry that says so is signed by both, and so is the first checkpoint
 * whose tree holds it: who trusts the old key finds the new one there. Where it is broken off, it goes on with the next
 * checkpoint or with the next call.
 * @param lost  the old key is gone: the entry says `log.key-replaced` and bears the new signature alone, and every
 *   verifier that trusted the old key will ask why
 * @throws LogFault when the old key is not here and not said to be lost
 * @throws AppError `wrong-state` (`handing-over`) while another is under way, `not-found` where the log has no key
 */
export async function rotateKey(deps: KeyDeps & { now: Now }, actor: Actor, lost = false): Promise<Rotated> {
  const file = deps.keyFile
  const rotated = await asSystem(() =>
    deps.tx(actor, async (t) => {
      await lockLog(t.db)
      const keys = await loadKeys(t.db)
      const current = keys.at(-1)
      if (!current) throw new AppError('not-found', { what: 'log-key' })
      if (current.firstSize === null) throw new AppError('wrong-state', { reason: 'handing-over' })
      const old = lost ? undefined : keyFor(file, current)
      return announce(t, current, { old, next: nextKey(file) })
    }),
  )
  while ((await sequence(deps.db)) > 0);
  await signHead(deps)
  return rotated
}

async function announce(
  t: Tx,
  current: StoredKey,
  { old, next }: { old: KeyObject | undefined; next: KeyObject },
): Promise<Rotated> {
  const signer: Signer = { name: current.origin, key: next }
  const names = { old: verifierKey(verifierOfKey(current)), new: verifierKey(verifierOf(signer)) }
  const announcement = announcementOf(current.origin, names.old, names.new)
  await addKey(t, signer, current.position + 1)
  await sql`update log_key set retired_at = ${t.at.toISOString()}::timestamptz where position = ${current.position}`.execute(
    t.db,
  )
  await t.append({
    type: old ? 'log.key-rotated' : 'log.key-replaced',
    itemKind: 'log-key',
    itemId: logItem,
    detail: {
      origin: current.origin,
      ...names,
      announcement,
      ...(old ? { oldSignature: signText(old, announcement) } : {}),
      newSignature: signText(next, announcement),
    },
  })
  return names
}

/** One that waits beside, from a hand-over that was broken off before it was told, is used. */
function nextKey(keyFile: string): KeyObject {
  const waiting = readKey(nextTo(keyFile))
  if (waiting) return waiting
  const { privateKey } = generateKeyPairSync('ed25519')
  writeKey(nextTo(keyFile), privateKey)
  return privateKey
}
