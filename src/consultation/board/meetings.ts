import { sql } from 'kysely'

import type { Actor } from '#audit/transaction.ts'
import type { ConsultationDeps } from '#consultation/deps.ts'
import type { Db } from '#platform/database.ts'
import { AppError } from '#platform/errors.ts'
import { lockRows } from '#platform/lock-rows.ts'

import type { Meeting, MeetingInput } from './api.ts'
import { caseForUpdate, placeOf } from './store.ts'

type Deps = Pick<ConsultationDeps, 'tx' | 'may'>

/** Meetings with the cases on their agenda, as far as who asks may see them; the latest first. */
export async function listMeetings(db: Db): Promise<Meeting[]> {
  const { rows } = await sql<Meeting>`
    select m.id, m.number, m.held_on as "heldOn", m.note, m.version, coalesce((
      select jsonb_agg(jsonb_build_object('id', c.id, 'number', c.number, 'title', c.title, 'state', c.state) order by c.number)
      from board_case c where c.meeting_id = m.id and c.number is not null), '[]') as cases
    from board_meeting m order by m.held_on desc, m.number desc limit 200`.execute(db)
  return rows
}

/** @throws AppError `not-permitted`, `already-exists` for a number that is taken */
export function addMeeting(deps: Deps, actor: Actor, input: MeetingInput): Promise<{ id: string }> {
  return deps.tx(actor, async (t) => {
    deps.may(actor, 'keep-docket')
    await refuseTaken(t.db, input.number)
    const id = t.newId()
    await sql`insert into board_meeting (id, number, held_on, note, created_at, created_by)
      values (${id}, ${input.number}, ${input.heldOn}, ${input.note}, ${t.at.toISOString()}, ${actor.personId})`.execute(
      t.db,
    )
    await t.append({
      type: 'board.meeting-set',
      itemKind: 'board-meeting',
      itemId: id,
      detail: { number: input.number, on: input.heldOn },
    })
    return { id }
  })
}

/** @throws AppError `not-found`, `not-permitted`, `already-exists`, `changed-meanwhile` with the meeting as it is now */
export function changeMeeting(
  deps: Deps,
  actor: Actor,
  input: { readonly id: string; readonly version: number; readonly meeting: MeetingInput },
): Promise<void> {
  const { id, version, meeting } = input
  return deps.tx(actor, async (t) => {
    deps.may(actor, 'keep-docket')
    await lockRows(t.db, 'board_meeting', [id])
    const now = (await listMeetings(t.db)).find((one) => one.id === id)
    if (!now) throw new AppError('not-found', { meeting: id })
    if (now.version !== version) throw new AppError('changed-meanwhile', { now })
    await refuseTaken(t.db, meeting.number, id)
    await sql`update board_meeting set number = ${meeting.number}, held_on = ${meeting.heldOn}, note = ${meeting.note},
      version = version + 1 where id = ${id}`.execute(t.db)
    await t.append({
      type: 'board.meeting-changed',
      itemKind: 'board-meeting',
      itemId: id,
      detail: { number: meeting.number, on: meeting.heldOn },
    })
    if (now.heldOn !== meeting.heldOn)
      for (const one of now.cases) await t.emit({ type: 'board.case-scheduled', payload: { case: one.id } })
  })
}

async function refuseTaken(db: Db, number: number, except?: string): Promise<void> {
  const { rows } = await sql<{ id: string }>`select id from board_meeting
    where number = ${number} and id is distinct from ${except ?? null}::uuid`.execute(db)
  if (rows[0]) throw new AppError('already-exists', { what: 'board-meeting', field: 'number', id: rows[0].id })
}

/**
 * Puts a case on the agenda of a meeting, or takes it off.
 * @throws AppError `not-found`, `not-permitted`, `wrong-state` for a case that is not before the Board
 */
export function scheduleCase(
  deps: Deps,
  actor: Actor,
  input: { readonly id: string; readonly meetingId: string | null },
): Promise<void> {
  const { id, meetingId } = input
  return deps.tx(actor, async (t) => {
    const seen = await caseForUpdate(t.db, id)
    deps.may(actor, 'keep-docket', placeOf(seen))
    if (seen.state !== 'submitted') throw new AppError('wrong-state', { state: seen.state })
    if (meetingId !== null) {
      const { rows } = await sql`select 1 from board_meeting where id = ${meetingId}`.execute(t.db)
      if (rows.length === 0) throw new AppError('not-found', { meeting: meetingId })
    }
    await sql`update board_case set meeting_id = ${meetingId}::uuid, updated_at = ${t.at.toISOString()} where id = ${id}`.execute(
      t.db,
    )
    await t.append({
      type: 'board.case-scheduled',
      itemKind: 'board-case',
      itemId: id,
      organisationId: seen.organisationId,
      detail: { meeting: meetingId },
    })
    if (meetingId !== null) await t.emit({ type: 'board.case-scheduled', payload: { case: id } })
  })
}
