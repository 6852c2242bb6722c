import type { Actor } from '#audit/transaction.ts'
import type { May } from '#access/may.ts'
import type { Db } from '#platform/database.ts'

import type { UsesCount, UsesPage } from './api.ts'
import { type FilterQuery, filterOf, type ListQuery, type Order } from './api-filter.ts'
import { readCursor, writeCursor } from './cursor.ts'
import { type Listed, loadPage } from './store-lists.ts'
import { countUses } from './store-search.ts'

/**
 * One page of the register. The cursor says after or before which row: a row that comes or goes elsewhere moves nothing.
 * @throws AppError `bad-input` for a cursor of another list
 */
export async function listUses(deps: { db: Db; may: May }, actor: Actor, query: ListQuery): Promise<UsesPage> {
  deps.may(actor, 'read-register')
  const { sort, limit } = query
  const order: Order = query.order ?? (sort === 'updated' ? 'desc' : 'asc')
  const cursor = query.cursor === undefined ? undefined : readCursor(query.cursor, sort, order)
  const found = await loadPage(deps.db, { filter: filterOf(query), sort, order, limit, cursor })
  const more = found.length > limit
  const back = cursor?.direction === 'before'
  const shown = back ? found.slice(more ? 1 : 0) : found.slice(0, limit)
  const at = (direction: 'after' | 'before', listed: Listed | undefined) =>
    listed ? writeCursor({ direction, sort, order, value: listed.value, id: listed.row.useId }) : null
  return {
    items: shown.map(({ row }) => row),
    next: back || more ? at('after', shown.at(-1)) : null,
    previous: (back ? more : cursor !== undefined) ? at('before', shown[0]) : null,
  }
}

/** How many the conditions find, and how many there are in the organisation asked for. */
export async function countListed(deps: { db: Db; may: May }, actor: Actor, query: FilterQuery): Promise<UsesCount> {
  deps.may(actor, 'read-register')
  const total = query['organisation'] === undefined ? {} : { organisation: query['organisation'] }
  return { count: await countUses(deps.db, filterOf(query)), total: await countUses(deps.db, filterOf(total)) }
}
