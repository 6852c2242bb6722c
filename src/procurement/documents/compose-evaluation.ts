import { labelOf } from '#procurement/sheets/model.ts'
import type { Comparison, ComparisonCell } from '#procurement/tenders/api.ts'

import { type Composing, dayIn } from './composing.ts'
import { documentWords } from './document-words.ts'
import type { Language } from './model.ts'
import type { Block } from './word/blocks.ts'

/** Columns of bidders that one table holds and can still be read on A4. */
const biddersInTable = 6

/** The record of evaluation: who answered, the marks at a glance, the reason of each mark, who was selected and why. */
export function composeEvaluation(given: Composing): Record<string, Block[]> {
  const { comparison, language } = given
  const words = documentWords[language]
  if (!comparison || comparison.bidders.length === 0)
    return { bidders: [{ kind: 'paragraph', text: words.noBidders }], matrix: [], reasons: [], award: [] }
  return {
    bidders: [{ kind: 'heading', level: 1, text: words.headings.bidders }, biddersTable(comparison, language)],
    matrix: [{ kind: 'heading', level: 1, text: words.headings.matrix }, ...matrixTables(comparison, language)],
    reasons: [{ kind: 'heading', level: 1, text: words.headings.reasons }, ...reasonBlocks(comparison, language)],
    award: [{ kind: 'heading', level: 1, text: words.headings.award }, ...awardBlocks(comparison, language)],
  }
}

const nameIn = (language: Language, name: { readonly ja: string; readonly en: string }): string =>
  language === 'ja' ? name.ja : name.en || name.ja

function biddersTable({ bidders }: Comparison, language: Language): Block {
  return {
    kind: 'table',
    head: [...documentWords[language].tables.bidders],
    rows: bidders.map(({ label, supplier, handedInAt, counts: { answers } }) => [
      label,
      nameIn(language, supplier.name),
      handedInAt === null ? documentWords[language].notAnswered : dayIn(language, handedInAt),
      ...[answers.yes, answers.partly, answers.no, answers.unanswered].map(String),
    ]),
    widths: [3, 8, 6, 3, 3, 5, 4],
    centred: [0, 3, 4, 5, 6],
  }
}

const markOf = (cell: ComparisonCell | undefined, language: Language): readonly [string, string] => {
  const mark = cell?.evaluation?.mark ?? null
  return mark === null ? documentWords[language].notMarked : documentWords[language].marks[mark]
}

function matrixTables({ bidders, items }: Comparison, language: Language): Block[] {
  const words = documentWords[language]
  const signs = [...Object.values(words.marks), words.notMarked].map(([sign, word]) => `${sign} ${word}`)
  const groups = Array.from({ length: Math.ceil(bidders.length / biddersInTable) }, (_, i) =>
    bidders.slice(i * biddersInTable, (i + 1) * biddersInTable),
  )
  return [
    { kind: 'paragraph', text: words.legend(signs.join(language === 'ja' ? '　' : ', ')), look: 'note' },
    ...groups.map((group): Block => ({
      kind: 'table',
      head: [words.tables.items[0], words.tables.item, ...group.map((bidder) => bidder.label)],
      rows: items.map(({ item, text, cells }) => [
        labelOf(item),
        text.title[language],
        ...group.map(
          ({ id }) =>
            markOf(
              cells.find((cell) => cell.bidderId === id),
              language,
            )[0],
        ),
      ]),
      widths: [2, 9, ...group.map(() => 2)],
      centred: [0, ...group.map((_, i) => i + 2)],
    })),
  ]
}

function reasonBlocks({ bidders, items }: Comparison, language: Language): Block[] {
  const words = documentWords[language]
  return items.flatMap(({ item, text, cells }): Block[] => [
    { kind: 'heading', level: 2, text: `${labelOf(item)} ${text.title[language]}` },
    {
      kind: 'table',
      head: [...words.tables.reasons],
      rows: bidders.map(({ id, label }) => {
        const cell = cells.find((one) => one.bidderId === id)
        const fulfils = cell?.answer?.fulfils ?? null
        const answer = fulfils === null ? words.notAnswered : `${words.fulfils[fulfils]}\n\n${cell?.answer?.text ?? ''}`
        return [label, answer, markOf(cell, language).join(' '), cell?.evaluation?.reason || words.noReason]
      }),
      widths: [3, 9, 4, 8],
      rowHeads: true,
    },
  ])
}

function awardBlocks({ bidders, award }: Comparison, language: Language): Block[] {
  const words = documentWords[language]
  const chosen = bidders.find((bidder) => bidder.id === award?.bidderId)
  if (!award || !chosen) return [{ kind: 'paragraph', text: words.noAward }]
  return [
    {
      kind: 'paragraph',
      text: words.award(chosen.label, nameIn(language, chosen.supplier.name), dayIn(language, award.at)),
    },
    { kind: 'heading', level: 2, text: words.awardReason },
    { kind: 'paragraph', text: award.reason },
  ]
}
