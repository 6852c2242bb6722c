import { type RawBuilder, sql } from 'kysely'

import type { Db } from '#platform/database.ts'

import type { SystemRow, UseRow } from './api.ts'
import { type Fact, factOf, type Facts, textOf, type Verdict } from './model.ts'
import type { StaleFact } from './model-facts.ts'
import { verdictOrder } from './model-verdict.ts'
import { loadNames, type Names, organisationRef } from './store-names.ts'
import { type PageAsked, pageSql } from './store-search.ts'

type StoredRow = {
  useId: string
  value: string | number
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

/** A row of the list, and what it is sorted by. */
export type Listed = { readonly row: UseRow; readonly value: string | number }

/** A page with what its rows say, in one statement: on the embedded engine each question is a wait of its own. */
async function loadRows(db: Db, page: RawBuilder<unknown>, order: RawBuilder<unknown>): Promise<StoredRow[]> {
  const { rows } = await sql<StoredRow>`
    with page as materialized (${page})
    select page.value, u.id as "useId", u.system_id as "systemId", u.organisation_id as "organisationId", s.number, u.name,
      u.purpose, s.version, s.facts, u.facts as "useFacts", u.verdict, u.ruled_verdict as "ruledVerdict", u.stale,
      u.stale_facts as "staleFacts", u.updated_at as "updatedAt", u.demo, around.uses, around.strictest
    from page join ai_use u on u.id = page.use_id join ai_system s on s.id = u.system_id
    cross join lateral (select count(*)::int as uses, min(verdict_order)::int as strictest
      from ai_use x where x.system_id = u.system_id) around
    ${order}`.execute(db)
  return rows
}

/** The rows found, one more than asked for where there is more; in the order of the list also when it goes backwards. */
export async function loadPage(db: Db, asked: PageAsked): Promise<Listed[]> {
  const { wanted, order, walk, beyond, byIndex } = pageSql(asked)
  const walked = await loadRows(db, walk, order)
  const more = walked.length < wanted && beyond !== undefined && (await sql`${beyond}`.execute(db)).rows.length > 0
  const rows = more ? await loadRows(db, byIndex, order) : walked
  const names = await loadNames(db, rows)
  const listed = rows.map((row) => ({ row: useRowOf(row, names), value: row.value }))
  return asked.cursor?.direction === 'before' ? listed.toReversed() : listed
}

function useRowOf(row: StoredRow, names: Names): UseRow {
  const { facts, useFacts } = row
  return {
    useId: row.useId,
    systemId: row.systemId,
    number: row.number,
    name: row.name,
    systemName: textOf(facts, 'name'),
    nameEn: textOf(facts, 'name-en') || null,
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
    supplier: supplierFact(factOf(facts, 'supplier'), names),
    models: modelsFact(factOf(facts, 'models'), names),
    version: row.version,
    updatedAt: row.updatedAt,
    demo: row.demo,
  }
}

const supplierFact = (fact: Fact, names: Names): Fact & { name?: string } =>
  'value' in fact ? { value: fact.value, name: names.suppliers.get(String(fact.value))?.name ?? '' } : fact

const modelsFact = (fact: Fact, names: Names): Fact & { names?: string[] } =>
  'value' in fact && Array.isArray(fact.value)
    ? { value: fact.value, names: fact.value.map((id: string) => modelTitle(names, id)) }
    : fact

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
