import { sql } from 'kysely'

import type { Role } from '#access/model.ts'
import { todayInTokyo } from '#register/move-stage.ts'
import type { Wait, WaitSource } from '#register/waits.ts'

type Counted = Readonly<Record<string, { readonly count: number; readonly oldest: string | null }>>

/**
 * Advice to be adopted, conditions to be met, settled, or answered. What is past its day is counted on its own and not a
 * second time: both together are all that are to be met.
 */
export const adviceWaits: WaitSource = async (db, asking, at) => {
  const across = asking.role === 'board' || asking.role === 'secretariat'
  const mine = across ? sql`true` : sql`c.organisation_id in (select organisations_held())`
  const today = todayInTokyo(at)
  const { rows } = await sql<{ counted: Counted }>`
    with c as (select * from advice_condition c where c.binding and c.state in ('open', 'reported') and ${mine}),
      kinds as (
        select 'condition-overdue' as what, c.binding_since as since from c where c.state = 'open' and c.due_on < ${today}::date
        union all select 'condition-to-meet', c.binding_since from c where c.state = 'open' and (c.due_on >= ${today}::date or c.due_on is null)
        union all select 'condition-to-settle', c.reported_at from c where c.state = 'reported'
        union all select 'condition-change-to-answer', c.change_asked_at from c where c.change_asked is not null
        union all select 'advice-to-adopt', a.created_at from advice a join board_case b on b.id = a.case_id
          where a.state = 'draft' and b.state = 'submitted' and ${across ? sql`true` : sql`false`})
    select coalesce(jsonb_object_agg(what, jsonb_build_object('count', count, 'oldest', to_jsonb(oldest) #>> '{}')), '{}') as counted
    from (select what, count(*)::int as count, min(since) as oldest from kinds group by what) k`.execute(db)
  const counted = rows[0]!.counted
  const wait = (who: Role, what: string, screen: Wait['screen'], filter: Wait['filter']): Wait[] => {
    const found = counted[what]
    return found ? [{ who, what, screen, count: found.count, oldest: found.oldest, filter }] : []
  }
  return [
    ...wait('planner', 'condition-overdue', 'conditions', { show: 'overdue' }),
    ...wait('planner', 'condition-to-meet', 'conditions', { show: 'to-meet' }),
    ...wait('secretariat', 'condition-to-settle', 'conditions', { show: 'reported' }),
    ...wait('board', 'condition-change-to-answer', 'conditions', { show: 'change-asked' }),
    ...wait('board', 'advice-to-adopt', 'cases', { state: 'submitted' }),
  ]
}
