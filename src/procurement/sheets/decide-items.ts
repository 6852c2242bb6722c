import type { May } from '#access/may.ts'
import type { Actor, RunTx } from '#audit/transaction.ts'
import { AppError } from '#platform/errors.ts'

import type { Sheet, SheetItem } from './api.ts'
import { insertChanges, saveDecisions } from './store.ts'
import { entryOf, itemOfSheet, withinProcurement } from './within-procurement.ts'

export type DecideInput = {
  readonly id: string
  readonly item: string
  readonly version: number
  /** Null takes the decision back. */
  readonly included: boolean | null
  readonly reason?: string | undefined
}

/**
 * The planner takes an item into the sheet or leaves it out. Leaving out, and taking in what the rules propose to leave
 * out, asks for a reason; leaving out as proposed may take over the reason of the proposal.
 * @returns the sheet afterwards
 * @throws AppError `not-found`, `not-permitted`, `wrong-state`, `changed-meanwhile` with the item as it is now,
 *   `bad-input` at `/reason`
 * Source: DS-920 v1.0, section 3, 2: only the items that are needed are taken.
 */
export function decideItem(deps: { tx: RunTx; may: May }, actor: Actor, input: DecideInput): Promise<Sheet> {
  const deed = { id: input.id, action: 'keep-procurement', part: 'decision' } as const
  return withinProcurement(deps, actor, deed, async ({ t, procurement, sheet }) => {
    const item = itemOfSheet(sheet, input.item, input.version)
    const reason = reasonFor(item, input)
    await saveDecisions(t, [{ id: item.id, included: input.included, reason }])
    const fields = { included: { from: item.included, to: input.included } }
    await insertChanges(t, procurement, 'item.decided', [{ checkItemId: item.id, item: item.item, fields, reason }])
    const against = isAgainst(item, input.included)
    await t.append(
      entryOf(procurement, 'procurement.item-decided', { item: item.item, included: input.included, against }),
    )
  })
}

/** Against what the rules propose; what they leave undecided can be decided either way. */
export const isAgainst = ({ proposal }: Pick<SheetItem, 'proposal'>, included: boolean | null): boolean =>
  (included === true && proposal.says === 'leave-out') || (included === false && proposal.says === 'include')

function reasonFor(item: SheetItem, { included, reason }: DecideInput): string | null {
  const given = reason?.trim() ?? ''
  if (included === null) return null
  if (given !== '') return given
  if (included === false && item.proposal.says === 'leave-out') return proposedReason(item)
  if (included === false || isAgainst(item, included))
    throw new AppError('bad-input', { in: 'body', issues: [{ path: '/reason', keyword: 'required', params: {} }] })
  return null
}

const proposedReason = (item: SheetItem): string => item.proposal.reasons.map((r) => r.text.ja).join('、')

/**
 * Accepts every proposal on which nobody has decided yet, as one deed. What is undecided stays so.
 * @throws AppError `not-found`, `not-permitted`, `wrong-state` when there is nothing to accept or the state keeps it
 */
export function acceptProposals(deps: { tx: RunTx; may: May }, actor: Actor, id: string): Promise<Sheet> {
  const deed = { id, action: 'keep-procurement', part: 'decision' } as const
  return withinProcurement(deps, actor, deed, async ({ t, procurement, sheet }) => {
    const open = sheet.items.filter((item) => item.included === null && item.proposal.says !== 'undecided')
    if (open.length === 0) throw new AppError('wrong-state', { reason: 'nothing-to-accept' })
    const decisions = open.map((item) => {
      const included = item.proposal.says === 'include'
      return { item, included, reason: included ? null : proposedReason(item) }
    })
    await saveDecisions(
      t,
      decisions.map(({ item, included, reason }) => ({ id: item.id, included, reason })),
    )
    await insertChanges(
      t,
      procurement,
      'item.decided',
      decisions.map(({ item, included, reason }) => ({
        checkItemId: item.id,
        item: item.item,
        fields: { included: { from: null, to: included } },
        reason,
      })),
    )
    const included = decisions.filter((d) => d.included).length
    const counts = { included, leftOut: decisions.length - included }
    await t.append(entryOf(procurement, 'procurement.proposals-accepted', counts))
  })
}
