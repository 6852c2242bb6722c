import { sql } from 'kysely'

import type { May } from '#access/may.ts'
import type { Actor, RunTx } from '#audit/transaction.ts'
import { AppError } from '#platform/errors.ts'
import { textOf } from '#register/model.ts'
import { loadSystem } from '#register/store-read.ts'

import { answersOfSystem } from './answers-of-system.ts'
import type { Sheet } from './api.ts'
import type { Guide } from './guide.ts'
import { differences, propose } from './propose.ts'
import { insertChanges, insertItems } from './store.ts'
import { entryOf, withinProcurement } from './within-procurement.ts'

/**
 * Takes over what the guide in force proposes now, after facts or the edition have changed. Decisions and texts stay; items
 * that a new edition adds come in undecided. A decision that is now against the proposal is shown as such.
 * @throws AppError `not-found`, `not-permitted`, `wrong-state` once bidders were asked
 */
export function renewProposal(deps: { tx: RunTx; may: May; guide: Guide }, actor: Actor, id: string): Promise<Sheet> {
  const { guide } = deps
  const deed = { id, action: 'keep-procurement', part: 'decision' } as const
  return withinProcurement(deps, actor, deed, async ({ t, procurement, sheet }) => {
    const system = await loadSystem(t.db, procurement.systemId)
    if (!system) throw new AppError('not-found', { system: procurement.systemId })
    const answers = answersOfSystem(guide, system)
    const now = propose(guide, answers)
    const changed = differences(sheet.items, now)
    const proposals = sheet.items.flatMap((item) => {
      const proposal = now.get(item.item)
      return proposal ? [{ id: item.id, proposal }] : []
    })
    await sql`update check_item i set proposal = r.proposal,
        version = i.version + case when i.proposal = r.proposal then 0 else 1 end
      from jsonb_to_recordset(${JSON.stringify(proposals)}::jsonb) as r(id uuid, proposal jsonb) where i.id = r.id`.execute(
      t.db,
    )
    const there = new Set(sheet.items.map((item) => item.item))
    const added = guide.items.filter((item) => !there.has(item.item))
    if (added.length > 0) {
      const rows = added.map((item) => ({ id: t.newId(), guide: item, proposal: now.get(item.item)! }))
      await insertItems(t, procurement, rows)
    }
    const pattern = textOf(system.facts, 'service-kind')
    await sql`update procurement set catalog = ${guide.catalog}, edition = ${guide.edition}, digest = ${guide.digest},
        answers = ${JSON.stringify(answers)}::jsonb, pattern = ${pattern === '' ? null : pattern},
        proposed_at = ${t.at.toISOString()}, version = version + 1 where id = ${id}`.execute(t.db)
    const fields = Object.fromEntries(changed.map((d) => [d.item, { from: d.from.says, to: d.to.says }]))
    await insertChanges(t, procurement, 'proposal.renewed', [{ fields }])
    const { catalog, edition, digest } = guide
    const detail = { catalog, edition, digest, changed: changed.map((d) => d.item), added: added.map((i) => i.item) }
    await t.append(entryOf(procurement, 'procurement.proposal-renewed', detail))
  })
}
