import { sql } from 'kysely'

import type { May } from '#access/may.ts'
import type { Actor, RunTx } from '#audit/transaction.ts'
import { AppError } from '#platform/errors.ts'

import { loadComparison } from '#procurement/tenders/load-comparison.ts'

import type { Sheet } from './api.ts'
import { columnsOf } from './columns.ts'
import { insertChanges } from './store.ts'
import { type Around, entryOf, withinProcurement } from './within-procurement.ts'
import { nextStates, type ProcurementState, step } from './workflow.ts'

export type StepReason =
  | { readonly code: 'items-lack'; readonly items: string[] }
  | { readonly code: 'reason-needed' }
  /** Bidders answered, and nobody was named. */
  | { readonly code: 'not-awarded' }
export type NextStep = { readonly to: ProcurementState; readonly reasons: StepReason[] }

/** The steps out of the present state, each with what keeps it closed. */
export const stepsOf = (sheet: Sheet, bidders: readonly { readonly awarded: boolean }[]): NextStep[] =>
  nextStates(sheet.state).map((to) => ({ to, reasons: [...reasonsAgainst(sheet, to), ...withoutAward(to, bidders)] }))

const withoutAward = (to: ProcurementState, bidders: readonly { readonly awarded: boolean }[]): StepReason[] =>
  to === 'contracted' && bidders.length > 0 && !bidders.some((b) => b.awarded) ? [{ code: 'not-awarded' }] : []

/** Bidders are asked what is decided and worded; who ends a procurement whose contract is not agreed says why. */
function reasonsAgainst(sheet: Sheet, to: ProcurementState): StepReason[] {
  if (to === 'tendering' && sheet.state === 'drafting') {
    const lacking = sheet.items.filter(
      (i) => i.lack !== null && (i.sheet === 'procurement-check' || i.included === null),
    )
    return lacking.length > 0 ? [{ code: 'items-lack', items: lacking.map((i) => i.item) }] : []
  }
  const settled = sheet.state === 'contracted' && sheet.states['contract-check'] === 'complete'
  return to === 'closed' && !settled ? [{ code: 'reason-needed' }] : []
}

/**
 * Takes a procurement to another state, as the state table allows.
 * @param input  `version`: of the procurement, the one the person saw
 * @throws AppError `not-found`, `not-permitted`, `changed-meanwhile` with state and version, `wrong-state` with the
 *   states that are open, or with what the step still needs
 */
export function moveProcurement(
  deps: { tx: RunTx; may: May },
  actor: Actor,
  input: {
    readonly id: string
    readonly version: number
    readonly to: ProcurementState
    readonly reason?: string | undefined
  },
): Promise<Sheet> {
  return withinProcurement(deps, actor, { id: input.id, action: 'keep-procurement' }, async (around) => {
    const { state, version } = around.sheet
    if (version !== input.version) throw new AppError('changed-meanwhile', { now: { state, version } })
    const against = withoutAward(input.to, columnsOf(await loadComparison(around.t.db, input.id)).bidders)
    if (against.length > 0) throw new AppError('wrong-state', { state, to: input.to, reasons: against })
    await moveWithin(around, input.to, input.reason)
  })
}

/** The deed itself, inside a transaction that holds the procurement and has asked access. */
export async function moveWithin(
  { t, procurement, sheet }: Around,
  to: ProcurementState,
  reason?: string,
): Promise<void> {
  const next = step(sheet.state, to)
  if (!next.ok) throw new AppError('wrong-state', { state: sheet.state, open: next.open })
  const said = (reason ?? '').trim()
  const against = reasonsAgainst(sheet, to).filter((r) => r.code !== 'reason-needed' || said === '')
  if (against.length > 0) throw new AppError('wrong-state', { state: sheet.state, to, reasons: against })
  await sql`update procurement set state = ${to}, version = version + 1 where id = ${sheet.id}`.execute(t.db)
  const fields = { state: { from: sheet.state, to } }
  await insertChanges(t, procurement, 'procurement.moved', [{ fields, reason: said === '' ? null : said }])
  await t.append(entryOf(procurement, 'procurement.moved', { from: sheet.state, to }))
  await t.emit({ type: 'procurement.moved', payload: { procurementId: sheet.id, systemId: procurement.systemId, to } })
}
