import { sql } from 'kysely'

import type { Db } from '#platform/database.ts'

import type { Effect, ConditionStage } from './model.ts'

/** How far the Board was consulted on each system; advice that was once given stays given. */
export async function boardConsulted(
  db: Db,
  systemIds: readonly string[],
): Promise<Map<string, { 'board-consulted': { value: string; since: string | null; itemId: string | null } }>> {
  const { rows } = await sql<{ systemId: string; caseId: string; state: string; since: string }>`
    select distinct on (system_id) system_id as "systemId", id as "caseId", state,
      coalesce(case state when 'advised' then advised_at when 'submitted' then submitted_at end, created_at) as since
    from board_case where system_id = any(${[...systemIds]}::uuid[])
    order by system_id, state = 'advised' desc, state = 'withdrawn', created_at desc, id`.execute(db)
  const found = new Map(rows.map((row) => [row.systemId, row]))
  return new Map(
    systemIds.map((id) => {
      const row = found.get(id)
      const value = row === undefined || row.state === 'withdrawn' ? 'none' : row.state
      return [id, { 'board-consulted': { value, since: row?.since ?? null, itemId: row?.caseId ?? null } }]
    }),
  )
}

/** A condition that binds and is neither met nor withdrawn. */
export type OpenCondition = {
  readonly id: string
  readonly systemId: string
  readonly caseId: string
  readonly number: string | null
  readonly position: number
  readonly text: { readonly ja: string; readonly en: string }
  readonly effect: Effect
  readonly stage: ConditionStage
  readonly state: 'open' | 'reported'
  readonly dueOn: string | null
  readonly since: string
}

export async function openConditions(db: Db, systemIds: readonly string[]): Promise<OpenCondition[]> {
  const { rows } = await sql<OpenCondition>`
    select c.id, c.system_id as "systemId", c.case_id as "caseId", b.number, c.position, c.effect, c.stage, c.state,
      jsonb_build_object('ja', c.text_ja, 'en', c.text_en) as text, c.due_on as "dueOn", c.binding_since as since
    from advice_condition c join board_case b on b.id = c.case_id
    where c.binding and c.state in ('open', 'reported') and c.system_id = any(${[...systemIds]}::uuid[])
    order by c.binding_since, c.case_id, c.position`.execute(db)
  return rows
}
