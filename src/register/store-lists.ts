import { type RawBuilder, sql } from 'kysely'

import type { Db } from '#platform/database.ts'

import type { SystemRow, UseRow } from './api.ts'
import { type Fact, factOf, type Facts, textOf, type Verdict } from './model.ts'
import type { StaleFact } from './model-facts.ts'
import { verdictOrder } from './model-verdict.ts'
import { loadNames, type Names, organisationRef } from './store-names.ts'
import { type PageAsked, pageSql, walked } from './store-search.ts'

type StoredRow = {
  useId: string
  value: string | number
  hit: boolean
  at: number
  systemId: string
  organisation: UseRow['organisation']
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
  supplier: string | null
  models: Record<string, string> | null
}

/** A row of the list, and what it is sorted by. */
export type Listed = { readonly row: UseRow; readonly value: string | number }

const title = sql`trim(m.name || ' ' || m.model_version)`
const organisationPath = sql`jsonb_build_object('id', o.id, 'name', jsonb_build_object('ja', o.name_ja, 'en', o.name_en), 'path', (
  select jsonb_agg(jsonb_build_object('id', p.id, 'name', jsonb_build_object('ja', p.name_ja, 'en', p.name_en))
    order by array_position(o.path, p.id)) from organisation p where p.id = any(o.path)))`

/** A page with everything around its rows in one statement: on the embedded engine each question is a wait. */
async function loadRows(db: Db, page: RawBuilder<unknown>): Promise<StoredRow[]> {
  const { rows } = await sql<StoredRow>`
    with page as materialized (${page})
    select page.value, page.hit, page.at::int as at, u.id as "useId", u.system_id as "systemId", s.number, u.name,
      u.purpose, s.version, s.facts, u.facts as "useFacts", u.verdict, u.ruled_verdict as "ruledVerdict", u.stale,
      u.stale_facts as "staleFacts", u.updated_at as "updatedAt", u.demo, around.uses, around.strictest,
      ${organisationPath} as organisation, (select name from supplier x where x.id = s.supplier_id) as supplier,
      (select jsonb_object_agg(m.id, ${title}) from system_model l join model m on m.id = l.model_id
        where l.system_id = s.id) as models
    from page join ai_use u on u.id = page.use_id join ai_system s on s.id = u.system_id
    join organisation o on o.id = u.organisation_id
    cross join lateral (select count(*)::int as uses, min(verdict_order)::int as strictest
      from ai_use x where x.system_id = u.system_id) around
    order by page.at`.execute(db)
  return rows
}

/** The rows found, one more than asked for where there is more; in the order of the list also when it goes backwards. */
export async function loadPage(db: Db, asked: PageAsked): Promise<Listed[]> {
  const { wanted, walk, byIndex } = pageSql(asked)
  const seen = await loadRows(db, walk)
  const hits = seen.filter((row) => row.hit)
  const short = hits.length < wanted && seen.at(-1)?.at === walked
  const rows = short ? await loadRows(db, byIndex) : hits
  const listed = rows.map((row) => ({ row: useRowOf(row), value: row.value }))
  return asked.cursor?.direction === 'before' ? listed.toReversed() : listed
}

function useRowOf(row: StoredRow): UseRow {
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
    organisation: row.organisation,
    stage: factOf(facts, 'stage'),
    verdict: row.verdict,
    ruledVerdict: row.ruledVerdict,
    stale: row.stale,
    staleFacts: row.staleFacts,
    strictest: verdictOrder[row.strictest]!,
    informationClass: factOf(useFacts, 'information-class'),
    personalData: factOf(useFacts, 'personal-data'),
    supplier: supplierFact(factOf(facts, 'supplier'), row.supplier),
    models: modelsFact(factOf(facts, 'models'), row.models),
    version: row.version,
    updatedAt: row.updatedAt,
    demo: row.demo,
  }
}

const supplierFact = (fact: Fact, name: string | null): Fact & { name?: string } =>
  'value' in fact ? { value: fact.value, name: name ?? '' } : fact

const modelsFact = (fact: Fact, names: Record<string, string> | null): Fact & { names?: string[] } =>
  'value' in fact && Array.isArray(fact.value)
    ? { value: fact.value, names: fact.value.map((id: string) => names?.[id] ?? '') }
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
