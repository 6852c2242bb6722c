import { sql } from 'kysely'

import type { Name } from '#access/model.ts'
import type { Db } from '#platform/database.ts'
import { type FieldId, fieldIds, fieldOf } from '#register/fields.ts'
import type { Verdict } from '#register/model.ts'

/** Counts by the database, four statements whatever the size of the register. */

const below = (organisation: string) =>
  sql`organisation_id in (select id from organisation where path @> array[${organisation}::uuid])`

/** Uses that agree in one thing and in the verdict: every table of the overview is a sum of these. */
export type Cell = {
  /** A stage, an id of an organisation, or a field of work. */
  readonly key: string
  readonly verdict: Verdict
  readonly uses: number
  readonly operating: number
  /** Of the uses in operation: hours a year, and how many state them. */
  readonly expected: number
  readonly expectedKnown: number
  readonly measured: number
  readonly measuredKnown: number
}
export type Cells = { readonly stage: Cell[]; readonly organisation: Cell[]; readonly field: Cell[] }

/** The same uses three times, in one pass: a table for each pair would send thousands of rows to be added up here. */
export async function loadCells(db: Db, organisation: string): Promise<Cells> {
  const { rows } = await sql<Cell & { by: 'stage' | 'organisation' | 'field' }>`
    select case when grouping(stage) = 0 then 'stage' when grouping(field) = 0 then 'field' else 'organisation' end as by,
      coalesce(stage, field, organisation_id::text) as key, verdict, count(*)::int as uses,
      count(*) filter (where operating)::int as operating,
      coalesce(sum(expected) filter (where operating), 0) as expected,
      count(expected) filter (where operating)::int as "expectedKnown",
      coalesce(sum(measured) filter (where operating), 0) as measured,
      count(measured) filter (where operating)::int as "measuredKnown"
    from (
      select organisation_id, stage, verdict, stage = 'operation' as operating,
        coalesce(facts -> 'field-of-work' ->> 'value', facts -> 'field-of-work' ->> 'absent', 'unanswered') as field,
        case when stage = 'operation' then (facts -> 'expected-hours' ->> 'value')::float8 end as expected,
        case when stage = 'operation' then (facts -> 'measured-hours' ->> 'value')::float8 end as measured
      from ai_use where ${below(organisation)}) u
    group by grouping sets ((stage, verdict), (field, verdict), (organisation_id, verdict))`.execute(db)
  const of = (by: keyof Cells) => rows.filter((row) => row.by === by)
  return { stage: of('stage'), organisation: of('organisation'), field: of('field') }
}

export const reportedFields: readonly FieldId[] = fieldIds.filter((id) => fieldOf(id).reported)

export type FieldState = { readonly field: FieldId; readonly state: string; readonly uses: number }

/** How many uses have which reported field in which state of absence; the rest have a value. */
export async function loadAbsences(db: Db, organisation: string): Promise<FieldState[]> {
  const tokens = reportedFields.flatMap((field) =>
    (['unanswered', 'unknown', 'not-applicable', 'withheld', 'waived'] as const).map((state) => ({ field, state })),
  )
  const { rows: facets } = await sql<{ id: number; token: string }>`
    select id, token from facet where token = any(${tokens.map((t) => `f.${t.field}=${t.state}`)}::text[])`.execute(db)
  // Given as values, not as a subquery: only then is each looked up in a table instead of being compared with all.
  const { rows } = await sql<{ facet: number; uses: number }>`
    select facet, count(*)::int as uses from listing_seen cross join lateral unnest(facets) as facet
    where ${below(organisation)} and facet = any(${facets.map((f) => f.id)}::int[]) group by facet`.execute(db)
  const counted = new Map(rows.map((row) => [row.facet, row.uses]))
  const ids = new Map(facets.map((f) => [f.token, f.id]))
  return tokens.map((t) => ({ ...t, uses: counted.get(ids.get(`f.${t.field}=${t.state}`) ?? -1) ?? 0 }))
}

export type Waits = {
  readonly systems: number
  readonly confirm: number
  readonly confirmSince: string | null
  readonly undecided: number
  readonly undecidedSince: string | null
  readonly stale: number
  readonly staleSince: string | null
  readonly unreported: number
  readonly unreportedSince: string | null
}

/** What waits for whom, and since when the one that waits longest. */
export async function loadWaits(db: Db, organisation: string): Promise<Waits> {
  const { rows } = await sql<Waits>`
    select (select count(*)::int from ai_system where ${below(organisation)}) as systems,
      count(*) filter (where confirm)::int as confirm, min(made_at) filter (where confirm) as "confirmSince",
      count(*) filter (where verdict = 'cannot-decide')::int as undecided,
      min(made_at) filter (where verdict = 'cannot-decide') as "undecidedSince",
      count(*) filter (where stale)::int as stale,
      min((stale_facts -> 0 ->> 'at')::timestamptz) filter (where stale) as "staleSince",
      count(*) filter (where verdict = 'not-reported')::int as unreported,
      min(created_at) filter (where verdict = 'not-reported') as "unreportedSince"
    from (
      select u.verdict, u.stale, u.stale_facts, u.created_at, a.made_at, u.verdict = 'consult-board' and not u.judged as confirm
      from ai_use u left join assessment a on a.id = u.assessment_id
      where u.organisation_id in (select id from organisation where path @> array[${organisation}::uuid])
        and (u.stale or u.verdict in ('cannot-decide', 'not-reported') or (u.verdict = 'consult-board' and not u.judged))
    ) w`.execute(db)
  return rows[0]!
}

export type OrganisationNode = {
  readonly id: string
  readonly kind: string
  readonly code: string
  readonly name: Name
  /** Root first, itself last. */
  readonly path: readonly string[]
}

/** The organisation and all below it, parents before children. */
export async function loadOrganisations(db: Db, organisation: string): Promise<OrganisationNode[]> {
  const { rows } = await sql<OrganisationNode>`
    select id, kind, code, path, jsonb_build_object('ja', name_ja, 'en', name_en) as name
    from organisation where path @> array[${organisation}::uuid] order by cardinality(path), code`.execute(db)
  return rows
}

export async function loadNavigationCounts(db: Db, organisation: string) {
  const { rows } = await sql<{
    register: number
    notReported: number
    cannotDecide: number
    stale: number
    imports: number
  }>`
    select count(*)::int as register,
      count(*) filter (where verdict = 'not-reported')::int as "notReported",
      count(*) filter (where verdict = 'cannot-decide')::int as "cannotDecide",
      count(*) filter (where stale)::int as stale,
      (select count(*)::int from import where state = 'running' and ${below(organisation)}) as imports
    from ai_use where ${below(organisation)}`.execute(db)
  return rows[0]!
}
