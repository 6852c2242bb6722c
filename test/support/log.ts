import { sql } from 'kysely'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { type Actor, type RunTx, transactions } from '#audit/transaction.ts'
import { type LogDeps, transparencyLog } from '#audit/transparency-log.ts'
import type { Database } from '#platform/database.ts'
import { newId, type Now } from '#platform/ids.ts'

export const someone: Actor = {
  personId: '01990000-0000-7000-8000-000000000001',
  role: 'caio',
  organisationId: '01990000-0000-7000-8000-0000000000aa',
}

/** The log of a database, with a key of its own. Nothing runs until the test drains or starts it. */
export function logOn({ db }: Pick<Database, 'db'>, given: Partial<LogDeps> = {}) {
  const now: Now = given.now ?? (() => new Date())
  const tx: RunTx = transactions({ db, now, newId, committed: () => log.wake() })
  const keyFile = join(mkdtempSync(join(tmpdir(), 'tenbin-log-')), 'log-key.pem')
  const deps: LogDeps = { db, tx, now, keyFile, origin: 'tenbin.example/log', witnesses: [], ...given }
  const log = transparencyLog(deps)
  return { log, tx, deps }
}

/** A change as use cases make it: a row of history and an entry. @returns the id of the row */
export function deed(tx: RunTx, actor: Actor = someone): Promise<string> {
  return tx(actor, async (t) => {
    const id = newId()
    await sql`insert into change (id, system_id, organisation_id, at, actor_id, actor_role, kind, fields, version)
      values (${id}, ${newId()}, ${actor.organisationId}, ${t.at.toISOString()}, ${actor.personId}, ${actor.role}, 'changed', '[]', 1)`.execute(
      t.db,
    )
    await t.append({ type: 'system.changed', itemKind: 'ai-system', itemId: id })
    return id
  })
}

export type Leaf = {
  readonly idx: number
  readonly kind: string
  readonly row: string
  readonly leaf: string
  readonly salt: string | null
}

export async function leavesOf({ db }: Pick<Database, 'db'>): Promise<Leaf[]> {
  const { rows } = await sql<Leaf>`
    select idx, kind, row_id as row, leaf, encode(salt, 'hex') as salt from log_leaf order by idx`.execute(db)
  return rows
}
