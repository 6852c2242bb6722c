import { sql } from 'kysely'

import type { Db } from '#platform/database.ts'
import { asSystem } from '#platform/scope.ts'

import type { LogState } from './api.ts'
import { verifierKey } from './checkpoint.ts'
import { lastWitnessed } from './cosignatures.ts'
import { verifierOfKey } from './log-keys.ts'
import { loadCheckpoint, loadKeys, whatWaits } from './store-log.ts'
import type { TransparencyLog } from './transparency-log.ts'

/** How the log stands now. Whoever calls has asked access. */
export const logState = (db: Db, log: TransparencyLog): Promise<LogState> => asSystem(() => read(db, log))

async function read(db: Db, log: TransparencyLog): Promise<LogState> {
  const { size, waiting, lagMs } = await whatWaits(db)
  const last = await loadCheckpoint(db)
  const keys = await loadKeys(db)
  const fault = log.fault()
  return {
    origin: keys.at(-1)?.origin ?? log.origin ?? null,
    size,
    signed: last ? { size: last.size, root: last.root.toString('hex'), at: last.signedAt } : null,
    waiting,
    lagMs,
    fault: fault ? { code: fault.code, params: fault.params } : null,
    keys: keys.map((key, i) => ({
      key: verifierKey(verifierOfKey(key)),
      keyId: key.keyId,
      firstSize: key.firstSize,
      lastSize: key.lastSize,
      addedAt: key.addedAt,
      retiredAt: key.retiredAt,
      current: i === keys.length - 1,
    })),
    witnesses: await witnessesOf(db, log),
    verification: await lastVerification(db),
  }
}

async function witnessesOf(db: Db, log: TransparencyLog): Promise<LogState['witnesses']> {
  const seen = await lastWitnessed(db)
  return log.witnesses.map(({ name, url }) => {
    const last = log.asked().get(name)
    return {
      name,
      asked: url !== undefined,
      size: seen.get(name)?.size ?? null,
      at: seen.get(name)?.at ?? null,
      problem: last && !last.ok ? last.because : null,
    }
  })
}

async function lastVerification(db: Db): Promise<LogState['verification']> {
  const { rows } = await sql<NonNullable<LogState['verification']>>`
    select id, started_at as "startedAt", finished_at as "finishedAt", size, outcome,
      jsonb_array_length(findings) as findings
    from log_verification order by started_at desc limit 1`.execute(db)
  return rows[0] ?? null
}
