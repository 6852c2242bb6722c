import { sql } from 'kysely'

import type { Db } from '#platform/database.ts'

/**
 * The next numbers under a prefix: `MHA-0001`, `MHA-0002`, … The counter is a row that the transaction holds until its end,
 * so that two at once never get the same number and one that fails leaves no gap.
 */
export async function nextNumbers(db: Db, prefix: string, count: number): Promise<string[]> {
  const { rows } = await sql<{ last: number }>`
    insert into number_counter as c (prefix, last) values (${prefix}, ${count}::int)
    on conflict (prefix) do update set last = c.last + excluded.last returning last`.execute(db)
  const first = rows[0]!.last - count + 1
  return Array.from({ length: count }, (_, i) => `${prefix}-${String(first + i).padStart(4, '0')}`)
}
