import { z } from 'zod'

import { actions, nameSchema, roleSchema } from '#access/model.ts'

/** What the policies come to, and the policies themselves: the page shows both. */
export const policiesSchema = z.object({
  /** Which roles may take an action at all. */
  actions: z.array(z.object({ action: z.enum(actions), roles: z.array(roleSchema) })),
  /** How far each role reads and writes. */
  breadths: z.array(
    z.object({
      role: roleSchema,
      reads: z.enum(['nothing', 'held', 'ministry', 'all']),
      shared: z.boolean(),
      writes: z.enum(['nothing', 'held']),
    }),
  ),
  policies: z.array(
    z.object({
      id: z.string(),
      effect: z.enum(['permit', 'forbid']),
      words: nameSchema,
      source: z.string(),
      file: z.string(),
      line: z.int(),
      /** As it stands in the file, in Cedar. */
      text: z.string(),
    }),
  ),
})
export type PoliciesAnswer = z.infer<typeof policiesSchema>
