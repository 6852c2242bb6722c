import { sql } from 'kysely'

import type { Db } from '#platform/database.ts'
import { AppError } from '#platform/errors.ts'
import type { Now } from '#platform/ids.ts'
import { asSystem } from '#platform/scope.ts'

import { bodyOf, cosignatureOf, parseNote, type Signature } from './checkpoint.ts'
import { type StoredCheckpoint, loadCheckpoint } from './store-log.ts'
import { logActor, logItem } from './system-actor.ts'
import type { RunTx } from './transaction.ts'
import type { Witness } from './witnesses.ts'

export type Cosigned = { readonly witness: string; readonly line: string; readonly at: string; readonly size: number }

/** What witnesses have signed under checkpoints of these sizes. */
export async function cosignaturesOf(db: Db, sizes: readonly number[]): Promise<Cosigned[]> {
  if (sizes.length === 0) return []
  const { rows } = await sql<Cosigned>`select size, witness, line, witnessed_at as at from log_cosignature
    where size = any(${sizes}::bigint[]) order by size, witness`.execute(db)
  return rows
}

/** The checkpoint with the cosignatures that came for it. */
export async function cosigned(db: Db, checkpoint: StoredCheckpoint): Promise<string> {
  const lines = await cosignaturesOf(db, [checkpoint.size])
  return checkpoint.note + lines.map(({ line }) => line).join('')
}

/** The largest checkpoint each witness has signed. */
export async function lastWitnessed(db: Db): Promise<Map<string, Cosigned>> {
  const { rows } = await sql<Cosigned>`select distinct on (witness) size, witness, line, witnessed_at as at
    from log_cosignature order by witness, size desc`.execute(db)
  return new Map(rows.map((row) => [row.witness, row]))
}

/** @returns the witnesses whose signatures over this checkpoint were kept */
export async function keepCosignatures(
  deps: { db: Db; now: Now; witnesses: readonly Witness[] },
  checkpoint: StoredCheckpoint,
  signatures: readonly Signature[],
): Promise<string[]> {
  const body = parseNote(checkpoint.note)!.body
  const kept = deps.witnesses.flatMap((witness) => {
    const found = cosignatureOf(witness, body, signatures)
    return found ? [{ witness: witness.name, line: found.line, at: found.at.toISOString() }] : []
  })
  for (const { witness, line, at } of kept)
    await asSystem(() =>
      sql`insert into log_cosignature (size, witness, line, witnessed_at, seen_at)
        values (${checkpoint.size}, ${witness}, ${line}, ${at}::timestamptz, ${deps.now().toISOString()}::timestamptz)
        on conflict do nothing`.execute(deps.db),
    )
  return kept.map(({ witness }) => witness)
}

export type RefusedBecause = 'no-checkpoint' | 'other-log' | 'unknown-checkpoint' | 'other-tree' | 'no-witness'

/**
 * Takes a checkpoint that a witness has signed.
 * @returns the witnesses whose signatures were kept
 * @throws AppError `bad-input` with the reason; the refusal is told to the log
 */
export function acceptCosignature(
  deps: { db: Db; now: Now; witnesses: readonly Witness[]; refused: (because: RefusedBecause) => Promise<void> },
  note: string,
): Promise<{ readonly size: number; readonly witnesses: string[] }> {
  const refuse = async (because: RefusedBecause): Promise<never> => {
    await deps.refused(because)
    throw new AppError('bad-input', { reason: `cosignature-${because}` })
  }
  return accept(deps, note, refuse)
}

async function accept(
  deps: { db: Db; now: Now; witnesses: readonly Witness[] },
  text: string,
  refuse: (because: RefusedBecause) => Promise<never>,
) {
  const note = parseNote(text)
  if (!note) return refuse('no-checkpoint')
  const last = await loadCheckpoint(deps.db)
  if (last && parseNote(last.note)!.checkpoint.origin !== note.checkpoint.origin) return refuse('other-log')
  const own = await loadCheckpoint(deps.db, note.checkpoint.size)
  if (!own) return refuse('unknown-checkpoint')
  // Someone has seen another tree of this size under our name: worth more than a refusal, and so it is in the log.
  if (bodyOf({ ...note.checkpoint, root: own.root }) !== note.body) return refuse('other-tree')
  const witnesses = await keepCosignatures(deps, own, note.signatures)
  return witnesses.length === 0 ? refuse('no-witness') : { size: own.size, witnesses }
}

/**
 * Tells the log of refused cosignatures. Anybody may send one, so that not each gets an entry: the first at once, those
 * that follow within ten seconds by their number with the next.
 */
export function refusalTeller(deps: { tx: RunTx; now: Now }): (because: RefusedBecause) => Promise<void> {
  const quietMs = 10_000
  let told = Number.NEGATIVE_INFINITY
  let untold = 0
  return async (because) => {
    const now = deps.now().getTime()
    if (Math.abs(now - told) < quietMs) {
      untold++
      return
    }
    const detail = { because, untold }
    told = now
    untold = 0
    await asSystem(() =>
      deps.tx(logActor, (t) =>
        t.append({ type: 'log.cosignature-refused', itemKind: 'log-checkpoint', itemId: logItem, detail }),
      ),
    )
  }
}
