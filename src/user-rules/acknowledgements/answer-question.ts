import { sql } from 'kysely'

import { officeDay } from '#access/office-day.ts'
import type { Actor } from '#audit/transaction.ts'
import { AppError } from '#platform/errors.ts'
import type { UserRulesDeps } from '#user-rules/deps.ts'

import type { Answered, Question } from './api.ts'
import { rulesConcerning } from './store-standing.ts'

/**
 * Says whether a choice is right, and why. Of the person only that the question was answered is kept; the first choice is
 * counted without the person, and none of it goes to the log: nobody's knowledge is put on record.
 * @throws AppError `not-permitted` (as acknowledgeVersion), `not-found`, `bad-input` (no such choice)
 */
export function answerQuestion(
  deps: Pick<UserRulesDeps, 'tx' | 'may' | 'timeZone'>,
  actor: Actor,
  { id, choice }: { readonly id: string; readonly choice: number },
): Promise<Answered> {
  deps.may(actor, 'acknowledge-rule')
  if (actor.onBehalfOf !== undefined)
    throw new AppError('not-permitted', { action: 'acknowledge-rule', reason: 'deputy' })
  return deps.tx(actor, async (t) => {
    const { rows } = await sql<Pick<Question, 'choices' | 'answer' | 'explanation' | 'clause'> & { versionId: string }>`
      select version_id as "versionId", choices, answer, explanation, clause from check_question where id = ${id}`.execute(
      t.db,
    )
    const question = rows[0]
    if (!question) throw new AppError('not-found', { 'check-question': id })
    if (choice >= question.choices.length) throw new AppError('bad-input', { field: 'choice' })
    const today = officeDay(t.at, deps.timeZone)
    const [asked] = await rulesConcerning(t.db, actor.personId, today, question.versionId)
    if (!asked) throw new AppError('not-permitted', { action: 'acknowledge-rule', reason: 'not-staff' })
    const first = await sql`insert into check_answered (person_id, question_id) values (${actor.personId}, ${id})
      on conflict do nothing returning 1 as n`.execute(t.db)
    // Counts are nobody's own: staff do not read them.
    if (first.rows.length > 0)
      await t.asSystem(() =>
        sql`insert into check_count as c (question_id, choice, n) values (${id}, ${choice}, 1)
          on conflict (question_id, choice) do update set n = c.n + 1`.execute(t.db),
      )
    return { right: choice === question.answer, explanation: question.explanation, clause: question.clause }
  })
}
