import type { Comparison } from '#procurement/tenders/api.ts'

import type { BidderColumns } from './api-page.ts'

/**
 * The comparison of bidders as columns of the sheet. Not answered and not judged stay apart from every mark; a mark given
 * to an earlier answer is no mark of this one.
 */
export function columnsOf(comparison: Comparison): BidderColumns {
  const cells: Record<string, BidderColumns['cells'][string]> = {}
  for (const { id } of comparison.bidders) cells[id] = {}
  for (const { item, cells: row } of comparison.items)
    for (const { bidderId, answer, evaluation } of row) {
      const own = cells[bidderId]
      if (!own || (answer === null && evaluation === null)) continue
      own[item] = {
        answered: answer !== null && answer.fulfils !== null,
        text: answer?.text ?? '',
        files: answer?.evidence.length ?? 0,
        mark: evaluation && !evaluation.outdated ? evaluation.mark : null,
        reason: evaluation?.reason ?? '',
      }
    }
  const bidders = comparison.bidders.map(({ id, label, supplier }) => ({
    id,
    label,
    name: supplier.name,
    awarded: comparison.award?.bidderId === id,
  }))
  return { bidders, cells }
}
