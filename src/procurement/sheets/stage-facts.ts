import { sql } from 'kysely'

import type { Db } from '#platform/database.ts'

import { type ClauseState, lackOf, type SheetKind, sheetKinds } from './model.ts'

type Row = {
  readonly systemId: string
  readonly procurementId: string
  readonly since: string
  readonly items: readonly {
    readonly sheet: SheetKind
    readonly included: boolean | null
    readonly requirement: string
    readonly clause: { readonly text: string; readonly state: ClauseState }
  }[]
}
type Answer = {
  readonly value: 'none' | 'not-started' | 'open' | 'complete'
  readonly since: string | null
  readonly itemId: string | null
}
const none: Answer = { value: 'none', since: null, itemId: null }

const questions = {
  'procurement-check': 'procurement-sheet',
  'contract-check': 'contract-sheet',
} as const satisfies Record<SheetKind, string>

/**
 * How far the two sheets of systems are, for the step to the next stage. Of several procurements the latest counts.
 * `none`: no procurement was opened; `not-started`: nobody has decided on any item.
 */
export async function procurementFacts(
  db: Db,
  systemIds: readonly string[],
): Promise<Map<string, Record<string, Answer>>> {
  const { rows } = await sql<Row>`
    select p.system_id as "systemId", p.id as "procurementId", p.updated_at as since, (
      select jsonb_agg(jsonb_build_object('sheet', i.sheet, 'included', i.included, 'requirement', i.requirement,
        'clause', jsonb_build_object('text', i.clause_text, 'state', i.clause_state)))
      from check_item i where i.procurement_id = p.id) as items
    from (select distinct on (system_id) * from procurement where system_id = any(${systemIds}::uuid[])
      order by system_id, created_at desc, id desc) p`.execute(db)
  const found = new Map(rows.map((row) => [row.systemId, row]))
  return new Map(systemIds.map((id) => [id, answersFor(found.get(id))]))
}

const answersFor = (row: Row | undefined): Record<string, Answer> =>
  Object.fromEntries(sheetKinds.map((sheet) => [questions[sheet], row ? stateIn(row, sheet) : none]))

function stateIn({ items, since, procurementId }: Row, sheet: SheetKind): Answer {
  const own = items.filter((item) => item.sheet === sheet)
  const at = { since, itemId: procurementId }
  if (own.every((item) => item.included === null)) return { ...at, value: 'not-started' }
  return { ...at, value: own.every((item) => lackOf(item) === undefined) ? 'complete' : 'open' }
}
