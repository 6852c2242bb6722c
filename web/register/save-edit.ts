import type { SystemDetail } from '#register/api.ts'
import { api } from '#web/api.ts'

import { factsToSend, type FormUse, type FormValues } from './form-values.ts'
import { changedFacts } from './merge.ts'

/** What of a known system is different in the form, ready to be sent. */
export function editOf(before: SystemDetail, values: FormValues) {
  const facts = changedFacts(before.facts, factsToSend(values.system, 'system'))
  const uses = before.uses.flatMap(({ id, facts: old }) => {
    const now = values.uses.find(({ useId }) => useId === id)
    const changed = now === undefined ? {} : changedFacts(old, factsToSend(now.facts, 'use'))
    return Object.keys(changed).length === 0 ? [] : [{ id, facts: changed }]
  })
  const kept = new Set(values.uses.map(({ useId }) => useId))
  return {
    change: {
      ...(Object.keys(facts).length === 0 ? {} : { facts }),
      ...(uses.length === 0 ? {} : { uses }),
      ...(values.organisationId === before.organisation.id ? {} : { organisationId: values.organisationId }),
    },
    added: values.uses.filter(({ useId }: FormUse) => useId === null),
    removed: before.uses.filter(({ id }) => !kept.has(id)).map(({ id }) => id),
  }
}

export function hasChanged(before: SystemDetail, values: FormValues): boolean {
  const { change, added, removed } = editOf(before, values)
  return Object.keys(change).length + added.length + removed.length > 0
}

/**
 * Sends the change, then the uses that were added or removed, each on the version the one before gave.
 * @throws ApiError `changed-meanwhile` with `now`, and what else the server refuses
 */
export async function saveEdit(before: SystemDetail, values: FormValues): Promise<SystemDetail> {
  const { change, added, removed } = editOf(before, values)
  const reason = values.reason.trim() === '' ? {} : { reason: values.reason.trim() }
  const address = `/systems/${before.id}`
  let now = before
  if (Object.keys(change).length > 0) {
    now = await api.patch<SystemDetail>(address, { ...change, ...reason }, { version: now.version })
  }
  for (const use of added) {
    const body = { facts: factsToSend(use.facts, 'use'), ...reason }
    // One after the other: each needs the version that the last one gave.
    // oxlint-disable-next-line no-await-in-loop
    now = await api.post<SystemDetail>(`${address}/uses`, body, { version: now.version })
  }
  for (const id of removed) {
    // oxlint-disable-next-line no-await-in-loop
    await api.delete(`${address}/uses/${id}`, { version: now.version })
    // oxlint-disable-next-line no-await-in-loop
    now = (await api.read<SystemDetail>(address)).data
  }
  return now
}
