import { sql } from 'kysely'

import type { Db } from '#platform/database.ts'
import { stages } from '#register/fields.ts'

import { type Figures, type NamedSystem, reportVerdicts } from './model.ts'
import type { Period } from './periods.ts'

/** Why a stage is not there; a row of its own, never taken for another. */
const absences = ['unanswered', 'unknown', 'not-applicable', 'withheld', 'waived'] as const

const below = (organisation: string) =>
  sql`organisation_id in (select id from organisation where path @> array[${organisation}::uuid])`

/**
 * Counts what a report says about an organisation and everything below it, as the register is now; what came, changed and
 * went within the period.
 */
export async function composeFigures(
  db: Db,
  organisation: string,
  period: Pick<Period, 'from' | 'to'>,
  today: string,
): Promise<Figures> {
  const { rows: cells } = await sql<{ stage: string; verdict: string; n: number }>`
    select stage, verdict, count(*)::int as n from ai_use where ${below(organisation)} group by stage, verdict`.execute(
    db,
  )
  const { rows: systems } = await sql<{
    n: number
  }>`select count(*)::int as n from ai_system where ${below(organisation)}`.execute(db)
  const byStage = stageRows(cells)
  const sum = (of: (cell: (typeof cells)[number]) => boolean) => cells.filter(of).reduce((n, cell) => n + cell.n, 0)
  return {
    systems: systems[0]!.n,
    uses: sum(() => true),
    byStage,
    notReported: {
      verdict: sum((cell) => cell.verdict === 'not-reported'),
      stage: sum((cell) => !(stages as readonly string[]).includes(cell.stage)),
    },
    movements: await movementsIn(db, organisation, period),
    highRisk: await highRiskOf(db, organisation),
    overrides: await overridesOf(db, organisation),
    effect: await effectOf(db, organisation),
    conditions: await conditionsOf(db, organisation, today),
  }
}

/** Stages in the order of the procedure, all of them; then why there is none, where it occurs. */
function stageRows(cells: readonly { stage: string; verdict: string; n: number }[]): Figures['byStage'] {
  const known = Map.groupBy(cells, (cell) => cell.stage)
  const rows = [...stages, ...absences.filter((one) => known.has(one))]
  return rows.map((stage) => {
    const own = known.get(stage) ?? []
    const counted = reportVerdicts.map((v) => [v, own.find((cell) => cell.verdict === v)?.n ?? 0] as const)
    return { stage, verdicts: Object.fromEntries(counted), total: own.reduce((n, cell) => n + cell.n, 0) }
  })
}

const named = sql`s.id as "systemId", s.number, coalesce(s.facts #>> '{name,value}', s.number) as name`
/** A day of the office is a day in Japan (UTC + 9). */
const dayOf = (column: string) => sql`(${sql.ref(column)} at time zone 'UTC' + interval '9 hours')::date`

async function movementsIn(
  db: Db,
  organisation: string,
  { from, to }: Pick<Period, 'from' | 'to'>,
): Promise<Figures['movements']> {
  const { rows } = await sql<NamedSystem & { what: 'added' | 'changed' | 'retired' }>`
    with own as (select * from ai_system where ${below(organisation)})
    select 'added' as what, ${named} from own s where ${dayOf('s.created_at')} between ${from}::date and ${to}::date
    union all
    select 'changed', ${named} from own s where ${dayOf('s.created_at')} < ${from}::date
      and exists (select 1 from change c where c.system_id = s.id and ${dayOf('c.at')} between ${from}::date and ${to}::date)
    union all
    select 'retired', ${named} from own s where s.facts #>> '{stage,value}' = 'retired'
      and s.facts #>> '{retired-since,value}' between ${from} and ${to}
    order by number`.execute(db)
  const of = (what: string) => rows.filter((row) => row.what === what).map(({ what: _what, ...row }) => row)
  return { added: of('added'), changed: of('changed'), retired: of('retired') }
}

async function highRiskOf(db: Db, organisation: string): Promise<Figures['highRisk']> {
  const { rows } = await sql<Figures['highRisk'][number]>`
    select ${named}, u.name as use, u.stage, u.judged,
      (select jsonb_build_object('number', b.number, 'state', b.state) from board_case b where b.system_id = s.id
        order by b.created_at desc limit 1) as case
    from ai_use u join ai_system s on s.id = u.system_id
    where u.verdict = 'consult-board' and u.organisation_id in (select id from organisation where path @> array[${organisation}::uuid])
    order by s.number, u.position`.execute(db)
  return rows
}

/** The decision of the CAIO differs from what the rule says, either way. */
async function overridesOf(db: Db, organisation: string): Promise<Figures['overrides']> {
  const { rows } = await sql<Figures['overrides'][number]>`
    select ${named}, u.name as use, u.ruled_verdict as ruled, u.verdict as decided
    from ai_use u join ai_system s on s.id = u.system_id
    where u.judged and u.ruled_verdict is not null and u.ruled_verdict <> u.verdict
      and u.organisation_id in (select id from organisation where path @> array[${organisation}::uuid])
    order by s.number, u.position`.execute(db)
  return rows
}

async function effectOf(db: Db, organisation: string): Promise<Figures['effect']> {
  const { rows } = await sql<Figures['effect']>`
    select count(*)::int as uses, coalesce(sum(expected), 0)::float8 as "expectedHours", count(expected)::int as "expectedKnown",
      coalesce(sum(measured), 0)::float8 as "measuredHours", count(measured)::int as "measuredKnown",
      (count(*) - count(measured))::int as "notMeasured"
    from (select (facts -> 'expected-hours' ->> 'value')::float8 as expected,
        (facts -> 'measured-hours' ->> 'value')::float8 as measured
      from ai_use where stage = 'operation' and ${below(organisation)}) u`.execute(db)
  return rows[0]!
}

async function conditionsOf(db: Db, organisation: string, today: string): Promise<Figures['conditions']> {
  const { rows } = await sql<Figures['conditions']>`
    select count(*) filter (where state = 'open')::int as open, count(*) filter (where state = 'reported')::int as reported,
      count(*) filter (where state = 'met')::int as met, count(*) filter (where state = 'withdrawn')::int as withdrawn,
      count(*) filter (where state in ('open', 'reported') and due_on < ${today}::date)::int as overdue
    from advice_condition where binding and ${below(organisation)}`.execute(db)
  return rows[0]!
}
