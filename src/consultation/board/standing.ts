import { sql } from 'kysely'

import type { Action } from '#access/model.ts'
import type { Actor, RunTx } from '#audit/transaction.ts'
import type { Db } from '#platform/database.ts'
import { AppError } from '#platform/errors.ts'

import { reads, type Standing } from './model.ts'

type Found = { readonly organisationId: string; readonly standing: string; readonly chair: boolean }

/**
 * How somebody stands to a case. What the database lets through decides: a case that cannot be seen is `none`, a role that
 * keeps no docket too. Works inside a transaction and outside, in the scope of the actor.
 */
export async function standingOf(db: Db, actor: Actor, caseId: string): Promise<Standing> {
  return (await placeAndStanding(db, actor, caseId)).standing
}

async function placeAndStanding(
  db: Db,
  actor: Actor,
  caseId: string,
): Promise<{ organisationId: string | undefined; standing: Standing }> {
  const { rows } = await sql<Found>`select organisation_id as "organisationId",
      board_standing(id, ${actor.personId}::uuid) as standing, board_chairs(${actor.personId}::uuid) as chair
    from board_case where id = ${caseId}`.execute(db)
  const found = rows[0]
  if (!found) return { organisationId: undefined, standing: 'none' }
  return { organisationId: found.organisationId, standing: standingBy(actor.role, found) }
}

/** @param found what the database says of the person as a member of the Board */
export function standingBy(role: string, found: { readonly standing: string; readonly chair: boolean }): Standing {
  if (role === 'secretariat') return 'secretariat'
  if (['caio', 'caio-office', 'planner', 'provider', 'auditor'].includes(role)) return 'ministry'
  if (role !== 'board') return 'none'
  return found.standing === 'deliberating' && found.chair ? 'chair' : (found.standing as Standing)
}

/**
 * Lets through who reads the case. A member who has not declared or is recused is refused; an attempt of a recused one is
 * told to the log, in a transaction of its own, so that it stays although the deed does not happen. To be called before the
 * transaction of the deed: the embedded engine has one connection.
 * @throws AppError `not-found`, `not-permitted` with `reason`: `recused` | `undeclared`
 */
export async function requireReading(
  deps: { readonly db: Db; readonly tx: RunTx },
  actor: Actor,
  caseId: string,
  action: Action = 'read-docket',
): Promise<Standing> {
  const { organisationId, standing } = await placeAndStanding(deps.db, actor, caseId)
  if (organisationId === undefined || standing === 'none') throw new AppError('not-found', { case: caseId })
  if (reads(standing)) return standing
  if (standing === 'recused') await tellAttempt(deps, actor, { caseId, organisationId, action })
  throw new AppError('not-permitted', { action, reason: standing })
}

/**
 * Lets through members who deliberate, the chair among them.
 * @throws AppError as `requireReading`; `not-permitted` with `reason`: `not-a-member` for everybody else who sees the case
 */
export async function requireDeliberating(
  deps: { readonly db: Db; readonly tx: RunTx },
  actor: Actor,
  caseId: string,
  action: Action = 'give-opinion',
): Promise<'chair' | 'deliberating'> {
  const standing = await requireReading(deps, actor, caseId, action)
  if (standing === 'chair' || standing === 'deliberating') return standing
  throw new AppError('not-permitted', { action, reason: 'not-a-member' })
}

/** A recused member tried to open a case. */
export async function tellAttempt(
  deps: { readonly tx: RunTx },
  actor: Actor,
  of: { readonly caseId: string; readonly organisationId: string; readonly action: string },
): Promise<void> {
  await deps.tx(actor, (t) =>
    t.append({
      type: 'board.attempt-refused',
      itemKind: 'board-case',
      itemId: of.caseId,
      organisationId: of.organisationId,
      detail: { action: of.action, reason: 'recused' },
    }),
  )
}

/** Who sits on the Board today and has not said a word on a case. In the scope of whoever asks, in a transaction or not. */
export async function undeclaredOn(db: Db, caseId: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`select distinct s.person_id as id from board_seat s
    where board_standing(${caseId}::uuid, s.person_id) = 'undeclared'`.execute(db)
  return rows.map(({ id }) => id)
}
