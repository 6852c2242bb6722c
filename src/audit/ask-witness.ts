import type { Db } from '#platform/database.ts'
import type { Now } from '#platform/ids.ts'

import { parseSignatures } from './checkpoint.ts'
import { keepCosignatures, lastWitnessed } from './cosignatures.ts'
import { consistencyProof } from './merkle.ts'
import { hashesIn, type StoredCheckpoint } from './store-log.ts'
import type { Witness } from './witnesses.ts'

export type Asked =
  | { readonly ok: true; readonly size: number }
  /** `ahead`: the witness has seen a larger tree than ours: this log was set back. */
  | {
      readonly ok: false
      readonly because: 'unreachable' | 'refused' | 'ahead' | 'not-signed'
      readonly status?: number
    }

export type WitnessDeps = { readonly db: Db; readonly now: Now; readonly fetch: typeof fetch }

const withinMs = 10_000

/** Asks a witness to sign a checkpoint (C2SP tlog-witness, add-checkpoint). Never inside a transaction. */
export async function askWitness(
  deps: WitnessDeps,
  witness: Witness & { readonly url: string },
  checkpoint: StoredCheckpoint,
): Promise<Asked> {
  const known = (await lastWitnessed(deps.db)).get(witness.name)?.size ?? 0
  const first = await send(deps, witness.url, known, checkpoint)
  if (first === undefined) return { ok: false, because: 'unreachable' }
  // It has seen another size than we know of: it says which.
  const theirs = first.status === 409 ? sizeIn(first) : undefined
  if (theirs !== undefined && theirs > checkpoint.size) return { ok: false, because: 'ahead', status: 409 }
  const answer = theirs === undefined ? first : await send(deps, witness.url, theirs, checkpoint)
  if (answer === undefined) return { ok: false, because: 'unreachable' }
  if (answer.status !== 200) return { ok: false, because: 'refused', status: answer.status }
  const signatures = parseSignatures(answer.body) ?? []
  const kept = await keepCosignatures({ ...deps, witnesses: [witness] }, checkpoint, signatures)
  return kept.length > 0 ? { ok: true, size: checkpoint.size } : { ok: false, because: 'not-signed' }
}

type Answer = { readonly status: number; readonly type: string; readonly body: string }

function sizeIn({ type, body }: Answer): number | undefined {
  return type.startsWith('text/x.tlog.size') && /^\d{1,15}\n$/.test(body) ? Number(body) : undefined
}

async function send(deps: WitnessDeps, url: string, old: number, checkpoint: StoredCheckpoint) {
  const proof = old === 0 ? [] : await consistencyProof(hashesIn(deps.db), old, checkpoint.size)
  const lines = proof.map((hash) => `${hash.toString('base64')}\n`).join('')
  try {
    const answer = await deps.fetch(`${url}/add-checkpoint`, {
      method: 'POST',
      body: `old ${old}\n${lines}\n${checkpoint.note}`,
      signal: AbortSignal.timeout(withinMs),
      redirect: 'error',
    })
    const body = (await answer.text()).slice(0, 65_536)
    return { status: answer.status, type: answer.headers.get('content-type') ?? '', body } satisfies Answer
  } catch {
    // A witness that cannot be reached is asked again with the next checkpoint; the state of the log says so.
    return undefined
  }
}
