import { sql } from 'kysely'

import type { Action } from '#access/model.ts'
import type { Actor } from '#audit/transaction.ts'
import { deliberates } from '#consultation/board/model.ts'
import { requireReading } from '#consultation/board/standing.ts'
import { caseById, peopleNamed, placeOf } from '#consultation/board/store.ts'
import type { ConsultationDeps } from '#consultation/deps.ts'
import { AppError } from '#platform/errors.ts'

import { whyNotYet } from './adopt-advice.ts'
import type { Advice } from './api.ts'
import { conditionsOfCase } from './list-conditions.ts'
import { adviceOf } from './store.ts'

/**
 * Advice on a case as far as it is open to who asks: the ministry sees it once it is adopted.
 * @throws AppError `not-found`, `not-permitted`
 */
export async function loadAdvice(deps: ConsultationDeps, actor: Actor, caseId: string): Promise<Advice> {
  deps.may(actor, 'read-docket')
  const standing = await requireReading(deps, actor, caseId)
  const { db } = deps
  const seen = await caseById(db, caseId)
  const advice = await adviceOf(db, caseId)
  const boardSide = deliberates(standing) || standing === 'secretariat'
  const reasons = boardSide ? await whyNotYet(db, actor, deps, { seen, advice }) : []
  const waited = reasons.flatMap(({ params }) => (params['members'] ?? []) as { personId: string }[])
  const people = await peopleNamed(db, [
    ...waited.map(({ personId }) => personId),
    ...(advice ? [advice.updatedBy, ...(advice.adoptedBy === null ? [] : [advice.adoptedBy])] : []),
  ])
  const { rows } = await sql<{ digest: string }>`select digest from advice_adoption where case_id = ${caseId}`.execute(
    db,
  )
  const open = (action: Action) => isOpen(() => deps.may(actor, action, placeOf(seen)))
  return {
    caseId,
    advice: advice
      ? {
          id: advice.id,
          state: advice.state,
          text: advice.text,
          version: advice.version,
          updatedAt: advice.updatedAt,
          updatedBy: people.get(advice.updatedBy)?.name ?? null,
          adopted:
            advice.adoptedAt === null
              ? null
              : {
                  at: advice.adoptedAt,
                  by: people.get(advice.adoptedBy ?? '')?.name ?? null,
                  digest: rows[0]?.digest ?? '',
                },
        }
      : null,
    conditions: await conditionsOfCase(deps, actor, caseId),
    reasons: reasons.map(({ code, params }) => ({ code, params: { ...params } })),
    members: Object.fromEntries(
      waited.map(({ personId }) => [personId, people.get(personId)?.name ?? { ja: '', en: '' }]),
    ),
    published: await publications(deps, caseId),
    may: {
      draft: boardSide && seen.state === 'submitted' && open('draft-advice'),
      adopt: standing === 'chair',
      publish: advice?.state === 'adopted' && open('publish-advice'),
    },
  }
}

async function publications({ db }: Pick<ConsultationDeps, 'db'>, caseId: string): Promise<Advice['published']> {
  const { rows } = await sql<Advice['published'][number]>`
    select p.at, p.entry_id as "entryId", jsonb_array_length(p.withheld) as withheld,
      exists (select 1 from advice_publication b where b.entry_id = p.entry_id and b.type = 'taken-back') as "takenBack"
    from advice_publication p where p.case_id = ${caseId} and p.type = 'published' order by p.at desc, p.id desc`.execute(
    db,
  )
  return rows
}

function isOpen(ask: () => void): boolean {
  try {
    ask()
    return true
  } catch (error) {
    if (error instanceof AppError && error.code === 'not-permitted') return false
    throw error
  }
}
