import { type RawBuilder, sql } from 'kysely'

import { todayInTokyo } from '#register/move-stage.ts'
import type { Wait, WaitSource } from '#register/waits.ts'

/** What waits in a procurement, and who acts next. Which state waits for what is our preset. */
export const sheetWaits = ['items-to-decide', 'texts-to-write', 'clauses-to-agree', 'proofs-due'] as const
export type SheetWait = (typeof sheetWaits)[number]
const who = {
  'items-to-decide': 'planner',
  'texts-to-write': 'planner',
  'clauses-to-agree': 'planner',
  'proofs-due': 'provider',
} as const satisfies Record<SheetWait, string>

/**
 * What waits in the procurement `p` of the query around it: what, how many items or proofs, since when.
 * @param today  ISO 8601 day: a proof that is due until then waits
 */
export const waitsOf = (today: string): RawBuilder<{ what: SheetWait; count: number; since: string }> => sql`
  select 'items-to-decide' as what, x.count, p.proposed_at as since from (select count(*)::int as count from check_item i
    where i.procurement_id = p.id and i.included is null) x where p.state = 'drafting' and x.count > 0
  union all
  select 'texts-to-write', x.count, x.since from (select count(*)::int as count, min(i.decided_at) as since
    from check_item i where i.procurement_id = p.id and i.included and i.sheet = 'procurement-check'
      and (trim(i.requirement) = '' or i.requirement ~ '【[^】]*】|\\[[^]]*\\]')) x where p.state = 'drafting' and x.count > 0
  union all
  select 'clauses-to-agree', x.count, p.updated_at from (select count(*)::int as count from check_item i
    where i.procurement_id = p.id and i.included and i.sheet = 'contract-check' and i.clause_state <> 'agreed') x
    where p.state in ('evaluating', 'contracted') and x.count > 0
  union all
  select 'proofs-due', x.count, x.since from (select count(*)::int as count, min(f.due_on)::timestamptz as since
    from item_proof f where f.procurement_id = p.id and f.state = 'open' and f.due_on <= ${today}::date) x
    where p.state <> 'closed' and x.count > 0`

/** Procurements in which something waits, in the organisation of the role and below. */
export const procurementWaits: WaitSource = async (db, _asking, at) => {
  const { rows } = await sql<{ what: SheetWait; count: number; oldest: string }>`
    select x.what, count(*)::int as count, min(x.since) as oldest
    from procurement p cross join lateral (${waitsOf(todayInTokyo(at))}) x
    where p.organisation_id in (select organisations_held()) group by x.what`.execute(db)
  const without = await sql<{ count: number; oldest: string | null }>`
    select count(*)::int as count, min(coalesce(s.facts #>> '{procurement-since,value}', s.updated_at::text)) as oldest
    from ai_system s where s.organisation_id in (select organisations_held())
      and s.facts #>> '{stage,value}' = 'procurement'
      and not exists (select 1 from procurement p where p.system_id = s.id)`.execute(db)
  const screen = 'procurements' as const
  const waits = rows.map((row): Wait => ({ ...row, who: who[row.what], screen, filter: { waits: row.what } }))
  const { count, oldest } = without.rows[0] ?? { count: 0, oldest: null }
  if (count === 0) return waits
  return [{ who: 'planner', what: 'procurement-to-open', screen, count, oldest, filter: {} }, ...waits]
}
