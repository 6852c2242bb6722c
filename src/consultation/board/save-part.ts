import { sql } from 'kysely'

import type { Actor } from '#audit/transaction.ts'
import { AppError } from '#platform/errors.ts'

import type { DraftPart } from './api.ts'
import type { ConsultationDeps } from '#consultation/deps.ts'
import type { Part, PartInput } from './model.ts'
import { caseForUpdate, draftParts, placeOf, updatePart } from './store.ts'

/**
 * Writes one part of the dossier while the case is prepared.
 * @param input  `version`: the one of this part that the person saw; other parts may move meanwhile
 * @throws AppError `not-found`, `not-permitted`, `wrong-state`, `changed-meanwhile` with the part as it is now
 */
export function savePart(
  deps: Pick<ConsultationDeps, 'tx' | 'may'>,
  actor: Actor,
  input: { readonly id: string; readonly part: Part; readonly version: number; readonly content: PartInput },
): Promise<DraftPart> {
  const { id, part, version, content } = input
  return deps.tx(actor, async (t) => {
    const seen = await caseForUpdate(t.db, id)
    deps.may(actor, 'prepare-dossier', placeOf(seen))
    if (seen.state !== 'preparing') throw new AppError('wrong-state', { state: seen.state })
    const partNow = async () => (await t.asSystem(() => draftParts(t.db, id))).find((one) => one.part === part)!
    const now = await partNow()
    if (now.version !== version) throw new AppError('changed-meanwhile', { now })
    await updatePart(t, { caseId: id, part }, content)
    await sql`update board_case set updated_at = ${t.at.toISOString()} where id = ${id}`.execute(t.db)
    await t.append({
      type: 'board.part-written',
      itemKind: 'board-case',
      itemId: id,
      organisationId: seen.organisationId,
      detail: { part, version: version + 1, ...('absent' in content ? { absent: content.absent } : {}) },
    })
    return partNow()
  })
}
