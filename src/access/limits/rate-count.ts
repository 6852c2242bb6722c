import { sql } from 'kysely'
import { createHash } from 'node:crypto'

import type { Db } from '#platform/database.ts'
import type { Now } from '#platform/ids.ts'
import { asSystem } from '#platform/scope.ts'

import { type Counted, type Limit, windowOf } from './rate-limit.ts'

/** What is counted is an address or a person: only a hash of it is stored, and only until its window is over. */
const hashOf = (key: string) => createHash('sha256').update(`tenbin-rate ${key}`).digest('hex')

type Deps = { readonly db: Db; readonly now: Now }

/** Counts one more, for all servers together. Seldom things only: each costs a write. */
export async function countShared({ db, now }: Deps, key: string, limit: Limit): Promise<Counted> {
  if (!limit) return { ok: true }
  const at = now().getTime()
  const { start, retryAfter } = windowOf(at, limit.windowMs)
  const windowStart = new Date(start).toISOString()
  const hits = await asSystem(async () => {
    const { rows } = await sql<{ hits: number }>`
      insert into rate_count (key_hash, window_start, hits) values (${hashOf(key)}, ${windowStart}, 1)
      on conflict (key_hash, window_start) do update set hits = rate_count.hits + 1 returning hits`.execute(db)
    // The first of a window clears what is over; a day is longer than any window.
    if (rows[0]!.hits === 1)
      await sql`delete from rate_count where window_start < ${new Date(at - 86_400_000).toISOString()}`.execute(db)
    return rows[0]!.hits
  })
  return hits > limit.most ? { ok: false, retryAfter } : { ok: true }
}

/** Whether the limit is used up already, without counting. */
export async function isSpent({ db, now }: Deps, key: string, limit: Limit): Promise<Counted> {
  if (!limit) return { ok: true }
  const { start, retryAfter } = windowOf(now().getTime(), limit.windowMs)
  const { rows } = await asSystem(() =>
    sql<{ hits: number }>`select hits from rate_count
      where key_hash = ${hashOf(key)} and window_start = ${new Date(start).toISOString()}`.execute(db),
  )
  return (rows[0]?.hits ?? 0) >= limit.most ? { ok: false, retryAfter } : { ok: true }
}
