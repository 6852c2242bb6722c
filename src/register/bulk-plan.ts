import { createHash } from 'node:crypto'

import type { May } from '#access/may.ts'
import type { Actor } from '#audit/transaction.ts'
import type { Db } from '#platform/database.ts'
import { AppError } from '#platform/errors.ts'

import { type BulkInput, bulkLimit, type BulkRow, type BulkSelect } from './api-bulk.ts'
import { filterOf } from './api-filter.ts'
import { checkLinks, itemOf, refuse } from './check-links.ts'
import { type FieldId, fieldOf } from './fields.ts'
import { factOf, type Facts, textOf } from './model.ts'
import { checkSystemFacts } from './model-checks.ts'
import { identicalFact, replaceFacts } from './model-facts.ts'
import { loadNames, type OrganisationInfo } from './store-names.ts'
import { loadSystems, type StoredSystem, type StoredUse, systemsOfUses } from './store-read.ts'
import { findAll } from './store-search.ts'
import { stageOf } from './workflow.ts'

export type Planned = {
  readonly rows: readonly BulkRow[]
  /** By id, as they were looked at. */
  readonly systems: ReadonlyMap<string, StoredSystem>
  /** Digest of what would be done: the same rows, versions, values and refusals give the same token. */
  readonly token: string
}

/** What tells one system from another is changed one by one. */
const oneByOne: ReadonlySet<FieldId> = new Set(['name', 'name-reading', 'name-en', 'use-name', 'source-id'])

/**
 * What a bulk change would do, row by row; nothing is written.
 * @param lock holds the systems, for the change itself
 * @throws AppError `not-permitted` (by role), `bad-input`, `too-large` beyond 5,000 uses, `not-found` for an unknown use
 */
export async function planBulk(
  deps: { db: Db; may: May },
  actor: Actor,
  input: BulkInput,
  lock: boolean,
): Promise<Planned> {
  deps.may(actor, 'change-system')
  const fields = Object.keys(input.set) as FieldId[]
  refuse([
    ...(fields.length === 0 ? [{ path: '/set', keyword: 'required' }] : []),
    ...fields.filter((f) => oneByOne.has(f)).map((f) => ({ path: `/set/${f}`, keyword: 'one-by-one' })),
    ...(await checkLinks(deps.db, input.set)).map((i) => ({ ...i, path: i.path.replace('/facts', '/set') })),
  ])
  const useIds = await selected(deps.db, input.select)
  const systemOf = await systemsOfUses(deps.db, useIds)
  const lost = useIds.find((id) => !systemOf.has(id))
  if (lost !== undefined) throw new AppError('not-found', { use: lost })
  const systems = await loadSystems(deps.db, [...new Set(systemOf.values())].toSorted(), lock)
  const byId = new Map(systems.map((system) => [system.id, system]))
  const { organisations } = await loadNames(
    deps.db,
    systems.map((s) => ({ organisationId: s.organisationId, facts: {} })),
  )
  const rows = useIds.map((id) => {
    const system = byId.get(systemOf.get(id)!)!
    return rowOf(deps.may, actor, input.set, system, id, organisations.get(system.organisationId))
  })
  return { rows, systems: byId, token: tokenOf(input.set, rows) }
}

async function selected(db: Db, select: BulkSelect): Promise<string[]> {
  if ('ids' in select) return [...new Set(select.ids)].toSorted()
  const found = await findAll(db, filterOf(select.filter), bulkLimit + 1)
  if (found.length > bulkLimit) throw new AppError('too-large', { limit: bulkLimit, unit: 'uses' })
  return found
}

function rowOf(
  may: May,
  actor: Actor,
  set: Facts,
  system: StoredSystem,
  useId: string,
  organisation: OrganisationInfo | undefined,
): BulkRow {
  const use = system.uses.find((one) => one.id === useId)!
  const changes = (Object.keys(set) as FieldId[])
    .map((field) => ({ field, from: factOf(factsOf(system, use, field), field), to: factOf(set, field) }))
    .filter(({ from, to }) => !identicalFact(from, to))
  const useName = system.uses.length > 1 ? textOf(use.facts, 'use-name') : ''
  const row = {
    useId,
    systemId: system.id,
    name: [textOf(system.facts, 'name'), useName].filter((n) => n !== '').join(' › '),
    version: system.version,
    changes,
  }
  const refused = changes.length === 0 ? undefined : refusalOf(may, actor, set, system, organisation)
  return refused ? { ...row, refused } : row
}

const factsOf = (system: StoredSystem, use: StoredUse, field: FieldId): Facts =>
  fieldOf(field).scope === 'system' ? system.facts : use.facts

function refusalOf(
  may: May,
  actor: Actor,
  set: Facts,
  system: StoredSystem,
  organisation: OrganisationInfo | undefined,
): BulkRow['refused'] {
  const stage = stageOf(system.facts)
  if (stage === 'retired') return { code: 'retired', params: {} }
  try {
    may(actor, 'change-system', itemOf(system, organisation))
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    return { code: error.code, params: { ...error.params } }
  }
  if (set.stage && stage !== undefined && textOf(set, 'stage') !== stage)
    return { code: 'wrong-state', params: { field: 'stage', reason: 'by-step' } }
  const end = checkSystemFacts(replaceFacts(system.facts, set)).find((issue) => issue.path === '/facts/contract-end')
  const dated = set['contract-start'] !== undefined || set['contract-end'] !== undefined
  return end && dated ? { code: end.keyword, params: { field: 'contract-end', ...end.params } } : undefined
}

function tokenOf(set: Facts, rows: Planned['rows']): string {
  const told = rows.map((row) => [row.useId, row.version, row.refused?.code ?? '', row.changes.map((c) => c.field)])
  const values = Object.entries(set).toSorted(([a], [b]) => (a < b ? -1 : 1))
  return createHash('sha256')
    .update(JSON.stringify([values, told]))
    .digest('base64url')
}

export function countRows(rows: Planned['rows']): { changed: number; refused: number; unchanged: number } {
  const refused = rows.filter((row) => row.refused).length
  const unchanged = rows.filter((row) => !row.refused && row.changes.length === 0).length
  return { changed: rows.length - refused - unchanged, refused, unchanged }
}
