import { sql } from 'kysely'

import type { Db } from '#platform/database.ts'

import type { Notice } from './api.ts'
import { kindOf } from './kinds.ts'

type Item = NonNullable<Notice['item']>

/**
 * Names of the items, as far as whoever asks may see them now: row-level security leaves out the others. Names are not
 * kept with a notification, because the right to see them may end before it is read.
 */
export async function nameItems(
  db: Db,
  notices: readonly Pick<Notice, 'kind' | 'itemId'>[],
): Promise<Map<string, Item>> {
  const uses = notices.filter((n) => kindOf(n.kind).item === 'use').map((n) => n.itemId)
  if (uses.length === 0) return new Map()
  const { rows } = await sql<Item & { id: string }>`
    select u.id, u.name, s.number from ai_use u join ai_system s on s.id = u.system_id
    where u.id = any(${uses}::uuid[])`.execute(db)
  return new Map(rows.map(({ id, name, number }) => [id, { name, number }]))
}
