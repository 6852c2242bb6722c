import { sql } from 'kysely'

import type { Db } from '#platform/database.ts'

import type { Precedent } from './api.ts'

type Counts = NonNullable<Precedent['advice']>

/** Of each case with adopted advice: how many conditions bind, how many are met, and the first that blocks. By case id. */
export async function adviceCounts(db: Db, caseIds: readonly string[]): Promise<Map<string, Counts>> {
  const { rows } = await sql<Counts & { caseId: string }>`
    select a.case_id as "caseId", count(c.id)::int as conditions,
      (count(c.id) filter (where c.state = 'met'))::int as met,
      (array_agg(jsonb_build_object('ja', c.text_ja, 'en', c.text_en) order by c.effect, c.position)
        filter (where c.id is not null))[1] as main
    from advice a left join advice_condition c on c.advice_id = a.id and c.binding and c.state <> 'withdrawn'
    where a.state = 'adopted' and a.case_id = any(${[...caseIds]}::uuid[]) group by a.case_id`.execute(db)
  return new Map(rows.map(({ caseId, ...counts }) => [caseId, counts]))
}
