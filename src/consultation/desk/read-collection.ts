import { type RawBuilder, sql } from 'kysely'
import type * as z from 'zod'

import type { May } from '#access/may.ts'
import type { Actor } from '#audit/transaction.ts'
import type { Db } from '#platform/database.ts'
import { AppError } from '#platform/errors.ts'
import { gramsOf, gramsOfTerm, searchTerms } from '#register/search-key.ts'

import type { CollectionEntry, CollectionList, CollectionRow, collectionQuery, SimilarAnswer } from './api.ts'
import { cursorOf, placeOf } from './load-consultation.ts'

type Deps = { readonly db: Db; readonly may: May }

const pageSize = 20
const columns = sql`e.id, e.kind, e.number, e.title, e.question, e.items, e.published_at as "publishedAt",
  case when e.withdrawn_at is null then null
    else jsonb_build_object('at', e.withdrawn_at, 'because', e.withdrawn_because) end as withdrawn`
const likePattern = (term: string) => `%${term.replace(/[\\%_]/g, (c) => `\\${c}`)}%`

/** Published answers and advice, newest first; withdrawn ones are found by their address only. */
export async function searchCollection(
  deps: Deps,
  actor: Actor,
  query: z.infer<typeof collectionQuery>,
): Promise<CollectionList> {
  deps.may(actor, 'read-collection')
  const terms = searchTerms(query.q)
  const grams = [...new Set(terms.flatMap((term) => gramsOfTerm(term)))]
  const conditions: RawBuilder<boolean>[] = [sql<boolean>`e.withdrawn_at is null`]
  if (grams.length > 0) conditions.push(sql<boolean>`e.grams @> ${grams}::int[]`)
  for (const term of terms) conditions.push(sql<boolean>`e.search_key like ${likePattern(term)}`)
  if (query.item !== '') conditions.push(sql<boolean>`e.items @> ${[query.item]}::text[]`)
  if (query.kind !== '') conditions.push(sql<boolean>`e.kind = ${query.kind}`)
  if (query.cursor !== undefined) {
    const { key, id } = placeOf(query.cursor)
    conditions.push(sql<boolean>`(e.published_at, e.id) < (${key}::timestamptz, ${id}::uuid)`)
  }
  const { rows } = await sql<CollectionRow>`select ${columns} from collection_entry e
    where ${sql.join(conditions, sql` and `)} order by e.published_at desc, e.id desc limit ${pageSize + 1}`.execute(
    deps.db,
  )
  const concerned = await sql<{ item: string; count: number }>`
    select item, count(*)::int as count from collection_entry e, unnest(e.items) as item where e.withdrawn_at is null
    group by item order by item`.execute(deps.db)
  const items = rows.slice(0, pageSize)
  const last = items.at(-1)
  const next = rows.length > pageSize && last ? cursorOf([last.publishedAt, last.id]) : null
  return { items, next, concerned: concerned.rows }
}

/** @throws AppError `not-found`. Of a withdrawn one only its title and the reason are given. */
export async function loadCollectionEntry(deps: Deps, actor: Actor, id: string): Promise<CollectionEntry> {
  deps.may(actor, 'read-collection')
  const { rows } = await sql<CollectionRow & { answer: string; catalog: string | null; edition: string | null }>`
    select ${columns}, e.answer, e.catalog, e.edition from collection_entry e where e.id = ${id}`.execute(deps.db)
  const found = rows[0]
  if (!found) throw new AppError('not-found', { entry: id })
  const { catalog, edition, ...entry } = found
  return {
    ...entry,
    ...(entry.withdrawn === null ? {} : { question: '', answer: '' }),
    catalog: catalog === null || edition === null ? null : { id: catalog, edition },
    mayWithdraw: entry.kind === 'answer' && entry.withdrawn === null && mayPublish(deps, actor),
  }
}

function mayPublish({ may }: Deps, actor: Actor): boolean {
  try {
    may(actor, 'publish-answer')
    return true
  } catch (error) {
    if (error instanceof AppError && error.code === 'not-permitted') return false
    throw error
  }
}

/** Shown at most, and how alike an entry must be at least (our presets, chosen by trying). */
const shown = 5
const enough = { score: 0.12, grams: 4 }

/**
 * Published answers and advice that share the telling pairs of signs with a text; a pair that stands in every second entry
 * tells little. Offered while one writes, and never sent by itself.
 * @returns at most 5, the most alike first; `score` is the fraction, in 0…1, of what the text tells that the entry has too
 */
export async function similarAnswers(deps: Deps, actor: Actor, text: string): Promise<SimilarAnswer[]> {
  deps.may(actor, 'read-collection')
  const asked = gramsOf(text).filter((gram) => gram < 0 || gram > 0xffff)
  if (asked.length < enough.grams) return []
  const { rows } = await sql<SimilarAnswer>`
    with entry as materialized (select id, grams from collection_entry where withdrawn_at is null and grams && ${asked}::int[]),
    total as (select count(*)::float8 as n from collection_entry where withdrawn_at is null),
    shared as (select entry.id, g.gram from entry cross join lateral unnest(entry.grams) as g(gram)
      where g.gram = any(${asked}::int[])),
    weight as (select gram, ln((total.n + 1) / count(*)) as w from shared, total group by gram, total.n),
    -- what is in no entry has the greatest weight; half of it, because much of it is only other words
    whole as (select (select coalesce(sum(w), 0) from weight)
      + 0.5 * (${asked.length}::int - (select count(*) from weight)) * ln(total.n + 1) as w from total),
    scored as (select shared.id, count(*) as n, sum(weight.w) / greatest(whole.w, 0.000001) as score
      from shared join weight using (gram), whole group by shared.id, whole.w)
    select e.id, e.kind, e.number, e.title, e.question, e.answer, e.items, e.published_at as "publishedAt",
      round(scored.score::numeric, 4)::float8 as score
    from scored join collection_entry e on e.id = scored.id
    where scored.score >= ${enough.score} and scored.n >= ${enough.grams}
    order by scored.score desc, e.published_at desc, e.id limit ${shown}`.execute(deps.db)
  return rows
}
