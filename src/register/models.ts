import { sql } from 'kysely'

import type { May } from '#access/may.ts'
import type { Actor, RunTx, Tx } from '#audit/transaction.ts'
import { AppError } from '#platform/errors.ts'
import { lockRows } from '#platform/lock-rows.ts'

import type { Model, ModelChange, NewModel } from './api-names.ts'
import { pathOf, refuse } from './check-links.ts'
import { modelKey } from './name-keys.ts'
import { rebuildRows } from './save-systems.ts'
import { listModels } from './store-name-lists.ts'
import { organisationsById, unknownIds } from './store-names.ts'
import { modelsFor, wantedKey } from './store-suppliers.ts'

/**
 * Finds the model of this name, version and supplier, or makes it.
 * @returns the record and whether it is new; one that was there keeps what it says
 * @throws AppError `not-permitted`, `bad-input` when the supplier is not known
 */
export function createModel(
  deps: { tx: RunTx; may: May },
  actor: Actor,
  input: NewModel,
): Promise<{ model: Model; created: boolean }> {
  return deps.tx(actor, async (t) => {
    deps.may(actor, 'register-system')
    await refuseUnknownSupplier(t, input.supplierId)
    const wanted = { name: input.name, version: input.modelVersion ?? '', supplierId: input.supplierId ?? null }
    const made = await modelsFor(t, [wanted], { demo: false })
    const id = made.ids.get(wantedKey(wanted))!
    const created = made.created.includes(id)
    if (created)
      await sql`update model set hosting_country = ${input.hostingCountry ?? null}, modality = ${input.modality ?? []}::text[],
        tools = ${input.tools ?? ''}, autonomy = ${input.autonomy ?? null} where id = ${id}`.execute(t.db)
    return { model: (await listModels(t.db, { id }))[0]!, created }
  })
}

async function refuseUnknownSupplier(t: Tx, supplierId: string | null | undefined): Promise<void> {
  const unknown = typeof supplierId === 'string' ? await unknownIds(t.db, 'supplier', [supplierId]) : []
  refuse(unknown.map((id) => ({ path: '/supplierId', keyword: 'not-known', params: { id } })))
}

type Seen = { organisationId: string; version: number; name: string; modelVersion: string; supplierId: string | null }

/**
 * Changes a model; its new name, version and supplier are found and shown at once wherever it stands.
 * @param input  `version`: the one the person saw, where it was sent
 * @throws AppError `not-found`, `not-permitted` (only where it was entered, or above), `changed-meanwhile`,
 *   `already-exists` when that supplier has a model of that name and version, `bad-input`
 */
export function changeModel(
  deps: { tx: RunTx; may: May },
  actor: Actor,
  input: { id: string; version: number | undefined; change: ModelChange },
): Promise<Model> {
  const { id, change } = input
  return deps.tx(actor, async (t) => {
    await lockRows(t.db, 'model', [id])
    const { rows } = await sql<Seen>`
      select organisation_id as "organisationId", version, name, model_version as "modelVersion", supplier_id as "supplierId"
      from model where id = ${id}`.execute(t.db)
    const seen = rows[0]
    if (!seen) throw new AppError('not-found', { model: id })
    deps.may(
      actor,
      'change-system',
      pathOf((await organisationsById(t.db, [seen.organisationId])).get(seen.organisationId)),
    )
    if (input.version !== undefined && input.version !== seen.version)
      throw new AppError('changed-meanwhile', { now: (await listModels(t.db, { id }))[0] })
    await refuseUnknownSupplier(t, change.supplierId)
    await write(t, id, seen, change)
    await t.append({ type: 'model.changed', itemKind: 'model', itemId: id, detail: { fields: Object.keys(change) } })
    // The name stands in the lists of every ministry that uses this model.
    await t.asSystem(async () => {
      const touched = await sql<{
        id: string
      }>`select system_id as id from system_model where model_id = ${id} order by 1`.execute(t.db)
      await rebuildRows(
        t,
        touched.rows.map((row) => row.id),
      )
    })
    return (await listModels(t.db, { id }))[0]!
  })
}

async function write(t: Tx, id: string, seen: Seen, change: ModelChange): Promise<void> {
  const name = change.name ?? seen.name
  const version = change.modelVersion ?? seen.modelVersion
  const supplierId = change.supplierId === undefined ? seen.supplierId : change.supplierId
  const key = modelKey(name, version)
  const taken = await sql<{ id: string }>`
    select id from model where name_key = ${key} and supplier_id is not distinct from ${supplierId}::uuid and id <> ${id}`.execute(
    t.db,
  )
  if (taken.rows[0]) throw new AppError('already-exists', { field: 'name', id: taken.rows[0].id })
  await sql`update model set name = ${name}, model_version = ${version}, name_key = ${key}, supplier_id = ${supplierId}::uuid,
    hosting_country = ${change.hostingCountry === undefined ? sql`hosting_country` : change.hostingCountry},
    modality = ${change.modality === undefined ? sql`modality` : sql`${change.modality}::text[]`},
    tools = coalesce(${change.tools ?? null}, tools),
    autonomy = ${change.autonomy === undefined ? sql`autonomy` : change.autonomy},
    version = version + 1 where id = ${id}`.execute(t.db)
}
