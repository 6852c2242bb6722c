import { z } from 'zod'

import { readPresets } from '#consultation/read-presets.ts'

const schema = z.strictObject({
  adoption: z.strictObject({
    provenance: z.enum(['official', 'secondary', 'preset']),
    everyDeclaration: z.boolean(),
    opinions: z.int().min(0).max(100),
    text: z.boolean(),
  }),
})
export type AdviceRules = z.infer<typeof schema>

/** @throws AppError `unavailable` (`rules-faulty`) */
export const loadAdviceRules = (path: string): AdviceRules => readPresets(path, schema)
