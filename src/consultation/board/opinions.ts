import { sql } from 'kysely'

import type { Actor } from '#audit/transaction.ts'
import type { ConsultationDeps } from '#consultation/deps.ts'
import type { Db } from '#platform/database.ts'
import { AppError } from '#platform/errors.ts'

import type { CaseDetail, Opinion } from './api.ts'
import { seatsNow } from './seats.ts'
import { requireDeliberating } from './standing.ts'
import { caseById, peopleNamed, placeOf, unnamed } from './store.ts'

type OpinionDraft = NonNullable<NonNullable<CaseDetail['inside']>['opinionDraft']>
type Deps = Pick<ConsultationDeps, 'db' | 'tx' | 'may'>

export async function opinionDraftOf(db: Db, caseId: string, personId: string): Promise<OpinionDraft | null> {
  const { rows } = await sql<OpinionDraft>`select text, version, updated_at as "updatedAt" from board_opinion_draft
    where case_id = ${caseId} and person_id = ${personId}`.execute(db)
  return rows[0] ?? null
}

/**
 * Keeps what a member is writing; nobody else sees it, the secretariat neither.
 * @param input `version`: of the draft the person saw, 0 where there was none
 * @throws AppError `not-found`, `not-permitted`, `wrong-state`, `changed-meanwhile` with the draft as it is now: the same
 *   member writes in two places
 */
export async function saveOpinionDraft(
  deps: Deps,
  actor: Actor,
  input: { readonly id: string; readonly version: number; readonly text: string },
): Promise<OpinionDraft> {
  const { id, text, version } = input
  await requireDeliberating(deps, actor, id)
  return deps.tx(actor, async (t) => {
    const seen = await caseById(t.db, id)
    deps.may(actor, 'give-opinion', placeOf(seen))
    if (seen.state !== 'submitted') throw new AppError('wrong-state', { state: seen.state })
    const { rows } = await sql<OpinionDraft>`
      insert into board_opinion_draft as d (case_id, organisation_id, person_id, text, updated_at)
      select ${id}::uuid, ${seen.organisationId}::uuid, ${actor.personId}::uuid, ${text}, ${t.at.toISOString()}::timestamptz
      where ${version}::int = 0 or exists (select 1 from board_opinion_draft x
        where x.case_id = ${id}::uuid and x.person_id = ${actor.personId}::uuid)
      on conflict (case_id, person_id) do update set text = excluded.text, version = d.version + 1,
        updated_at = excluded.updated_at where d.version = ${version}::int
      returning text, version, updated_at as "updatedAt"`.execute(t.db)
    if (!rows[0]) throw new AppError('changed-meanwhile', { now: await opinionDraftOf(t.db, id, actor.personId) })
    return rows[0]
  })
}

/**
 * Gives the opinion, or amends the one that was given: each is a version, none is changed.
 * @throws AppError `not-found`, `not-permitted`, `wrong-state`
 */
export async function giveOpinion(
  deps: Deps,
  actor: Actor,
  input: { readonly id: string; readonly text: string },
): Promise<{ number: number }> {
  const { id, text } = input
  await requireDeliberating(deps, actor, id)
  return deps.tx(actor, async (t) => {
    const seen = await caseById(t.db, id)
    deps.may(actor, 'give-opinion', placeOf(seen))
    if (seen.state !== 'submitted') throw new AppError('wrong-state', { state: seen.state })
    const { rows } = await sql<{ number: number }>`
      insert into board_opinion (id, at, type, case_id, organisation_id, person_id, number, text, actor_id, actor_role, demo)
      select ${t.newId()}::uuid, ${t.at.toISOString()}::timestamptz, case when n.last = 0 then 'given' else 'amended' end,
        ${id}::uuid, ${seen.organisationId}::uuid, ${actor.personId}::uuid, n.last + 1, ${text}, ${actor.personId}::uuid,
        ${actor.role}, ${seen.demo}
      from (select coalesce(max(number), 0) as last from board_opinion
        where case_id = ${id} and person_id = ${actor.personId}) n
      on conflict (case_id, person_id, number) do nothing returning number`.execute(t.db)
    const given = rows[0]
    if (!given) throw new AppError('changed-meanwhile', { now: null })
    await sql`delete from board_opinion_draft where case_id = ${id} and person_id = ${actor.personId}`.execute(t.db)
    await t.append({
      type: 'board.opinion-given',
      itemKind: 'board-case',
      itemId: id,
      organisationId: seen.organisationId,
      detail: { number: given.number },
    })
    await t.emit({ type: 'board.opinion-given', payload: { case: id } })
    return given
  })
}

/** The opinions that are open to who asks, in the order in which they were first given; each with its earlier versions. */
export async function opinionsOf(db: Db, caseId: string): Promise<Opinion[]> {
  const { rows } = await sql<{ personId: string; number: number; text: string; at: string }>`
    select person_id as "personId", number, text, at from board_opinion where case_id = ${caseId}
    order by number, at, id`.execute(db)
  const byPerson = [...Map.groupBy(rows, ({ personId }) => personId)]
  const names = await peopleNamed(
    db,
    byPerson.map(([id]) => id),
  )
  const seats = await seatsNow(db)
  return byPerson.map(([personId, versions]) => {
    const { number, text, at } = versions.at(-1)!
    return {
      personId,
      name: names.get(personId)?.name ?? unnamed,
      expertise: seats.find((s) => s.personId === personId)?.expertise ?? unnamed,
      number,
      text,
      at,
      earlier: versions.slice(0, -1).map((was) => ({ number: was.number, text: was.text, at: was.at })),
    }
  })
}
