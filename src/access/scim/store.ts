import { sql } from 'kysely'

import type { HeldRole } from '#access/people/api.ts'
import type { Db } from '#platform/database.ts'

export type UserRow = {
  readonly id: string
  readonly userName: string | null
  readonly externalId: string | null
  readonly nameJa: string
  readonly nameEn: string
  readonly postJa: string
  readonly mail: string | null
  readonly language: 'ja' | 'en'
  readonly active: boolean
  readonly organisationId: string
  readonly code: string
  readonly ministry: string
  readonly createdAt: string
  readonly updatedAt: string
  readonly version: number
  /** Held today within the organisations of the token. */
  readonly roles: readonly { id: string; role: HeldRole; organisationId: string; code: string; bound: boolean }[]
}

type Where = { readonly within: string; readonly today: string; readonly attribute?: string; readonly value?: string }

const columns: Readonly<Record<string, ReturnType<typeof sql>>> = {
  userName: sql`lower(coalesce(p.user_name, p.id::text)) = lower(`,
  externalId: sql`p.external_id = (`,
  id: sql`p.id::text = (`,
  'emails.value': sql`lower(p.mail) = lower(`,
}

const heldToday = (today: string) =>
  sql`h.from_date <= ${today}::date and (h.to_date is null or h.to_date >= ${today}::date)`

const where = ({ within, attribute, value }: Where) => sql`o.path @> array[${within}::uuid] and p.erased_at is null
  ${attribute === undefined ? sql`` : sql`and ${columns[attribute]!}${value ?? ''})`}`

/** Bound: given by claims or to a supplier's contact; such roles are not provisioned. */
const user = (
  today: string,
  within: string,
) => sql<UserRow>`select p.id, p.user_name as "userName", p.external_id as "externalId",
  p.name_ja as "nameJa", p.name_en as "nameEn", p.post_ja as "postJa", p.mail, p.language, p.disabled_at is null as active,
  p.organisation_id as "organisationId", o.code, m.name_ja as ministry, p.created_at as "createdAt",
  coalesce(p.updated_at, p.created_at) as "updatedAt", p.version,
  (select coalesce(jsonb_agg(jsonb_build_object('id', h.id, 'role', h.role, 'organisationId', h.organisation_id, 'code', r.code,
    'bound', h.provider is not null or h.supplier_id is not null) order by h.role, r.code), '[]')
    from role_held h join organisation r on r.id = h.organisation_id
    where h.person_id = p.id and r.path @> array[${within}::uuid] and ${heldToday(today)}) as roles
  from person p join organisation o on o.id = p.organisation_id join organisation m on m.id = o.path[1]`

export async function listUsers(
  db: Db,
  asked: Where & { readonly startIndex: number; readonly count: number },
): Promise<{ total: number; users: UserRow[] }> {
  const total = await sql<{
    n: number
  }>`select count(*)::int as n from person p join organisation o on o.id = p.organisation_id
    where ${where(asked)}`.execute(db)
  if (asked.count === 0) return { total: total.rows[0]!.n, users: [] }
  const { rows } = await sql<UserRow>`${user(asked.today, asked.within)} where ${where(asked)}
    order by p.created_at, p.id limit ${asked.count} offset ${asked.startIndex - 1}`.execute(db)
  return { total: total.rows[0]!.n, users: rows }
}

export async function userById(db: Db, id: string, asked: Where): Promise<UserRow | undefined> {
  return (await sql<UserRow>`${user(asked.today, asked.within)} where ${where(asked)} and p.id = ${id}`.execute(db))
    .rows[0]
}

/** An organisation of the token by its code or its id. */
export async function organisationNamed(
  db: Db,
  named: string,
  within: string,
): Promise<{ id: string; code: string } | undefined> {
  const { rows } = await sql<{ id: string; code: string }>`select id, code from organisation
    where (code = ${named} or id::text = ${named}) and path @> array[${within}::uuid]`.execute(db)
  return rows[0]
}

export type GroupRow = {
  readonly role: HeldRole
  readonly organisationId: string
  readonly code: string
  readonly members: readonly { id: string; heldId: string; name: string; bound: boolean }[]
}

/** Roles that somebody holds today, as groups. */
export async function listGroups(
  db: Db,
  { within, today, one }: Where & { readonly one?: { role: string; organisationId: string } },
): Promise<GroupRow[]> {
  const { rows } = await sql<GroupRow>`select h.role, h.organisation_id as "organisationId", o.code,
      jsonb_agg(jsonb_build_object('id', p.id, 'heldId', h.id, 'name', p.name_ja,
        'bound', h.provider is not null or h.supplier_id is not null) order by p.id) as members
    from role_held h join organisation o on o.id = h.organisation_id join person p on p.id = h.person_id
    where o.path @> array[${within}::uuid] and ${heldToday(today)}
      ${one === undefined ? sql`` : sql`and h.role = ${one.role} and h.organisation_id = ${one.organisationId}`}
    group by h.role, h.organisation_id, o.code order by o.code, h.role`.execute(db)
  return rows
}
