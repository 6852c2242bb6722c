import { sql } from 'kysely'

import type { Tx } from '#audit/transaction.ts'

import { modelKey, supplierKey } from './name-keys.ts'

/** Finding suppliers and models by their key, and making those that are new: thousands of names in two statements each. */

export type Made = { readonly ids: ReadonlyMap<string, string>; readonly created: readonly string[] }

/** @returns the id for each key of the names given; what two name alike is one supplier, under the spelling met first */
export async function suppliersFor(t: Tx, names: readonly string[], options: { demo: boolean }): Promise<Made> {
  const byKey = new Map<string, string>()
  for (const name of names) if (!byKey.has(supplierKey(name))) byKey.set(supplierKey(name), name.trim())
  if (byKey.size === 0) return { ids: new Map(), created: [] }
  const rows = [...byKey].map(([key, name]) => ({ id: t.newId(), key, name }))
  const { rows: made } = await sql<{ id: string }>`
    insert into supplier (id, organisation_id, name, name_key, demo, created_at, created_by)
    select r.id, ${t.actor.organisationId}::uuid, r.name, r.key, ${options.demo}, ${t.at.toISOString()}::timestamptz, ${t.actor.personId}::uuid
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(id uuid, key text, name text)
    order by r.key on conflict (name_key) do nothing returning id`.execute(t.db)
  const { rows: found } = await sql<{ id: string; key: string }>`
    select id, name_key as key from supplier where name_key = any(${[...byKey.keys()]}::text[])`.execute(t.db)
  const created = made.map((row) => row.id)
  await t.append(created.map((id) => ({ type: 'supplier.created', itemKind: 'supplier', itemId: id })))
  return { ids: new Map(found.map((row) => [row.key, row.id])), created }
}

export type ModelWanted = { readonly name: string; readonly version: string; readonly supplierId: string | null }

/** The key of a wanted model in the answer of `modelsFor`. */
export const wantedKey = (model: ModelWanted): string =>
  `${modelKey(model.name, model.version)}\n${model.supplierId ?? ''}`

/** Like `suppliersFor`. A model is its name and version of one supplier; without a supplier any of that name will do. */
export async function modelsFor(t: Tx, models: readonly ModelWanted[], options: { demo: boolean }): Promise<Made> {
  const byKey = new Map<string, ModelWanted>()
  for (const model of models) if (!byKey.has(wantedKey(model))) byKey.set(wantedKey(model), model)
  if (byKey.size === 0) return { ids: new Map(), created: [] }
  const ids = await findModels(t, byKey)
  const missing = [...byKey].filter(([key]) => !ids.has(key))
  const rows = missing.map(([key, m]) => ({
    id: t.newId(),
    key: key.slice(0, key.lastIndexOf('\n')),
    name: m.name.trim(),
    version: m.version.trim(),
    supplierId: m.supplierId,
  }))
  const { rows: made } = await sql<{ id: string }>`
    insert into model (id, organisation_id, supplier_id, name, model_version, name_key, demo, created_at, created_by)
    select r.id, ${t.actor.organisationId}::uuid, r."supplierId", r.name, r.version, r.key, ${options.demo},
      ${t.at.toISOString()}::timestamptz, ${t.actor.personId}::uuid
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(id uuid, key text, name text, version text, "supplierId" uuid)
    order by r.key, r."supplierId" on conflict do nothing returning id`.execute(t.db)
  const created = made.map((row) => row.id)
  await t.append(created.map((id) => ({ type: 'model.created', itemKind: 'model', itemId: id })))
  return { ids: missing.length > 0 ? await findModels(t, byKey) : ids, created }
}

async function findModels(t: Tx, byKey: ReadonlyMap<string, ModelWanted>): Promise<Map<string, string>> {
  const keys = [...new Set([...byKey.values()].map((m) => modelKey(m.name, m.version)))]
  const { rows } = await sql<{ id: string; key: string; supplierId: string | null }>`
    select id, name_key as key, supplier_id as "supplierId" from model
    where name_key = any(${keys}::text[]) order by created_at, id`.execute(t.db)
  const found = new Map<string, string>()
  for (const [wanted, model] of byKey) {
    const alike = rows.filter((row) => row.key === modelKey(model.name, model.version))
    const hit =
      alike.find((row) => row.supplierId === model.supplierId) ?? (model.supplierId === null ? alike[0] : undefined)
    if (hit) found.set(wanted, hit.id)
  }
  return found
}
