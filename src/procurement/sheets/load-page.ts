import type { May } from '#access/may.ts'
import type { Actor } from '#audit/transaction.ts'
import { permissionOf } from '#finder/load-finder.ts'
import type { Db } from '#platform/database.ts'
import { loadComparison } from '#procurement/tenders/load-comparison.ts'
import { loadSystem } from '#register/store-read.ts'

import { answersOfSystem } from './answers-of-system.ts'
import type { Sheet } from './api.ts'
import type { SheetPage } from './api-page.ts'
import { columnsOf } from './columns.ts'
import type { Guide } from './guide.ts'
import { loadSheet } from './load-sheet.ts'
import { stepsOf } from './move-procurement.ts'
import { differences, propose } from './propose.ts'

/**
 * Everything the page of one procurement needs: both sheets, the columns of the bidders, whether the proposal is still
 * what the rules say, the steps out of its state, and what the person may do.
 * @throws AppError `not-permitted`, `not-found`
 */
export async function loadPage(deps: { db: Db; may: May; guide: Guide }, actor: Actor, id: string): Promise<SheetPage> {
  deps.may(actor, 'read-procurement')
  const sheet = await loadSheet(deps.db, id)
  const columns = columnsOf(await loadComparison(deps.db, id))
  const place = { organisationPath: sheet.organisation.path }
  return {
    sheet,
    ...columns,
    renewed: await renewedOf(deps, sheet),
    steps: stepsOf(sheet, columns.bidders),
    may: {
      keep: permissionOf(deps.may, actor, 'keep-procurement', place),
      prove: permissionOf(deps.may, actor, 'prove-item', place),
    },
  }
}

/** A sheet on which bidders were asked keeps its proposal: it is history. */
async function renewedOf({ db, guide }: { db: Db; guide: Guide }, sheet: Sheet): Promise<SheetPage['renewed']> {
  if (sheet.state !== 'drafting') return null
  const system = await loadSystem(db, sheet.system.id)
  if (!system) return null
  const items = differences(sheet.items, propose(guide, answersOfSystem(guide, system)))
  const sameEdition = guide.digest === sheet.digest
  return items.length === 0 && sameEdition ? null : { catalog: guide.catalog, edition: guide.edition, items }
}
