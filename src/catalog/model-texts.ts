import * as z from 'zod'
import { idSchema } from './model-expressions.ts'

export const provenances = ['official', 'secondary', 'preset'] as const
/** `official`: the document's own words or their official translation. `secondary`: a translation or report of others. `preset`: ours. */
export type Provenance = (typeof provenances)[number]

export const languagePattern = /^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/
export const languageSchema = z.string().regex(languagePattern)
const provenanceName = z.enum(provenances)
export const provenanceSchema = z
  .union([provenanceName, z.record(languageSchema, provenanceName)])
  .meta({ id: 'Provenance', description: 'Whose words these are; one mark, or one per language.' })

const place = z.strictObject({ document: idSchema, at: z.string().min(1).optional(), url: z.string().optional() })
export const sourceSchema = z
  .union([place, z.array(place).min(1)])
  .meta({ id: 'Source', description: 'Where it stands: a document of `sources` and the place in it.' })
export type SourcePlace = z.infer<typeof place>

/** What every item may carry: whose words, where from, whether somebody has still to compare them, and its place in the order. */
export const cited = {
  provenance: provenanceSchema.optional(),
  source: sourceSchema.optional(),
  'verify-first': z.boolean().optional(),
  order: z.number().optional(),
}
export type Cited = {
  provenance?: Provenance | Record<string, Provenance> | undefined
  source?: SourcePlace | SourcePlace[] | undefined
  'verify-first'?: boolean | undefined
}

export const textSchema = z
  .object({
    provenance: provenanceSchema.optional(),
    source: sourceSchema.optional(),
    'verify-first': z.boolean().optional(),
  })
  .catchall(z.string())
  .meta({ id: 'Text', description: 'One text per language of the catalog: { ja: …, en: … }.' })
/** Texts by language code, with the marks that override those of the item. Read it with `textIn`. */
export type Text = z.infer<typeof textSchema>

/** Keys of a text that are no languages. */
export const marksOfText = ['provenance', 'source', 'verify-first'] as const
const marks = new Set<string>(marksOfText)
/** The languages in which a text is written. */
export function languagesOf(text: Text | Record<string, unknown>): string[] {
  return Object.keys(text).filter((key) => !marks.has(key))
}

/** The text in the wanted language; where the catalog has it in others only, in the first of those. */
export function textIn(text: Text, language: string): string {
  const found = Object.hasOwn(text, language) ? text[language] : undefined
  if (typeof found === 'string') return found
  const first = languagesOf(text)[0]
  const other = first === undefined ? '' : text[first]
  return typeof other === 'string' ? other : ''
}

/**
 * The mark of a text in one language: the text's own, else its item's, else that of the next around it.
 * Without any mark it is `preset`: nothing is called official by default.
 */
export function provenanceIn(language: string, ...nearestFirst: readonly (Cited | undefined)[]): Provenance {
  for (const at of nearestFirst) {
    const mark = at?.provenance
    if (typeof mark === 'string') return mark
    const own = mark?.[language]
    if (own) return own
  }
  return 'preset'
}

/** The places an item cites, its own or those of the nearest item around it that has any. */
export function sourcesOf(...nearestFirst: readonly (Cited | undefined)[]): SourcePlace[] {
  for (const at of nearestFirst) if (at?.source) return Array.isArray(at.source) ? at.source : [at.source]
  return []
}
