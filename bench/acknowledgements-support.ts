import { sql } from 'kysely'

import type { Db } from '#platform/database.ts'

export const staff = 180_000
const founder = '00000000-0000-7000-8000-00000000000f'

export type Filled = { readonly ministry: string; readonly office: string; readonly rule: string }

/**
 * A ministry of 20 bureaus with 19 divisions each (401 organisations) and its staff, spread over them. Version 3 of its rule
 * is in force and 2 was the last before it; people arrived on 120 different days; six of ten acknowledged version 3, two version 2, the others nothing.
 */
export async function fillStaff(db: Db): Promise<Filled> {
  const ids = await sql<{ ministry: string; office: string; rule: string }>`
    select gen_random_uuid() as ministry, gen_random_uuid() as office, gen_random_uuid() as rule`.execute(db)
  const { ministry, office, rule } = ids.rows[0]!
  await putOrganisations(db, ministry)
  await sql`insert into person (id, organisation_id, name_ja, name_en, post_ja, post_en, created_at, created_by)
    select case when n = 1 then ${office}::uuid else gen_random_uuid() end, o.id, '職員 ' || n, 'Staff ' || n, '係員', 'Staff', now(), ${founder}::uuid
    from generate_series(1, ${staff}::int) n
    join (select id, row_number() over (order by id) as at, count(*) over () as all from organisation) o on o.at = n % o.all + 1`.execute(
    db,
  )
  await sql`insert into role_held (person_id, role, organisation_id, from_date, created_by)
    select id, case when id = ${office}::uuid then 'caio-office' else 'user' end, ${ministry}::uuid,
      date '2016-04-01' + (row_number() over (order by id) % 120)::int * 30, ${founder}::uuid from person`.execute(db)
  await putRule(db, ministry, rule)
  await sql`insert into acknowledged (rule_id, person_id, organisation_id, version_id, number, at)
    select ${rule}::uuid, p.id, p.organisation_id, v.id, v.number, now()
    from (select id, organisation_id, row_number() over (order by id) % 10 as part from person) p
    join rule_version v on v.number = case when p.part < 6 then 3 when p.part < 8 then 2 end`.execute(db)
  for (const table of [
    'organisation',
    'person',
    'role_held',
    'staff_span',
    'acknowledged',
    'staff_count',
    'acknowledged_count',
  ])
    await sql.raw(`vacuum analyze ${table}`).execute(db)
  return { ministry, office, rule }
}

async function putOrganisations(db: Db, ministry: string): Promise<void> {
  await sql`insert into organisation (id, path, kind, code, name_ja, created_at, created_by)
    values (${ministry}, array[${ministry}::uuid], 'ministry', 'M', '府省', now(), ${founder})`.execute(db)
  await sql`insert into organisation (id, parent_id, path, kind, code, name_ja, created_at, created_by)
    select b.id, ${ministry}::uuid, array[${ministry}::uuid, b.id], 'bureau', 'B' || b.n, '局' || b.n, now(), ${founder}::uuid
    from (select gen_random_uuid() as id, n from generate_series(1, 20) n) b`.execute(db)
  await sql`insert into organisation (id, parent_id, path, kind, code, name_ja, created_at, created_by)
    select d.id, b.id, b.path || d.id, 'division', b.code || 'D' || d.n, '課' || d.n, now(), ${founder}::uuid
    from organisation b cross join lateral (select gen_random_uuid() as id, n from generate_series(1, 19) n where b.id is not null) d
    where b.kind = 'bureau'`.execute(db)
}

async function putRule(db: Db, ministry: string, rule: string): Promise<void> {
  await sql`insert into user_rule (id, organisation_id, created_at, created_by) values (${rule}, ${ministry}, now(), ${founder})`.execute(
    db,
  )
  await sql`insert into rule_version (id, rule_id, organisation_id, number, state, effective_from, adopted_at, digest, substance,
      created_at, created_by, updated_at)
    select gen_random_uuid(), ${rule}::uuid, ${ministry}::uuid, n, 'adopted', date '2025-06-01' + n, now(), repeat('0', 64), true,
      now(), ${founder}::uuid, now() from generate_series(1, 3) n`.execute(db)
}
