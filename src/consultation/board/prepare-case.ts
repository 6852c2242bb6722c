import type { Actor } from '#audit/transaction.ts'
import { AppError } from '#platform/errors.ts'
import { itemOf, organisationOf } from '#register/check-links.ts'
import { textOf } from '#register/model.ts'
import { loadSystem, type StoredSystem } from '#register/store-read.ts'

import type { ConsultationDeps } from '#consultation/deps.ts'
import { parts } from './model.ts'
import { insertCase, openCaseOf } from './store.ts'

/**
 * Begins a case for a system, whatever its verdict: a consultation may be voluntary. The first part begins with the purposes
 * that the register knows; what else it knows stands beside the parts and is frozen with them.
 * @throws AppError `not-found`, `not-permitted`, `already-exists` with the `id` of the case that is not over
 */
export function prepareCase(
  deps: Pick<ConsultationDeps, 'tx' | 'may'>,
  actor: Actor,
  input: { readonly systemId: string },
): Promise<{ id: string }> {
  return deps.tx(actor, async (t) => {
    const system = await loadSystem(t.db, input.systemId)
    if (!system) throw new AppError('not-found', { system: input.systemId })
    deps.may(actor, 'prepare-dossier', itemOf(system, await organisationOf(t.db, system.organisationId)))
    const known = await openCaseOf(t.db, system.id)
    if (known !== undefined) throw new AppError('already-exists', { what: 'board-case', id: known })
    const id = t.newId()
    const title = textOf(system.facts, 'name')
    const { organisationId, demo } = system
    await insertCase(t, { id, systemId: system.id, organisationId, title, demo }, textsFor(system))
    await t.append({
      type: 'board.case-prepared',
      itemKind: 'board-case',
      itemId: id,
      organisationId,
      detail: { system: system.id },
    })
    return { id }
  })
}

const textsFor = (system: StoredSystem) =>
  parts.map((part) => ({ part, text: part === 'content' ? purposesOf(system) : '' }))

/** Of several uses each purpose stands under the name of the use. */
function purposesOf({ uses }: StoredSystem): string {
  const several = uses.length > 1
  return uses
    .flatMap(({ facts }) => {
      const purpose = textOf(facts, 'purpose')
      const name = several ? textOf(facts, 'use-name') : ''
      return purpose === '' ? [] : [name === '' ? purpose : `${name}：${purpose}`]
    })
    .join('\n')
}
