import { sql } from 'kysely'

import type { Db } from '#platform/database.ts'

import type { ListedPerson, PeopleQuery, PersonDetail, PersonRef, RoleChange, RoleSpan } from './api.ts'

const name = (prefix: string) => sql.raw(`jsonb_build_object('ja', ${prefix}_ja, 'en', ${prefix}_en)`)
const organisation = (alias: string) =>
  sql.raw(
    `jsonb_build_object('id', ${alias}.id, 'name', jsonb_build_object('ja', ${alias}.name_ja, 'en', ${alias}.name_en))`,
  )
/** A person as others name them; null when there is none, or none that may be seen. */
const person = (alias: string) =>
  sql.raw(`case when ${alias}.id is null then null else jsonb_build_object('id', ${alias}.id,
    'name', jsonb_build_object('ja', ${alias}.name_ja, 'en', ${alias}.name_en),
    'post', jsonb_build_object('ja', ${alias}.post_ja, 'en', ${alias}.post_en)) end`)
const state = sql.raw(
  `case when p.erased_at is not null then 'erased' when p.disabled_at is not null then 'disabled' else 'active' end`,
)
const fields = sql`p.id, ${name('p.name')} as name, ${name('p.post')} as post, ${organisation('o')} as organisation,
  p.mail, p.user_name as "userName", p.language, ${state} as state, p.version`

/** A part of a name that is looked for, without the signs that LIKE reads. */
const part = (q: string) => `%${q.normalize('NFKC').replaceAll(/[\\%_]/g, String.raw`\$&`)}%`

/** `below`: only people of this organisation and what lies below it. Sorted by organisation and name; one more than asked. */
export async function listPeople(
  db: Db,
  { q, role, organisation: below, state: wanted, limit }: PeopleQuery,
  { today, within, after }: { today: string; within: string; after: readonly [string, string, string] | undefined },
): Promise<(ListedPerson & { key: [string, string, string] })[]> {
  const look = q === undefined || q === '' ? undefined : part(q)
  const { rows } = await sql<ListedPerson & { key: [string, string, string] }>`
    select ${fields}, jsonb_build_array(o.code, p.name_ja, p.id) as key,
      (select coalesce(jsonb_agg(jsonb_build_object('role', h.role, 'organisation', ${organisation('r')}, 'to', h.to_date)
        order by h.role, r.code), '[]') from role_held h join organisation r on r.id = h.organisation_id
        where h.person_id = p.id and ${heldOn(today)}) as roles
    from person p join organisation o on o.id = p.organisation_id
    where o.path @> array[${below ?? within}::uuid] and o.path @> array[${within}::uuid]
      ${wanted === 'all' ? sql`` : sql`and ${state} = ${wanted}`}
      ${look === undefined ? sql`` : sql`and (p.name_ja ilike ${look} or p.name_en ilike ${look} or p.post_ja ilike ${look} or p.post_en ilike ${look} or p.user_name ilike ${look} or p.mail ilike ${look} or replace(replace(p.name_ja, ' ', ''), '　', '') ilike ${look})`}
      ${role === undefined ? sql`` : sql`and exists (select 1 from role_held h where h.person_id = p.id and h.role = ${role} and ${heldOn(today)})`}
      ${after === undefined ? sql`` : sql`and (o.code, p.name_ja, p.id) > (${after[0]}, ${after[1]}, ${after[2]}::uuid)`}
    order by o.code, p.name_ja, p.id limit ${limit + 1}`.execute(db)
  return rows
}

const heldOn = (today: string) =>
  sql`h.from_date <= ${today}::date and (h.to_date is null or h.to_date >= ${today}::date)`

export async function readPerson(db: Db, id: string, today: string): Promise<PersonDetail | undefined> {
  const { rows } = await sql<Omit<PersonDetail, 'roles' | 'deputyOf' | 'history' | 'today'>>`
    select ${fields}, p.external_id as "externalId", p.disabled_at as "disabledAt"
    from person p join organisation o on o.id = p.organisation_id where p.id = ${id}`.execute(db)
  if (!rows[0]) return undefined
  return {
    ...rows[0],
    roles: await spansOf(db, id, today),
    deputyOf: await deputyOf(db, id, today),
    history: await historyOf(db, id),
    today,
  }
}

