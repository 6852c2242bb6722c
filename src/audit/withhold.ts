import { sql } from 'kysely'

import type { Db } from '#platform/database.ts'

import type { Tx } from './transaction.ts'

const part = 1000

/**
 * Takes rows out of the history: their text and salts go, their leaves stay, and the log is told by which rule. Whoever
 * calls has asked access. What the log tells of itself stays.
 * @param what `kind`: the history table; `rule`: a code that the retention rules or the use case know
 * @returns how many rows were there
 */
export async function withhold(
  t: Tx,
  what: { readonly kind: string; readonly rowIds: readonly string[]; readonly rule: string },
): Promise<number> {
  const { personId, role, organisationId } = t.actor
  let gone = 0
  for (let i = 0; i < what.rowIds.length; i += part) {
    const ids = what.rowIds.slice(i, i + part)
    const { rows } = await sql<{
      n: number
    }>`select withhold(${what.kind}, ${ids}::uuid[], ${what.rule}, ${t.newId()}::uuid,
      ${t.at.toISOString()}::timestamptz, ${personId}::uuid, ${role}, ${organisationId}::uuid) as n`.execute(t.db)
    gone += rows[0]!.n
  }
  return gone
}

/**
 * Takes people out of the table of pseudonyms: the leaves that name them name nobody any more.
 * To be called inside `asSystem`.
 */
export async function forgetPeople(db: Db, personIds: readonly string[]): Promise<void> {
  await sql`delete from log_pseudonym where person_id = any(${personIds}::uuid[])`.execute(db)
}
