import { sql } from 'kysely'

import { systemActor } from '#access/nobody.ts'
import type { Actor, RunTx, Tx } from '#audit/transaction.ts'
import type { ConsultationDeps } from '#consultation/deps.ts'
import { AppError } from '#platform/errors.ts'
import type { Now } from '#platform/ids.ts'

import type { BoardRules } from './board-rules.ts'
import { requireReading } from './standing.ts'
import { caseById, placeOf } from './store.ts'

/**
 * Asks one member to declare, by whoever works on the case. Once a day is enough: asked again the same day it stays as it is.
 * @returns whether the member was asked now
 * @throws AppError `not-found`, `not-permitted`, `wrong-state` where the member has declared
 */
export async function remindMember(
  deps: Pick<ConsultationDeps, 'db' | 'tx' | 'may'>,
  actor: Actor,
  input: { readonly id: string; readonly personId: string },
): Promise<{ asked: boolean }> {
  const { id, personId } = input
  await requireReading(deps, actor, id, 'steer-case')
  return deps.tx(actor, async (t) => {
    const seen = await caseById(t.db, id)
    deps.may(actor, 'steer-case', placeOf(seen))
    const { rows } = await sql<{ standing: string }>`
      select board_standing(${id}::uuid, ${personId}::uuid) as standing`.execute(t.db)
    const standing = rows[0]!.standing
    if (seen.state !== 'submitted' || standing !== 'undeclared')
      throw new AppError('wrong-state', { state: seen.state, standing })
    return { asked: (await remind(t, [{ caseId: id, organisationId: seen.organisationId, personId }])) > 0 }
  })
}

type Due = { readonly caseId: string; readonly organisationId: string; readonly personId: string }

async function remind(t: Tx, due: readonly Due[]): Promise<number> {
  let asked = 0
  for (const { caseId, organisationId, personId } of due) {
    const { rows } = await sql`insert into board_reminder as r (case_id, person_id, at)
      values (${caseId}, ${personId}, ${t.at.toISOString()})
      on conflict (case_id, person_id) do update set at = excluded.at, times = r.times + 1
        where r.at < excluded.at - interval '20 hours' returning 1`.execute(t.db)
    if (rows.length === 0) continue
    asked += 1
    await t.append({
      type: 'board.member-reminded',
      itemKind: 'board-case',
      itemId: caseId,
      organisationId,
      detail: { person: personId },
    })
    await t.emit({ type: 'board.member-reminded', payload: { case: caseId, person: personId } })
  }
  return asked
}

/** Every day: who has not declared for so many days as the rule says, and was not asked too often. As the system. */
export function remindAll(deps: {
  readonly tx: RunTx
  readonly now: Now
  readonly boardRules: BoardRules
}): Promise<number> {
  const { remindAfterDays, mostReminders } = deps.boardRules.declaration
  return deps.tx(systemActor, async (t) => {
    const { rows } = await sql<Due>`
      select c.id as "caseId", c.organisation_id as "organisationId", s.person_id as "personId"
      from board_case c cross join (select distinct person_id from board_seat) s
      left join board_reminder r on r.case_id = c.id and r.person_id = s.person_id
      where c.state = 'submitted' and board_standing(c.id, s.person_id) = 'undeclared'
        and coalesce(r.at, c.submitted_at) < ${t.at.toISOString()}::timestamptz - make_interval(days => ${remindAfterDays}::int)
        and coalesce(r.times, 0) < ${mostReminders}
      order by 1, 3`.execute(t.db)
    return remind(t, rows)
  })
}
