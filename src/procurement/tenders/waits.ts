import { sql } from 'kysely'

import type { Wait, WaitSource } from '#register/waits.ts'

/**
 * What waits in tenders: answers for whom they were sent to; handed-in answers without a mark for the planner. Row-level
 * security leaves each role what it sees.
 */
export const tenderWaits: WaitSource = async (db, asking, at) => {
  if (asking.role === 'supplier') return answersToGive(db, at)
  return answersToEvaluate(db)
}

async function answersToGive(db: Parameters<WaitSource>[0], at: Date): Promise<Wait[]> {
  const { rows } = await sql<{ count: number; oldest: string | null }>`
    select count(*)::int as count, min(invited_at) as oldest from bidder
    where id in (select bidders_sent()) and state in ('invited', 'answering') and deadline > ${at.toISOString()}`.execute(
    db,
  )
  const { count, oldest } = rows[0]!
  return count === 0
    ? []
    : [{ who: 'supplier', what: 'tender-to-answer', screen: 'tenders', count, oldest, filter: {} }]
}

async function answersToEvaluate(db: Parameters<WaitSource>[0]): Promise<Wait[]> {
  const { rows } = await sql<{ count: number; oldest: string | null }>`
    select count(*)::int as count, min(since) as oldest from (
      select b.procurement_id, min(b.handed_in_at) as since from bidder b
      join procurement p on p.id = b.procurement_id and p.state in ('tendering', 'evaluating')
      where b.organisation_id in (select organisations_held()) and b.state = 'handed-in'
        and exists (select 1 from handed_answer h where h.bidder_id = b.id and h.handing_in = b.handed_in
          and not exists (select 1 from evaluation e where e.bidder_id = b.id and e.item = h.item and e.mark is not null))
      group by b.procurement_id) open`.execute(db)
  const { count, oldest } = rows[0]!
  return count === 0
    ? []
    : [
        {
          who: 'planner',
          what: 'answers-to-evaluate',
          screen: 'procurements',
          count,
          oldest,
          filter: { state: 'evaluating' },
        },
      ]
}
