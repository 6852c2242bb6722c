import { type FieldId, fieldOf } from '#register/fields.ts'
import type { ColumnMap, MapColumn, Reading } from '#register/spreadsheet/column-map.ts'
import { searchKey } from '#register/search-key.ts'

export type ColumnAt = { readonly position: number; readonly header: string }
/** What a column goes into: a field, the organisation, or nothing but the original. */
export type Target = FieldId | 'organisation' | null

const same = (a: string, b: string) => searchKey(a) === searchKey(b)

/** Which of the columns of that name it is, from the left. */
export const occurrenceOf = (columns: readonly ColumnAt[], column: ColumnAt): number =>
  columns.filter(({ header, position }) => same(header, column.header) && position <= column.position).length

/** How the values of a field are read when nothing is known of the sender's words: by the known maps, else by its kind. */
export function readingFor(
  field: FieldId,
  known: readonly ColumnMap[],
  words: Readonly<Record<string, string>>,
): Reading {
  const { kind } = fieldOf(field)
  const own = Object.fromEntries(Object.entries(words).map(([code, word]) => [word, code]))
  const taught = known.flatMap((map) =>
    map.columns.flatMap(({ field: into, read }) =>
      into === field && 'values' in read ? Object.entries(read.values) : [],
    ),
  )
  const values = { ...Object.fromEntries(taught), ...own }
  switch (kind) {
    case 'code':
      return { as: 'code', values }
    case 'codes':
      return { as: 'codes', split: 'any', values }
    case 'date':
      return { as: 'date', order: 'none' }
    case 'number':
      return { as: 'number', units: {} }
    case 'models':
      return { as: 'list', split: 'any' }
    case 'text':
    case 'long-text':
    case 'supplier':
      return { as: 'text' }
  }
}

/** Puts a column into a field. A field takes one column only, so the one that was in it before goes into none. */
export function setTarget(
  map: ColumnMap,
  columns: readonly ColumnAt[],
  column: ColumnAt,
  target: Target,
  readingOf: (field: FieldId) => Reading,
): ColumnMap {
  const occurrence = occurrenceOf(columns, column)
  const isIt = (one: MapColumn) =>
    one.headers.some((name) => same(name, column.header)) && one.occurrence === occurrence
  const field = target === 'organisation' ? null : target
  const others = map.columns
    .filter((one) => !isIt(one))
    .map((one) =>
      field !== null && one.field === field ? { ...one, field: null, read: { as: 'text' as const } } : one,
    )
  const own: MapColumn = {
    headers: [column.header],
    occurrence,
    field,
    read: field === null ? { as: 'text' } : readingOf(field),
  }
  const units = (map.organisation?.columns ?? []).filter((names) => names.every((name) => !same(name, column.header)))
  const organisation = target === 'organisation' ? [...units, [column.header]] : units
  const { organisation: before, ...rest } = map
  return {
    ...rest,
    columns: [...others, own],
    ...(organisation.length === 0
      ? {}
      : { organisation: { split: before?.split ?? [], missing: before?.missing ?? 'flag', columns: organisation } }),
  }
}

/** What a column goes into now; `field` is what the server found for it. */
export const targetOf = (map: ColumnMap, column: ColumnAt, field: FieldId | null): Target =>
  field ?? (map.organisation?.columns.flat().some((name) => same(name, column.header)) ? 'organisation' : null)

export const hasName = (map: ColumnMap): boolean => map.columns.some(({ field }) => field === 'name')
