import { createHash } from 'node:crypto'

import { canonicalJson } from '#catalog/digest.ts'
import type { Sheet, SheetItem } from '#procurement/sheets/api.ts'
import type { Comparison } from '#procurement/tenders/api.ts'

import type { DocumentKind } from './model.ts'

export type Stamp = {
  /** How often the sheet was changed, over all its items: it only grows. */
  readonly version: number
  /** SHA-256, lower-case hex, of the canonical JSON of what goes into the document. */
  readonly digest: string
}

/** Signs of a digest that stand in a foot line: enough to find the document by. */
export const shortDigest = (digest: string): string => digest.slice(0, 12)

const versionOf = ({ version, items }: Sheet): number =>
  version + items.reduce((sum, item) => sum + item.version - 1, 0)

const textsOf = ({ item, included, reason, requirement, chapter, evidence, verification, clause }: SheetItem) => ({
  chapter,
  clause,
  evidence,
  included,
  item,
  reason,
  requirement,
  verification,
})

/** The same content gives the same stamp, whenever and in whatever language it is written. */
export function stampOf(kind: DocumentKind, sheet: Sheet, comparison: Comparison | undefined): Stamp {
  const marks = comparison?.items.flatMap(({ item, cells }) =>
    cells.map(({ bidderId, answer, evaluation }) => ({
      answer: answer && { fulfils: answer.fulfils, text: answer.text },
      bidderId,
      item,
      mark: evaluation?.mark ?? null,
      reason: evaluation?.reason ?? '',
    })),
  )
  const evaluated =
    comparison?.items.flatMap(({ cells }) => cells.map(({ evaluation }) => evaluation?.version ?? 0)) ?? []
  const content = {
    award: comparison?.award ?? null,
    edition: `${sheet.catalog} ${sheet.edition}`,
    items: sheet.items.map(textsOf),
    kind,
    marks: marks ?? null,
    number: sheet.number,
    pattern: sheet.pattern,
    title: sheet.title,
  }
  return {
    version: versionOf(sheet) + evaluated.reduce((sum, version) => sum + version, 0),
    digest: createHash('sha256').update(canonicalJson(content)).digest('hex'),
  }
}
