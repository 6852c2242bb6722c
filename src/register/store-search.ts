import { type RawBuilder, sql } from 'kysely'

import type { Db } from '#platform/database.ts'

import type { Filter, Order, Sort } from './api-filter.ts'
import type { Cursor } from './cursor.ts'
import { stageOrder } from './derive-row.ts'
import type { Verdict } from './model.ts'
import { orderOf } from './model-verdict.ts'
import { gramsOfTerm, searchTerms } from './search-key.ts'

/** Which uses a filter finds, in what order. Everything is asked of the one table `ai_use`. */

const likePattern = (term: string) => `%${term.replace(/[\\%_]/g, (c) => `\\${c}`)}%`

/** The conditions on a row. The grams only narrow down: whether a word is there is said by the text itself. */
export function conditionsOf(filter: Filter): RawBuilder<boolean>[] {
  const terms = searchTerms(filter.q)
  const grams = [...new Set(terms.flatMap((term) => gramsOfTerm(term)))]
  return [
    ...filter.anyOf.map((tokens) => sql<boolean>`facets && ${tokens}::text[]`),
    ...(grams.length > 0 ? [sql<boolean>`grams @> ${grams}::int[]`] : []),
    ...terms.map((term) => sql<boolean>`search_key like ${likePattern(term)}`),
  ]
}

const all = (conditions: readonly RawBuilder<boolean>[]) =>
  conditions.length === 0 ? sql<boolean>`true` : sql<boolean>`${sql.join(conditions, sql` and `)}`

const columns = {
  updated: { name: sql.raw('updated_at'), type: sql.raw('timestamptz') },
  name: { name: sql.raw('sort_name'), type: sql.raw('text') },
  organisation: { name: sql.raw('sort_organisation'), type: sql.raw('text') },
  stage: { name: sql.raw('stage_order'), type: sql.raw('smallint') },
  verdict: { name: sql.raw('verdict_order'), type: sql.raw('smallint') },
} as const satisfies Record<Sort, unknown>

export type PageAsked = {
  readonly filter: Filter
  readonly sort: Sort
  readonly order: Order
  readonly limit: number
  readonly cursor: Cursor | undefined
}
export type Found = { readonly id: string; readonly value: string | number }

/**
 * Rows looked at in the order of the list before the index over the conditions is asked instead. A common condition is
 * met within the first rows; a rare one would make the walk long, and is what the index is good at. Neither way depends
 * on the statistics of the database, which say little about arrays and are missing on a fresh one.
 */
const walked = 1500

/** One more than asked for is returned where there is more. */
export async function findPage(db: Db, asked: PageAsked): Promise<Found[]> {
  const conditions = [...conditionsOf(asked.filter)]
  const { name, type } = columns[asked.sort]
  const forward = (asked.order === 'asc') === (asked.cursor?.direction !== 'before')
  const way = forward ? sql`asc` : sql`desc`
  const wanted = asked.limit + 1
  const from = asked.cursor
    ? sql`(${name}, id) ${forward ? sql`>` : sql`<`} (${asked.cursor.value}::${type}, ${asked.cursor.id}::uuid)`
    : sql`true`
  const range = sql`${from} and ${rangeOf(asked)}`
  const order = sql`order by ${name} ${way}, id ${way}`
  const found =
    conditions.length === 0
      ? await sql<Found>`select id, ${name} as value from ai_use where ${range} ${order} limit ${wanted}`.execute(db)
      : await sql<Found>`select id, value from (
          select id, ${name} as value, ${all(conditions)} as hit from ai_use where ${range} ${order} limit ${sql.lit(walked)}
        ) w where hit limit ${wanted}`.execute(db)
  const rows = conditions.length === 0 || found.rows.length === wanted ? found.rows : await findByIndex()
  return asked.cursor?.direction === 'before' ? rows.toReversed() : rows

  async function findByIndex(): Promise<Found[]> {
    const { rows: hits } = await sql<Found>`
      with hit as materialized (select id, ${name} from ai_use where ${all(conditions)})
      select id, ${name} as value from hit where ${from} ${order} limit ${wanted}`.execute(db)
    return hits
  }
}

/**
 * Where the list is sorted by what it is filtered by, the rows wanted lie together: begin there, not at the start.
 * Only a hint, never wider than the condition itself.
 */
function rangeOf({ filter, sort }: PageAsked): RawBuilder<boolean> {
  const codes = (prefix: string) =>
    filter.anyOf.find((tokens) => tokens[0]?.startsWith(prefix))?.map((token) => token.slice(prefix.length))
  const between = (orders: readonly number[]) =>
    sql<boolean>`${columns[sort].name} between ${Math.min(...orders)}::smallint and ${Math.max(...orders)}::smallint`
  const stages = sort === 'stage' ? codes('f.stage=') : undefined
  if (stages) return between(stages.map(stageOrder))
  const judged = sort === 'verdict' ? codes('verdict=') : undefined
  if (judged) return between(judged.map((verdict) => orderOf(verdict as Verdict)))
  const organisation = sort === 'organisation' ? codes('org=')?.[0] : undefined
  if (organisation === undefined) return sql<boolean>`true`
  // '/' joins the codes; '0' is the sign after it.
  const path = sql`(select string_agg(p.code, '/' order by array_position(o.path, p.id)) from organisation o
    join organisation p on p.id = any(o.path) where o.id = ${organisation}::uuid)`
  return sql<boolean>`sort_organisation >= ${path} and sort_organisation < ${path} || '0'`
}

export async function countUses(db: Db, filter: Filter): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select count(*)::int as n from ai_use where ${all(conditionsOf(filter))}`.execute(db)
  return rows[0]!.n
}

/** @returns the ids of all uses found, in no order, up to a limit */
export async function findAll(db: Db, filter: Filter, limit: number): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select id from ai_use where ${all(conditionsOf(filter))} order by id limit ${limit}`.execute(db)
  return rows.map((row) => row.id)
}
