import { sql } from 'kysely'

import type { Actor, RunTx } from '#audit/transaction.ts'
import type { Db } from '#platform/database.ts'
import { asSystem } from '#platform/scope.ts'

import { tellAttempt } from './standing.ts'

/**
 * Somebody asked for evidence, or for that of an item, and was shown none. Where it belongs to a case from which that person
 * is recused, the attempt is told to the log.
 * @param id  of the evidence or of the item
 */
export const tellEvidenceAttempt =
  (deps: { readonly db: Db; readonly tx: RunTx }) =>
  async (actor: Actor, id: string): Promise<void> => {
    if (actor.role !== 'board') return
    const { rows } = await asSystem(() =>
      sql<{ caseId: string; organisationId: string }>`select c.id as "caseId", c.organisation_id as "organisationId"
        from board_case c where board_standing(c.id, ${actor.personId}::uuid) = 'recused' and (c.id = ${id}::uuid
          or c.id in (select item_id from evidence where id = ${id}::uuid and item_kind = 'board-case'))`.execute(
        deps.db,
      ),
    )
    for (const found of rows) await tellAttempt(deps, actor, { ...found, action: 'read-evidence' })
  }
