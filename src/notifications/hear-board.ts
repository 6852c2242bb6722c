import { sql } from 'kysely'

import type { Db } from '#platform/database.ts'
import type { OutboxRow } from '#platform/jobs.ts'

import type { Told } from './store.ts'

type Row = {
  readonly id: string
  readonly organisationId: string
  readonly number: string
  readonly heldOn: string | null
}

async function caseOf(db: Db, { payload }: OutboxRow): Promise<Row | undefined> {
  const { rows } = await sql<Row>`select c.id, c.organisation_id as "organisationId", coalesce(c.number, '') as number,
      m.held_on as "heldOn"
    from board_case c left join board_meeting m on m.id = c.meeting_id where c.id = ${String(payload['case'])}`.execute(
    db,
  )
  return rows[0]
}

const told = (kind: Told['kind'], row: Row, cause: string, more: Partial<Told> = {}): Told => ({
  kind,
  organisationId: row.organisationId,
  itemId: row.id,
  cause,
  params: { number: row.number },
  ...more,
})
/** The secretariat is one for all ministries. */
const everywhere = { organisationId: undefined }

/**
 * What is told of cases of the Advisory Board: number and title of the case, never what was written in it. Members are told
 * that they are to declare, and of answers to what they asked themselves while they deliberate.
 */
export const hearsBoard: Readonly<Record<string, (db: Db, event: OutboxRow) => Promise<Told[]>>> = {
  'board.case-submitted': async (db, event) => {
    const row = await caseOf(db, event)
    if (!row) return []
    const { rows } = await sql<{ id: string }>`select distinct s.person_id as id from board_seat s
      where board_standing(${row.id}::uuid, s.person_id) = 'undeclared'`.execute(db)
    const members = rows.map(({ id }) => told('case-to-declare', row, event.id, { personId: id }))
    return [told('case-submitted', row, event.id, everywhere), ...members]
  },
  'board.member-reminded': async (db, event) => {
    const row = await caseOf(db, event)
    return row ? [told('case-to-declare', row, event.id, { personId: String(event.payload['person']) })] : []
  },
  'board.case-withdrawn': async (db, event) => {
    const row = await caseOf(db, event)
    return row ? [told('case-withdrawn', row, event.id, everywhere)] : []
  },
  'board.case-scheduled': async (db, event) => {
    const row = await caseOf(db, event)
    return row?.heldOn
      ? [told('case-scheduled', row, event.id, { params: { number: row.number, to: row.heldOn } })]
      : []
  },
  'board.question-asked': async (db, event) => {
    const row = await caseOf(db, event)
    return row ? [told('case-question', row, event.id)] : []
  },
  'board.question-answered': async (db, event) => {
    const row = await caseOf(db, event)
    if (!row) return []
    const { rows } = await sql<{
      id: string
      role: string
    }>`select actor_id as id, actor_role as role from board_message
      where id = ${String(event.payload['question'])}
        and (actor_role <> 'board' or board_standing(case_id, actor_id) = 'deliberating')`.execute(db)
    return rows.map(({ id }) => told('case-answered', row, event.id, { personId: id }))
  },
}
