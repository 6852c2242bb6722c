import type { Entry, Tx } from '#audit/transaction.ts'
import { AppError } from '#platform/errors.ts'

import type { ChangeKind } from './api.ts'
import { type Facts, storedFacts } from './model.ts'
import { diffFacts } from './model-facts.ts'
import { supplierKey } from './name-keys.ts'
import { nextNumbers } from './numbers.ts'
import { recordOf, useRecordOf } from './save-systems.ts'
import { loadNames, type OrganisationInfo, organisationsById } from './store-names.ts'
import type { StoredSystem, StoredUse } from './store-read.ts'
import { modelsFor, suppliersFor, wantedKey } from './store-suppliers.ts'
import { insertUses } from './store-rows.ts'
import { type ChangeRecord, insertChanges, insertSystems } from './store-write.ts'

export type NewRow = {
  /** Row of the imported sheet, from 1; comes back in the answer. */
  readonly rowNumber?: number
  readonly organisationId: string
  /** Facts of the system. A supplier or models given by name are added to them. */
  readonly facts: Facts
  readonly useFacts: Facts
  /** Further uses, where the system has several. */
  readonly moreUses?: readonly Facts[]
  readonly supplierName?: string
  readonly modelNames?: readonly string[]
  readonly newBecause?: string
}

export type NewSystems = {
  readonly importId?: string
  readonly demo?: boolean
  /** What the history calls it. */
  readonly kind?: ChangeKind
  readonly rows: readonly NewRow[]
}

export type StoredRow = {
  readonly rowNumber: number | undefined
  readonly systemId: string
  /** Of the first use. */
  readonly useId: string
  readonly useIds: readonly string[]
  readonly number: string
}

/**
 * Stores systems with their uses, history and audit entries; one or thousands by the same few statements. Facts are
 * taken as they are: whoever calls has parsed them and asked access.
 * @returns one per row, in the order given
 * @throws AppError `bad-input` when an organisation is not known
 */
export async function storeSystems(t: Tx, input: NewSystems): Promise<StoredRow[]> {
  const { rows, importId, demo = false, kind = importId === undefined ? 'registered' : 'imported' } = input
  if (rows.length === 0) return []
  const organisations = await organisationsById(t.db, [...new Set(rows.map((row) => row.organisationId))])
  const numbers = await numbersFor(t, rows, organisations)
  const facts = await resolveNames(t, rows, demo)
  const systems = rows.map((row, i): StoredSystem => {
    const at = t.at.toISOString()
    return {
      id: t.newId(),
      organisationId: row.organisationId,
      number: numbers[i]!,
      facts: storedFacts(facts[i]!),
      version: 1,
      importId: importId ?? null,
      importRow: row.rowNumber ?? null,
      newBecause: row.newBecause ?? null,
      demo,
      createdAt: at,
      createdBy: t.actor.personId,
      updatedAt: at,
      uses: [row.useFacts, ...(row.moreUses ?? [])].map((use, n) => newUse(t, use, n + 1)),
    }
  })
  await write(t, systems, kind)
  return systems.map((system, i) => ({
    rowNumber: rows[i]!.rowNumber,
    systemId: system.id,
    useId: system.uses[0]!.id,
    useIds: system.uses.map((use) => use.id),
    number: system.number,
  }))
}

export const newUse = (t: Pick<Tx, 'newId' | 'at'>, facts: Facts, position: number): StoredUse => ({
  id: t.newId(),
  position,
  facts: storedFacts(facts),
  verdict: 'not-reported',
  ruledVerdict: null,
  assessmentId: null,
  judged: false,
  restsOn: {},
  staleFacts: [],
  stale: false,
  createdAt: t.at.toISOString(),
  updatedAt: t.at.toISOString(),
})

async function write(t: Tx, systems: readonly StoredSystem[], kind: ChangeKind): Promise<void> {
  const names = await loadNames(t.db, systems)
  await insertSystems(
    t,
    systems.map((system) => recordOf(system, 1)),
  )
  await insertUses(
    t,
    systems.flatMap((system) => system.uses.map((use) => useRecordOf(system, use, names))),
  )
  await insertChanges(
    t,
    systems.flatMap((system) => firstChanges(system, kind)),
  )
  await t.append(systems.map((system) => firstEntry(system, kind)))
  await t.emit({ type: 'register.systems-registered', payload: { systemIds: systems.map((system) => system.id) } })
}

/** The history of a system begins with everything that was there when it was stored. */
export const firstChanges = (system: StoredSystem, kind: ChangeKind): ChangeRecord[] =>
  system.uses.map((use, n) => ({
    systemId: system.id,
    useId: use.id,
    organisationId: system.organisationId,
    kind,
    reason: n === 0 ? system.newBecause : null,
    fields: [...(n === 0 ? diffFacts('system', {}, system.facts) : []), ...diffFacts('use', {}, use.facts)],
    version: 1,
  }))

export const firstEntry = (system: StoredSystem, kind: ChangeKind): Entry => ({
  type: `system.${kind}`,
  itemKind: 'ai-system',
  itemId: system.id,
  organisationId: system.organisationId,
  detail: {
    number: system.number,
    uses: system.uses.map((use) => use.id),
    ...(system.importId === null ? {} : { importId: system.importId, row: system.importRow }),
  },
})

async function numbersFor(
  t: Tx,
  rows: readonly NewRow[],
  organisations: ReadonlyMap<string, OrganisationInfo>,
): Promise<string[]> {
  const prefixes = rows.map((row, i) => {
    const ministry = organisations.get(row.organisationId)?.path[0]
    if (ministry) return ministry.code
    throw new AppError('bad-input', {
      in: 'body',
      issues: [{ path: '/organisationId', keyword: 'not-known', params: { row: row.rowNumber ?? i } }],
    })
  })
  const given = new Map<string, string[]>()
  // Always in the same order: two imports that number the same ministries must not wait for each other.
  for (const [prefix, all] of [...Map.groupBy(prefixes, (p) => p)].toSorted(([a], [b]) => (a < b ? -1 : 1)))
    given.set(prefix, (await nextNumbers(t.db, prefix, all.length)).toReversed())
  return prefixes.map((prefix) => given.get(prefix)!.pop()!)
}

/** Facts with the names of suppliers and models turned into ids; what a fact says itself stands. */
async function resolveNames(t: Tx, rows: readonly NewRow[], demo: boolean): Promise<Facts[]> {
  const given = (text: string | undefined) => (text === undefined || text.trim() === '' ? [] : [text])
  const suppliers = await suppliersFor(
    t,
    rows.flatMap((row) => given(row.supplierName)),
    { demo },
  )
  const wanted = (row: NewRow) =>
    (row.modelNames ?? []).flatMap(given).map((name) => ({ name, version: '', supplierId: null }))
  const models = await modelsFor(t, rows.flatMap(wanted), { demo })
  return rows.map((row) => {
    const supplier = given(row.supplierName).flatMap((name) => suppliers.ids.get(supplierKey(name)) ?? [])[0]
    const modelIds = [...new Set(wanted(row).flatMap((model) => models.ids.get(wantedKey(model)) ?? []))]
    return {
      ...(supplier === undefined ? {} : { supplier: { value: supplier } }),
      ...(modelIds.length === 0 ? {} : { models: { value: modelIds } }),
      ...row.facts,
    }
  })
}
