import { sql } from 'kysely'

import type { Role } from '#access/model.ts'
import type { Db } from '#platform/database.ts'

import type { Notice } from './api.ts'
import { kindOf, type MailChoice, type NoticeKind } from './kinds.ts'

/** Something to be told, before it is known to whom. */
export type Told = {
  readonly kind: NoticeKind
  /** That of the item; nothing where it concerns the whole house. */
  readonly organisationId: string | undefined
  readonly itemId: string
  readonly params?: Readonly<Record<string, string | number>>
  /** What happened: the same cause is told to a person once. */
  readonly cause: string
  /** The person, where the kind is for one. */
  readonly personId?: string
  /** In the app only, whatever a person chose. */
  readonly quiet?: boolean
}

export type Recipient = {
  readonly personId: string
  readonly role: string | null
  readonly organisationId: string | null
}

/**
 * Who holds one of the roles today for the organisation or for one above it, deputies too, each person once. Nobody who
 * reads less far is told: what a role is held for includes what lies below.
 */
export async function holdersOf(
  db: Db,
  roles: readonly Role[],
  organisationId: string | undefined,
  today: string,
): Promise<Recipient[]> {
  const { rows } = await sql<Recipient>`
    with held as (
      select h.id, h.person_id, h.role, h.organisation_id from role_held h
      where h.role = any(${[...roles]}::text[]) and h.from_date <= ${today}::date
        and (h.to_date is null or h.to_date >= ${today}::date)
        and (${organisationId ?? null}::uuid is null
          or h.organisation_id = any(select unnest(o.path) from organisation o where o.id = ${organisationId ?? null}::uuid))
    ), everybody as (
      select person_id, role, organisation_id, 0 as deputy from held
      union all
      select d.person_id, h.role, h.organisation_id, 1 from deputy d join held h on h.id = d.role_held_id
      where d.from_date <= ${today}::date and d.to_date >= ${today}::date
    )
    select distinct on (e.person_id) e.person_id as "personId", e.role, e.organisation_id as "organisationId"
    from everybody e join person p on p.id = e.person_id and p.disabled_at is null
    order by e.person_id, e.deputy, e.organisation_id, e.role`.execute(db)
  return rows
}

/** @returns ids of what was written now and is to be mailed at once */
export async function insertNotices(
  db: Db,
  told: Told & { readonly at: string; readonly newId: () => string },
  recipients: readonly Recipient[],
): Promise<string[]> {
  if (recipients.length === 0) return []
  const { item, mail } = kindOf(told.kind)
  const rows = recipients.map((one) => ({ ...one, id: told.newId() }))
  const made = await sql<{ id: string; mail: MailChoice }>`
    insert into notification (id, person_id, organisation_id, role, role_organisation_id, kind, item_kind, item_id, params,
      created_at, mail, cause)
    select r.id, r."personId", coalesce(${told.organisationId ?? null}::uuid, r."organisationId", p.organisation_id), r.role,
      r."organisationId", ${told.kind}, ${item}, ${told.itemId}, ${JSON.stringify(told.params ?? {})}::jsonb, ${told.at}::timestamptz,
      coalesce(${told.quiet === true ? 'none' : null}::text, c.mail, ${mail}), ${told.cause}
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(id uuid, "personId" uuid, role text, "organisationId" uuid)
    join person p on p.id = r."personId"
    left join notification_choice c on c.person_id = r."personId" and c.kind = ${told.kind}
    on conflict (person_id, kind, cause) do nothing
    returning id, mail`.execute(db)
  return made.rows.filter((row) => row.mail === 'at-once').map((row) => row.id)
}

export type StoredNotice = Omit<Notice, 'item'> & {
  readonly personId: string
  readonly role: string | null
  readonly roleOrganisationId: string | null
  readonly mailedAt: string | null
}

const columns =
  sql.raw(`n.id, n.person_id as "personId", n.role, n.role_organisation_id as "roleOrganisationId", n.kind,
  n.item_id as "itemId", n.params, n.created_at as "createdAt", n.read_at as "readAt", n.mailed_at as "mailedAt",
  case when o.id is null then null else jsonb_build_object('ja', o.name_ja, 'en', o.name_en) end as organisation`)
const source = sql.raw(`notification n left join organisation o on o.id = n.organisation_id`)

/** Newest first. @param before id of the last one seen */
export async function listNotices(
  db: Db,
  personId: string,
  { limit, before, unread }: { limit: number; before: string | undefined; unread: boolean },
): Promise<StoredNotice[]> {
  const { rows } = await sql<StoredNotice>`
    select ${columns} from ${source}
    where n.person_id = ${personId} ${unread ? sql`and n.read_at is null` : sql``}
      and (${before ?? null}::uuid is null or (n.created_at, n.id) < (select created_at, id from notification where id = ${before ?? null}::uuid))
    order by n.created_at desc, n.id desc limit ${limit}`.execute(db)
  return rows
}

export async function noticesById(db: Db, ids: readonly string[]): Promise<StoredNotice[]> {
  const { rows } = await sql<StoredNotice>`
    select ${columns} from ${source} where n.id = any(${[...ids]}::uuid[]) order by n.created_at, n.id`.execute(db)
  return rows
}

export async function countUnread(db: Db, personId: string): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select count(*)::int as n from notification where person_id = ${personId} and read_at is null`.execute(db)
  return rows[0]!.n
}

/** @param ids nothing: all that there are. @returns how many were unread */
export async function markRead(
  db: Db,
  personId: string,
  at: string,
  ids: readonly string[] | undefined,
): Promise<number> {
  const { rows } = await sql`
    update notification set read_at = ${at} where person_id = ${personId} and read_at is null
      ${ids === undefined ? sql`` : sql`and id = any(${[...ids]}::uuid[])`} returning id`.execute(db)
  return rows.length
}

/** What is mailed together: not read in the app meanwhile, and not older than a week. */
export async function waitingForDigest(
  db: Db,
  now: Date,
  personId?: string,
): Promise<{ id: string; personId: string }[]> {
  const weekAgo = new Date(now.getTime() - 7 * 86_400_000).toISOString()
  const { rows } = await sql<{ id: string; personId: string }>`
    select n.id, n.person_id as "personId" from notification n join person p on p.id = n.person_id
    where n.mail = 'daily' and n.mailed_at is null and n.read_at is null and n.created_at > ${weekAgo}
      and p.mail is not null and p.disabled_at is null
      ${personId === undefined ? sql`` : sql`and n.person_id = ${personId}`}
    order by n.created_at, n.id`.execute(db)
  return rows
}

export type Addressee = { readonly mail: string | null; readonly language: 'ja' | 'en'; readonly disabled: boolean }

export async function addresseeOf(db: Db, personId: string): Promise<Addressee | undefined> {
  const { rows } = await sql<Addressee>`
    select mail, language, disabled_at is not null as disabled from person where id = ${personId}`.execute(db)
  return rows[0]
}

export async function markMailed(db: Db, ids: readonly string[], at: string): Promise<void> {
  await sql`update notification set mailed_at = ${at} where id = any(${[...ids]}::uuid[])`.execute(db)
}
