import type { May } from '#access/may.ts'
import type { Actor, RunTx, Tx } from '#audit/transaction.ts'
import { AppError } from '#platform/errors.ts'

import type { ChangeKind, SystemChange, SystemDetail } from './api.ts'
import { checkLinks, organisationOf, pathOf, refuse } from './check-links.ts'
import { editSystem } from './edit-system.ts'
import { type Facts, storedFacts } from './model.ts'
import { checkSystemFacts, checkUseNames, type Issue } from './model-checks.ts'
import { replaceFacts, sameFact } from './model-facts.ts'
import { factOf } from './model.ts'
import type { StoredSystem } from './store-read.ts'
import { stageOf } from './workflow.ts'

/**
 * Replaces facts one by one; `{absent: 'unanswered'}` takes one away. What is not named stays.
 * @param input  `version`: the one the person saw (ETag)
 * @throws AppError `not-found`, `not-permitted`, `changed-meanwhile` with the system as it is now, `bad-input`,
 *   `wrong-state` for a stage that must be moved by a step
 */
export function changeSystem(
  deps: { tx: RunTx; may: May },
  actor: Actor,
  input: { id: string; version: number; change: SystemChange },
): Promise<SystemDetail> {
  return deps.tx(actor, (t) => changeWithin(deps, t, input))
}

/** The same inside a transaction that another use case has opened. */
export function changeWithin(
  deps: { may: May },
  t: Tx,
  input: { id: string; version?: number; change: SystemChange; kind?: ChangeKind },
): Promise<SystemDetail> {
  const { change, kind = 'changed', ...which } = input
  return editSystem(deps, t, { ...which, action: 'change-system', kind, reason: change.reason }, async (before) => {
    if (change.organisationId !== undefined && change.organisationId !== before.organisationId)
      deps.may(t.actor, 'change-system', pathOf(await organisationOf(t.db, change.organisationId)))
    const facts = replaceFacts(before.facts, change.facts ?? {})
    refuseStage(before, facts)
    const uses = usesAfter(before, change)
    refuse([
      ...touched(checkSystemFacts(facts), change.facts ?? {}),
      ...(change.uses?.some((use) => use.facts['use-name']) ? checkUseNames(uses) : []),
      ...(await checkLinks(t.db, change.facts ?? {})),
    ])
    return { organisationId: change.organisationId ?? before.organisationId, facts, uses }
  })
}

/** A stage that was reported is left by a step, which asks what the step asks for. Reporting it at first is a change like any. */
function refuseStage(before: StoredSystem, facts: Facts): void {
  if (stageOf(before.facts) === undefined || sameFact(factOf(before.facts, 'stage'), factOf(facts, 'stage'))) return
  throw new AppError('wrong-state', { field: 'stage', reason: 'by-step' })
}

/** What was wrong before and is not touched does not stand in the way: imported rows come as they are. */
const touched = (issues: readonly Issue[], given: Facts): Issue[] =>
  issues.filter(({ path }) =>
    path === '/facts/contract-end'
      ? 'contract-start' in given || 'contract-end' in given
      : path.slice('/facts/'.length) in given,
  )

function usesAfter(before: StoredSystem, change: SystemChange): StoredSystem['uses'] {
  const given = new Map((change.uses ?? []).map((use) => [use.id, use.facts]))
  for (const id of given.keys())
    if (!before.uses.some((use) => use.id === id)) throw new AppError('not-found', { use: id })
  return before.uses.map((use) => ({ ...use, facts: storedFacts(replaceFacts(use.facts, given.get(use.id) ?? {})) }))
}
