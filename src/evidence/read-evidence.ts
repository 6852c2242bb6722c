import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { Writable } from 'node:stream'

import type { Actor } from '#audit/transaction.ts'
import { AppError } from '#platform/errors.ts'

import type { Evidence } from './api.ts'
import type { EvidenceDeps } from './deps.ts'
import { evidenceById } from './store.ts'

/**
 * The bytes of a piece of evidence, after all of them were held against the hash that the row keeps, so that nobody gets
 * half of a changed file. A changed or missing one is told to the log.
 * @throws AppError `not-found`, `unavailable` (`file-changed`, `file-missing`)
 */
export async function openEvidence(
  deps: EvidenceDeps,
  actor: Actor,
  id: string,
): Promise<{ evidence: Evidence; content: Readable }> {
  const evidence = await evidenceById(deps.db, id)
  const proof = await proveEvidence(deps, actor, evidence)
  if (!proof.ok) throw new AppError('unavailable', { reason: proof.reason, evidence: id, sha256: evidence.sha256 })
  return { evidence, content: await deps.files.open(evidence.sha256) }
}

type Proof = { readonly ok: true } | { readonly ok: false; readonly reason: 'file-changed' | 'file-missing' }

/** Reads the stored bytes once and says whether they have the hash they had when they were handed in. */
export async function proveEvidence(deps: EvidenceDeps, actor: Actor, evidence: Evidence): Promise<Proof> {
  try {
    await pipeline(await deps.files.open(evidence.sha256), new Writable({ write: (_chunk, _encoding, next) => next() }))
    return { ok: true }
  } catch (error) {
    const reason = reasonOf(error)
    if (reason === undefined) throw error
    await deps.tx(actor, (t) =>
      t.append({
        type: 'evidence.damaged',
        itemKind: 'evidence',
        itemId: evidence.id,
        detail: { sha256: evidence.sha256, reason },
      }),
    )
    return { ok: false, reason }
  }
}

function reasonOf(error: unknown): 'file-changed' | 'file-missing' | undefined {
  if (!(error instanceof AppError)) return undefined
  if (error.code === 'not-found') return 'file-missing'
  return error.params['reason'] === 'file-changed' ? 'file-changed' : undefined
}
