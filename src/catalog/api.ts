import * as z from 'zod'

import type { Catalog } from './model.ts'

/** What the addresses of the catalog reader give; shared with the web. */

const text = z.record(z.string(), z.unknown()).meta({ description: 'One text per language, with provenance' })
const marks = z.object({ official: z.number().int(), secondary: z.number().int(), preset: z.number().int() })

export const catalogSummarySchema = z.object({
  id: z.string(),
  edition: z.string(),
  title: text,
  publisher: text,
  digest: z.string(),
  released: z.string().nullable(),
  /** How many items each part has; parts without any are left out. */
  parts: z.record(z.string(), z.number().int()),
  lists: z.array(z.object({ id: z.string(), title: text, items: z.number().int() })),
  /** How many items carry which mark. */
  marks,
  /** The finder judges by it now. */
  inForce: z.boolean(),
})
export type CatalogSummary = z.infer<typeof catalogSummarySchema>
export const catalogsSchema = z.object({ catalogs: z.array(catalogSummarySchema) })

/** The edition as data; `digest` is what assessments keep. */
const catalogData = z.record(z.string(), z.unknown()).meta({
  description: 'A catalog in the form tenbin-catalog/1; its JSON Schema is published with docs/catalog-authoring.md',
})
export const catalogEditionSchema = z.object({
  digest: z.string(),
  catalog: catalogData as unknown as z.ZodType<Catalog>,
})
export type CatalogEdition = { readonly digest: string; readonly catalog: Catalog }

const change = z.object({
  part: z.string(),
  id: z.string(),
  kind: z.enum(['added', 'removed', 'changed']),
  /** Where inside the item, as a path; empty for the item itself. */
  at: z.string(),
  from: z.unknown(),
  to: z.unknown(),
})
export const catalogDiffSchema = z.object({
  from: z.object({ id: z.string(), edition: z.string(), digest: z.string() }),
  to: z.object({ id: z.string(), edition: z.string(), digest: z.string() }),
  changes: z.array(change),
})
export type CatalogDiff = z.infer<typeof catalogDiffSchema>
