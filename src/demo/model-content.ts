import * as z from 'zod'

import { roleSchema } from '#access/model.ts'
import { stages } from '#register/fields.ts'

/** The form of the files in `demo/`. Strict: a key that is not known is an error. Keys name other entries. */

const key = z.string().regex(/^[a-z0-9-]+$/)
const name = z.strictObject({ ja: z.string(), en: z.string() })
const day = z.iso.date()
/** Japan time; a day alone means the morning. */
const moment = z.string().regex(/^\d{4}-\d{2}-\d{2}( \d{2}:\d{2})?$/)

export type Organisation = {
  key: string
  kind: 'ministry' | 'agency' | 'bureau' | 'division'
  code: string
  name: z.infer<typeof name>
  below?: Organisation[] | undefined
}
const organisation: z.ZodType<Organisation> = z.lazy(() =>
  z.strictObject({
    key,
    kind: z.enum(['ministry', 'agency', 'bureau', 'division']),
    code: z.string(),
    name,
    below: z.array(organisation).optional(),
  }),
)
export const organisationsSchema = z.array(organisation)

export const peopleSchema = z.array(
  z.strictObject({
    key,
    at: key,
    for: key,
    roles: z.array(roleSchema).min(1),
    /** Of the contact of a supplier. */
    supplier: key.optional(),
    /** Acts for another person of the file in one of that person's roles. */
    'deputy-of': z.strictObject({ person: key, role: roleSchema, from: day, to: day }).optional(),
    name,
    post: name,
    /** Offered at the local sign-in. */
    local: z.boolean().default(true),
  }),
)
export type Person = z.infer<typeof peopleSchema>[number]

export const suppliersSchema = z.strictObject({
  suppliers: z.array(z.strictObject({ key, name: z.string(), en: z.string(), country: z.string() })),
  models: z.array(
    z.strictObject({
      key,
      supplier: key,
      name: z.string(),
      version: z.string(),
      country: z.string(),
      modality: z.array(z.string()),
      tools: z.string().default(''),
      autonomy: z.string(),
    }),
  ),
})
export type Suppliers = z.infer<typeof suppliersSchema>

export const viewsSchema = z.array(
  z.strictObject({ key, by: key, name: z.string(), query: z.record(z.string(), z.string()) }),
)
export type View = z.infer<typeof viewsSchema>[number]

/** Facts by field, in the short form of the files. */
const facts = z.record(z.string(), z.unknown())
const moved = z.union([day.transform((on) => ({ on, why: undefined })), z.strictObject({ on: day, why: z.string() })])
const event = z.strictObject({
  on: moment,
  by: key.optional(),
  /** Which use, from 1; a system with one use needs none. */
  use: z.int().min(1).default(1),
  why: z.string().optional(),
  set: facts.optional(),
  'add-use': facts.optional(),
  assess: z.literal(true).optional(),
  judge: z.enum(['consult-board', 'proceed', 'out-of-scope']).optional(),
})
export type Event = z.infer<typeof event>

const system = z.strictObject({
  key,
  at: key,
  by: key,
  name: z.strictObject({ ja: z.string(), reading: z.string(), en: z.string() }),
  /** The day on which it was registered; without it, the first day of `stages`. */
  registered: day.optional(),
  stages: z.partialRecord(z.enum(stages), moved),
  facts,
  use: facts.optional(),
  uses: z.array(facts).min(2).optional(),
  events: z.array(event).default([]),
})
export type System = z.infer<typeof system>
/** `anchors` holds what several entries share and is not read by itself. */
export const systemsSchema = z.strictObject({ anchors: z.unknown().optional(), systems: z.array(system) })
