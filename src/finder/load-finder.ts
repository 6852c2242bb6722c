import type { Action } from '#access/model.ts'
import type { May } from '#access/may.ts'
import type { Actor } from '#audit/transaction.ts'
import type { Db } from '#platform/database.ts'
import { AppError } from '#platform/errors.ts'
import { textOf } from '#register/model.ts'

import type { Finder, Permission } from './api.ts'
import { type Editions, refOf } from './editions.ts'
import { type LoadedUse, loadUse, useNameOf } from './load-use.ts'
import { prefill } from './prefill.ts'
import { assessmentsOf, loadDraft } from './store.ts'

/** Everything the finder's page needs of one use. Old assessments show what was stored, whether their edition is there or not. */
export async function loadFinder(
  deps: { db: Db; may: May; editions: Editions },
  actor: Actor,
  useId: string,
): Promise<Finder> {
  deps.may(actor, 'read-register')
  const loaded = await loadUse(deps.db, useId)
  const edition = deps.editions.inForce()
  const history = await assessmentsOf(deps.db, useId)
  const { catalog, edition: name, digest } = refOf(edition)
  return {
    use: useOf(loaded),
    catalog: { id: catalog, edition: name, digest },
    prefilled: prefill(edition.content.questions, loaded.facts),
    draft: await loadDraft(deps.db, useId),
    current: history.find((a) => a.id === loaded.use.assessmentId) ?? null,
    history,
    may: {
      assess: permissionOf(deps.may, actor, 'assess', loaded.place),
      'override-verdict': permissionOf(deps.may, actor, 'override-verdict', loaded.place),
      'change-system': permissionOf(deps.may, actor, 'change-system', loaded.place),
    },
  }
}

function useOf(loaded: LoadedUse): Finder['use'] {
  const { system, use, organisation } = loaded
  return {
    useId: use.id,
    systemId: system.id,
    name: textOf(system.facts, 'name'),
    useName: useNameOf(loaded),
    number: system.number,
    organisation: { id: organisation.id, name: organisation.path.at(-1)!.name },
    version: system.version,
  }
}

/** The refusal that the deed would meet, for the sentence beside the blocked button. */
export function permissionOf(may: May, actor: Actor, action: Action, place: LoadedUse['place']): Permission {
  try {
    may(actor, action, place)
    return { open: true, action, roles: [], outside: false }
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'not-permitted') throw error
    const { roles, outside } = error.params as { roles?: readonly string[]; outside?: boolean }
    return { open: false, action, roles: [...(roles ?? [])], outside: outside === true }
  }
}
