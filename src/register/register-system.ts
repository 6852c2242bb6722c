import type { May } from '#access/may.ts'
import type { Actor, RunTx } from '#audit/transaction.ts'

import type { NewSystem, SystemDetail } from './api.ts'
import { checkLinks, organisationOf, pathOf, refuse } from './check-links.ts'
import { checkSystemFacts, checkUseNames } from './model-checks.ts'
import { loadSystem } from './store-read.ts'
import { storeSystems } from './store-systems.ts'
import { systemDetail } from './system-detail.ts'

/**
 * Registers an AI system with one use or several.
 * @param input  `newBecause`: why a new one is needed, where similar uses were shown
 * @throws AppError `not-permitted`, `bad-input`
 * Source: DS-920 v1.0, CAIO-01 (know every use of AI).
 */
export function registerSystem(deps: { tx: RunTx; may: May }, actor: Actor, input: NewSystem): Promise<SystemDetail> {
  return deps.tx(actor, async (t) => {
    const organisation = await organisationOf(t.db, input.organisationId)
    deps.may(actor, 'register-system', pathOf(organisation))
    refuse([...checkSystemFacts(input.facts), ...checkUseNames(input.uses), ...(await checkLinks(t.db, input.facts))])
    const [first, ...more] = input.uses
    const [stored] = await storeSystems(t, {
      rows: [
        {
          organisationId: input.organisationId,
          facts: input.facts,
          useFacts: first!.facts,
          moreUses: more.map((use) => use.facts),
          ...(input.newBecause === undefined ? {} : { newBecause: input.newBecause }),
        },
      ],
    })
    return systemDetail({ db: t.db, may: deps.may }, actor, (await loadSystem(t.db, stored!.systemId))!)
  })
}
