import { z } from 'zod'

import { readPresets } from '#consultation/read-presets.ts'

const provenance = { provenance: z.enum(['official', 'secondary', 'preset']) }

const schema = z.strictObject({
  opinions: z.strictObject({ ...provenance, toMinistry: z.enum(['submitted', 'advised']) }),
  declaration: z.strictObject({
    ...provenance,
    remindAfterDays: z.int().min(1).max(90),
    mostReminders: z.int().min(0).max(50),
  }),
  precedents: z.strictObject({ ...provenance, shown: z.int().min(1).max(20), atLeast: z.number().min(0).max(1) }),
})
export type BoardRules = z.infer<typeof schema>

/** @throws AppError `unavailable` (`rules-faulty`) */
export const loadBoardRules = (path: string): BoardRules => readPresets(path, schema)
