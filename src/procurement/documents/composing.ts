import type { Sheet, SheetItem } from '#procurement/sheets/api.ts'
import { labelOf } from '#procurement/sheets/model.ts'
import type { Comparison } from '#procurement/tenders/api.ts'
import { todayInTokyo } from '#register/move-stage.ts'
import { toWareki } from '#register/wareki.ts'

import type { Stamp } from './digest-of.ts'
import { documentWords, englishDay } from './document-words.ts'
import type { Language } from './model.ts'
import type { Block } from './word/blocks.ts'

export type Composed = {
  readonly values: Readonly<Record<string, string>>
  readonly blocks: Readonly<Record<string, readonly Block[]>>
}
export type Composing = {
  readonly sheet: Sheet
  /** Of an evaluation record. */
  readonly comparison?: Comparison
  readonly language: Language
  /** The appendix with what was left out, for the office alone. */
  readonly internal: boolean
  /** The organisation with those above it. */
  readonly ministry: { readonly ja: string; readonly en: string }
  /** Title and edition of the document from which the checks are. */
  readonly guideline: string
  /** Title of a source document by its id. */
  readonly sourceTitle: (id: string) => string
  readonly stamp: Stamp
  readonly at: Date
}

export const dayIn = (language: Language, iso: string): string => {
  const day = todayInTokyo(new Date(iso))
  return language === 'ja' ? toWareki(day) : englishDay(day)
}
/** A day that is no instant. */
export const plainDayIn = (language: Language, day: string): string =>
  language === 'ja' ? toWareki(day) : englishDay(day)

export const includedOf = ({ items }: Sheet, sheet: SheetItem['sheet']): SheetItem[] =>
  items.filter((item) => item.sheet === sheet && item.included === true)

/** Groups in the order of the sheet: they are the chapters. */
export const chaptersOf = (items: readonly SheetItem[]): SheetItem[][] => [
  ...Map.groupBy(items, (item) => item.group).values(),
]

/**
 * The text of the specification is kept in Japanese. In English it stands as the guide words it while nobody changed it;
 * otherwise as it is, said to be so.
 */
export function textIn(language: Language, text: string, preset: { readonly ja: string; readonly en: string }): string {
  if (language === 'ja' || text.trim() === '') return text
  return text.trim() === preset.ja.trim() && preset.en !== ''
    ? preset.en
    : `${text}\n\n${documentWords.en.japaneseOnly}`
}

export const listIn = (
  language: Language,
  texts: readonly string[],
  preset: readonly { ja: string; en: string }[],
): string[] => texts.map((text) => (language === 'en' ? (preset.find((one) => one.ja === text)?.en ?? text) : text))

/** Nothing where the document is not for the office alone. */
export function excludedBlocks(
  { sheet, language, internal }: Composing,
  kinds: readonly SheetItem['sheet'][],
): Block[] {
  if (!internal) return []
  const words = documentWords[language]
  const out = sheet.items.filter((item) => kinds.includes(item.sheet) && item.included === false)
  const open = sheet.items.filter((item) => kinds.includes(item.sheet) && item.included === null)
  const rows = out.map((item) => [labelOf(item.item), item.preset.title[language], item.reason ?? ''])
  return [
    { kind: 'page-break' },
    { kind: 'heading', level: 0, text: words.headings.excluded },
    { kind: 'paragraph', text: words.excludedNote },
    rows.length > 0
      ? { kind: 'table', head: [...words.tables.excluded], rows, widths: [1, 4, 5], centred: [0] }
      : { kind: 'paragraph', text: words.noExcluded },
    ...(open.length > 0
      ? [
          {
            kind: 'paragraph',
            text: words.undecided(open.map((item) => labelOf(item.item)).join(words.separator)),
          } as const,
        ]
      : []),
  ]
}
