import type { SheetItem } from '#procurement/sheets/api.ts'
import { labelOf } from '#procurement/sheets/model.ts'

import { type Composing, excludedBlocks, includedOf, plainDayIn, textIn } from './composing.ts'
import { documentWords } from './document-words.ts'
import type { Block } from './word/blocks.ts'

/** The annex to the contract: the clauses, first those the contract sheet asks for, and how far they are agreed. */
export function composeContract(given: Composing): Record<string, Block[]> {
  const { sheet, language } = given
  const words = documentWords[language]
  const checks = includedOf(sheet, 'contract-check')
  const related = includedOf(sheet, 'procurement-check').filter((item) => item.clause.text.trim() !== '')
  const section = (title: string, items: readonly SheetItem[]): Block[] =>
    items.length === 0
      ? []
      : [{ kind: 'heading', level: 1, text: title }, ...items.flatMap((item) => clauseBlocks(item, given))]
  const clauses = [
    ...section(words.headings.contractClauses, checks),
    ...section(words.headings.relatedClauses, related),
  ]
  return {
    clauses: clauses.length > 0 ? clauses : [{ kind: 'paragraph', text: words.noClauses }],
    'contract-checks': [
      { kind: 'heading', level: 0, text: words.headings.checks },
      checks.length > 0 ? checksTable(checks, given) : { kind: 'paragraph', text: words.noClauses },
    ],
    excluded: excludedBlocks(given, ['contract-check', 'procurement-check']),
  }
}

function clauseBlocks(item: SheetItem, { language }: Composing): Block[] {
  const words = documentWords[language]
  const { clause } = item
  const state =
    clause.state === 'agreed' && clause.agreedOn !== null
      ? words.agreedOn(plainDayIn(language, clause.agreedOn))
      : words.clauseStates[clause.state]
  return [
    {
      kind: 'heading',
      level: 2,
      text: `${item.preset.title[language]}${clause.number === '' ? '' : ` ${language === 'ja' ? `（${clause.number}）` : `(${clause.number})`}`}`,
    },
    { kind: 'paragraph', text: words.clauseNote(labelOf(item.item), state), look: 'note' },
    {
      kind: 'paragraph',
      text: clause.text.trim() === '' ? words.noClauses : textIn(language, clause.text, item.preset.clause),
    },
  ]
}

function checksTable(items: readonly SheetItem[], { language }: Composing): Block {
  const words = documentWords[language]
  return {
    kind: 'table',
    head: [...words.tables.checks],
    rows: items.map(({ item, preset, clause }) => [
      labelOf(item),
      preset.title[language],
      clause.number,
      words.clauseStates[clause.state],
      clause.agreedOn === null ? '' : plainDayIn(language, clause.agreedOn),
    ]),
    widths: [2, 8, 3, 3, 5],
    centred: [0, 2, 3],
  }
}
