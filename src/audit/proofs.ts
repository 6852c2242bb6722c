import { sql } from 'kysely'

import type { Db } from '#platform/database.ts'
import { AppError } from '#platform/errors.ts'
import { asSystem } from '#platform/scope.ts'

import type { Consistency, Inclusion } from './api.ts'
import { cosigned } from './cosignatures.ts'
import { consistencyProof, inclusionProof, leafHash, rootHash } from './merkle.ts'
import { hashesIn, loadCheckpoint, type StoredCheckpoint } from './store-log.ts'

/** @throws AppError `not-found` when no checkpoint has that size */
async function checkpointAt(db: Db, size: number | undefined): Promise<StoredCheckpoint> {
  const found = await loadCheckpoint(db, size)
  if (!found) throw new AppError('not-found', { what: 'log-checkpoint', size: size ?? null })
  return found
}

/** The text that can be kept and checked without this server: https://c2sp.org/tlog-proof. Its `extra` is the leaf. */
const tlogProof = (index: number, leaf: string, proof: readonly string[], checkpoint: string): string =>
  [
    'c2sp.org/tlog-proof@v1',
    `extra ${Buffer.from(leaf).toString('base64')}`,
    `index ${index}`,
    ...proof,
    '',
    checkpoint,
  ].join('\n')

/**
 * That a row of the history is in the log.
 * @param deps `db`: in the scope of who asks, who must see the row
 * @param asked `withheld`: whose rows that were taken out may be asked for too: of the organisations below the role, or all;
 *   `size`: of a checkpoint, without it the last
 * @throws AppError `not-found`; `wrong-state` (`not-signed-yet`) when its leaf is not in that tree
 */
export async function proveInclusion(
  db: Db,
  asked: { kind: string; row: string; size?: number | undefined; withheld: 'none' | 'held' | 'all' },
): Promise<Inclusion> {
  const { kind, row } = asked
  const seen = await isSeen(db, kind, row)
  const found = seen || asked.withheld !== 'none' ? await asSystem(() => leafOf(db, kind, row, seen)) : undefined
  const leaf = found && (seen || asked.withheld === 'all' || (await isHeld(db, found.leaf))) ? found : undefined
  if (!leaf && !seen) throw new AppError('not-found', { what: 'log-entry', kind, row })
  const checkpoint = asked.size === undefined ? await loadCheckpoint(db) : await checkpointAt(db, asked.size)
  if (!leaf || !checkpoint || leaf.idx >= checkpoint.size)
    throw new AppError('wrong-state', { reason: 'not-signed-yet', size: checkpoint?.size ?? 0 })
  const { size } = checkpoint
  const proof = (await inclusionProof(hashesIn(db), leaf.idx, size)).map((hash) => hash.toString('base64'))
  const note = await cosigned(db, checkpoint)
  return {
    kind,
    row,
    index: leaf.idx,
    size,
    leaf: leaf.leaf,
    leafHash: leafHash(Buffer.from(leaf.leaf)).toString('hex'),
    proof,
    checkpoint: note,
    tlogProof: tlogProof(leaf.idx, leaf.leaf, proof, note),
    withheld: !seen,
  }
}

async function isSeen(db: Db, kind: string, row: string): Promise<boolean> {
  const { rows: kinds } = await sql<{ kind: string }>`select kind from log_kinds() kind`.execute(db)
  if (!kinds.some((one) => one.kind === kind)) throw new AppError('not-found', { what: 'log-kind', kind })
  const { rows } = await sql`select 1 from ${sql.table(kind)} where id = ${row}::uuid`.execute(db)
  return rows.length > 0
}

/** A row that is gone cannot be asked who sees it; its leaf says whose it was. */
async function isHeld(db: Db, leaf: string): Promise<boolean> {
  const { organisation } = JSON.parse(leaf) as { organisation?: string }
  const { rows } =
    await sql`select 1 from organisations_held() held where held = ${organisation ?? null}::uuid`.execute(db)
  return rows.length > 0
}

async function leafOf(db: Db, kind: string, row: string, present: boolean) {
  const { rows } = await sql<{ idx: number; leaf: string }>`select idx, leaf from log_leaf
    where kind = ${kind} and row_id = ${row}::uuid and salt is ${sql.raw(present ? 'not null' : 'null')}
    order by idx desc limit 1`.execute(db)
  return rows[0]
}

/**
 * That the tree of one checkpoint begins with the tree of an earlier size.
 * @throws AppError `bad-input` (`sizes`) when the old one is empty or larger; `not-found`
 */
export async function proveConsistency(db: Db, old: number, size: number | undefined): Promise<Consistency> {
  const checkpoint = await checkpointAt(db, size)
  if (old < 1 || old > checkpoint.size) throw new AppError('bad-input', { reason: 'sizes', old, new: checkpoint.size })
  const read = hashesIn(db)
  const proof = await consistencyProof(read, old, checkpoint.size)
  return {
    old,
    new: checkpoint.size,
    oldRoot: (await rootHash(read, old)).toString('hex'),
    newRoot: checkpoint.root.toString('hex'),
    proof: proof.map((hash) => hash.toString('base64')),
    checkpoint: await cosigned(db, checkpoint),
  }
}
