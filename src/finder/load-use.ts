import type { Item } from '#access/may.ts'
import type { Db } from '#platform/database.ts'
import { AppError } from '#platform/errors.ts'
import { type Facts, textOf } from '#register/model.ts'
import { itemOf, organisationOf } from '#register/check-links.ts'
import type { OrganisationInfo } from '#register/store-names.ts'
import { loadSystem, type StoredSystem, type StoredUse, systemsOfUses } from '#register/store-read.ts'

/** A use with the system it belongs to and everything that is known of both. */
export type LoadedUse = {
  readonly system: StoredSystem
  readonly use: StoredUse
  readonly facts: Facts
  readonly organisation: OrganisationInfo
  /** What access is asked with. */
  readonly place: Item
}

/**
 * @param lock holds the system until the end of the transaction
 * @throws AppError `not-found`
 */
export async function loadUse(db: Db, useId: string, lock = false): Promise<LoadedUse> {
  const systemId = (await systemsOfUses(db, [useId])).get(useId)
  const system = systemId === undefined ? undefined : await loadSystem(db, systemId, lock)
  const use = system?.uses.find((u) => u.id === useId)
  if (!system || !use) throw new AppError('not-found', { use: useId })
  const organisation = await organisationOf(db, system.organisationId)
  return { system, use, facts: { ...system.facts, ...use.facts }, organisation, place: itemOf(system, organisation) }
}

/** The name of the use beside that of its system, where the system has several. */
export const useNameOf = ({ system, use }: Pick<LoadedUse, 'system' | 'use'>): string | null =>
  system.uses.length > 1 ? textOf(use.facts, 'use-name') || null : null
