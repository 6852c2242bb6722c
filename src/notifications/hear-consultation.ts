import { sql } from 'kysely'

import type { Db } from '#platform/database.ts'
import type { OutboxRow } from '#platform/jobs.ts'

import type { Told } from './store.ts'

type Row = {
  id: string
  organisationId: string
  askedBy: string | null
  holderId: string | null
  deadline: string | null
}

async function rowsOf(db: Db, ids: readonly string[]): Promise<Row[]> {
  const { rows } = await sql<Row>`select id, organisation_id as "organisationId", asked_by as "askedBy",
    holder_id as "holderId", deadline from consultation where id = any(${ids}::uuid[])`.execute(db)
  return rows
}
const rowOf = async (db: Db, { payload }: OutboxRow) => (await rowsOf(db, [String(payload['consultation'])]))[0]

/** The desk is one for all ministries: whoever is of it is told, whatever ministry asks. */
const ofDesk = (row: Row, cause: string): Told => ({
  kind: 'question-arrived',
  organisationId: undefined,
  itemId: row.id,
  cause,
})

/** What is told of questions to the Consultation Desk and of periodic reports. */
export const hearsConsultation: Readonly<Record<string, (db: Db, event: OutboxRow) => Promise<Told[]>>> = {
  'desk.asked': async (db, event) => {
    const row = await rowOf(db, event)
    return row ? [ofDesk(row, event.id)] : []
  },
  // Whoever has the question; nobody yet: all of the desk.
  'desk.followed-up': async (db, event) => {
    const row = await rowOf(db, event)
    if (!row) return []
    return row.holderId === null
      ? [ofDesk(row, event.id)]
      : [person('question-followed-up', row, row.holderId, event.id)]
  },
  'desk.answered': async (db, event) => {
    const row = await rowOf(db, event)
    return row?.askedBy ? [person('question-answered', row, row.askedBy, event.id)] : []
  },
  'desk.deadline-moved': async (db, event) => {
    const row = await rowOf(db, event)
    const to = String(event.payload['to'])
    return row?.askedBy ? [{ ...person('question-deadline-moved', row, row.askedBy, event.id), params: { to } }] : []
  },
  'desk.handed-over': async (db, event) => {
    const row = await rowOf(db, event)
    const { to, by } = event.payload as { to: string; by: string }
    return row && to !== by ? [person('question-handed-over', row, to, event.id)] : []
  },
  'desk.due-soon': hearDueSoon,
  'report.submitted': async (db, event) => {
    const report = String(event.payload['report'])
    const { rows } = await sql<{ id: string }>`select id from periodic_report where id = ${report}`.execute(db)
    return rows.map(({ id }) => ({ kind: 'report-submitted', organisationId: undefined, itemId: id, cause: event.id }))
  },
}

type PersonKind =
  | 'question-answered'
  | 'question-deadline-moved'
  | 'question-handed-over'
  | 'question-due-soon'
  | 'question-followed-up'
const person = (kind: PersonKind, row: Row, personId: string, cause: string): Told => ({
  kind,
  organisationId: row.organisationId,
  itemId: row.id,
  personId,
  cause,
})

/** Once for each deadline: to who has the question, or to everybody of the desk while nobody has it. */
async function hearDueSoon(db: Db, { payload, at }: OutboxRow): Promise<Told[]> {
  const rows = await rowsOf(db, payload['consultations'] as string[])
  const { rows: desk } = await sql<{ id: string }>`
    select distinct person_id as id from role_held where role = 'desk' and from_date <= ${at}::timestamptz::date
      and (to_date is null or to_date >= ${at}::timestamptz::date)`.execute(db)
  return rows.flatMap((row) => {
    const people = row.holderId === null ? desk.map((one) => one.id) : [row.holderId]
    const to = row.deadline ?? ''
    return people.map((id) => ({ ...person('question-due-soon', row, id, `${row.id} ${to}`), params: { to } }))
  })
}
