import { sql } from 'kysely'

import type { Actor, Tx } from '#audit/transaction.ts'
import type { ConsultationDeps } from '#consultation/deps.ts'
import type { Db } from '#platform/database.ts'
import { AppError } from '#platform/errors.ts'

import type { Question } from './api.ts'
import type { CaseState } from './model.ts'
import { requireReading } from './standing.ts'
import { caseById, peopleNamed, placeOf, type StoredCase } from './store.ts'

type Deps = Pick<ConsultationDeps, 'db' | 'tx' | 'may'>
type Said = { readonly id: string; readonly text: string }

/**
 * The Board asks the ministry something about its case: a member who deliberates, or the secretariat.
 * @throws AppError `not-found`, `not-permitted`, `wrong-state`
 */
export async function askMinistry(deps: Deps, actor: Actor, input: Said): Promise<{ id: string }> {
  await requireReading(deps, actor, input.id, 'steer-case')
  return deps.tx(actor, async (t) => {
    const seen = await caseById(t.db, input.id)
    deps.may(actor, 'steer-case', placeOf(seen))
    const id = await say(t, seen, { type: 'question', questionId: null, text: input.text })
    await t.emit({ type: 'board.question-asked', payload: { case: seen.id, question: id } })
    return { id }
  })
}

/**
 * The ministry answers a question; it may add to its answer later.
 * @throws AppError `not-found` (case or question), `not-permitted`, `wrong-state`
 */
export function answerBoard(
  deps: Deps,
  actor: Actor,
  input: Said & { readonly questionId: string },
): Promise<{ id: string }> {
  return deps.tx(actor, async (t) => {
    const seen = await caseById(t.db, input.id)
    deps.may(actor, 'prepare-dossier', placeOf(seen))
    const { rows } = await sql`select 1 from board_message
      where id = ${input.questionId} and case_id = ${input.id} and type = 'question'`.execute(t.db)
    if (rows.length === 0) throw new AppError('not-found', { question: input.questionId })
    const id = await say(t, seen, { type: 'answer', questionId: input.questionId, text: input.text })
    await t.emit({
      type: 'board.question-answered',
      payload: { case: seen.id, question: input.questionId, answer: id },
    })
    return { id }
  })
}

/** Questions go on after the advice: conditions are followed up. */
export const messagesOpen = (state: CaseState): boolean => state === 'submitted' || state === 'advised'

type Message = { readonly type: 'question' | 'answer'; readonly questionId: string | null; readonly text: string }

async function say(t: Tx, seen: StoredCase, message: Message): Promise<string> {
  if (!messagesOpen(seen.state)) throw new AppError('wrong-state', { state: seen.state })
  const id = t.newId()
  await sql`insert into board_message (id, at, type, case_id, organisation_id, question_id, text, actor_id, actor_role, demo)
    values (${id}, ${t.at.toISOString()}, ${message.type}, ${seen.id}, ${seen.organisationId}, ${message.questionId}::uuid,
      ${message.text}, ${t.actor.personId}, ${t.actor.role}, ${seen.demo})`.execute(t.db)
  const type = message.questionId === null ? 'board.question-asked' : 'board.question-answered'
  await t.append({
    type,
    itemKind: 'board-case',
    itemId: seen.id,
    organisationId: seen.organisationId,
    detail: { question: message.questionId ?? id },
  })
  return id
}

type Row = Omit<Question, 'by' | 'answers'> & { readonly questionId: string | null; readonly actor: string }

/** Questions with their answers, oldest first. */
export async function questionsOf(db: Db, caseId: string): Promise<Question[]> {
  const { rows } =
    await sql<Row>`select id, question_id as "questionId", text, at, actor_id as actor, actor_role as role
    from board_message where case_id = ${caseId} order by at, id`.execute(db)
  const names = await peopleNamed(
    db,
    rows.map(({ actor }) => actor),
  )
  const worded = ({ id, text, at, role, actor }: Row) => {
    const who = names.get(actor)
    return { id, text, at, role, by: who ? { name: who.name, post: who.post } : null }
  }
  return rows
    .filter(({ questionId }) => questionId === null)
    .map((q) => ({ ...worded(q), answers: rows.filter((a) => a.questionId === q.id).map(worded) }))
}
