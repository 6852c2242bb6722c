import type { SheetItem } from '#procurement/sheets/api.ts'
import { labelOf, ways } from '#procurement/sheets/model.ts'

import { chaptersOf, type Composing, excludedBlocks, includedOf, listIn, textIn } from './composing.ts'
import { documentWords } from './document-words.ts'
import type { Block } from './word/blocks.ts'

/** The annex to the specification: a chapter for each group, a section for each included item. */
export function composeSpecification(given: Composing): Record<string, Block[]> {
  const { sheet, language } = given
  const words = documentWords[language]
  const items = includedOf(sheet, 'procurement-check')
  const chapters = chaptersOf(items).flatMap((own): Block[] => [
    { kind: 'heading', level: 1, text: own[0]?.preset.groupTitle[language] ?? '' },
    ...own.flatMap((item) => itemBlocks(item, given)),
  ])
  return {
    'items-table': items.length === 0 ? [] : [itemsTable(items, given)],
    items: items.length === 0 ? [{ kind: 'paragraph', text: words.noItems }] : chapters,
    excluded: excludedBlocks(given, ['procurement-check']),
  }
}

function itemsTable(items: readonly SheetItem[], { language }: Composing): Block {
  const words = documentWords[language]
  return {
    kind: 'table',
    caption: words.itemsCaption,
    head: [...words.tables.items],
    rows: items.map((item) => [
      labelOf(item.item),
      item.chapter,
      item.preset.title[language],
      ways
        .filter((way) => item.verification.includes(way))
        .map((way) => words.ways[way])
        .join(words.separator),
    ]),
    widths: [2, 3, 10, 5],
    centred: [0, 1],
  }
}

function itemBlocks(item: SheetItem, { language }: Composing): Block[] {
  const words = documentWords[language]
  const { headings } = words
  const verification = ways.filter((way) => item.verification.includes(way))
  return [
    { kind: 'heading', level: 2, text: item.preset.title[language] },
    { kind: 'paragraph', text: words.itemNote(labelOf(item.item), item.chapter), look: 'note' },
    { kind: 'heading', level: 3, text: headings.requirement },
    { kind: 'paragraph', text: textIn(language, item.requirement, item.preset.requirement) },
    { kind: 'heading', level: 3, text: headings.evidence },
    item.evidence.length > 0
      ? { kind: 'list', items: listIn(language, item.evidence, item.preset.evidence) }
      : { kind: 'paragraph', text: words.noEvidence },
    { kind: 'heading', level: 3, text: headings.verification },
    verification.length > 0
      ? {
          kind: 'table',
          head: [...words.tables.verification],
          rows: verification.map((way) => [
            words.ways[way],
            item.preset.verification.find((one) => one.way === way)?.text[language] || words.wayTexts[way],
          ]),
          widths: [2, 8],
          rowHeads: true,
        }
      : { kind: 'paragraph', text: words.noVerification },
  ]
}
