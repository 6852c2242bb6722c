import { sql } from 'kysely'

import type { Db } from './database.ts'

/**
 * Holds rows until the end of the transaction, in the order of their ids, so that two that lock several never wait for
 * each other. A statement of its own, before the one that reads: under row-level security `for update` leaves out what
 * one may not write, and a person who may see but not change a row is to be told so, not that there is none.
 */
export async function lockRows(db: Db, table: string, ids: readonly string[]): Promise<void> {
  await sql`select 1 from ${sql.table(table)} where id = any(${ids}::uuid[]) order by id for update`.execute(db)
}
