import * as z from 'zod'

import { nameSchema } from '#access/model.ts'

/** What the addresses of the demonstration give; shared with the web. */

const count = z.int()
export const demoStateSchema = z.object({
  present: z.boolean(),
  counts: z.object({
    organisations: count,
    people: count,
    suppliers: count,
    models: count,
    systems: count,
    uses: count,
    assessments: count,
    savedViews: count,
  }),
  /** All of them together: what the question before deleting names. */
  total: count,
})
export type DemoState = z.infer<typeof demoStateSchema>

const names = z.array(nameSchema)
export const removedSchema = z.object({
  removed: count,
  /** What real records hang on, by name; it is no demonstration any more. */
  kept: z.object({ models: names, suppliers: names, organisations: names, people: names }),
  /** The organisation that was founded because nobody was left who could sign in. */
  founded: z.uuid().nullable(),
})
export type Removed = z.infer<typeof removedSchema>
export type Kept = Removed['kept']
