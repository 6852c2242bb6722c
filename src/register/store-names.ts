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

/** Names of everything these systems point to. Ids that are not known are simply not in the maps. */
export async function loadNames(
  db: Db,
  systems: readonly { readonly organisationId: string; readonly facts: Facts }[],
): Promise<Names> {
  const distinct = (ids: readonly string[]) => [...new Set(ids)]
  const models = await modelsById(db, distinct(systems.flatMap((s) => idsIn(s.facts, 'models'))))
  const makers = models.flatMap((m) => m.supplierId ?? [])
  const suppliers = await suppliersById(
    db,
    distinct([...systems.flatMap((s) => idsIn(s.facts, 'supplier')), ...makers]),
  )
  return {
    suppliers: new Map(suppliers.map((s) => [s.id, s])),
    models: new Map(models.map((m) => [m.id, m])),
    organisations: await organisationsById(db, distinct(systems.map((s) => s.organisationId))),
  }
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
  const { rows } = await sql<{ id: string; path: string[]; code: string; ja: string; en: string }>`
    select id, path, code, name_ja as ja, name_en as en from organisation
    where id in (select unnest(path) from organisation where id = any(${ids}::uuid[]))`.execute(db)
  const byId = new Map(rows.map((row) => [row.id, row]))
  const steps = (path: readonly string[]) =>
    path.flatMap((id) => {
      const step = byId.get(id)
      return step ? [{ id, code: step.code, name: { ja: step.ja, en: step.en } }] : []
    })
  return new Map(ids.flatMap((id) => (byId.has(id) ? [[id, { id, path: steps(byId.get(id)!.path) }] as const] : [])))
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
