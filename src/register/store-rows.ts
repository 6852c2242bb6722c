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

type Numbered = Omit<UseRecord, 'facets'> & { readonly facets: readonly number[] }

const columns = sql.raw(`id uuid, "systemId" uuid, "organisationId" uuid, position int, facts jsonb, stale boolean,
  "staleFacts" jsonb, name text, "nameKey" text, purpose text, stage text, "stageOrder" smallint, "verdictOrder" smallint,
  "sortName" text, "sortOrganisation" text, facets int[], "searchKey" text, grams int[], demo boolean,
  "createdAt" timestamptz, "updatedAt" timestamptz`)

export async function insertUses(t: Tx, uses: readonly UseRecord[]): Promise<void> {
  await inParts(await numbered(t.db, uses), async (json) => {
    const given = sql`jsonb_to_recordset(${json}::jsonb) as r(${columns})`
    await sql`insert into ai_use (id, system_id, organisation_id, position, facts, stale, stale_facts, name, name_key, purpose,
        stage, verdict_order, demo, created_at, updated_at)
      select r.id, r."systemId", r."organisationId", r.position, r.facts, r.stale, r."staleFacts", r.name, r."nameKey",
        r.purpose, r.stage, r."verdictOrder", r.demo, r."createdAt", r."updatedAt" from ${given}`.execute(t.db)
    await sql`insert into use_listing (use_id, organisation_id, updated_at, sort_name, sort_organisation, stage_order,
        verdict_order, facets)
      select r.id, r."organisationId", r."updatedAt", r."sortName", r."sortOrganisation", r."stageOrder",
        r."verdictOrder", r.facets from ${given}`.execute(t.db)
    await sql`insert into use_text (use_id, organisation_id, search_key, grams)
      select r.id, r."organisationId", r."searchKey", r.grams from ${given}`.execute(t.db)
  })
}

/** Everything but the verdict itself, which only `record-verdict.ts` writes. */
export async function updateUses(t: Tx, uses: readonly UseRecord[]): Promise<void> {
  await inParts(await numbered(t.db, uses), async (json) => {
    const given = sql`jsonb_to_recordset(${json}::jsonb) as r(${columns})`
    await sql`update ai_use u set organisation_id = r."organisationId", facts = r.facts, stale = r.stale,
        stale_facts = r."staleFacts", name = r.name, name_key = r."nameKey", purpose = r.purpose, stage = r.stage,
        verdict_order = r."verdictOrder", updated_at = r."updatedAt" from ${given} where u.id = r.id`.execute(t.db)
    await sql`update use_listing l set organisation_id = r."organisationId", updated_at = r."updatedAt",
        sort_name = r."sortName", sort_organisation = r."sortOrganisation", stage_order = r."stageOrder",
        verdict_order = r."verdictOrder", facets = r.facets from ${given} where l.use_id = r.id`.execute(t.db)
    // Most changes touch no word: then the index over the pairs, the dearest to write, is left alone.
    await sql`update use_text x set organisation_id = r."organisationId", search_key = r."searchKey", grams = r.grams
      from ${given} where x.use_id = r.id
        and (x.search_key <> r."searchKey" or x.organisation_id <> r."organisationId")`.execute(t.db)
  })
}

export async function deleteUses(t: Tx, ids: readonly string[]): Promise<void> {
  if (ids.length > 0) await sql`delete from ai_use where id = any(${ids}::uuid[])`.execute(t.db)
}

async function numbered(db: Db, uses: readonly UseRecord[]): Promise<Numbered[]> {
  const tokens = [...new Set(uses.flatMap((use) => use.facets))]
  let ids = await facetIds(db, tokens)
  const missing = tokens.filter((token) => !ids.has(token)).toSorted()
  if (missing.length > 0) {
    await sql`insert into facet (token) select unnest(${missing}::text[]) on conflict do nothing`.execute(db)
    ids = await facetIds(db, tokens)
  }
  return uses.map((use) => ({
    ...use,
    facets: use.facets.map((token) => ids.get(token)!).toSorted((a, b) => a - b),
  }))
}

/** The numbers of tokens; one that no use ever had has none. */
export async function facetIds(db: Db, tokens: readonly string[]): Promise<Map<string, number>> {
  if (tokens.length === 0) return new Map()
  const { rows } = await sql<{ id: number; token: string }>`
    select id, token from facet where token = any(${tokens}::text[])`.execute(db)
  return new Map(rows.map((row) => [row.token, row.id]))
}
