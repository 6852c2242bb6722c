import type { Actor, RunTx, Tx } from '#audit/transaction.ts'
import { txOver } from '#audit/transaction.ts'
import type { Edition, Editions } from '#finder/editions.ts'
import { AppError } from '#platform/errors.ts'
import type { NewId } from '#platform/ids.ts'

import { countedIds, idOf } from './ids.ts'
import { putSystem } from './put-system.ts'
import { type Content, readContent } from './read-content.ts'
import {
  countDemo,
  type DemoCounts,
  demoPresent,
  insertOrganisations,
  insertPeople,
  insertSuppliers,
  insertViews,
  nobody,
} from './store.ts'

export { demoPresent } from './store.ts'

/** No person: the one who signs for what the demonstration puts in at once. */
const putter: Actor = { personId: nobody, role: 'administrator', organisationId: idOf('organisation aob') }

/**
 * Puts in the fictional demonstration content, in one transaction: all of it or nothing. Its people act through the same
 * use cases as everybody, each at its own date, so that history, log and verdicts are true.
 * @param deps `newId`: ids of log entries, which outlive the demonstration and must never be used twice
 * @throws AppError `already-exists` when it is there
 */
export function loadDemo(deps: { tx: RunTx; newId: NewId; editions: Editions }): Promise<DemoCounts> {
  const content = readContent()
  const edition = deps.editions.inForce()
  return deps.tx(putter, async (t) => {
    if (await demoPresent(t.db)) throw new AppError('already-exists', { what: 'demo' })
    await insertOrganisations(t.db, content.organisations)
    await insertPeople(t.db, content.people)
    await insertSuppliers(t.db, content, putter.organisationId)
    await insertViews(t.db, content.views, content.people)
    await putSystems(t, deps.newId, content, edition)
    const counts = await countDemo(t.db)
    await t.append({ type: 'demo.loaded', itemKind: 'demo', itemId: nobody, detail: { ...counts } })
    return counts
  })
}

async function putSystems(t: Tx, newId: NewId, content: Content, edition: Edition): Promise<void> {
  const ids = countedIds('row')
  // One open transaction, at many moments; nobody is to be told of what did not happen.
  const at =
    (moment: Date): RunTx =>
    (actor, work) =>
      work({ ...txOver(t.db, { actor, at: moment, newId }), newId: ids, emit: async () => {} })
  for (const system of content.systems) await putSystem({ at, edition, people: content.people }, system)
}
