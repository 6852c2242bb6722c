import { sql } from 'kysely'

import type { Db } from '#platform/database.ts'

import type { Token, TokenOfSomeone, TokenScope } from './api.ts'

const fields = (at: string) => sql`k.id, k.name, k.hint, k.scopes, k.role,
  jsonb_build_object('id', o.id, 'name', jsonb_build_object('ja', o.name_ja, 'en', o.name_en)) as organisation,
  k.created_at as "createdAt", k.expires_at as "expiresAt", k.last_used_at as "lastUsedAt", k.revoked_at as "revokedAt",
  case when k.revoked_at is not null then 'revoked' when k.expires_at <= ${at}::timestamptz then 'expired' else 'valid' end as state`

/** The newest first; those that were over for 90 days are left out. */
const recent = (at: string) => sql`coalesce(k.revoked_at, k.expires_at) > ${at}::timestamptz - interval '90 days'`

export async function ownTokens(db: Db, personId: string, at: string): Promise<Token[]> {
  const { rows } =
    await sql<Token>`select ${fields(at)} from api_token k join organisation o on o.id = k.organisation_id
    where k.person_id = ${personId} and ${recent(at)} order by k.created_at desc, k.id desc`.execute(db)
  return rows
}

export async function tokensBelow(db: Db, organisationId: string, at: string): Promise<TokenOfSomeone[]> {
  const { rows } = await sql<TokenOfSomeone>`select ${fields(at)}, jsonb_build_object('id', p.id,
      'name', jsonb_build_object('ja', p.name_ja, 'en', p.name_en), 'post', jsonb_build_object('ja', p.post_ja, 'en', p.post_en)) as person
    from api_token k join organisation o on o.id = k.organisation_id join person p on p.id = k.person_id
    where o.path @> array[${organisationId}::uuid] and ${recent(at)} order by k.created_at desc, k.id desc limit 1000`.execute(
    db,
  )
  return rows
}

export type TokenRow = {
  readonly id: string
  readonly personId: string
  readonly role: string
  readonly organisationId: string
  readonly path: readonly string[]
  readonly scopes: readonly TokenScope[]
  readonly expiresAt: string
  readonly revokedAt: string | null
  readonly lastUsedAt: string | null
  readonly supplierId: string | null
  /** The person still holds the role for the organisation today, and is not disabled. */
  readonly held: boolean
}

const row = (
  today: string,
) => sql`select k.id, k.person_id as "personId", k.role, k.organisation_id as "organisationId", o.path,
  k.scopes, k.expires_at as "expiresAt", k.revoked_at as "revokedAt", k.last_used_at as "lastUsedAt",
  h.supplier_id as "supplierId", h.role is not null as held
  from api_token k join organisation o on o.id = k.organisation_id
  left join lateral (select r.role, r.supplier_id from roles_on(k.person_id, ${today}::date) r
    where r.role = k.role and r.on_behalf_of is null and r.organisation_id = any(o.path) limit 1) h on true`

export async function tokenByHash(db: Db, hash: string, today: string): Promise<TokenRow | undefined> {
  return (await sql<TokenRow>`${row(today)} where k.token_hash = ${hash}`.execute(db)).rows[0]
}

export async function tokenById(db: Db, id: string, today: string): Promise<TokenRow | undefined> {
  return (await sql<TokenRow>`${row(today)} where k.id = ${id}`.execute(db)).rows[0]
}

export async function markUsed(db: Db, id: string, at: string): Promise<void> {
  await sql`update api_token set last_used_at = ${at} where id = ${id}`.execute(db)
}
