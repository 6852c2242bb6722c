import { sql } from 'kysely'

import type { May } from '#access/may.ts'
import type { Actor, RunTx, Tx } from '#audit/transaction.ts'
import { AppError } from '#platform/errors.ts'
import { itemOf, organisationOf } from '#register/check-links.ts'
import { textOf } from '#register/model.ts'
import { todayInTokyo } from '#register/move-stage.ts'
import { loadSystem, type StoredSystem } from '#register/store-read.ts'
import { fiscalYearOf } from '#register/wareki.ts'

import { answersOfSystem } from './answers-of-system.ts'
import type { Guide } from './guide.ts'
import { type Pattern, patterns } from './model.ts'
import { propose } from './propose.ts'
import { insertChanges, insertItems, insertProcurement } from './store.ts'

/**
 * Opens a procurement for a system: the pattern is taken from the register, and what the guide in force proposes is kept
 * with its edition and digest. Every item of both sheets is there, decided by nobody yet.
 * @throws AppError `not-found`, `not-permitted`, `already-exists` with the one that is still open
 * Source: DS-920 v1.0, PLN-02 and PLN-03.
 */
export function openProcurement(
  deps: { tx: RunTx; may: May; guide: Guide },
  actor: Actor,
  input: { readonly systemId: string; readonly title?: string | undefined },
): Promise<{ id: string; number: string }> {
  return deps.tx(actor, async (t) => {
    const system = await loadSystem(t.db, input.systemId, true)
    if (!system) throw new AppError('not-found', { system: input.systemId })
    deps.may(actor, 'keep-procurement', itemOf(system, await organisationOf(t.db, system.organisationId)))
    const open = await openOne(t, system.id)
    if (open) throw new AppError('already-exists', { what: 'procurement', ...open })
    return openWithin(t, deps.guide, system, input.title ?? textOf(system.facts, 'name'))
  })
}

async function openOne(t: Tx, systemId: string): Promise<{ id: string; number: string } | undefined> {
  const { rows } = await sql<{ id: string; number: string }>`
    select id, number from procurement where system_id = ${systemId} and state <> 'closed' limit 1`.execute(t.db)
  return rows[0]
}

/** The deed itself, on a system that is held and allowed. */
export async function openWithin(
  t: Tx,
  guide: Guide,
  system: Pick<StoredSystem, 'id' | 'organisationId' | 'facts' | 'uses'>,
  title: string,
): Promise<{ id: string; number: string }> {
  const owner = { id: t.newId(), systemId: system.id, organisationId: system.organisationId }
  const number = await nextNumber(t)
  const answers = answersOfSystem(guide, system)
  const { catalog, edition, digest } = guide
  const pattern = patterns.find((code): code is Pattern => code === textOf(system.facts, 'service-kind')) ?? null
  await insertProcurement(t, { ...owner, number, title, pattern, catalog, edition, digest, answers })
  const proposals = propose(guide, answers)
  const items = guide.items.map((item) => ({ id: t.newId(), guide: item, proposal: proposals.get(item.item)! }))
  await insertItems(t, owner, items)
  const fields = Object.fromEntries(items.map((i) => [i.guide.item, { from: null, to: i.proposal.says }]))
  await insertChanges(t, owner, 'procurement.opened', [{ fields }])
  await t.append({
    type: 'procurement.opened',
    itemKind: 'procurement',
    itemId: owner.id,
    organisationId: owner.organisationId,
    detail: { systemId: system.id, number, pattern, catalog, edition, digest },
  })
  await t.emit({ type: 'procurement.opened', payload: { procurementId: owner.id, systemId: system.id } })
  return { id: owner.id, number }
}

/** `PC-2026-001`, by the fiscal year. The counter is a row held until the end, so that no number is given twice. */
async function nextNumber(t: Tx): Promise<string> {
  const prefix = `PC-${fiscalYearOf(todayInTokyo(t.at))}`
  const { rows } = await sql<{ last: number }>`
    insert into number_counter as c (prefix, last) values (${prefix}, 1)
    on conflict (prefix) do update set last = c.last + 1 returning last`.execute(t.db)
  return `${prefix}-${String(rows[0]!.last).padStart(3, '0')}`
}
