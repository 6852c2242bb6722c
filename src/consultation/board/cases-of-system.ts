import type { Actor } from '#audit/transaction.ts'
import type { ConsultationDeps } from '#consultation/deps.ts'
import { AppError } from '#platform/errors.ts'
import { itemOf, organisationOf } from '#register/check-links.ts'
import { strictest } from '#register/model-verdict.ts'
import { loadSystem } from '#register/store-read.ts'

import type { CasesOfSystem } from './api.ts'
import { listCases } from './list-cases.ts'
import { openCaseOf } from './store.ts'

/** For the page of a system: its cases, and whether its verdict asks for one. @throws AppError `not-found` */
export async function casesOfSystem(
  deps: Pick<ConsultationDeps, 'db' | 'may'>,
  actor: Actor,
  systemId: string,
): Promise<CasesOfSystem> {
  const system = await loadSystem(deps.db, systemId)
  if (!system) throw new AppError('not-found', { system: systemId })
  const item = itemOf(system, await organisationOf(deps.db, system.organisationId))
  deps.may(actor, 'read-docket', item)
  const { items } = await listCases(deps.db, actor, { systemId, limit: 50 })
  return {
    cases: items,
    verdict: strictest(system.uses.map(({ verdict }) => verdict)),
    may: { prepare: (await openCaseOf(deps.db, systemId)) === undefined && permits(deps, actor, item) },
  }
}

function permits({ may }: Pick<ConsultationDeps, 'may'>, actor: Actor, item: ReturnType<typeof itemOf>): boolean {
  try {
    may(actor, 'prepare-dossier', item)
    return true
  } catch (error) {
    if (error instanceof AppError && error.code === 'not-permitted') return false
    throw error
  }
}
