import * as z from 'zod'

import { fieldIds, type FieldId, fieldOf } from './fields.ts'
import { absences, verdicts } from './model.ts'

/** The conditions of a list, as its address writes them; the same keys filter lists, counts, bulk changes and exports. */

const manyOf = (known: readonly string[]) => {
  const one = `(?:${known.map((k) => k.replaceAll('.', '\\.')).join('|')})`
  return z
    .string()
    .max(2000)
    .regex(new RegExp(`^${one}(?:,${one})*$`))
    .optional()
}

/** What a field can be filtered by: its codes and why it is absent; of fields without codes, whether there is a value. */
export const facetValues = (id: FieldId): readonly string[] => [...(fieldOf(id).codes ?? ['value']), ...absences]
/** Coded fields, and those that count as reported or not. */
export const facetFieldIds: readonly FieldId[] = fieldIds.filter(
  (id) => fieldOf(id).codes !== undefined || fieldOf(id).reported,
)

const facetShape = Object.fromEntries(facetFieldIds.map((id) => [`f.${id}`, manyOf(facetValues(id))]))

const filterShape = {
  q: z.string().max(500).optional(),
  /** Itself and everything below it. */
  organisation: z.uuid().optional(),
  /** Itself alone, without what lies below. */
  at: z.uuid().optional(),
  verdict: manyOf(verdicts),
  /** The Chief AI Officer has decided on the verdict. What was not weighed is neither. */
  judged: z.enum(['yes', 'no']).optional(),
  stale: z.literal('yes').optional(),
  /** The one who holds the contract, or whose model is in it. */
  supplier: z.uuid().optional(),
  model: z.uuid().optional(),
  import: z.uuid().optional(),
  ...facetShape,
}
export type FilterQuery = { readonly [key: string]: string | undefined }
export const filterQuerySchema = z.strictObject(filterShape) as unknown as z.ZodType<FilterQuery, FilterQuery>

export const sorts = ['updated', 'name', 'organisation', 'stage', 'verdict'] as const
export type Sort = (typeof sorts)[number]
export type Order = 'asc' | 'desc'

export const listShape = {
  sort: z.enum(sorts).default('updated'),
  order: z.enum(['asc', 'desc']).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(50),
  cursor: z.string().max(2000).optional(),
}
export type ListQuery = FilterQuery & { sort: Sort; order?: Order; limit: number; cursor?: string }
export const listQuerySchema = z.strictObject({ ...filterShape, ...listShape }) as unknown as z.ZodType<
  ListQuery,
  ListQuery
>

/** A filter as sets of facet tokens: one of each set must be there. And words, all of which must be found. */
export type Filter = { readonly q: string; readonly anyOf: readonly (readonly string[])[] }

const listed = (value: string | undefined) => (value ?? '').split(',').filter((v) => v !== '')

export function filterOf(query: FilterQuery): Filter {
  const one = (key: string, prefix: string) => listed(query[key]).map((value) => `${prefix}=${value}`)
  const groups = [
    one('organisation', 'org'),
    one('at', 'at'),
    one('verdict', 'verdict'),
    one('judged', 'judged'),
    query['stale'] === 'yes' ? ['stale=yes'] : [],
    one('supplier', 'supplier'),
    one('model', 'model'),
    one('import', 'import'),
    ...facetFieldIds.map((id) => one(`f.${id}`, `f.${id}`)),
  ]
  return { q: query['q'] ?? '', anyOf: groups.filter((group) => group.length > 0) }
}
