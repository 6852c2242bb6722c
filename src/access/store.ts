import { sql } from 'kysely'

import type { Db } from '#platform/database.ts'
import { lockRows } from '#platform/lock-rows.ts'

import type { Organisation, Person } from './api.ts'

const name = (prefix: string) => sql.raw(`jsonb_build_object('ja', ${prefix}_ja, 'en', ${prefix}_en)`)

/** People who may be chosen at the local sign-in, by ministry and post, with the roles of their own that they hold today. */
export async function localPeople(db: Db, today: string): Promise<Person[]> {
  const { rows } = await sql<Person>`
    select p.id, ${name('p.name')} as name, ${name('p.post')} as post,
      jsonb_build_object('id', o.id, 'name', ${name('o.name')}) as organisation,
      jsonb_build_object('id', m.id, 'name', ${name('m.name')}) as ministry,
      (select coalesce(jsonb_agg(distinct r.role), '[]') from roles_on(p.id, ${today}::date) r
        where r.on_behalf_of is null) as roles
    from person p join organisation o on o.id = p.organisation_id join organisation m on m.id = o.path[1]
    where p.local and p.disabled_at is null
    order by o.path, p.created_at, p.id`.execute(db)
  return rows
}

export type WhoIs = {
  person: { id: string; name: { ja: string; en: string }; post: { ja: string; en: string } }
  organisation: { id: string; name: { ja: string; en: string } }
  ministry: { id: string; name: { ja: string; en: string } }
}

export async function whoIs(db: Db, personId: string): Promise<WhoIs | undefined> {
  const { rows } = await sql<WhoIs>`
    select jsonb_build_object('id', p.id, 'name', ${name('p.name')}, 'post', ${name('p.post')}) as person,
      jsonb_build_object('id', o.id, 'name', ${name('o.name')}) as organisation,
      jsonb_build_object('id', m.id, 'name', ${name('m.name')}) as ministry
    from person p join organisation o on o.id = p.organisation_id join organisation m on m.id = o.path[1]
    where p.id = ${personId}`.execute(db)
  return rows[0]
}

export async function isLocalPerson(db: Db, id: string): Promise<boolean> {
  const { rows } = await sql`select 1 from person where id = ${id} and local`.execute(db)
  return rows.length > 0
}

/** @returns the path of the organisation of the person, root first; nothing when the person is not seen */
export async function personPath(db: Db, id: string): Promise<string[] | undefined> {
  const { rows } = await sql<{ path: string[] }>`
    select o.path from person p join organisation o on o.id = p.organisation_id where p.id = ${id}`.execute(db)
  return rows[0]?.path
}

export async function listOrganisations(db: Db): Promise<Organisation[]> {
  const { rows } = await sql<Organisation>`
    select o.id, o.parent_id as "parentId", o.path, o.kind, o.code, ${name('o.name')} as name,
      o.valid_from as "validFrom", o.valid_to as "validTo", o.demo, o.version, coalesce(u.uses, 0) as uses
    from organisation o
    left join (select organisation_id, count(*)::int as uses from ai_use group by 1) u on u.organisation_id = o.id
    order by o.path`.execute(db)
  return rows
}

export type OrganisationRow = { id: string; path: string[]; version: number; nameJa: string }

export async function organisationById(db: Db, id: string, lock = false): Promise<OrganisationRow | undefined> {
  if (lock) await lockRows(db, 'organisation', [id])
  const { rows } = await sql<OrganisationRow>`
    select id, path, version, name_ja as "nameJa" from organisation where id = ${id}`.execute(db)
  return rows[0]
}
