import { sql } from 'kysely'

import type { May } from '#access/may.ts'
import type { Actor, RunTx } from '#audit/transaction.ts'
import { AppError } from '#platform/errors.ts'
import { lockRows } from '#platform/lock-rows.ts'

import type { NewSupplier, Supplier, SupplierChange } from './api-names.ts'
import { pathOf } from './check-links.ts'
import { supplierKey } from './name-keys.ts'
import { rebuildRows } from './save-systems.ts'
import { systemsOfSupplier } from './store-lists.ts'
import { listSuppliers } from './store-name-lists.ts'
import { organisationsById } from './store-names.ts'
import { suppliersFor } from './store-suppliers.ts'

/**
 * Finds the supplier of this name, or makes it: one supplier is one record for all ministries.
 * @returns the record and whether it is new; one that was there keeps what it says
 * @throws AppError `not-permitted`
 */
export function createSupplier(
  deps: { tx: RunTx; may: May },
  actor: Actor,
  input: NewSupplier,
): Promise<{ supplier: Supplier; created: boolean }> {
  return deps.tx(actor, async (t) => {
    deps.may(actor, 'register-system')
    const made = await suppliersFor(t, [input.name], { demo: false })
    const id = made.ids.get(supplierKey(input.name))!
    const created = made.created.includes(id)
    if (created)
      await sql`update supplier set name_en = ${input.nameEn ?? ''}, country = ${input.country ?? null},
        corporate_number = ${input.corporateNumber ?? null} where id = ${id}`.execute(t.db)
    return { supplier: (await listSuppliers(t.db, { id }))[0]!, created }
  })
}

/**
 * Changes a supplier; its new name is found and shown at once wherever it stands.
 * @param input  `version`: the one the person saw, where it was sent
 * @throws AppError `not-found`, `not-permitted` (only where it was entered, or above), `changed-meanwhile`,
 *   `already-exists` when another supplier has that name
 */
export function changeSupplier(
  deps: { tx: RunTx; may: May },
  actor: Actor,
  input: { id: string; version: number | undefined; change: SupplierChange },
): Promise<Supplier> {
  const { id, change } = input
  return deps.tx(actor, async (t) => {
    await lockRows(t.db, 'supplier', [id])
    const { rows } = await sql<{ organisationId: string; version: number; key: string; nameEn: string }>`
      select organisation_id as "organisationId", version, name_key as key, name_en as "nameEn"
      from supplier where id = ${id}`.execute(t.db)
    const seen = rows[0]
    if (!seen) throw new AppError('not-found', { supplier: id })
    deps.may(
      actor,
      'change-system',
      pathOf((await organisationsById(t.db, [seen.organisationId])).get(seen.organisationId)),
    )
    if (input.version !== undefined && input.version !== seen.version)
      throw new AppError('changed-meanwhile', { now: (await listSuppliers(t.db, { id }))[0] })
    const key = change.name === undefined ? seen.key : supplierKey(change.name)
    const taken = await sql<{ id: string }>`select id from supplier where name_key = ${key} and id <> ${id}`.execute(
      t.db,
    )
    if (taken.rows[0]) throw new AppError('already-exists', { field: 'name', id: taken.rows[0].id })
    await sql`update supplier set name = coalesce(${change.name ?? null}, name), name_key = ${key},
      name_en = coalesce(${change.nameEn ?? null}, name_en),
      country = ${change.country === undefined ? sql`country` : change.country},
      corporate_number = ${change.corporateNumber === undefined ? sql`corporate_number` : change.corporateNumber},
      version = version + 1 where id = ${id}`.execute(t.db)
    await t.append({
      type: 'supplier.changed',
      itemKind: 'supplier',
      itemId: id,
      detail: { fields: Object.keys(change) },
    })
    if (change.name !== undefined || change.nameEn !== undefined) {
      // The name stands in the lists of every ministry that has something of this supplier.
      await t.asSystem(async () => {
        const touched = await sql<{ id: string }>`${systemsOfSupplier(id)}`.execute(t.db)
        await rebuildRows(t, touched.rows.map((row) => row.id).toSorted())
      })
    }
    return (await listSuppliers(t.db, { id }))[0]!
  })
}
