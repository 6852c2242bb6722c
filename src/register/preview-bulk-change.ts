import type { May } from '#access/may.ts'
import type { Actor } from '#audit/transaction.ts'
import type { Db } from '#platform/database.ts'

import { type BulkInput, type BulkPreview, bulkPreviewRows } from './api-bulk.ts'
import { countRows, planBulk } from './bulk-plan.ts'

/**
 * Shows what a bulk change would do to each row, and which rows it would leave alone and why.
 * @returns the first 200 rows, the counts of all, and the token that the change itself must bring back
 * @throws AppError like `planBulk`
 */
export async function previewBulkChange(
  deps: { db: Db; may: May },
  actor: Actor,
  input: BulkInput,
): Promise<BulkPreview> {
  const { rows, token } = await planBulk(deps, actor, input, false)
  return { token, rows: rows.slice(0, bulkPreviewRows), ...countRows(rows) }
}
