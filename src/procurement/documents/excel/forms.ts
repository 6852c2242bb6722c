import type { Sheet, SheetItem } from '#procurement/sheets/api.ts'
import { labelOf, ways } from '#procurement/sheets/model.ts'
import type { Comparison, OwnTender } from '#procurement/tenders/api.ts'

import { formWords } from './form-words.ts'
import type { Choice, ColumnKey, Form, FormColumn, FormRow, Language } from './model.ts'

/** A cell of a list: one entry on each line. */
export const joinLines = (entries: readonly string[]): string => entries.join('\n')

/** Together they fit a landscape page of A4 at a size that can be read. */
const widths: Readonly<Record<ColumnKey, number>> = {
  id: 8,
  group: 12,
  title: 22,
  proposal: 9,
  decision: 9,
  reason: 24,
  requirement: 44,
  chapter: 10,
  evidence: 24,
  verification: 13,
  clauseText: 36,
  clauseNumber: 10,
  clauseState: 10,
  agreedOn: 12,
  bidder: 9,
  fulfils: 11,
  answer: 40,
  mark: 11,
  markReason: 28,
}
const most: Readonly<Partial<Record<ColumnKey, number>>> = {
  reason: 2000,
  requirement: 20_000,
  chapter: 40,
  evidence: 10_100,
  clauseText: 20_000,
  clauseNumber: 40,
  answer: 20_000,
  markReason: 4000,
}

const choicesOf = (words: Readonly<Record<string, string>>): Choice[] =>
  Object.entries(words).map(([code, word]) => ({ code, words: word }))

/** Ways can be several: each set of them is one choice. */
function wayChoices(language: Language): Choice[] {
  const words = formWords[language]
  return Array.from({ length: 2 ** ways.length - 1 }, (_, n) => ways.filter((_way, bit) => ((n + 1) >> bit) & 1))
    .toSorted((a, b) => a.length - b.length)
    .map((set) => ({ code: set.join(','), words: set.map((way) => words.ways[way]).join(words.separator) }))
}

function columnsOf(language: Language, locked: readonly ColumnKey[], editable: readonly ColumnKey[]): FormColumn[] {
  const words = formWords[language]
  const choices: Readonly<Partial<Record<ColumnKey, Choice[]>>> = {
    decision: choicesOf(words.decisions),
    verification: wayChoices(language),
    clauseState: choicesOf(words.clauseStates),
    fulfils: choicesOf(words.fulfils),
    mark: choicesOf(words.marks),
  }
  const column = (key: ColumnKey, open: boolean): FormColumn => ({
    key,
    name: words.columns[key],
    // A row of one bidder is named by item and bidder.
    width: key === 'id' && locked.includes('bidder') ? 14 : widths[key],
    editable: open,
    ...(open && choices[key] ? { choices: choices[key] } : {}),
    ...(open && most[key] !== undefined ? { most: most[key] } : {}),
    ...(key === 'agreedOn' ? { date: true } : {}),
    ...(key === 'clauseState' ? { needed: true } : {}),
  })
  return [...locked.map((key) => column(key, false)), ...editable.map((key) => column(key, true))]
}

const procurementOf = ({ id, number, title }: { id: string; number: string; title: string }) => ({ id, number, title })
const editionOf = (sheet: Sheet) => `${sheet.catalog} ${sheet.edition}`

const decisionWords = (item: SheetItem, language: Language): string =>
  item.included === null ? '' : formWords[language].decisions[item.included ? 'include' : 'leave-out']
const waysWords = (set: readonly (typeof ways)[number][], language: Language): string =>
  ways
    .filter((way) => set.includes(way))
    .map((way) => formWords[language].ways[way])
    .join(formWords[language].separator)

/** The planner's sheet: one row for each check of procurement, decided on or not. */
export function checkSheetForm(sheet: Sheet, language: Language): Form {
  const rows = sheet.items.filter((item) => item.sheet === 'procurement-check').map((item) => itemRow(item, language))
  const editable = [
    'decision',
    'reason',
    'requirement',
    'chapter',
    'evidence',
    'verification',
    'clauseText',
    'clauseNumber',
  ] as const
  const columns = columnsOf(language, ['id', 'group', 'title', 'proposal'], editable)
  return { kind: 'check-sheet', language, procurement: procurementOf(sheet), edition: editionOf(sheet), columns, rows }
}

