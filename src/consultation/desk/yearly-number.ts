import { sql } from 'kysely'

import type { Tx } from '#audit/transaction.ts'

/**
 * The next number of a year, `CD-2026-001`: the year is that in Japan (UTC + 9). The counter is a row that the
 * transaction holds, so that numbers have no gaps and none is given twice.
 */
export async function yearlyNumber(t: Pick<Tx, 'db' | 'at'>, kind: string): Promise<string> {
  const year = new Date(t.at.getTime() + 9 * 3_600_000).getUTCFullYear()
  const prefix = `${kind}-${year}`
  const { rows } = await sql<{ last: number }>`
    insert into number_counter as c (prefix, last) values (${prefix}, 1)
    on conflict (prefix) do update set last = c.last + 1 returning last`.execute(t.db)
  return `${prefix}-${String(rows[0]!.last).padStart(3, '0')}`
}
