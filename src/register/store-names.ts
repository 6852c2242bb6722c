import { sql } from 'kysely'

import type { Name } from '#access/model.ts'
import type { Db } from '#platform/database.ts'

import type { ModelName, SupplierName } from './derive-row.ts'
import type { FieldId } from './fields.ts'
import { type Facts, valueOf } from './model.ts'

export type OrganisationInfo = {
  readonly id: string
  /** Root first, itself last. */
  readonly path: readonly { readonly id: string; readonly code: string; readonly name: Name }[]
}

/** The names behind the ids in facts. A model brings its supplier along. */
export type Names = {
  readonly suppliers: ReadonlyMap<string, SupplierName>
  readonly models: ReadonlyMap<string, ModelName>
  readonly organisations: ReadonlyMap<string, OrganisationInfo>
}

export const idsIn = (facts: Facts, field: FieldId): readonly string[] => {
  const value = valueOf(facts, field)
  return Array.isArray(value) ? value : typeof value === 'string' ? [value] : []
}

type NameRow = {
  kind: 'supplier' | 'model' | 'organisation'
  id: string
  name: string
  /** English name, or version of a model. */
  more: string
  supplierId: string | null
  path: string[] | null
  code: string | null
}

const organisationRows = (ids: readonly string[]) => sql`
  select 'organisation' as kind, id, name_ja as name, name_en as more, null::uuid as "supplierId", path, code
  from organisation where id = any(array(select unnest(path) from organisation where id = any(${ids}::uuid[])))`

/** Names of everything these systems point to, in one statement. Ids that are not known are simply not in the maps. */
export async function loadNames(
  db: Db,
  systems: readonly { readonly organisationId: string; readonly facts: Facts }[],
): Promise<Names> {
  const distinct = (ids: readonly string[]) => [...new Set(ids)]
  const organisations = distinct(systems.map((s) => s.organisationId))
  const models = distinct(systems.flatMap((s) => idsIn(s.facts, 'models')))
  const suppliers = distinct(systems.flatMap((s) => idsIn(s.facts, 'supplier')))
  const { rows } = await sql<NameRow>`
    select 'supplier' as kind, id, name, name_en as more, null::uuid as "supplierId", null::uuid[] as path, null as code
    from supplier where id = any(${suppliers}::uuid[] || array(
      select supplier_id from model where id = any(${models}::uuid[]) and supplier_id is not null))
    union all select 'model', id, name, model_version, supplier_id, null, null from model where id = any(${models}::uuid[])
    union all ${organisationRows(organisations)}`.execute(db)
  const of = (kind: NameRow['kind']) => rows.filter((row) => row.kind === kind)
  return {
    suppliers: new Map(of('supplier').map((s) => [s.id, { id: s.id, name: s.name, nameEn: s.more }])),
    models: new Map(
      of('model').map((m) => [m.id, { id: m.id, name: m.name, version: m.more, supplierId: m.supplierId }]),
    ),
    organisations: infosOf(of('organisation'), organisations),
  }
}

function infosOf(rows: readonly NameRow[], ids: readonly string[]): Map<string, OrganisationInfo> {
  const byId = new Map(rows.map((row) => [row.id, row]))
  const steps = (path: readonly string[]) =>
    path.flatMap((id) => {
      const step = byId.get(id)
      return step ? [{ id, code: step.code ?? '', name: { ja: step.name, en: step.more } }] : []
    })
  return new Map(
    ids.flatMap((id) => (byId.has(id) ? [[id, { id, path: steps(byId.get(id)!.path ?? []) }] as const] : [])),
  )
}

export async function suppliersById(db: Db, ids: readonly string[]): Promise<SupplierName[]> {
  if (ids.length === 0) return []
  const { rows } = await sql<SupplierName>`
    select id, name, name_en as "nameEn" from supplier where id = any(${ids}::uuid[])`.execute(db)
  return rows
}

export async function modelsById(db: Db, ids: readonly string[]): Promise<ModelName[]> {
  if (ids.length === 0) return []
  const { rows } = await sql<ModelName>`
    select id, name, model_version as version, supplier_id as "supplierId"
    from model where id = any(${ids}::uuid[])`.execute(db)
  return rows
}

export async function organisationsById(db: Db, ids: readonly string[]): Promise<Map<string, OrganisationInfo>> {
  if (ids.length === 0) return new Map()
  const { rows } = await sql<NameRow>`${organisationRows(ids)}`.execute(db)
  return infosOf(rows, ids)
}

/** As it stands in answers: without codes. */
export const organisationRef = (info: OrganisationInfo) => ({
  id: info.id,
  name: info.path.at(-1)!.name,
  path: info.path.map(({ id, name }) => ({ id, name })),
})

/** @returns the ids that are not those of a supplier or model */
export async function unknownIds(db: Db, table: 'supplier' | 'model', ids: readonly string[]): Promise<string[]> {
  const found = table === 'supplier' ? await suppliersById(db, ids) : await modelsById(db, ids)
  const known = new Set(found.map((f) => f.id))
  return ids.filter((id) => !known.has(id))
}
