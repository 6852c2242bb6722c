import { type Field, type FieldId, fieldOf } from '#register/fields.ts'
import { type Fact, factSchema } from '#register/model.ts'
import { searchKey } from '#register/search-key.ts'

import type { AbsentWords, ColumnMap, MapColumn, Reading } from './column-map.ts'
import { readDateCell } from './read-date-cell.ts'
import { splitList } from './split-list.ts'

/** A reason or a flag: a code, and what the page needs to word it. `column` counts from 1. */
export type Mark = { readonly code: string; readonly params?: Readonly<Record<string, unknown>> }

/** What a cell says of its field. Without a fact it is unanswered. */
type CellReading = { readonly fact?: Fact; readonly marks: readonly Mark[] }

/** A column of the map made ready for many cells. */
export type CellReader = (raw: string) => CellReading

const noteCharacters = 2000

/** The sender said something that is no value of the field: not unanswered, and the register does not know what. */
const notUnderstood = (raw: string, code: string, params: Mark['params'] = {}): CellReading => ({
  fact: { absent: 'unknown', ...(raw.trim().length <= noteCharacters ? { note: raw.trim() } : {}) },
  marks: [{ code, params: { ...params, value: raw.trim().slice(0, 200) } }],
})

type SomeWords = { readonly [K in keyof AbsentWords]?: AbsentWords[K] | undefined }

function absentFacts(words: SomeWords): Map<string, (raw: string) => Fact | undefined> {
  const facts = new Map<string, (raw: string) => Fact | undefined>()
  const put = (list: readonly string[] | undefined, fact: (raw: string) => Fact | undefined) =>
    list?.forEach((word) => facts.set(searchKey(word), fact))
  put(words.unanswered, () => undefined)
  put(words.unknown, () => ({ absent: 'unknown' }))
  put(words['not-applicable'], () => ({ absent: 'not-applicable' }))
  put(words.none, (raw) => ({ absent: 'not-applicable', note: raw.trim() }))
  put(words.withheld, () => ({ absent: 'withheld' }))
  const { waived } = words
  if (waived) put(waived.words, (raw) => ({ absent: 'waived', by: waived.by, why: raw.trim() }))
  return facts
}

/** @param raw  not blank and none of the words for absence */
type ValueReader = (raw: string) => CellReading

const maxLength: Readonly<Partial<Record<Field['kind'], number>>> = { text: 500, 'long-text': 20_000, supplier: 500 }

function textReader(field: Field): ValueReader {
  const limit = maxLength[field.kind] ?? 20_000
  return (raw) => {
    const value = raw.trim()
    if (value.length > limit) return notUnderstood(raw, 'too-long', { found: value.length, limit })
    return { fact: { value: field.kind === 'models' ? [value] : value }, marks: [] }
  }
}

/** Words are compared whole, by their keys: "not in use" is never "in use". */
const wordTable = (values: Readonly<Record<string, string>>): ReadonlyMap<string, string> =>
  new Map(Object.entries(values).map(([word, code]) => [searchKey(word), code]))

function codeReader(values: Readonly<Record<string, string>>): ValueReader {
  const table = wordTable(values)
  return (raw) => {
    const code = table.get(searchKey(raw))
    return code === undefined ? notUnderstood(raw, 'not-in-list') : { fact: { value: code }, marks: [] }
  }
}

function codesReader(reading: Extract<Reading, { as: 'codes' }>): ValueReader {
  const table = wordTable(reading.values)
  return (raw) => {
    const whole = table.get(searchKey(raw))
    const { items, others } = whole ? { items: [raw], others: false } : splitList(raw, reading.split)
    const codes = items.map((item) => table.get(searchKey(item)))
    const unlisted = items.filter((_, i) => codes[i] === undefined)
    const known = [...new Set(codes.filter((code) => code !== undefined))]
    if (known.length === 0) return notUnderstood(raw, 'not-in-list')
    const marks: Mark[] = unlisted.length > 0 ? [{ code: 'not-in-list', params: { value: unlisted.join('; ') } }] : []
    return { fact: { value: known }, marks: others ? [...marks, { code: 'and-others' }] : marks }
  }
}

function listReader(field: Field, split: Extract<Reading, { as: 'list' }>['split']): ValueReader {
  return (raw) => {
    const { items, others } = splitList(raw, split)
    const [first] = items
    if (first === undefined) return { marks: [] }
    const marks: Mark[] = others ? [{ code: 'and-others', params: { value: raw.trim().slice(0, 200) } }] : []
    if (items.some((item) => item.length > 500)) return notUnderstood(raw, 'too-long', { limit: 500 })
    if (field.kind === 'models') return { fact: { value: [...new Set(items)] }, marks }
    if (items.length > 1) marks.push({ code: 'several-values', params: { value: raw.trim().slice(0, 200) } })
    return { fact: { value: first }, marks }
  }
}

