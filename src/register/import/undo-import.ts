import type { May } from '#access/may.ts'
import type { Actor, RunTx } from '#audit/transaction.ts'
import { AppError } from '#platform/errors.ts'
import { removeSystemsOfImport } from '#register/remove-systems.ts'

import { importSource, markUndone } from './store.ts'

/**
 * Takes an import back: its systems leave the register, also those edited since; the file, its rows and the history stay.
 * Organisations, suppliers and models that it made stay too: others may use them by now.
 * @throws AppError `not-permitted`, `not-found`, `wrong-state` when the import is not done
 */
export function undoImport(
  deps: { tx: RunTx; may: May },
  actor: Actor,
  id: string,
): Promise<{ removed: number; editedSince: number }> {
  return deps.tx(actor, async (t) => {
    const source = await importSource(t.db, id, true)
    if (!source) throw new AppError('not-found', { import: id })
    deps.may(actor, 'import', { organisationPath: source.organisationPath })
    if (source.state !== 'done') throw new AppError('wrong-state', { import: id, state: source.state })
    const undone = await removeSystemsOfImport(t, id)
    await markUndone(t, id)
    await t.append({
      type: 'import.undone',
      itemKind: 'import',
      itemId: id,
      organisationId: source.organisationId,
      detail: undone,
    })
    return undone
  })
}
