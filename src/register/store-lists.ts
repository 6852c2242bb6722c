import { sql } from 'kysely'

import type { Db } from '#platform/database.ts'

import type { SystemRow, UseRow } from './api.ts'
import { type Fact, factOf, type Facts, textOf, type Verdict } from './model.ts'
import type { StaleFact } from './model-facts.ts'
import { verdictOrder } from './model-verdict.ts'
import { idsIn, loadNames, type Names, organisationRef } from './store-names.ts'

type StoredRow = {
  useId: string
  systemId: string
  organisationId: string
  number: string
  name: string
  purpose: string
  version: number
  facts: Facts
  useFacts: Facts
  verdict: Verdict
  ruledVerdict: Verdict | null
  stale: boolean
  staleFacts: StaleFact[]
  updatedAt: string
  demo: boolean
  uses: number
  strictest: number
}

/** The rows of a list, in the order of the ids. */
export async function loadUseRows(db: Db, ids: readonly string[]): Promise<UseRow[]> {
  if (ids.length === 0) return []
  const { rows } = await sql<StoredRow>`
    select u.id as "useId", u.system_id as "systemId", u.organisation_id as "organisationId", s.number, u.name, u.purpose,
      s.version, s.facts, u.facts as "useFacts", u.verdict, u.ruled_verdict as "ruledVerdict", u.stale,
      u.stale_facts as "staleFacts", u.updated_at as "updatedAt", u.demo, around.uses, around.strictest
    from ai_use u join ai_system s on s.id = u.system_id
    cross join lateral (select count(*)::int as uses, min(verdict_order)::int as strictest
      from ai_use x where x.system_id = u.system_id) around
    where u.id = any(${ids}::uuid[])`.execute(db)
  const names = await loadNames(db, rows)
  const byId = new Map(rows.map((row) => [row.useId, useRowOf(row, names)]))
  return ids.flatMap((id) => byId.get(id) ?? [])
}

function useRowOf(row: StoredRow, names: Names): UseRow {
  const { facts, useFacts } = row
  return {
    useId: row.useId,
    systemId: row.systemId,
    number: row.number,
    name: row.name,
    systemName: textOf(facts, 'name'),
    useName: row.uses > 1 ? textOf(useFacts, 'use-name') || null : null,
    uses: row.uses,
    purpose: row.purpose,
    organisation: organisationRef(names.organisations.get(row.organisationId)!),
    stage: factOf(facts, 'stage'),
    verdict: row.verdict,
    ruledVerdict: row.ruledVerdict,
    stale: row.stale,
    staleFacts: row.staleFacts,
    strictest: verdictOrder[row.strictest]!,
    informationClass: factOf(useFacts, 'information-class'),
    personalData: factOf(useFacts, 'personal-data'),
    supplier: supplierFact(facts, names),
    models: modelsFact(facts, names),
    version: row.version,
    updatedAt: row.updatedAt,
    demo: row.demo,
  }
}

function supplierFact(facts: Facts, names: Names): Fact & { name?: string } {
  const fact = factOf(facts, 'supplier')
  return typeof fact === 'object' && 'value' in fact
    ? { value: fact.value, name: names.suppliers.get(String(fact.value))?.name ?? '' }
    : fact
}

function modelsFact(facts: Facts, names: Names): Fact & { names?: string[] } {
  const fact = factOf(facts, 'models')
  if (!('value' in fact)) return fact
  return { value: fact.value, names: idsIn(facts, 'models').map((id) => modelTitle(names, id)) }
}

export const modelTitle = (names: Pick<Names, 'models'>, id: string): string => {
  const model = names.models.get(id)
  return model ? `${model.name} ${model.version}`.trim() : ''
}

export type SystemsAsked = {
  readonly model?: string | undefined
  readonly supplier?: string | undefined
  readonly organisation?: string | undefined
  readonly limit: number
  /** Id of the last system seen. */
  readonly cursor?: string | undefined
}

/**
 * Which systems use a model, have to do with a supplier (its contract or its model), or belong to an organisation or one
 * below it: one query.
 */
export async function listSystems(db: Db, asked: SystemsAsked): Promise<{ items: SystemRow[]; next: string | null }> {
  const { model, supplier, organisation, cursor } = asked
  const { rows } = await sql<{
    id: string
    number: string
    organisationId: string
    facts: Facts
    uses: number
    strictest: number
  }>`
    select s.id, s.number, s.organisation_id as "organisationId", s.facts, around.uses, around.strictest
    from ai_system s
    cross join lateral (select count(*)::int as uses, min(verdict_order)::int as strictest
      from ai_use x where x.system_id = s.id) around
    where ${cursor === undefined ? sql`true` : sql`s.id > ${cursor}::uuid`}
      and ${model === undefined ? sql`true` : sql`s.id in (select system_id from system_model where model_id = ${model}::uuid)`}
      and ${supplier === undefined ? sql`true` : sql`s.id in (${systemsOfSupplier(supplier)})`}
      and ${organisation === undefined ? sql`true` : sql`s.organisation_id in (select id from organisation where path @> array[${organisation}::uuid])`}
    order by s.id limit ${asked.limit + 1}`.execute(db)
  const shown = rows.slice(0, asked.limit)
  const names = await loadNames(db, shown)
  const items = shown.map((row) => ({
    systemId: row.id,
    number: row.number,
    name: textOf(row.facts, 'name'),
    organisation: organisationRef(names.organisations.get(row.organisationId)!),
    strictest: verdictOrder[row.strictest]!,
    stage: factOf(row.facts, 'stage'),
    uses: row.uses,
  }))
  return { items, next: rows.length > shown.length ? shown.at(-1)!.id : null }
}

export const systemsOfSupplier = (supplier: string) => sql`
  select id from ai_system where supplier_id = ${supplier}::uuid
  union select l.system_id from system_model l join model m on m.id = l.model_id where m.supplier_id = ${supplier}::uuid`
