import { sql } from 'kysely'

import type { Db } from '#platform/database.ts'
import { todayInTokyo } from '#register/move-stage.ts'

type Answer = { readonly value: string; readonly since: string | null; readonly itemId: string | null }

/**
 * The answers to `system-rule` and `ministry-rule` of the catalog of stages: `adopted` (of a ministry's rule: in force on
 * the day), `draft` while the only version is worked on, `none`.
 */
export async function userRuleFacts(
  db: Db,
  systemIds: readonly string[],
  at: Date,
): Promise<Map<string, Readonly<Record<'system-rule' | 'ministry-rule', Answer>>>> {
  const on = todayInTokyo(at)
  const { rows } = await sql<{ id: string; system: Answer; ministry: Answer }>`
    with version as (
      select v.rule_id, v.organisation_id, v.system_id,
        bool_or(v.state = 'adopted' and (v.ended_from is null or v.ended_from > ${on}::date)) as adopted,
        bool_or(v.state = 'adopted' and v.effective_from <= ${on}::date and (v.ended_from is null or v.ended_from > ${on}::date)) as in_force,
        max(v.adopted_at) filter (where v.state = 'adopted') as adopted_at, max(v.created_at) as begun_at
      from rule_version v
      where v.system_id = any(${[...systemIds]}::uuid[]) or v.system_id is null
      group by 1, 2, 3
    )
    select s.id,
      (select jsonb_build_object('value', case when v.adopted then 'adopted' else 'draft' end,
        'since', case when v.adopted then v.adopted_at else v.begun_at end, 'itemId', v.rule_id)
        from version v where v.system_id = s.id) as system,
      (select jsonb_build_object('value', case when v.in_force then 'adopted' else 'draft' end,
        'since', case when v.in_force then v.adopted_at else v.begun_at end, 'itemId', v.rule_id)
        from version v where v.system_id is null and v.organisation_id = any(o.path)
        order by v.in_force desc, array_position(o.path, v.organisation_id) desc limit 1) as ministry
    from ai_system s join organisation o on o.id = s.organisation_id
    where s.id = any(${[...systemIds]}::uuid[])`.execute(db)
  const none: Answer = { value: 'none', since: null, itemId: null }
  return new Map(
    rows.map((row) => [row.id, { 'system-rule': row.system ?? none, 'ministry-rule': row.ministry ?? none }]),
  )
}
