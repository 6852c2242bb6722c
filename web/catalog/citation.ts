import type { Catalog } from '#catalog/model.ts'
import { type Cited, type Provenance, provenanceIn, sourcesOf, type SourcePlace } from '#catalog/model-texts.ts'

/** Weakest last: what stands on two kinds of source carries the weaker mark. */
const strength: readonly Provenance[] = ['official', 'secondary', 'preset']
export const weakest = (marks: readonly Provenance[]): Provenance =>
  marks.toSorted((a, b) => strength.indexOf(b) - strength.indexOf(a))[0] ?? 'preset'

export type CitedSource = SourcePlace & { readonly item: Catalog['sources'][number] | undefined }
export type Citation = {
  readonly provenance: Provenance
  /** The documents cited, with the place in each. Empty where the catalog itself is the source. */
  readonly sources: readonly CitedSource[]
  readonly verifyFirst: boolean
}

/** Whose words a text is in one language, and where they stand: its own marks, else those of the items around it. */
export function citationOf(
  catalog: Catalog,
  language: string,
  ...nearestFirst: readonly (Cited | undefined)[]
): Citation {
  const around: readonly (Cited | undefined)[] = [...nearestFirst, catalog]
  const provenance = provenanceIn(language, ...around)
  const marked = around.find((at) => at?.provenance !== undefined)
  return {
    provenance,
    sources: sourcesOf(...around).map((place) => ({
      ...place,
      item: catalog.sources.find(({ id }) => id === place.document),
    })),
    verifyFirst: provenance !== 'official' && (nearestFirst[0]?.['verify-first'] ?? marked?.['verify-first'] ?? false),
  }
}

/** Several citations as one. */
export const joined = (citations: readonly Citation[]): Citation => ({
  provenance: weakest(citations.map((c) => c.provenance)),
  sources: citations
    .flatMap((c) => c.sources)
    .filter((s, n, all) => all.findIndex((o) => o.document === s.document && o.at === s.at) === n),
  verifyFirst: citations.some((c) => c.verifyFirst),
})
