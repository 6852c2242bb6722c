import { sql } from 'kysely'

import type { Name } from '#access/model.ts'
import type { Item } from '#access/may.ts'
import type { Tx } from '#audit/transaction.ts'
import type { Db } from '#platform/database.ts'
import { AppError } from '#platform/errors.ts'
import { lockRows } from '#platform/lock-rows.ts'
import { asSystem } from '#platform/scope.ts'

import type { DraftPart, Party } from './api.ts'
import type { CaseState, Part, PartInput } from './model.ts'

export type StoredCase = {
  readonly id: string
  readonly number: string | null
  readonly systemId: string
  readonly organisationId: string
  readonly organisation: Name
  readonly ministry: Name
  readonly organisationPath: string[]
  readonly title: string
  readonly parties: Party[]
  readonly state: CaseState
  readonly meetingId: string | null
  readonly dossierId: string | null
  readonly dossierVersion: number
  readonly opinionsToMinistry: 'submitted' | 'advised'
  readonly version: number
  readonly createdAt: string
  readonly createdBy: string
  readonly submittedAt: string | null
  readonly withdrawnAt: string | null
  readonly withdrawnBecause: string | null
  readonly advisedAt: string | null
  readonly updatedAt: string
  readonly demo: boolean
}

const cases = sql`select c.id, c.number, c.system_id as "systemId", c.organisation_id as "organisationId",
  jsonb_build_object('ja', o.name_ja, 'en', o.name_en) as organisation,
  jsonb_build_object('ja', m.name_ja, 'en', m.name_en) as ministry, o.path as "organisationPath", c.title, c.parties,
  c.state, c.meeting_id as "meetingId", c.dossier_id as "dossierId", c.dossier_version as "dossierVersion",
  c.opinions_to_ministry as "opinionsToMinistry", c.version, c.created_at as "createdAt", c.created_by as "createdBy",
  c.submitted_at as "submittedAt", c.withdrawn_at as "withdrawnAt", c.withdrawn_because as "withdrawnBecause",
  c.advised_at as "advisedAt", c.updated_at as "updatedAt", c.demo
  from board_case c join organisation o on o.id = c.organisation_id join organisation m on m.id = o.path[1]`

/** @throws AppError `not-found`, also where it may not be seen */
export async function caseById(db: Db, id: string): Promise<StoredCase> {
  const { rows } = await sql<StoredCase>`${cases} where c.id = ${id}`.execute(db)
  if (!rows[0]) throw new AppError('not-found', { case: id })
  return rows[0]
}

/** The same, held until the end of the transaction. */
export async function caseForUpdate(db: Db, id: string): Promise<StoredCase> {
  await lockRows(db, 'board_case', [id])
  return caseById(db, id)
}

export const placeOf = (c: Pick<StoredCase, 'organisationPath' | 'createdBy'>): Item => ({
  organisationPath: c.organisationPath,
  ownerId: c.createdBy,
})

/** Where evidence of a case stands; nothing when the case may not be seen. */
export async function placeOfCase(
  db: Db,
  id: string,
): Promise<{ organisationId: string; organisationPath: string[] } | undefined> {
  const { rows } = await sql<{ organisationId: string; organisationPath: string[] }>`
    select c.organisation_id as "organisationId", o.path as "organisationPath"
    from board_case c join organisation o on o.id = c.organisation_id where c.id = ${id} and case_open(c.id)`.execute(
    db,
  )
  return rows[0]
}

/** The case of a system that is not over. */
export async function openCaseOf(db: Db, systemId: string): Promise<string | undefined> {
  const { rows } = await sql<{ id: string }>`select id from board_case
    where system_id = ${systemId} and state in ('preparing', 'submitted', 'withdrawn')`.execute(db)
  return rows[0]?.id
}

export async function insertCase(
  t: Tx,
  c: { id: string; systemId: string; organisationId: string; title: string; demo: boolean },
  texts: readonly { readonly part: Part; readonly text: string }[],
): Promise<void> {
  const at = t.at.toISOString()
  await sql`insert into board_case (id, system_id, organisation_id, title, created_at, created_by, updated_at, demo)
    values (${c.id}, ${c.systemId}, ${c.organisationId}, ${c.title}, ${at}, ${t.actor.personId}, ${at}, ${c.demo})`.execute(
    t.db,
  )
  await sql`insert into board_part (case_id, organisation_id, part, text, updated_at, updated_by)
    select ${c.id}::uuid, ${c.organisationId}::uuid, r.part, r.text, ${at}::timestamptz, ${t.actor.personId}::uuid
    from jsonb_to_recordset(${JSON.stringify(texts)}::jsonb) as r(part text, text text)`.execute(t.db)
}

/** The parts as they are written now, in the order of the dossier. Empty for who does not write it. */
export async function draftParts(db: Db, caseId: string): Promise<DraftPart[]> {
  const { rows } = await sql<Omit<DraftPart, 'updatedBy'> & { by: string }>`
    select part, text, absent, because, version, updated_at as "updatedAt", updated_by as by
    from board_part where case_id = ${caseId}
    order by array_position(array['content', 'verdict', 'mitigation', 'quality', 'supply-chain'], part)`.execute(db)
  const names = await peopleNamed(
    db,
    rows.map(({ by }) => by),
  )
  return rows.map(({ by, ...part }) => ({ ...part, updatedBy: names.get(by)?.post ?? null }))
}

export async function updatePart(t: Tx, at: { caseId: string; part: Part }, input: PartInput): Promise<void> {
  const [text, absent, because] = 'text' in input ? [input.text, null, null] : ['', input.absent, input.because]
  await sql`update board_part set text = ${text}, absent = ${absent}, because = ${because}, version = version + 1,
    updated_at = ${t.at.toISOString()}, updated_by = ${t.actor.personId}
    where case_id = ${at.caseId} and part = ${at.part}`.execute(t.db)
}

export type Named = { readonly id: string; readonly name: Name; readonly post: Name }

/** Names and posts of people of whatever ministry: those who act on a case are named to all who read it. */
export async function peopleNamed(db: Db, ids: readonly string[]): Promise<Map<string, Named>> {
  if (ids.length === 0) return new Map()
  const { rows } = await asSystem(() =>
    sql<Named>`select id, jsonb_build_object('ja', name_ja, 'en', name_en) as name,
      jsonb_build_object('ja', post_ja, 'en', post_en) as post
      from person where id = any(${[...new Set(ids)]}::uuid[])`.execute(db),
  )
  return new Map(rows.map((row) => [row.id, row]))
}

export const unnamed: Name = { ja: '', en: '' }
