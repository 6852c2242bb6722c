import * as z from 'zod'

import { readPresets } from '#consultation/read-presets.ts'

const provenance = { provenance: z.enum(['official', 'secondary', 'preset']) }
const schema = z.strictObject({
  period: z.strictObject({
    ...provenance,
    source: z.strictObject({ document: z.string(), at: z.string() }),
    starts: z.array(z.string().regex(/^(0[1-9]|1[0-2])-(0[1-9]|[12]\d)$/)).min(1),
    dueAfterDays: z.int().min(0).max(180),
  }),
  shown: z.strictObject({ ...provenance, periods: z.int().min(1).max(20) }),
})
export type ReportRules = z.infer<typeof schema>

/** @throws AppError `unavailable` (`rules-faulty`) */
export const loadReportRules = (path: string): ReportRules => readPresets(path, schema)
