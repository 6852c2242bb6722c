import { sql } from 'kysely'

import type { Db } from '#platform/database.ts'
import type { NewId } from '#platform/ids.ts'
import { modelKey, supplierKey } from '#register/name-keys.ts'

import { idOf } from './ids.ts'
import type { Organisation, Person, Suppliers, View } from './model-content.ts'

/** The first day of the demonstration: what stands before its first system. */
export const beginning = '2025-04-01T00:00:00.000Z'
/** Who put it in: no person. */
export const nobody = idOf('nobody')

type Row = { id: string; parentId: string | null; path: string[]; depth: number } & Pick<
  Organisation,
  'kind' | 'code' | 'name'
>

function rowsOf(organisations: readonly Organisation[], above: readonly string[] = []): Row[] {
  return organisations.flatMap(({ key, below = [], kind, code, name }) => {
    const id = idOf(`organisation ${key}`)
    const path = [...above, id]
    return [{ id, parentId: above.at(-1) ?? null, path, depth: path.length, kind, code, name }, ...rowsOf(below, path)]
  })
}

export async function insertOrganisations(db: Db, organisations: readonly Organisation[]): Promise<void> {
  await sql`insert into organisation (id, parent_id, path, kind, code, name_ja, name_en, valid_from, demo, created_at, created_by)
    select r.id, r."parentId", r.path, r.kind, r.code, r.name ->> 'ja', r.name ->> 'en', '2025-04-01', true,
      ${beginning}::timestamptz, ${nobody}::uuid
    from jsonb_to_recordset(${JSON.stringify(rowsOf(organisations))}::jsonb)
      as r(id uuid, "parentId" uuid, path uuid[], depth int, kind text, code text, name jsonb) order by r.depth`.execute(
    db,
  )
}

export async function insertPeople(db: Db, people: readonly Person[], newId: NewId): Promise<void> {
  const rows = people.map((p) => ({ ...p, id: idOf(`person ${p.key}`), at: idOf(`organisation ${p.at}`) }))
  await sql`insert into person (id, organisation_id, name_ja, name_en, post_ja, post_en, local, demo, created_at, created_by)
    select r.id, r.at, r.name ->> 'ja', r.name ->> 'en', r.post ->> 'ja', r.post ->> 'en', r.local, true,
      ${beginning}::timestamptz, ${nobody}::uuid
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(id uuid, at uuid, name jsonb, post jsonb, local boolean)`.execute(
    db,
  )
  const held = people.flatMap((p) =>
    p.roles.map((role) => ({
      id: idOf(`role ${role} of ${p.key}`),
      person: idOf(`person ${p.key}`),
      role,
      organisation: idOf(`organisation ${p.for}`),
      supplier: role === 'supplier' && p.supplier !== undefined ? idOf(`supplier ${p.supplier}`) : null,
    })),
  )
  await sql`insert into role_held (id, person_id, role, organisation_id, supplier_id, from_date, created_by)
    select r.id, r.person, r.role, r.organisation, r.supplier, '2025-04-01', ${nobody}::uuid
    from jsonb_to_recordset(${JSON.stringify(held)}::jsonb)
      as r(id uuid, person uuid, role text, organisation uuid, supplier uuid)`.execute(db)
  await insertDeputies(db, people)
  await tellRoles(db, newId)
}

async function insertDeputies(db: Db, people: readonly Person[]): Promise<void> {
  const deputies = people.flatMap((p) => {
    const of = p['deputy-of']
    if (of === undefined) return []
    const { role, from, to } = of
    const held = idOf(`role ${role} of ${of.person}`)
    return [{ id: idOf(`deputy ${p.key}`), held, person: idOf(`person ${p.key}`), from, to }]
  })
  await sql`insert into deputy (id, role_held_id, person_id, organisation_id, from_date, to_date, created_at, created_by)
    select r.id, r.held, r.person, h.organisation_id, r."from", r."to", ${beginning}::timestamptz, ${nobody}::uuid
    from jsonb_to_recordset(${JSON.stringify(deputies)}::jsonb) as r(id uuid, held uuid, person uuid, "from" date, "to" date)
      join role_held h on h.id = r.held`.execute(db)
}

/** The history of what was just given. Ids of history are never used twice, so they are not made from names. */
async function tellRoles(db: Db, newId: NewId): Promise<void> {
  const { rows } = await sql<{
    id: string
  }>`select h.id from role_held h join person p on p.id = h.person_id where p.demo
    union all select d.id from deputy d join person p on p.id = d.person_id where p.demo`.execute(db)
  const ids = rows.map(({ id }) => ({ of: id, id: newId() }))
  await sql`insert into role_change (id, at, type, role_held_id, person_id, deputy_id, role, organisation_id, supplier_id,
      from_date, to_date, actor_id, actor_role)
    select r.id, ${beginning}::timestamptz, case when d.id is null then 'given' else 'deputy-named' end, h.id, h.person_id,
      d.person_id, h.role, h.organisation_id, h.supplier_id, coalesce(d.from_date, h.from_date), coalesce(d.to_date, h.to_date),
      ${nobody}::uuid, 'administrator'
    from jsonb_to_recordset(${JSON.stringify(ids)}::jsonb) as r("of" uuid, id uuid)
      left join deputy d on d.id = r.of join role_held h on h.id = coalesce(d.role_held_id, r.of)`.execute(db)
}

