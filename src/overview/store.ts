import { sql } from 'kysely'

import type { Name } from '#access/model.ts'
import type { Db } from '#platform/database.ts'
import { type FieldId, fieldIds, fieldOf } from '#register/fields.ts'
import type { Verdict } from '#register/model.ts'

/** Counts by the database, four statements whatever the size of the register. */

const below = (organisation: string) =>
  sql`organisation_id in (select id from organisation where path @> array[${organisation}::uuid])`

/** Uses that agree in organisation, stage, field of work and verdict: every table of the overview is a sum of these. */
export type Cell = {
  readonly organisation: string
  readonly stage: string
  readonly field: string
  readonly verdict: Verdict
  readonly uses: number
  readonly stale: number
  /** Hours a year, and how many uses state them. */
  readonly expected: number
  readonly expectedKnown: number
  readonly measured: number
  readonly measuredKnown: number
}

export async function loadCells(db: Db, organisation: string): Promise<Cell[]> {
  const { rows } = await sql<Cell>`
    select organisation_id as organisation, stage, verdict,
      coalesce(facts -> 'field-of-work' ->> 'value', facts -> 'field-of-work' ->> 'absent', 'unanswered') as field,
      count(*)::int as uses, count(*) filter (where stale)::int as stale,
      coalesce(sum((facts -> 'expected-hours' ->> 'value')::float8) filter (where stage = 'operation'), 0) as expected,
      count(facts -> 'expected-hours' ->> 'value') filter (where stage = 'operation')::int as "expectedKnown",
      coalesce(sum((facts -> 'measured-hours' ->> 'value')::float8) filter (where stage = 'operation'), 0) as measured,
      count(facts -> 'measured-hours' ->> 'value') filter (where stage = 'operation')::int as "measuredKnown"
    from ai_use where ${below(organisation)} group by 1, 2, 3, 4`.execute(db)
  return rows
}

export const reportedFields: readonly FieldId[] = fieldIds.filter((id) => fieldOf(id).reported)

export type FieldState = { readonly field: FieldId; readonly state: string; readonly uses: number }

/** How many uses have which reported field in which state of absence; the rest have a value. */
export async function loadAbsences(db: Db, organisation: string): Promise<FieldState[]> {
  const tokens = reportedFields.flatMap((field) =>
    (['unanswered', 'unknown', 'not-applicable', 'withheld', 'waived'] as const).map((state) => ({ field, state })),
  )
  const { rows } = await sql<{ token: string; uses: number }>`
    select f.token, n.uses from (
      select facet, count(*)::int as uses from use_listing cross join lateral unnest(facets) as facet
      where ${below(organisation)} group by facet) n
    join facet f on f.id = n.facet
    where f.token = any(${tokens.map((t) => `f.${t.field}=${t.state}`)}::text[])`.execute(db)
  const counted = new Map(rows.map((row) => [row.token, row.uses]))
  return tokens.map((t) => ({ ...t, uses: counted.get(`f.${t.field}=${t.state}`) ?? 0 }))
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
