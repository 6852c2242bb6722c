import type { Entry, Tx } from '#audit/transaction.ts'

import type { ChangeKind } from './api.ts'
import { deriveRow } from './derive-row.ts'
import type { Facts } from './model.ts'
import { diffFacts, type FieldChange, staleFacts } from './model-facts.ts'
import { idsIn, loadNames, type Names } from './store-names.ts'
import { loadSystems, type StoredSystem, type StoredUse } from './store-read.ts'
import { deleteUses, insertUses, updateUses, type UseRecord } from './store-rows.ts'
import { type ChangeRecord, insertChanges, type SystemRecord, updateSystems } from './store-write.ts'

/** A system as it was, and as it is to be. A use that was not there is new; one that is not there any more is deleted. */
export type SystemEdit = {
  readonly before: StoredSystem
  readonly after: Pick<StoredSystem, 'organisationId' | 'facts' | 'uses'>
  readonly kind: ChangeKind
  readonly reason: string | null
}

/**
 * Writes systems that were loaded under lock: facts, links, what is derived, staleness, history, audit and one event.
 * What did not change is not written and keeps its version.
 * @returns the ids of the systems that did change
 */
export async function saveSystems(t: Tx, edits: readonly SystemEdit[]): Promise<string[]> {
  const changed = edits.map((edit) => ({ edit, changes: changesOf(edit) })).filter(({ changes }) => changes.length > 0)
  if (changed.length === 0) return []
  const names = await loadNames(
    t.db,
    changed.map(({ edit }) => edit.after),
  )
  const at = t.at.toISOString()
  await updateSystems(
    t,
    changed.map(({ edit }) => recordOf({ ...edit.before, ...edit.after }, edit.before.version + 1)),
  )
  const uses = changed.flatMap(({ edit }) => usesOf(edit, names, at))
  const known = new Set(changed.flatMap(({ edit }) => edit.before.uses.map((use) => use.id)))
  await updateUses(
    t,
    uses.filter((use) => known.has(use.id)),
  )
  await insertUses(
    t,
    uses.filter((use) => !known.has(use.id)),
  )
  const kept = new Set(uses.map((use) => use.id))
  await deleteUses(
    t,
    [...known].filter((id) => !kept.has(id)),
  )
  await insertChanges(
    t,
    changed.flatMap(({ changes }) => changes),
  )
  await tell(
    t,
    changed.map(({ edit, changes }) => ({ edit, changes })),
  )
  return changed.map(({ edit }) => edit.before.id)
}

/** What the log is told: which fields, never what stands in them. */
async function tell(t: Tx, changed: readonly { edit: SystemEdit; changes: readonly ChangeRecord[] }[]): Promise<void> {
  await t.append(changed.map(({ edit, changes }) => editEntry(edit, changes)))
  await t.emit({ type: 'register.systems-changed', payload: { systemIds: changed.map(({ edit }) => edit.before.id) } })
}

export const editEntry = (edit: SystemEdit, changes: readonly ChangeRecord[]): Entry => ({
  type: `system.${edit.kind}`,
  itemKind: 'ai-system',
  itemId: edit.before.id,
  organisationId: edit.after.organisationId,
  detail: {
    version: edit.before.version + 1,
    fields: [...new Set(changes.flatMap((c) => c.fields.map((f) => f.field)))],
    uses: [...new Set(changes.flatMap((c) => c.useId ?? []))],
  },
})

export const recordOf = (system: StoredSystem, version: number): SystemRecord => ({
  ...system,
  version,
  supplierId: idsIn(system.facts, 'supplier')[0] ?? null,
  modelIds: idsIn(system.facts, 'models'),
})

/** History rows: one where it reads as one change, otherwise one per use besides that of the system. */
export function changesOf({ before, after, kind, reason }: SystemEdit): ChangeRecord[] {
  const moved: FieldChange[] =
    before.organisationId === after.organisationId
      ? []
      : [
          {
            scope: 'system',
            field: 'organisation',
            from: { value: before.organisationId },
            to: { value: after.organisationId },
          },
        ]
  const ofSystem = [...moved, ...diffFacts('system', before.facts, after.facts)]
  const factsBefore = new Map(before.uses.map((use) => [use.id, use.facts]))
  const factsAfter = new Map(after.uses.map((use) => [use.id, use.facts]))
  const ofUses = [...new Set([...factsBefore.keys(), ...factsAfter.keys()])]
    .map((id) => ({
      id,
      there: factsBefore.has(id) === factsAfter.has(id),
      fields: diffUse(factsBefore.get(id), factsAfter.get(id)),
    }))
    .filter(({ there, fields }) => !there || fields.length > 0)
  const row = (useId: string | null, fields: readonly FieldChange[]): ChangeRecord => ({
    systemId: before.id,
    useId,
    organisationId: after.organisationId,
    kind,
    reason,
    fields,
    version: before.version + 1,
  })
  if (ofUses.length === 1) return [row(ofUses[0]!.id, [...ofSystem, ...ofUses[0]!.fields])]
  return [...(ofSystem.length > 0 ? [row(null, ofSystem)] : []), ...ofUses.map(({ id, fields }) => row(id, fields))]
}

const diffUse = (before: Facts = {}, after: Facts = {}) => diffFacts('use', before, after)

function usesOf({ before, after }: SystemEdit, names: Names, at: string): UseRecord[] {
  const system = { ...before, ...after }
  return after.uses.map((use) => {
    const known = before.uses.find((one) => one.id === use.id)
    const stale = staleFacts(use.restsOn, { ...after.facts, ...use.facts }, known?.staleFacts ?? [], at)
    return useRecordOf(system, { ...use, staleFacts: stale, stale: stale.length > 0, updatedAt: at }, names)
  })
}

/** The record of one use, with everything that is derived from it, its system and the names around them. */
export function useRecordOf(system: StoredSystem, use: StoredUse, names: Names): UseRecord {
  const path = names.organisations.get(system.organisationId)?.path ?? []
  const row = deriveRow({
    system,
    use: { ...use, several: system.uses.length > 1 },
    organisation: { path: path.map((o) => o.id), codePath: path.map((o) => o.code).join('/') },
    suppliers: names.suppliers,
    models: names.models,
  })
  return { ...use, ...row, systemId: system.id, organisationId: system.organisationId, demo: system.demo }
}

const rebuildPart = 500

/**
 * Derives the rows of systems anew, because something outside them changed: the name of a supplier or model, or an
 * organisation. The systems themselves did not change: no history, no version, no new date.
 */
export async function rebuildRows(t: Tx, systemIds: readonly string[]): Promise<void> {
  for (let i = 0; i < systemIds.length; i += rebuildPart) {
    const systems = await loadSystems(t.db, systemIds.slice(i, i + rebuildPart), true)
    const names = await loadNames(t.db, systems)
    await updateUses(
      t,
      systems.flatMap((system) => system.uses.map((use) => useRecordOf(system, use, names))),
    )
  }
}
