import * as z from 'zod'

import { anyFactSchema, factsByFieldSchema, fieldIdSchema, reasonSchema } from './api.ts'
import { filterQuerySchema } from './api-filter.ts'

/** Changing many uses together: what was shown is what is changed, or nothing is. */

/** More than this is an import, not an edit. */
export const bulkLimit = 5000
/** Rows of a preview that are sent; the counts are of all. */
export const bulkPreviewRows = 200

export const bulkSelectSchema = z.union([
  z.strictObject({ ids: z.array(z.uuid()).min(1).max(bulkLimit) }),
  z.strictObject({ filter: filterQuerySchema }),
])
export type BulkSelect = z.infer<typeof bulkSelectSchema>
export const bulkInputSchema = z.strictObject({ select: bulkSelectSchema, set: factsByFieldSchema })
export type BulkInput = z.infer<typeof bulkInputSchema>
export const bulkChangeSchema = z.strictObject({
  token: z.string().max(200),
  select: bulkSelectSchema,
  set: factsByFieldSchema,
  reason: z.string().trim().min(1).max(2000).optional(),
})
export type BulkChange = z.infer<typeof bulkChangeSchema>

export const bulkRowSchema = z.object({
  useId: z.uuid(),
  systemId: z.uuid(),
  name: z.string(),
  version: z.int(),
  changes: z.array(z.object({ field: fieldIdSchema, from: anyFactSchema, to: anyFactSchema })),
  refused: reasonSchema.optional(),
})
export type BulkRow = z.infer<typeof bulkRowSchema>
/** Rows asked for = changed + refused + unchanged. */
export const bulkPreviewSchema = z.object({
  token: z.string(),
  rows: z.array(bulkRowSchema),
  changed: z.int(),
  refused: z.int(),
  unchanged: z.int(),
})
export type BulkPreview = z.infer<typeof bulkPreviewSchema>
export const bulkResultSchema = z.object({ changed: z.int(), refused: z.int(), unchanged: z.int() })
export type BulkResult = z.infer<typeof bulkResultSchema>
