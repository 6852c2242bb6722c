import type { May } from '#access/may.ts'
import type { Actor, RunTx, Tx } from '#audit/transaction.ts'
import type { Edition, Editions } from '#finder/editions.ts'
import { AppError } from '#platform/errors.ts'
import type { NewId } from '#platform/ids.ts'

import { nextNumbers } from '#register/numbers.ts'

import { idOf } from './ids.ts'
import { live } from './live.ts'
import type { Organisation } from './model-content.ts'
import { putAcknowledgements } from './put-acknowledgements.ts'
import { putAdvice } from './put-advice.ts'
import { putBoard } from './put-board.ts'
import { putConsultations } from './put-consultations.ts'
import { putProcurements } from './put-procurements.ts'
import { putReports } from './put-reports.ts'
import { putTenders } from './put-tenders.ts'
import { putUserRules } from './put-user-rules.ts'
import { type Content, readContent } from './read-content.ts'
import {
  countDemo,
  type DemoCounts,
  demoPresent,
  insertOrganisations,
  insertPeople,
  insertSuppliers,
  insertViews,
  namesTaken,
  nobody,
} from './store.ts'
import { writeLives } from './write-lives.ts'

export { demoPresent } from './store.ts'

/** No person: the one who signs for what the demonstration puts in at once. */
const putter: Actor = { personId: nobody, role: 'administrator', organisationId: idOf('organisation aob') }

/**
 * Puts in the fictional demonstration content, in one transaction: all of it or nothing. Its people act under the same
 * rules as everybody, each at its own date, so that history, log and verdicts are true.
 * @param deps `newId`: ids of log entries, which outlive the demonstration and must never be used twice
 * @throws AppError `already-exists` when it is there, or when real records bear names of it (with those names)
 */
export function loadDemo(deps: { tx: RunTx; may: May; newId: NewId; editions: Editions }): Promise<DemoCounts> {
  const content = readContent()
  const edition = deps.editions.inForce()
  return deps.tx(putter, async (t) => {
    if (await demoPresent(t.db)) throw new AppError('already-exists', { what: 'demo' })
    const taken = await namesTaken(t.db, content)
    if (taken.length > 0) throw new AppError('already-exists', { what: 'demo-names', names: taken })
    await insertOrganisations(t.db, content.organisations)
    await insertSuppliers(t.db, content, putter.organisationId)
    await insertPeople(t.db, content.people, deps.newId)
    await insertViews(t.db, content.views, content.people)
    await putSystems(t, deps, content, edition)
    await putBoard(t, deps, content)
    await putAdvice(t, deps.newId, content)
    await putProcurements(t, deps.newId, content)
    await putTenders(t, deps.newId, content)
    await putUserRules(t, deps.newId, content)
    await putAcknowledgements(t, deps.newId, content)
    await putConsultations(t, deps.newId, content)
    await putReports(t, deps.newId, content)
    const counts = await countDemo(t.db)
    await t.append({ type: 'demo.loaded', itemKind: 'demo', itemId: nobody, detail: { ...counts } })
    return counts
  })
}

/** Numbers as the register gives them, in the order of registration. */
async function putSystems(
  t: Tx,
  { may, newId }: { may: May; newId: NewId },
  content: Content,
  edition: Edition,
): Promise<void> {
  const around = { may, edition, people: content.people, paths: pathsOf(content.organisations) }
  const lives = []
  for (const { key: ministry, code } of content.organisations) {
    const own = content.systems.filter((system) => system.key.startsWith(`${ministry}-`))
    const numbers = await nextNumbers(t.db, code, own.length)
    lives.push(...own.map((system, n) => live(around, system, numbers[n]!)))
  }
  await writeLives(t, newId, lives)
}

function pathsOf(
  organisations: readonly Organisation[],
  above: readonly string[] = [],
): Map<string, readonly string[]> {
  const here = organisations.map(({ key, below = [] }) => {
    const path = [...above, idOf(`organisation ${key}`)]
    return [[key, path] as const, ...pathsOf(below, path)]
  })
  return new Map(here.flat())
}
