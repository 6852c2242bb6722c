import * as z from 'zod'

import { readPresets } from '#consultation/read-presets.ts'

import { nameKinds } from './model.ts'

const provenance = { provenance: z.enum(['official', 'secondary', 'preset']) }
const officeDays = z.strictObject({ ...provenance, officeDays: z.int().min(0).max(250) })
const neutral = Object.fromEntries(nameKinds.map((kind) => [kind, z.string().min(1)])) as Record<
  (typeof nameKinds)[number],
  z.ZodString
>

const schema = z.strictObject({
  answer: officeDays,
  remind: officeDays,
  closed: z.strictObject({
    ...provenance,
    source: z.strictObject({ document: z.string(), at: z.string() }).optional(),
    everyYear: z.array(z.string().regex(/^\d\d-\d\d$/)),
    knownUntil: z.iso.date(),
    days: z.array(z.iso.date()),
  }),
  neutral: z.strictObject({ ...provenance, ...neutral }),
})
export type DeskRules = z.infer<typeof schema>

/** @throws AppError `unavailable` (`rules-faulty`) */
export const loadDeskRules = (path: string): DeskRules => readPresets(path, schema)
