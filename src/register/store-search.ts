import { type RawBuilder, sql } from 'kysely'

import type { Db } from '#platform/database.ts'

import type { Filter, Order, Sort } from './api-filter.ts'
import type { Cursor } from './cursor.ts'
import { stageOrder } from './derive-row.ts'
import type { Verdict } from './model.ts'
import { orderOf } from './model-verdict.ts'
import { gramsOfTerm, searchTerms } from './search-key.ts'

/** Which uses a filter finds, in what order: asked of `use_listing` and `use_text`, which hold nothing else. */

type Condition = RawBuilder<boolean>
type Conditions = {
  /** On a row of `use_listing`. */
  readonly facets: readonly Condition[]
  /** On a row of `use_text`. The grams only narrow down: whether a word is there is said by the text itself. */
  readonly grams: readonly Condition[]
  readonly words: readonly Condition[]
}

const all = (conditions: readonly Condition[]): Condition =>
  conditions.length === 0 ? sql<boolean>`true` : sql<boolean>`${sql.join(conditions, sql` and `)}`

const likePattern = (term: string) => `%${term.replace(/[\\%_]/g, (c) => `\\${c}`)}%`

/** The numbers of the tokens are looked up in the same statement: a question more would be a wait more. */
function conditionsOf(filter: Filter): Conditions {
  const terms = searchTerms(filter.q)
  const grams = [...new Set(terms.flatMap((term) => gramsOfTerm(term)))]
  return {
    facets: filter.anyOf.map(
      (tokens) =>
        sql<boolean>`facets && coalesce((select array_agg(id) from facet where token = any(${tokens}::text[])), '{}')`,
    ),
    grams: grams.length > 0 ? [sql<boolean>`grams @> ${grams}::int[]`] : [],
    words: terms.map((term) => sql<boolean>`search_key like ${likePattern(term)}`),
  }
}

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

/**
 * Rows looked at in the order of the list before the index over the conditions is asked instead. A common condition is
 * met within the first rows; a rare one would make the walk long, and is what the index is good at. Neither way depends
 * on the statistics of the database, which say little about arrays and are missing on a fresh one.
 */
const walked = 1500

/**
 * The statements that find a page, as rows of (use_id, value), `value` being what is sorted by. One row more than asked
 * for is found where there is more.
 */
export type PageSql = {
  readonly wanted: number
  readonly order: RawBuilder<unknown>
  readonly walk: RawBuilder<unknown>
  /** Gives a row when the walk ended before the list did. */
  readonly beyond: RawBuilder<unknown> | undefined
  readonly byIndex: RawBuilder<unknown>
}

export function pageSql(asked: PageAsked): PageSql {
  const conditions = conditionsOf(asked.filter)
  const { name, type } = columns[asked.sort]
  const forward = (asked.order === 'asc') === (asked.cursor?.direction !== 'before')
  const way = forward ? sql`asc` : sql`desc`
  const wanted = asked.limit + 1
  const from = asked.cursor
    ? sql<boolean>`(${name}, use_id) ${forward ? sql`>` : sql`<`} (${asked.cursor.value}::${type}, ${asked.cursor.id}::uuid)`
    : sql<boolean>`true`
  const order = sql`order by ${name} ${way}, use_id ${way}`
  const next = sql`from listing_seen l where ${from} and ${rangeOf(asked)} ${order}`
  const unconditional = conditions.facets.length === 0 && conditions.words.length === 0
  return {
    wanted,
    order: sql`order by value ${way}, use_id ${way}`,
    walk: unconditional
      ? sql`select use_id, ${name} as value ${next} limit ${wanted}`
      : sql`select use_id, value from (
          select use_id, ${name} as value, ${hit(conditions)} as hit ${next} limit ${sql.lit(walked)}
        ) w where hit limit ${wanted}`,
    beyond: unconditional ? undefined : sql`select use_id ${next} offset ${sql.lit(walked)} limit 1`,
    byIndex: sql`select use_id, ${name} as value from (select use_id, ${name} ${found(conditions)} offset 0) h
      where ${from} ${order} limit ${wanted}`,
  }
}

/** Whether a row of the walk agrees. A scalar subquery is asked row by row; `exists` might become a scan of all texts. */
const hit = ({ facets, words }: Conditions): Condition =>
  all([
    ...facets,
    ...(words.length === 0 ? [] : [sql<boolean>`(select ${all(words)} from text_seen x where x.use_id = l.use_id)`]),
  ])

/** All uses found, as the rest of a statement over `use_listing`; or over `use_text` alone where that is enough. */
function found({ facets, grams, words }: Conditions, textAlone = false): RawBuilder<unknown> {
  const said = all([...grams, ...words])
  if (words.length === 0) return sql`from listing_seen where ${all(facets)}`
  if (textAlone && facets.length === 0) return sql`from text_seen where ${said}`
  return sql`from listing_seen where ${all(facets)} and use_id in (select use_id from text_seen where ${said})`
}

/**
 * Where the list is sorted by what it is filtered by, the rows wanted lie together: begin there, not at the start.
 * Only a hint, never wider than the condition itself.
 */
function rangeOf({ filter, sort }: PageAsked): Condition {
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
    select count(*)::int as n ${found(conditionsOf(filter), true)}`.execute(db)
  return rows[0]!.n
}

/** @returns the ids of all uses found, in the order of the ids, up to a limit */
export async function findAll(db: Db, filter: Filter, limit: number): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select use_id as id ${found(conditionsOf(filter))} order by use_id limit ${limit}`.execute(db)
  return rows.map((row) => row.id)
}
