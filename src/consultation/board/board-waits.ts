import { sql } from 'kysely'

import type { Role } from '#access/model.ts'
import type { Wait, WaitSource } from '#register/waits.ts'

import { casesSeen, neverConsulted } from './list-cases.ts'

/** Who acts next on what a case waits for. */
const whoActs: Readonly<Record<string, Role>> = {
  'declaration-to-make': 'board',
  'opinion-to-write': 'board',
  'case-to-schedule': 'secretariat',
  'question-to-answer': 'planner',
  'dossier-to-submit': 'caio-office',
}
const inMinistry: readonly string[] = ['caio', 'caio-office', 'planner', 'provider']

/** What waits in the docket: for members and secretariat of the Board, and for the ministry whose cases they are. */
export const boardWaits: WaitSource = async (db, asking) => {
  const ministry = inMinistry.includes(asking.role)
  if (!ministry && asking.role !== 'board' && asking.role !== 'secretariat') return []
  const { rows } = await sql<{ code: string; count: number; oldest: string | null }>`
    select code, count(*)::int as count, min(since) as oldest from (${casesSeen(asking)}) s where code is not null
    group by code order by code`.execute(db)
  const waits = rows.map(({ code, count, oldest }): Wait => ({
    who: whoActs[code] ?? 'secretariat',
    what: code,
    screen: 'cases',
    count,
    oldest,
    filter: { waits: code },
  }))
  if (!ministry) return waits
  const found = await sql<{ count: number; oldest: string | null }>`
    select count(*)::int as count, min(since) as oldest from (${neverConsulted}) n`.execute(db)
  const { count, oldest } = found.rows[0]!
  if (count === 0) return waits
  return [
    ...waits,
    { who: 'planner', what: 'case-to-prepare', screen: 'cases', count, oldest, filter: { show: 'to-consult' } },
  ]
}
