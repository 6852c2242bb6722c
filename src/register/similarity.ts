import type { similarBecause } from './api.ts'
import { gramsOf, searchKey } from './search-key.ts'

/** How alike two uses are. Pure: the same two always get the same score. Weights and thresholds are our preset. */

export type Compared = {
  readonly name: string
  readonly purpose: string
  readonly supplier: string | undefined
  readonly models: readonly string[]
}
export type Because = (typeof similarBecause)[number]
export type Alike = { readonly score: number; readonly because: readonly Because[]; readonly identical: boolean }

/** How much finding a gram says: a rare one much, one that stands in every second use nearly nothing. */
export type WeightOf = (gram: number) => number

const parts = { name: 0.6, purpose: 0.3, supplier: 0.05, model: 0.05 } as const
const enough = { name: 0.45, purpose: 0.35 } as const
/** Below this a use is not shown. */
export const similarFrom = 0.25

export function compareUses(asked: Compared, known: Compared, weightOf: WeightOf): Alike {
  const name = likeness(asked.name, known.name, weightOf)
  const purpose = likeness(asked.purpose, known.purpose, weightOf)
  const supplier = asked.supplier !== undefined && asked.supplier === known.supplier
  const model = asked.models.some((id) => known.models.includes(id))
  const identical = searchKey(asked.name) !== '' && searchKey(asked.name) === searchKey(known.name)
  // What was not asked about does not count against a use.
  const weights = {
    name: parts.name,
    purpose: asked.purpose.trim() === '' ? 0 : parts.purpose,
    supplier: asked.supplier === undefined ? 0 : parts.supplier,
    model: asked.models.length === 0 ? 0 : parts.model,
  }
  const whole = weights.name + weights.purpose + weights.supplier + weights.model
  const sum =
    weights.name * name + weights.purpose * purpose + (supplier ? weights.supplier : 0) + (model ? weights.model : 0)
  // An identical name stands before everything that is merely alike.
  const score = identical ? 0.9 + (0.1 * sum) / whole : (0.89 * sum) / whole
  const because: Because[] = []
  if (identical || name >= enough.name) because.push('name')
  if (purpose >= enough.purpose) because.push('purpose')
  if (supplier) because.push('supplier')
  if (model) because.push('model')
  return { score: Math.round(score * 1000) / 1000, because, identical }
}

/** Dice coefficient over the grams, weighted: 0 nothing in common, 1 the same grams. */
export function likeness(a: string, b: string, weightOf: WeightOf): number {
  const [one, other] = [gramsOf(a), new Set(gramsOf(b))]
  const weight = (grams: Iterable<number>) => [...grams].reduce((sum, gram) => sum + weightOf(gram), 0)
  const all = weight(one) + weight(other)
  return all === 0 ? 0 : (2 * weight(one.filter((gram) => other.has(gram)))) / all
}