export async function insertSuppliers(db: Db, { suppliers, models }: Suppliers, organisationId: string): Promise<void> {
  const supplierRows = suppliers.map((s) => ({ ...s, id: idOf(`supplier ${s.key}`), nameKey: supplierKey(s.name) }))
  await sql`insert into supplier (id, organisation_id, name, name_en, country, name_key, demo, created_at, created_by)
    select r.id, ${organisationId}::uuid, r.name, r.en, r.country, r."nameKey", true, ${beginning}::timestamptz, ${nobody}::uuid
    from jsonb_to_recordset(${JSON.stringify(supplierRows)}::jsonb)
      as r(id uuid, name text, en text, country text, "nameKey" text)`.execute(db)
  const modelRows = models.map((m) => ({
    ...m,
    id: idOf(`model ${m.key}`),
    supplier: idOf(`supplier ${m.supplier}`),
    nameKey: modelKey(m.name, m.version),
  }))
  await sql`insert into model (id, organisation_id, supplier_id, name, model_version, hosting_country, modality, tools,
      autonomy, name_key, demo, created_at, created_by)
    select r.id, ${organisationId}::uuid, r.supplier, r.name, r.version, r.country, r.modality, r.tools, r.autonomy,
      r."nameKey", true, ${beginning}::timestamptz, ${nobody}::uuid
    from jsonb_to_recordset(${JSON.stringify(modelRows)}::jsonb) as r(id uuid, supplier uuid, name text, version text,
      country text, modality text[], tools text, autonomy text, "nameKey" text)`.execute(db)
}

export async function insertViews(db: Db, views: readonly View[], people: readonly Person[]): Promise<void> {
  const rows = views.map((v) => {
    const { organisation, ...query } = v.query
    const at = people.find((p) => p.key === v.by)?.for ?? ''
    return {
      id: idOf(`view ${v.key}`),
      person: idOf(`person ${v.by}`),
      organisation: idOf(`organisation ${at}`),
      name: v.name,
      query: organisation === undefined ? query : { ...query, organisation: idOf(`organisation ${organisation}`) },
    }
  })
  await sql`insert into saved_view (id, organisation_id, person_id, name, query, created_at)
    select r.id, r.organisation, r.person, r.name, r.query, ${beginning}::timestamptz
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      as r(id uuid, person uuid, organisation uuid, name text, query jsonb)`.execute(db)
}

/** Organisations, suppliers and models that are there under a name of the demonstration: kept at its removal, or real. */
export async function namesTaken(
  db: Db,
  content: Suppliers & { readonly organisations: readonly Organisation[] },
): Promise<string[]> {
  const codes = rowsOf(content.organisations).map((row) => row.code)
  const suppliers = content.suppliers.map((s) => supplierKey(s.name))
  const models = content.models.map((m) => idOf(`model ${m.key}`))
  const { rows } = await sql<{ name: string }>`
    select name_ja as name from organisation where code = any(${codes}::text[])
    union all select name from supplier where name_key = any(${suppliers}::text[])
    union all select name from model where id = any(${models}::uuid[])`.execute(db)
  return rows.map((row) => row.name)
}

export type DemoCounts = {
  readonly organisations: number
  readonly people: number
  readonly suppliers: number
  readonly models: number
  readonly systems: number
  readonly uses: number
  readonly assessments: number
  readonly savedViews: number
}

export async function countDemo(db: Db): Promise<DemoCounts> {
  const { rows } = await sql<DemoCounts>`select
    (select count(*)::int from organisation where demo) as organisations,
    (select count(*)::int from person where demo) as people,
    (select count(*)::int from supplier where demo) as suppliers,
    (select count(*)::int from model where demo) as models,
    (select count(*)::int from ai_system where demo) as systems,
    (select count(*)::int from ai_use where demo) as uses,
    (select count(*)::int from assessment where demo) as assessments,
    (select count(*)::int from saved_view v join person p on p.id = v.person_id where p.demo) as "savedViews"`.execute(
    db,
  )
  return rows[0]!
}

/** Whether anything of the demonstration is there. */
export async function demoPresent(db: Db): Promise<boolean> {
  const { rows } = await sql<{ there: boolean }>`select exists (select 1 from ai_system where demo)
    or exists (select 1 from organisation where demo) or exists (select 1 from person where demo) as there`.execute(db)
  return rows[0]!.there
}
