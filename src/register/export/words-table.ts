import { type FieldId, fieldIds, fieldOf } from '#register/fields.ts'
import { absences, type Fact, factOf, verdicts } from '#register/model.ts'
import { factToCell, type RegisterRecord } from '#register/spreadsheet/register-table.ts'
import type { fields as Words } from '#register/words/ja.ts'

import { metaColumns } from './load-records.ts'

type Words = typeof Words
type Meta = (typeof metaColumns)[number]

/** The register as a sheet for people: heads and codes in words. What the words stand for is in the code table beside it. */
export function wordsTable(records: readonly RegisterRecord[], words: Words): string[][] {
  const heads = [...metaColumns.map((column) => words.columns[column]), ...fieldIds.map((id) => words.labels[id])]
  return [heads, ...records.map((record) => rowOf(record, words))]
}

const rowOf = ({ meta, facts }: RegisterRecord, words: Words): string[] => [
  ...metaColumns.map((column) => metaCell(column, meta[column] ?? '', words)),
  ...fieldIds.map((id) => factCell(id, factOf(facts, id), words)),
]

function metaCell(column: Meta, text: string, words: Words): string {
  if (column === 'verdict' || column === 'ruled-verdict') return lookUp(words.verdicts, text)
  if (text === 'yes' || text === 'no') return words.sheet[text]
  return text
}

/** An absence is said in words, never by an empty cell; what is known about it follows in brackets. */
function factCell(id: FieldId, fact: Fact, words: Words): string {
  if ('absent' in fact) {
    const { absent, ...rest } = fact
    const known = Object.values(rest).filter((text) => typeof text === 'string')
    return known.length > 0 ? `${words.absences[absent]}（${known.join('、')}）` : words.absences[absent]
  }
  if (fieldOf(id).codes === undefined) return factToCell(fact)
  const table = codesOf(id, words)
  return typeof fact.value === 'object'
    ? fact.value.map((code) => lookUp(table, code)).join('、')
    : lookUp(table, String(fact.value))
}

const codesOf = (id: FieldId, words: Words): Readonly<Record<string, string>> =>
  (words.codes as Readonly<Record<string, Readonly<Record<string, string>>>>)[id] ?? {}

const lookUp = (table: Readonly<Record<string, string>>, code: string): string => table[code] ?? code

/** Every word that a cell of the sheet may hold, with the code it stands for. */
export function codeTable(words: Words): string[][] {
  const rows = (label: string, id: string, table: Readonly<Record<string, string>>, codes: readonly string[]) =>
    codes.map((code) => [label, id, lookUp(table, code), code])
  return [
    [...words.sheet.heads],
    ...rows(words.columns.verdict, 'verdict', words.verdicts, verdicts),
    ...fieldIds.flatMap((id) => rows(words.labels[id], id, codesOf(id, words), fieldOf(id).codes ?? [])),
    ...absences.map((absence) => ['', '', words.absences[absence], absence]),
    ...metaColumns.map((c) => [words.columns[c], c, '', '']),
    ...fieldIds.map((id) => [words.labels[id], id, '', '']),
  ]
}