export function contractSheetForm(sheet: Sheet, language: Language): Form {
  const rows = sheet.items.filter((item) => item.sheet === 'contract-check').map((item) => itemRow(item, language))
  const editable = ['decision', 'reason', 'clauseText', 'clauseNumber', 'clauseState', 'agreedOn', 'evidence'] as const
  const columns = columnsOf(language, ['id', 'group', 'title', 'proposal'], editable)
  return {
    kind: 'contract-sheet',
    language,
    procurement: procurementOf(sheet),
    edition: editionOf(sheet),
    columns,
    rows,
  }
}

function itemRow(item: SheetItem, language: Language): FormRow {
  const words = formWords[language]
  return {
    id: labelOf(item.item),
    item: item.item,
    version: item.version,
    values: {
      id: labelOf(item.item),
      group: item.preset.groupTitle[language],
      title: item.preset.title[language],
      proposal: words.proposals[item.proposal.says],
      decision: decisionWords(item, language),
      reason: item.reason ?? '',
      requirement: item.requirement,
      chapter: item.chapter,
      evidence: joinLines(item.evidence),
      verification: waysWords(item.verification, language),
      clauseText: item.clause.text,
      clauseNumber: item.clause.number,
      clauseState: words.clauseStates[item.clause.state],
      agreedOn: item.clause.agreedOn ?? '',
    },
  }
}

/** The sheet of one supplier: what it was asked, as it was sent, and its own answers. Nothing of others is in it. */
export function answerSheetForm(own: OwnTender, language: Language): Form {
  const words = formWords[language]
  const rows = own.items.map((item): FormRow => ({
    id: labelOf(item.item),
    item: item.item,
    version: item.version,
    values: {
      id: labelOf(item.item),
      chapter: item.asked.chapter,
      title: item.asked.title[language],
      requirement: item.asked.requirement,
      evidence: joinLines(item.asked.evidence),
      verification: waysWords(item.asked.verification, language),
      fulfils: item.fulfils === null ? '' : words.fulfils[item.fulfils],
      answer: item.text,
    },
  }))
  return {
    kind: 'answer-sheet',
    language,
    // A supplier knows its tender by the number.
    procurement: { id: own.number, number: own.number, title: own.title },
    bidderId: own.id,
    edition: String(own.sending),
    columns: columnsOf(
      language,
      ['id', 'chapter', 'title', 'requirement', 'evidence', 'verification'],
      ['fulfils', 'answer'],
    ),
    rows,
  }
}

/** Every answer that was handed in, one row for each item and bidder, to be marked. */
export function comparisonForm(comparison: Comparison, language: Language): Form {
  const words = formWords[language]
  const labels = new Map(comparison.bidders.map((bidder) => [bidder.id, bidder.label]))
  const rows = comparison.items.flatMap(({ item, text, cells }) =>
    cells.map(({ bidderId, answer, evaluation }): FormRow => {
      const id = `${labelOf(item)} / ${labels.get(bidderId) ?? ''}`
      return {
        id,
        item,
        bidderId,
        version: evaluation?.version ?? 0,
        values: {
          id,
          title: text.title[language],
          requirement: text.requirement,
          bidder: labels.get(bidderId) ?? '',
          fulfils: answer?.fulfils ? words.fulfils[answer.fulfils] : '',
          answer: answer?.text ?? '',
          mark: evaluation?.mark ? words.marks[evaluation.mark] : '',
          markReason: evaluation?.reason ?? '',
        },
      }
    }),
  )
  return {
    kind: 'comparison',
    language,
    procurement: procurementOf(comparison.procurement),
    edition: String(comparison.sending ?? 0),
    columns: columnsOf(language, ['id', 'title', 'requirement', 'bidder', 'fulfils', 'answer'], ['mark', 'markReason']),
    rows,
  }
}
