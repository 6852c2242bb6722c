import { verifierKey, verifierOf } from '#audit/checkpoint.ts'
import { readKey } from '#audit/key-file.ts'
import { verifierOfKey } from '#audit/log-keys.ts'
import { loadKeys } from '#audit/store-log.ts'
import type { Actor, RunTx } from '#audit/transaction.ts'
import type { Db } from '#platform/database.ts'
import type { NewId, Now } from '#platform/ids.ts'
import { asSystem } from '#platform/scope.ts'

import type { LogFinding, Verification } from './api.ts'
import { databaseSource } from './database-source.ts'
import { startVerification, finishVerification } from './store-verifications.ts'
import { verify } from './tenbin-verify.mjs'

export type VerifyDeps = {
  readonly db: Db
  readonly tx: RunTx
  readonly now: Now
  readonly newId: NewId
  readonly keyFile: string
}
export type Compared = {
  /** Checkpoints that were given out earlier. */
  readonly checkpoints?: readonly string[]
  /** Verifier keys; without them that of the key file, which lies outside the database. */
  readonly keys?: readonly string[]
  readonly witnesses?: readonly string[]
  readonly onProgress?: (done: number, all: number) => void
}
type Result = Awaited<ReturnType<typeof verify>>

/** More faults than these are counted, and not kept. */
const findingsKept = 200

/** @returns the run that was noted as begun; `finished` ends with it, whatever the outcome */
export async function beginVerification(
  deps: VerifyDeps,
  actor: Actor,
  compared: Compared = {},
): Promise<{ id: string; finished: Promise<Verification & { readonly result: Result | undefined }> }> {
  const id = deps.newId()
  await asSystem(() => startVerification(deps.db, { id, at: deps.now().toISOString(), by: actor.personId }))
  return { id, finished: run(deps, actor, id, compared) }
}

/**
 * Checks the log in the database: the same checks as of an export, by the same verifier. The run is kept and told to the log.
 * @returns the outcome `failed` when the check itself could not be done
 */
export async function verifyLog(deps: VerifyDeps, actor: Actor, compared: Compared = {}) {
  const { finished } = await beginVerification(deps, actor, compared)
  return finished
}

async function run(deps: VerifyDeps, actor: Actor, id: string, compared: Compared) {
  const result = await asSystem(() => check(deps, compared)).catch((error: unknown) => ({ error }))
  const failed = 'error' in result
  const outcome = failed ? 'failed' : result.ok ? 'intact' : 'faulty'
  const findings: LogFinding[] = failed ? [] : result.faults
  const seen = failed
    ? {}
    : { leaves: result.leaves, rows: result.rows, withheld: result.withheld, checkpoints: result.checkpoints }
  const counts = { ...seen, faults: failed ? 0 : result.faultCount }
  const [size, root] = failed ? [null, null] : [result.size, Buffer.from(result.root, 'base64').toString('hex')]
  const kept = await asSystem(() =>
    deps.tx(actor, async (t) => {
      await t.append({
        type: 'log.verified',
        itemKind: 'log',
        itemId: id,
        detail: { outcome, ...(size === null ? {} : { size }), faults: counts.faults },
      })
      // Whoever watches over the log is told.
      if (outcome === 'faulty') await t.emit({ type: 'audit.verification-failed', payload: { verification: id } })
      return finishVerification(t.db, { id, at: deps.now().toISOString(), outcome, size, root, findings, counts })
    }),
  )
  if (failed && !isDatabaseError(result.error)) throw result.error
  return { ...kept, result: failed ? undefined : result }
}

const isDatabaseError = (error: unknown) => typeof (error as { code?: unknown }).code === 'string'

async function check(deps: VerifyDeps, { checkpoints = [], keys, witnesses = [], onProgress }: Compared) {
  const source = await databaseSource(deps.db)
  const known = keys ?? (await ownKeys(deps))
  return verify(source, { keys: known, checkpoints, witnesses, most: findingsKept, onProgress })
}

/** The key of the key file: who changes the database alone cannot change it. */
export async function ownKeys({ db, keyFile }: Pick<VerifyDeps, 'db' | 'keyFile'>): Promise<string[]> {
  const stored = await loadKeys(db)
  const key = readKey(keyFile)
  const origin = stored.at(-1)?.origin
  if (key && origin !== undefined) return [verifierKey(verifierOf({ name: origin, key }))]
  return stored.map((one) => verifierKey(verifierOfKey(one)))
}
