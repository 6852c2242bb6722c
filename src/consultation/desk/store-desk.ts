import { type RawBuilder, sql } from 'kysely'

import type { Db } from '#platform/database.ts'

import type { ConsultationRow, DeskPeople, ThreadEntry, Who } from './api.ts'
import type { State } from './model.ts'

/** A person as shown; null where who asks may not see people of that organisation. */
export const whoSql = (alias: string) =>
  sql<Who>`case when ${sql.ref(`${alias}.id`)} is null then null else jsonb_build_object('id', ${sql.ref(`${alias}.id`)},
    'name', jsonb_build_object('ja', ${sql.ref(`${alias}.name_ja`)}, 'en', ${sql.ref(`${alias}.name_en`)}),
    'post', jsonb_build_object('ja', ${sql.ref(`${alias}.post_ja`)}, 'en', ${sql.ref(`${alias}.post_en`)})) end`

export const pathNames = (organisation: string) =>
  sql<{ ja: string; en: string }[]>`(select jsonb_agg(jsonb_build_object('ja', p.name_ja, 'en', p.name_en)
    order by array_position(o.path, p.id)) from organisation o join organisation p on p.id = any(o.path)
    where o.id = ${sql.ref(organisation)})`

/** Open ones first by deadline, then what waits to be read, drafts, and the rest by the latest change. */
const sortKey = sql<string>`case
  when c.state in ('asked', 'taken') then '0' || coalesce(c.deadline::text, '9999-12-31')
  when c.state = 'draft' then '1' else '2' end
  || to_char(100000000000 - extract(epoch from c.updated_at)::bigint, 'FM000000000000')`

export type ListAsked = {
  readonly states: readonly State[]
  readonly holder: string | undefined
  readonly unread: boolean
  readonly system: string | undefined
  readonly after: { readonly key: string; readonly id: string } | undefined
  readonly limit: number
  readonly today: string
}
export type Listed = ConsultationRow & { readonly key: string }

const nameOfSystem = sql`(select s.facts #>> '{name,value}' from ai_system s where s.id = c.system_id)`

export async function listConsultations(db: Db, asked: ListAsked): Promise<Listed[]> {
  const conditions: RawBuilder<boolean>[] = [sql<boolean>`true`]
  if (asked.states.length > 0) conditions.push(sql<boolean>`c.state = any(${[...asked.states]}::text[])`)
  if (asked.holder !== undefined) conditions.push(sql<boolean>`c.holder_id = ${asked.holder}`)
  if (asked.unread) conditions.push(sql<boolean>`c.state = 'answered' and c.read_at is null`)
  if (asked.system !== undefined) conditions.push(sql<boolean>`c.system_id = ${asked.system}`)
  const { rows } = await sql<Listed>`
    select * from (
      select c.id, c.number, ${pathNames('c.organisation_id')} as organisation, ${nameOfSystem} as "systemName", c.subject,
        c.state, c.deadline, c.state in ('asked', 'taken') and c.deadline < ${asked.today}::date as overdue,
        c.waiting_since as "waitingSince", c.asked_at as "askedAt", ${whoSql('h')} as holder,
        c.holder_id is not null as taken, c.state = 'answered' and c.read_at is null as unread, ${sortKey} as key
      from consultation c left join person h on h.id = c.holder_id where ${sql.join(conditions, sql` and `)}
    ) c
    where ${asked.after ? sql`(c.key, c.id) > (${asked.after.key}, ${asked.after.id}::uuid)` : sql`true`}
    order by c.key, c.id limit ${asked.limit}`.execute(db)
  return rows
}

export async function countByState(db: Db): Promise<Record<string, number>> {
  const { rows } = await sql<{ state: string; n: number }>`
    select state, count(*)::int as n from consultation group by state`.execute(db)
  return Object.fromEntries(rows.map((row) => [row.state, row.n]))
}

export async function loadThread(db: Db, id: string): Promise<ThreadEntry[]> {
  const { rows } = await sql<ThreadEntry>`
    select e.id, e.at, e.type, case when e.actor_role = 'desk' then 'desk' else 'asker' end as side, ${whoSql('p')} as by,
      e.actor_role as role, e.text, ${whoSql('r')} as "to", e.deadline, e.internal
    from consultation_entry e left join person p on p.id = e.actor_id left join person r on r.id = e.to_person
    where e.item_id = ${id} order by e.at, e.id`.execute(db)
  return rows
}

type Around = { organisation: { ja: string; en: string }[]; askedBy: Who; holder: Who; entryNumber: string | null }

/** Names around one question. */
export async function loadAround(db: Db, id: string): Promise<Around> {
  const { rows } = await sql<Around>`
    select ${pathNames('c.organisation_id')} as organisation, ${whoSql('a')} as "askedBy", ${whoSql('h')} as holder,
      (select number from collection_entry x where x.id = c.entry_id) as "entryNumber"
    from consultation c left join person a on a.id = c.asked_by left join person h on h.id = c.holder_id
    where c.id = ${id}`.execute(db)
  return rows[0]!
}

type SystemAsked = {
  id: string
  number: string
  name: string
  uses: { id: string; name: string; verdict: string; stale: boolean }[]
}

export async function loadSystemAsked(db: Db, id: string): Promise<SystemAsked | null> {
  const { rows } = await sql<SystemAsked>`
    select s.id, s.number, coalesce(s.facts #>> '{name,value}', s.number) as name, coalesce((select jsonb_agg(jsonb_build_object('id', u.id,
      'name', u.name, 'verdict', u.verdict, 'stale', u.stale) order by u.position) from ai_use u where u.system_id = s.id), '[]') as uses
    from ai_system s where s.id = ${id}`.execute(db)
  return rows[0] ?? null
}

/** Everybody who is of the desk on a day, with how many open questions each has. */
export async function deskPeople(db: Db, today: string): Promise<DeskPeople['items']> {
  const { rows } = await sql<DeskPeople['items'][number]>`
    select distinct on (p.id) p.id, jsonb_build_object('ja', p.name_ja, 'en', p.name_en) as name,
      jsonb_build_object('ja', p.post_ja, 'en', p.post_en) as post,
      jsonb_build_object('ja', o.name_ja, 'en', o.name_en) as organisation,
      (select count(*)::int from consultation c where c.holder_id = p.id and c.state in ('asked', 'taken')) as open
    from role_held h join person p on p.id = h.person_id and p.disabled_at is null
    join organisation o on o.id = h.organisation_id
    where h.role = 'desk' and h.from_date <= ${today}::date and (h.to_date is null or h.to_date >= ${today}::date)
    order by p.id`.execute(db)
  return rows
}