async function spansOf(db: Db, id: string, today: string): Promise<RoleSpan[]> {
  const { rows } = await sql<RoleSpan>`
    select h.id, h.role, ${organisation('o')} as organisation, h.provider,
      case when s.id is null then null else jsonb_build_object('id', s.id, 'name', s.name) end as supplier,
      h.from_date as "from", h.to_date as "to",
      case when h.from_date > ${today}::date then 'later' when h.to_date < ${today}::date then 'over' else 'now' end as "when",
      (select coalesce(jsonb_agg(jsonb_build_object('id', d.id, 'person', ${person('q')}, 'from', d.from_date, 'to', d.to_date)
        order by d.from_date, d.id), '[]') from deputy d join person q on q.id = d.person_id where d.role_held_id = h.id) as deputies
    from role_held h join organisation o on o.id = h.organisation_id left join supplier s on s.id = h.supplier_id
    where h.person_id = ${id} order by h.to_date is not null and h.to_date < ${today}::date, h.from_date desc, h.role`.execute(
    db,
  )
  return rows
}

async function deputyOf(db: Db, id: string, today: string): Promise<PersonDetail['deputyOf']> {
  const { rows } = await sql<PersonDetail['deputyOf'][number]>`
    select d.id, ${person('q')} as holder, h.role, ${organisation('o')} as organisation, d.from_date as "from", d.to_date as "to"
    from deputy d join role_held h on h.id = d.role_held_id join person q on q.id = h.person_id
      join organisation o on o.id = h.organisation_id
    where d.person_id = ${id} and d.to_date >= ${today}::date order by d.from_date, d.id`.execute(db)
  return rows
}

async function historyOf(db: Db, id: string): Promise<RoleChange[]> {
  const { rows } = await sql<RoleChange>`
    select c.id, c.at, c.type as kind, c.role, case when o.id is null then null else ${organisation('o')} end as organisation,
      c.from_date as "from", c.to_date as "to", ${person('d')} as deputy, ${person('a')} as "by", c.actor_role as "byRole",
      ${person('b')} as "onBehalfOf"
    from role_change c left join organisation o on o.id = c.organisation_id left join person d on d.id = c.deputy_id
      left join person a on a.id = c.actor_id left join person b on b.id = c.on_behalf_of
    where c.person_id = ${id} or c.deputy_id = ${id} order by c.at desc, c.id desc limit 200`.execute(db)
  return rows
}

/** People of the same ministry whom one may name as a deputy: names and posts only. */
export async function findColleagues(db: Db, personId: string, q: string): Promise<PersonRef[]> {
  const { rows } = await sql<PersonRef>`
    select ${person('p')} ->> 'id' as id, ${name('p.name')} as name,
      jsonb_build_object('ja', o.name_ja || ' ' || p.post_ja, 'en', o.name_en || ' ' || p.post_en) as post
    from person p join organisation o on o.id = p.organisation_id
    where p.disabled_at is null and p.id <> ${personId}
      and o.path[1] = (select x.path[1] from person y join organisation x on x.id = y.organisation_id where y.id = ${personId})
      and (p.name_ja ilike ${part(q)} or p.name_en ilike ${part(q)} or p.post_ja ilike ${part(q)} or p.user_name ilike ${part(q)}
        or replace(replace(p.name_ja, ' ', ''), '　', '') ilike ${part(q)})
    order by p.name_ja, p.id limit 20`.execute(db)
  return rows
}

export type PersonRow = {
  readonly id: string
  readonly path: readonly string[]
  readonly organisationId: string
  readonly version: number
  readonly disabledAt: string | null
  readonly erasedAt: string | null
  readonly userName: string | null
}

/** A person with the place in the tree, locked until the end of the transaction where it is to be changed. */
export async function personById(db: Db, id: string, lock = false): Promise<PersonRow | undefined> {
  // Locking asks for the right to change the row, which a reader lacks: it is asked for where it is needed.
  const { rows } = await sql<PersonRow>`
    select p.id, o.path, p.organisation_id as "organisationId", p.version, p.disabled_at as "disabledAt",
      p.erased_at as "erasedAt", p.user_name as "userName"
    from person p join organisation o on o.id = p.organisation_id
    where p.id = ${id} ${lock ? sql`for update of p` : sql``}`.execute(db)
  return rows[0]
}
