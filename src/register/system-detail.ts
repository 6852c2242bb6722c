import { type Action, actions } from '#access/model.ts'
import type { Item, May } from '#access/may.ts'
import type { Actor } from '#audit/transaction.ts'
import type { Db } from '#platform/database.ts'
import { AppError } from '#platform/errors.ts'

import type { SystemDetail } from './api.ts'
import { itemOf } from './check-links.ts'
import { strictest } from './model-verdict.ts'
import { loadNames, organisationRef } from './store-names.ts'
import { loadSystem, type StoredSystem } from './store-read.ts'
import { allowedSteps } from './workflow.ts'

/** @throws AppError `not-found`, `not-permitted` */
export async function readSystem(deps: { db: Db; may: May }, actor: Actor, id: string): Promise<SystemDetail> {
  deps.may(actor, 'read-register')
  const system = await loadSystem(deps.db, id)
  if (!system) throw new AppError('not-found', { system: id })
  return systemDetail(deps, actor, system)
}

/** A system as its page shows it. Inside a transaction `db` is that of the transaction. */
export async function systemDetail(
  deps: { db: Db; may: May },
  actor: Actor,
  system: StoredSystem,
): Promise<SystemDetail> {
  const names = await loadNames(deps.db, [system])
  const organisation = names.organisations.get(system.organisationId)!
  return {
    id: system.id,
    number: system.number,
    organisation: organisationRef(organisation),
    facts: system.facts,
    version: system.version,
    uses: system.uses.map((use) => ({
      id: use.id,
      position: use.position,
      facts: use.facts,
      verdict: use.verdict,
      ruledVerdict: use.ruledVerdict,
      stale: use.stale,
      staleFacts: [...use.staleFacts],
      assessmentId: use.assessmentId,
    })),
    strictest: strictest(system.uses.map((use) => use.verdict)),
    names: {
      suppliers: Object.fromEntries([...names.suppliers].map(([id, s]) => [id, s.name])),
      models: Object.fromEntries(
        [...names.models].map(([id, m]) => [id, { name: m.name, version: m.version, supplierId: m.supplierId }]),
      ),
    },
    allowedSteps: allowedSteps(system).map((s) => ({ ...s, reasons: [...s.reasons] })),
    newBecause: system.newBecause,
    origin: system.importId === null ? null : { importId: system.importId, rowNumber: system.importRow ?? 0 },
    demo: system.demo,
    createdAt: system.createdAt,
    updatedAt: system.updatedAt,
    may: openActions(deps.may, actor, itemOf(system, organisation)),
  }
}

function openActions(may: May, actor: Actor, item: Item): Record<Action, boolean> {
  const isOpen = (action: Action): boolean => {
    try {
      may(actor, action, item)
      return true
    } catch (error) {
      if (error instanceof AppError && error.code === 'not-permitted') return false
      throw error
    }
  }
  return Object.fromEntries(actions.map((action) => [action, isOpen(action)])) as Record<Action, boolean>
}
