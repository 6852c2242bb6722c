import { sql } from 'kysely'

import type { Role } from '#access/model.ts'
import type { Wait, WaitSource } from '#register/waits.ts'

type Counted = { toAnswer: number; answerSince: string | null; toRead: number; readSince: string | null }

/**
 * Questions that wait for an answer of the desk; answers that the asking side has not opened. Whoever else asks than a
 * planner is told of their own questions only.
 */
export const deskWaits: WaitSource = async (db, asking) => {
  const { rows } = await sql<Counted>`
    select count(*) filter (where state in ('asked', 'taken'))::int as "toAnswer",
      min(waiting_since) filter (where state in ('asked', 'taken')) as "answerSince",
      count(*) filter (where unread)::int as "toRead", min(answered_at) filter (where unread) as "readSince"
    from (select *, state = 'answered' and read_at is null
        and (${asking.role} in ('planner', 'desk') or asked_by = ${asking.personId}) as unread
      from consultation where ${asking.role === 'desk'} or organisation_id in (
        select id from organisation where path @> array[${asking.organisationId}::uuid])) c`.execute(db)
  const { toAnswer, answerSince, toRead, readSince } = rows[0]!
  const reader: Role =
    asking.role === 'caio' || asking.role === 'caio-office' || asking.role === 'provider' ? asking.role : 'planner'
  const waits: Wait[] = [
    {
      who: 'desk',
      what: 'question-to-answer',
      screen: 'consultations',
      count: toAnswer,
      oldest: answerSince,
      filter: { state: 'asked,taken' },
    },
    {
      who: reader,
      what: 'answer-to-read',
      screen: 'consultations',
      count: toRead,
      oldest: readSince,
      filter: { state: 'answered', unread: 'yes' },
    },
  ]
  return waits.filter((wait) => wait.count > 0)
}
