import { sql } from 'kysely'

import type { Db } from '#platform/database.ts'

import type { EntryType, State } from './model.ts'

export type Stored = {
  readonly id: string
  readonly organisationId: string
  readonly organisationPath: string[]
  readonly number: string | null
  readonly systemId: string | null
  readonly subject: string
  readonly question: string
  readonly wishedOn: string | null
  readonly state: State
  readonly askedAt: string | null
  readonly askedBy: string | null
  readonly holderId: string | null
  readonly deadline: string | null
  readonly deadlineBy: 'rule' | 'desk' | null
  readonly waitingSince: string
  readonly answeredAt: string | null
  readonly readAt: string | null
  readonly entryId: string | null
  readonly version: number
  readonly updatedAt: string
}

export async function consultationById(db: Db, id: string): Promise<Stored | undefined> {
  const { rows } = await sql<Stored>`
    select c.id, c.organisation_id as "organisationId", o.path as "organisationPath", c.number, c.system_id as "systemId",
      c.subject, c.question, c.wished_on as "wishedOn", c.state, c.asked_at as "askedAt", c.asked_by as "askedBy",
      c.holder_id as "holderId", c.deadline, c.deadline_by as "deadlineBy", c.waiting_since as "waitingSince",
      c.answered_at as "answeredAt", c.read_at as "readAt", c.entry_id as "entryId", c.version, c.updated_at as "updatedAt"
    from consultation c join organisation o on o.id = c.organisation_id where c.id = ${id}`.execute(db)
  return rows[0]
}

/** Where evidence of a question stands. */
export async function placeOfConsultation(
  db: Db,
  id: string,
): Promise<{ organisationId: string; organisationPath: string[] } | undefined> {
  const { rows } = await sql<{ organisationId: string; organisationPath: string[] }>`
    select c.organisation_id as "organisationId", o.path as "organisationPath"
    from consultation c join organisation o on o.id = c.organisation_id where c.id = ${id}`.execute(db)
  return rows[0]
}

export type NewRow = Pick<Stored, 'id' | 'organisationId' | 'systemId' | 'subject' | 'question' | 'wishedOn'> & {
  readonly at: Date
  readonly by: string
  readonly demo?: boolean
}

export async function insertDraft(db: Db, row: NewRow): Promise<void> {
  await sql`insert into consultation (id, organisation_id, system_id, subject, question, wished_on, state, waiting_since,
      created_at, created_by, updated_at, demo)
    values (${row.id}, ${row.organisationId}, ${row.systemId}, ${row.subject}, ${row.question}, ${row.wishedOn}, 'draft',
      ${row.at.toISOString()}, ${row.at.toISOString()}, ${row.by}, ${row.at.toISOString()}, ${row.demo ?? false})`.execute(
    db,
  )
}

/** What of the present state a deed changes; what is not named stays. */
export type Changed = Partial<{
  readonly [K in keyof Stored as K extends 'id' | 'organisationPath' | 'version' | 'updatedAt' ? never : K]: Stored[K]
}>

/** Writes the new state and counts the version up. */
export async function saveConsultation(db: Db, before: Stored, changed: Changed, at: Date): Promise<void> {
  const now = { ...before, ...changed }
  await sql`update consultation set organisation_id = ${now.organisationId}, system_id = ${now.systemId},
      subject = ${now.subject}, question = ${now.question}, wished_on = ${now.wishedOn}, state = ${now.state},
      number = ${now.number}, asked_at = ${now.askedAt}, asked_by = ${now.askedBy}, holder_id = ${now.holderId},
      deadline = ${now.deadline}, deadline_by = ${now.deadlineBy}, waiting_since = ${now.waitingSince},
      answered_at = ${now.answeredAt}, read_at = ${now.readAt}, entry_id = ${now.entryId}, version = version + 1,
      updated_at = ${at.toISOString()}
    where id = ${before.id}`.execute(db)
}

export type NewEntry = {
  readonly id: string
  readonly organisationId: string
  readonly itemId: string
  readonly at: Date
  readonly by: string
  readonly role: string
  readonly type: EntryType
  readonly text?: string | null
  readonly toPerson?: string
  readonly deadline?: string
  readonly internal?: boolean
}

export async function insertEntries(db: Db, entries: readonly NewEntry[]): Promise<void> {
  const rows = entries.map(({ at, ...entry }) => ({ ...entry, at: at.toISOString() }))
  await sql`insert into consultation_entry (id, organisation_id, item_id, at, actor_id, actor_role, type, text, to_person,
      deadline, internal)
    select r.id, r."organisationId", r."itemId", r.at, r.by, r.role, r.type, r.text, r."toPerson", r.deadline,
      coalesce(r.internal, false)
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(id uuid, "organisationId" uuid, "itemId" uuid,
      at timestamptz, by uuid, role text, type text, text text, "toPerson" uuid, deadline date, internal boolean)`.execute(
    db,
  )
}
