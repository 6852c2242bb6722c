import { sql } from 'kysely'

import type { Tx } from '#audit/transaction.ts'
import type { Db } from '#platform/database.ts'

import type { Row } from './derive-row.ts'
import type { Facts, Verdict } from './model.ts'
import type { StaleFact } from './model-facts.ts'
import { inParts } from './store-write.ts'

/** Uses with what is derived from them: the use itself, its row in lists, and its words. */

export type UseRecord = Row & {
  readonly id: string
  readonly systemId: string
  readonly organisationId: string
  readonly position: number
  readonly facts: Facts
  readonly verdict: Verdict
  readonly stale: boolean
  readonly staleFacts: readonly StaleFact[]
  readonly demo: boolean
  readonly createdAt: string
  readonly updatedAt: string
}

/** The parts of a record that each table takes; arrays as PostgreSQL writes them, which is read faster than JSON. */
const ofUse = (use: UseRecord) => ({
  id: use.id,
  systemId: use.systemId,
  organisationId: use.organisationId,
  position: use.position,
  facts: use.facts,
  stale: use.stale,
  staleFacts: use.staleFacts,
  name: use.name,
  nameKey: use.nameKey,
  purpose: use.purpose,
  stage: use.stage,
  verdictOrder: use.verdictOrder,
  demo: use.demo,
  createdAt: use.createdAt,
  updatedAt: use.updatedAt,
})
const useColumns = sql.raw(`id uuid, "systemId" uuid, "organisationId" uuid, position int, facts jsonb, stale boolean,
  "staleFacts" jsonb, name text, "nameKey" text, purpose text, stage text, "verdictOrder" smallint, demo boolean,
  "createdAt" timestamptz, "updatedAt" timestamptz`)

const ofListing = (use: UseRecord, ids: ReadonlyMap<string, number>) => ({
  id: use.id,
  organisationId: use.organisationId,
  updatedAt: use.updatedAt,
  sortName: use.sortName,
  sortOrganisation: use.sortOrganisation,
  stageOrder: use.stageOrder,
  verdictOrder: use.verdictOrder,
  facets: `{${use.facets
    .map((token) => ids.get(token)!)
    .toSorted((a, b) => a - b)
    .join(',')}}`,
})
const listingColumns = sql.raw(`id uuid, "organisationId" uuid, "updatedAt" timestamptz, "sortName" text,
  "sortOrganisation" text, "stageOrder" smallint, "verdictOrder" smallint, facets text`)

const ofText = (use: UseRecord) => ({
  id: use.id,
  organisationId: use.organisationId,
  searchKey: use.searchKey,
  grams: `{${use.grams.join(',')}}`,
})
const textColumns = sql.raw('id uuid, "organisationId" uuid, "searchKey" text, grams text')

export async function insertUses(t: Tx, uses: readonly UseRecord[]): Promise<void> {
  const ids = await facetsOf(t.db, uses)
  await inParts(uses.map(ofUse), (json) =>
    sql`insert into ai_use (id, system_id, organisation_id, position, facts, stale, stale_facts, name, name_key, purpose,
        stage, verdict_order, demo, created_at, updated_at)
      select r.id, r."systemId", r."organisationId", r.position, r.facts, r.stale, r."staleFacts", r.name, r."nameKey",
        r.purpose, r.stage, r."verdictOrder", r.demo, r."createdAt", r."updatedAt"
      from jsonb_to_recordset(${json}::jsonb) as r(${useColumns})`.execute(t.db),
  )
  await inParts(
    uses.map((use) => ofListing(use, ids)),
    (json) =>
      sql`insert into use_listing (use_id, organisation_id, updated_at, sort_name, sort_organisation, stage_order,
          verdict_order, facets)
        select r.id, r."organisationId", r."updatedAt", r."sortName", r."sortOrganisation", r."stageOrder",
          r."verdictOrder", r.facets::int[]
        from jsonb_to_recordset(${json}::jsonb) as r(${listingColumns})`.execute(t.db),
  )
  await inParts(uses.map(ofText), (json) =>
    sql`insert into use_text (use_id, organisation_id, search_key, grams)
      select r.id, r."organisationId", r."searchKey", r.grams::int[]
      from jsonb_to_recordset(${json}::jsonb) as r(${textColumns})`.execute(t.db),
  )
}

/** Everything but the verdict itself, which only `record-verdict.ts` writes. */
export async function updateUses(t: Tx, uses: readonly UseRecord[]): Promise<void> {
  const ids = await facetsOf(t.db, uses)
  await inParts(uses.map(ofUse), (json) =>
    sql`update ai_use u set organisation_id = r."organisationId", facts = r.facts, stale = r.stale,
        stale_facts = r."staleFacts", name = r.name, name_key = r."nameKey", purpose = r.purpose, stage = r.stage,
        verdict_order = r."verdictOrder", updated_at = r."updatedAt"
      from jsonb_to_recordset(${json}::jsonb) as r(${useColumns}) where u.id = r.id`.execute(t.db),
  )
  await inParts(
    uses.map((use) => ofListing(use, ids)),
    (json) =>
      sql`update use_listing l set organisation_id = r."organisationId", updated_at = r."updatedAt",
          sort_name = r."sortName", sort_organisation = r."sortOrganisation", stage_order = r."stageOrder",
          verdict_order = r."verdictOrder", facets = r.facets::int[]
        from jsonb_to_recordset(${json}::jsonb) as r(${listingColumns}) where l.use_id = r.id`.execute(t.db),
  )
  // Most changes touch no word: then the index over the pairs, the dearest to write, is left alone.
  await inParts(uses.map(ofText), (json) =>
    sql`update use_text x set organisation_id = r."organisationId", search_key = r."searchKey", grams = r.grams::int[]
      from jsonb_to_recordset(${json}::jsonb) as r(${textColumns})
      where x.use_id = r.id and (x.search_key <> r."searchKey" or x.organisation_id <> r."organisationId")`.execute(
      t.db,
    ),
  )
}

export async function deleteUses(t: Tx, ids: readonly string[]): Promise<void> {
  if (ids.length > 0) await sql`delete from ai_use where id = any(${ids}::uuid[])`.execute(t.db)
}

/** The numbers of all tokens of these uses; new ones are given theirs, in the same order by everybody. */
async function facetsOf(db: Db, uses: readonly UseRecord[]): Promise<ReadonlyMap<string, number>> {
  const tokens = [...new Set(uses.flatMap((use) => use.facets))]
  const ids = await facetIds(db, tokens)
  const missing = tokens.filter((token) => !ids.has(token)).toSorted()
  if (missing.length === 0) return ids
  await sql`insert into facet (token) select unnest(${missing}::text[]) on conflict do nothing`.execute(db)
  return facetIds(db, tokens)
}

/** The numbers of tokens; one that no use ever had has none. */
export async function facetIds(db: Db, tokens: readonly string[]): Promise<Map<string, number>> {
  if (tokens.length === 0) return new Map()
  const { rows } = await sql<{ id: number; token: string }>`
    select id, token from facet where token = any(${tokens}::text[])`.execute(db)
  return new Map(rows.map((row) => [row.token, row.id]))
}
