import type { Item } from '#access/may.ts'
import type { Db } from '#platform/database.ts'
import { AppError } from '#platform/errors.ts'

import { type Facts, textOf } from './model.ts'
import type { Issue } from './model-checks.ts'
import { idsIn, type OrganisationInfo, organisationsById, unknownIds } from './store-names.ts'
import type { StoredSystem } from './store-read.ts'
import { stageOf } from './workflow.ts'

/** @throws AppError `bad-input` with the issues, when there are any */
export function refuse(issues: readonly Issue[]): void {
  if (issues.length > 0) throw new AppError('bad-input', { in: 'body', issues })
}

/** Suppliers and models that these facts name must be known. */
export async function checkLinks(db: Db, facts: Facts): Promise<Issue[]> {
  const suppliers = await unknownIds(db, 'supplier', idsIn(facts, 'supplier'))
  const models = await unknownIds(db, 'model', idsIn(facts, 'models'))
  return [
    ...suppliers.map((id) => ({ path: '/facts/supplier', keyword: 'not-known', params: { id } })),
    ...models.map((id) => ({ path: '/facts/models', keyword: 'not-known', params: { id } })),
  ]
}

/** @throws AppError `bad-input` when there is no such organisation */
export async function organisationOf(db: Db, id: string): Promise<OrganisationInfo> {
  const info = (await organisationsById(db, [id])).get(id)
  if (!info)
    throw new AppError('bad-input', {
      in: 'body',
      issues: [{ path: '/organisationId', keyword: 'not-known', params: { id } }],
    })
  return info
}

/** The same as the column `sharing` of `ai_system`, by which the database isolates (migrations/0005_isolation.sql). */
export function sharingOf(facts: Facts): NonNullable<Item['sharing']> {
  if (textOf(facts, 'circulation') === 'unit-only') return 'restricted'
  return ['yes', 'on-request'].includes(textOf(facts, 'reuse-by-others')) ? 'government' : 'ministry'
}

/** A system as the policies look at it. */
export function itemOf(system: Pick<StoredSystem, 'facts' | 'createdBy'>, info: OrganisationInfo | undefined): Item {
  const stage = stageOf(system.facts)
  return {
    ...pathOf(info),
    ownerId: system.createdBy,
    ...(stage === undefined ? {} : { stage }),
    sharing: sharingOf(system.facts),
  }
}

export const pathOf = (info: OrganisationInfo | undefined): { organisationPath: string[] } => ({
  organisationPath: (info?.path ?? []).map((o) => o.id),
})
