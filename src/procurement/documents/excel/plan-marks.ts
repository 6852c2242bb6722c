import type { Comparison } from '#procurement/tenders/api.ts'
import { type Mark, marks, marksFor } from '#procurement/tenders/model.ts'

import type { Difference, Form, FormFault } from './model.ts'

/** What a file does to one answer of one bidder. */
export type MarkDeed = {
  readonly item: string
  readonly bidderId: string
  readonly version: number
  readonly mark: Mark | null
  readonly reason: string
}
export type MarkPlan = { readonly deeds: readonly MarkDeed[]; readonly faults: readonly FormFault[] }

const evaluated = ['tendering', 'evaluating']

/** Turns differences into marks, and names what the rules of evaluation would refuse. */
export function planMarks(comparison: Comparison, form: Form, differences: readonly Difference[]): MarkPlan {
  const faults: FormFault[] = []
  const deeds: MarkDeed[] = []
  for (const [id, own] of Map.groupBy(differences, (difference) => difference.id)) {
    const row = form.rows.find((one) => one.id === id)
    const cell = comparison.items
      .find((one) => one.item === row?.item)
      ?.cells.find((one) => one.bidderId === row?.bidderId)
    if (!row?.bidderId || !cell) continue
    const [mark, reason] = [
      own.find(({ column }) => column === 'mark'),
      own.find(({ column }) => column === 'markReason'),
    ]
    const first = mark ?? reason
    const deed: MarkDeed = {
      item: row.item,
      bidderId: row.bidderId,
      version: row.version,
      mark: mark ? markOf(form, mark.to) : (cell.evaluation?.mark ?? null),
      reason: (reason ? reason.to : (cell.evaluation?.reason ?? '')).trim(),
    }
    if (!first) continue
    const { state } = comparison.procurement
    if (!evaluated.includes(state)) faults.push({ code: 'state-keeps', cell: first.cell, state, name: first.name })
    const bidder = comparison.bidders.find((one) => one.id === row.bidderId)
    const open = marksFor(cell.answer)
    if (deed.mark !== null && (!open.includes(deed.mark) || bidder?.handedIn === 0))
      faults.push({ code: 'mark-not-possible', cell: first.cell, id })
    // A mark below the best needs its reason; a reason without a mark would say nothing.
    if (
      (deed.mark !== null && deed.mark !== 'meets' && deed.reason === '') ||
      (deed.mark === null && deed.reason !== '')
    )
      faults.push({ code: 'reason-needed', cell: first.cell, id })
    deeds.push(deed)
  }
  return { deeds, faults }
}

function markOf(form: Form, words: string): Mark | null {
  const code = form.columns.find(({ key }) => key === 'mark')?.choices?.find((choice) => choice.words === words)?.code
  return marks.find((mark) => mark === code) ?? null
}
