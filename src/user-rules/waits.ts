import { sql } from 'kysely'

import type { Actor } from '#audit/transaction.ts'
import type { Wait, WaitSource } from '#register/waits.ts'

type Found = { readonly n: number; readonly oldest: string | null }

const waiting = (who: Wait['who'], what: string, { n, oldest }: Found): Wait[] =>
  n === 0 ? [] : [{ who, what, screen: 'userRules', count: n, oldest, filter: { waiting: what } }]

const reviewing = new Set<Actor['role']>(['caio', 'caio-office', 'planner', 'provider'])

/** Rules that wait for the one who asks to look at them, and those that every reviewer has confirmed. */
export const userRuleWaits: WaitSource = async (db, asking) => {
  const review = await sql<Found>`
    select count(*)::int as n, min(w.named_at) as oldest from rule_review w join rule_version v on v.id = w.version_id
    where w.person_id = ${asking.personId} and w.finding is null and v.state = 'review'`.execute(db)
  const adopt = await sql<Found & { level: 'ministry' | 'system' }>`
    select case when v.system_id is null then 'ministry' else 'system' end as level, count(*)::int as n,
      min((select max(w.found_at) from rule_review w where w.version_id = v.id)) as oldest
    from rule_version v join organisation o on o.id = v.organisation_id
    where v.state = 'review' and o.path @> array[${asking.organisationId}::uuid]
      and exists (select 1 from rule_review w where w.version_id = v.id)
      and not exists (select 1 from rule_review w where w.version_id = v.id and w.finding is distinct from 'confirmed')
    group by 1`.execute(db)
  const own = reviewing.has(asking.role) ? waiting(asking.role as Wait['who'], 'rule-to-review', review.rows[0]!) : []
  return [
    ...own,
    ...adopt.rows.flatMap((row) => waiting(row.level === 'ministry' ? 'caio' : 'planner', 'rule-to-adopt', row)),
  ]
}
