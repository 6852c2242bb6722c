import { sql, type RawBuilder } from 'kysely'

import type { Db } from '#platform/database.ts'
import { asSystem } from '#platform/scope.ts'

import type { LogEntry, LogQuery } from './api.ts'

const who = (alias: string, more: RawBuilder<unknown> = sql``) =>
  sql`case when ${sql.ref(`${alias}.id`)} is null then null else jsonb_build_object(${more}
    'name', jsonb_build_object('ja', ${sql.ref(`${alias}.name_ja`)}, 'en', ${sql.ref(`${alias}.name_en`)}),
    'post', jsonb_build_object('ja', ${sql.ref(`${alias}.post_ja`)}, 'en', ${sql.ref(`${alias}.post_en`)})) end`

/** A day is one of the calendar in Tokyo. */
const momentOf = (said: string, end: boolean): string => {
  if (said.length > 10) return new Date(said).toISOString()
  const day = new Date(`${said}T00:00:00+09:00`)
  return new Date(day.getTime() + (end ? 86_400_000 : 0)).toISOString()
}

function conditions(query: LogQuery): RawBuilder<unknown>[] {
  const { cursor, person, type, itemKind, item, organisation, from, to } = query
  const day = (said: string) => said.length === 10
  return [
    cursor === undefined
      ? undefined
      : sql`(e.at, e.id) < (select x.at, x.id from audit_entry x where x.id = ${cursor}::uuid)`,
    person === undefined ? undefined : sql`(e.actor_id = ${person}::uuid or e.on_behalf_of = ${person}::uuid)`,
    type === undefined ? undefined : sql`strpos(e.type, ${type}) > 0`,
    itemKind === undefined ? undefined : sql`e.item_kind = ${itemKind}`,
    item === undefined ? undefined : sql`e.item_id = ${item}::uuid`,
    organisation === undefined
      ? undefined
      : sql`e.organisation_id in (select id from organisation where path @> array[${organisation}::uuid])`,
    from === undefined ? undefined : sql`e.at >= ${momentOf(from, false)}::timestamptz`,
    to === undefined ? undefined : sql`e.at ${sql.raw(day(to) ? '<' : '<=')} ${momentOf(to, true)}::timestamptz`,
  ].filter((one) => one !== undefined)
}

/** What was done, newest first, as far as the scope of the request sees. */
export async function listLog(db: Db, query: LogQuery): Promise<LogEntry[]> {
  const { rows } = await sql<Omit<LogEntry, 'index'>>`
    select e.id, e.at, ${who('p', sql`'id', p.id,`)} as actor, e.actor_role as role, e.token_id as "tokenId",
      ${who('b')} as "onBehalfOf",
      case when o.id is null then null else jsonb_build_object('id', o.id,
        'name', jsonb_build_object('ja', o.name_ja, 'en', o.name_en)) end as organisation,
      e.type, e.item_kind as "itemKind", e.item_id as "itemId", e.detail
    from audit_entry e left join person p on p.id = e.actor_id left join person b on b.id = e.on_behalf_of
    left join organisation o on o.id = e.organisation_id
    where ${sql.join([sql`true`, ...conditions(query)], sql` and `)}
    order by e.at desc, e.id desc limit ${query.limit}`.execute(db)
  const places = await asSystem(() =>
    placesOf(
      db,
      'audit_entry',
      rows.map((row) => row.id),
    ),
  )
  return rows.map((row) => ({ ...row, index: places.get(row.id) ?? null }))
}

/** The index of each row that has one. To be called inside `asSystem`, with rows that may be seen. */
export async function placesOf(db: Db, kind: string, ids: readonly string[]): Promise<Map<string, number>> {
  if (ids.length === 0) return new Map()
  const { rows } = await sql<{ id: string; idx: number }>`select row_id as id, idx from log_leaf
    where kind = ${kind} and row_id = any(${ids}::uuid[]) and salt is not null`.execute(db)
  return new Map(rows.map((row) => [row.id, row.idx]))
}