function dateReader(order: Extract<Reading, { as: 'date' }>['order']): ValueReader {
  return (raw) => {
    const read = readDateCell(raw, order)
    if (!read.ok) return notUnderstood(raw, read.reason === 'not-a-date' ? read.reason : `date-${read.reason}`)
    const marks = read.notes.map((note) => ({ code: `date-${note}`, params: { value: raw.trim(), read: read.iso } }))
    // A fiscal year begins in April: its first month is what the year says, and a day is not invented.
    return { fact: { value: read.precision === 'fiscal-year' ? `${read.iso}-04` : read.iso }, marks }
  }
}

function numberReader(units: Readonly<Record<string, number>>): ValueReader {
  const factors = new Map(Object.entries(units).map(([word, factor]) => [searchKey(word), factor]))
  return (raw) => {
    const plain = searchKey(raw).replace(/(?<=\d),(?=\d{3})/g, '')
    const match = /^(約|およそ|概ね|~|about |approx\.? ?)?(\d+(?:\.\d+)?)(.*)$/.exec(plain)
    const unit = searchKey(match?.[3] ?? '')
    const factor = unit === '' ? 1 : factors.get(unit)
    if (!match || factor === undefined) return notUnderstood(raw, 'not-a-number')
    const marks: Mark[] = match[1] ? [{ code: 'approximate', params: { value: raw.trim() } }] : []
    return { fact: { value: Number(match[2]) * factor }, marks }
  }
}

function valueReader(field: Field, reading: Reading): ValueReader {
  switch (reading.as) {
    case 'text':
      return textReader(field)
    case 'code': {
      const one = codeReader(reading.values)
      if (field.kind !== 'codes') return one
      return (raw) => {
        const { fact, marks } = one(raw)
        return fact && 'value' in fact
          ? { fact: { value: [String(fact.value)] }, marks }
          : { ...(fact ? { fact } : {}), marks }
      }
    }
    case 'codes':
      return codesReader(reading)
    case 'list':
      return listReader(field, reading.split)
    case 'date':
      return dateReader(reading.order)
    case 'number':
      return numberReader(reading.units)
  }
}

const ofMap = new WeakMap<ColumnMap, ReturnType<typeof absentFacts>>()
/** Asked for every column of a map: worked out once. */
function generalWords(map: ColumnMap): ReturnType<typeof absentFacts> {
  const found = ofMap.get(map) ?? absentFacts(map.absent)
  ofMap.set(map, found)
  return found
}

/** Reads the cells of one column by its map. The marks name no column; the row adds it. */
export function cellReader(map: ColumnMap, column: MapColumn & { field: FieldId }): CellReader {
  const field = fieldOf(column.field)
  // Words of the column stand before those of the map: 「なし」 is "no" in one column and "none" in another.
  // An identifier is what is written, "TBD" too; only signs without a letter or digit (「－」) are none.
  const isId = column.field === 'source-id'
  const general: ReturnType<typeof absentFacts> = isId ? new Map() : generalWords(map)
  const own = absentFacts(column.absent ?? {})
  const listed = 'values' in column.read ? new Set(Object.keys(column.read.values).map(searchKey)) : new Set<string>()
  const value = valueReader(field, column.read)
  const longest = Math.max(0, ...[...general.keys(), ...own.keys()].map((key) => key.length))
  const read = (raw: string): CellReading => {
    if (raw.trim() === '') return { marks: [] }
    // A text several times as long as any word for absence is none of them, whatever its width.
    if (!isId && raw.length > longest * 3 + 20) return value(raw)
    const key = searchKey(raw)
    if (key === '' || (isId && !/[\p{L}\p{N}]/u.test(key))) return { marks: [] }
    const absent = own.get(key) ?? (listed.has(key) ? undefined : general.get(key))
    if (!absent) return value(raw)
    const fact = absent(raw)
    return fact ? { fact, marks: [] } : { marks: [] }
  }
  return column.read.as === 'text' ? read : remembering(read)
}

/** Coded columns say the same few words again and again. */
function remembering(read: CellReader): CellReader {
  const known = new Map<string, CellReading>()
  return (raw) => {
    const found = known.get(raw) ?? read(raw)
    if (known.size < 1000 && raw.length < 200) known.set(raw, found)
    return found
  }
}

/** A fact that the whole form states. */
export function fixedFact(field: FieldId, value: string): Fact | undefined {
  const fact: Fact = { value: fieldOf(field).kind === 'codes' ? [value] : value }
  return factSchema(field).safeParse(fact).success ? fact : undefined
}
