import { type FieldId, isFieldId } from '#register/fields.ts'
import { searchKey } from '#register/search-key.ts'

import type { ColumnMap, MapColumn, Reading } from './column-map.ts'
import type { Header, HeaderColumn } from './find-header.ts'
import type { Grid } from './grid.ts'
import { bareHeader, namesOf } from './header-names.ts'
import { nameColumn, orderOf, sampleOf, understands } from './propose-by-cells.ts'

export type Known = { readonly key: string; readonly column: MapColumn }

const isAscii = (text: string): boolean => /^\p{ASCII}+$/u.test(text)
const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)

/** Words that make another thing of a name: "supplier type", 「利用者区分」. */
const another =
  /(^|[^a-z])(type|category|kind|class|dates?|links?|url|id|number|indicator|code|e-?mail|contact|status|country|region)([^a-z]|$)|種別|区分|番号|日付|有無|件数|連絡|理由|根拠|期間|費|額/

/** Whether `part` stands in `whole` in whole words and is most of it: "provider" is no name for a question that mentions one. */
function isMostOf(part: string, whole: string, share: number): boolean {
  if (part.length < whole.length * share || !whole.includes(part) || another.test(whole.replace(part, ' ')))
    return false
  return !isAscii(part) || new RegExp(`(^|[^a-z0-9])${escaped(part)}([^a-z0-9]|$)`).test(whole)
}

/** How well a header fits a known name: 3 equal, 2 equal without remarks or with its group, 1 one is most of the other. */
function fit(header: string, known: string): number {
  const [own = '', ...others] = namesOf(header)
  if (own === known) return 3
  if (others.includes(known)) return 2
  const bare = bareHeader(header)
  const [least, leastBare] = isAscii(known) ? [6, 6] : [3, 4]
  if (known.length >= least && isMostOf(known, bare, 0.5)) return 1
  return bare.length >= leastBare && isMostOf(bare, known, 0.75) ? 1 : 0
}

type Table = { readonly header: Header; readonly rows: Grid['rows']; readonly absent: ColumnMap['absent'] }

function bestFor(column: HeaderColumn, known: readonly Known[], used: ReadonlySet<string>, table: Table) {
  let best: { score: number; known: Known } | undefined
  for (const candidate of known) {
    const { field } = candidate.column
    if (field === null || !isFieldId(field) || used.has(field)) continue
    const score = fit(column.name, candidate.key)
    if (score === 0) continue
    if (best && (score < best.score || (score === best.score && candidate.key.length <= best.known.key.length)))
      continue
    // A vague likeness of names counts only where the cells say the same.
    if (
      score === 1 &&
      !understands({ ...candidate.column, field }, sampleOf(table.rows, column.position), table.absent)
    )
      continue
    best = { score, known: candidate }
  }
  return best
}

/**
 * A map for a table that no map knows, put together from what the given maps know of names and values. It is a proposal:
 * a person sees and corrects it before anything is imported. Columns that fit nothing go into no field.
 * @param rows  of the table below the header; what they hold confirms or refutes a likeness of names
 */
export function proposeMap(header: Header, maps: readonly ColumnMap[], rows: Grid['rows'] = []): ColumnMap {
  const known: Known[] = maps.flatMap((map) =>
    map.columns.flatMap((column) => column.headers.map((name) => ({ key: searchKey(name), column }))),
  )
  const table: Table = { header, rows, absent: mergedAbsent(maps) }
  const named = header.columns.filter((column) => column.name.trim() !== '')
  const organisation = organisationColumns(named, maps)
  const ofOrganisation = new Set(organisation.map((column) => column.position))
  const used = new Set<string>()
  const columns = new Map<number, MapColumn>()
  // Exact names first, so that a vague one never takes the field of a column that says it plainly.
  for (const least of [3, 2, 1])
    for (const column of named) {
      if (columns.has(column.position) || (least === 1 && ofOrganisation.has(column.position))) continue
      const best = bestFor(column, known, used, table)
      const field = best?.known.column.field
      if (!best || best.score < least || !field || !isFieldId(field)) continue
      if (ofOrganisation.has(column.position) && !units.includes(field)) continue
      used.add(field)
      columns.set(column.position, proposed(column, { ...best.known.column, field }, maps, rows))
    }
  if (!used.has('name')) {
    const free = named.filter(({ position }) => !columns.has(position) && !ofOrganisation.has(position))
    const at = nameColumn(free, rows) ?? named[0]
    if (at) columns.set(at.position, { ...rest(at), field: 'name' })
  }
  return {
    id: 'proposed',
    version: 1,
    name: { ja: '見出しから作った案', en: 'Proposed from the headers' },
    recognise: [],
    header: {
      row: 'guess',
      depth: header.depth,
      skip: isNumbering(rows[0], named.length) ? 1 : 0,
      skipMarks: noteMarks(maps),
    },
    absent: table.absent,
    columns: named.map((column) => columns.get(column.position) ?? rest(column)),
    ...(organisation.length > 0
      ? {
          organisation: {
            columns: organisation.map(({ name }) => [name]),
            split: ['／', '/', '\n', '　'],
            missing: 'flag' as const,
          },
        }
      : {}),
    fixed: {},
    required: ['name'],
  }
}

const units: readonly FieldId[] = ['planner-unit', 'provider-unit']

function proposed(
  own: HeaderColumn,
  column: MapColumn & { field: FieldId },
  maps: readonly ColumnMap[],
  rows: Grid['rows'],
): MapColumn {
  const read = column.read
  const base = { ...column, headers: [own.name], occurrence: own.occurrence }
  if (read.as === 'date')
    return { ...base, read: { ...read, order: orderOf(sampleOf(rows, own.position)) ?? read.order } }
  return 'values' in read ? { ...base, read: { ...read, values: wordsOf(column.field, read, maps) } } : base
}

/** Every word that any map has for the codes of a field; what the chosen column says itself comes first. */
function wordsOf(field: string, read: Extract<Reading, { values: unknown }>, maps: readonly ColumnMap[]) {
  const all = maps.flatMap((map) => map.columns.filter((column) => column.field === field))
  const words = all.flatMap((column) => ('values' in column.read ? Object.entries(column.read.values) : []))
  const keys = new Set(Object.keys(read.values).map(searchKey))
  const more = words.filter(([word]) => !keys.has(searchKey(word)) && keys.add(searchKey(word)))
  return { ...read.values, ...Object.fromEntries(more) }
}

const rest = (column: HeaderColumn): MapColumn => ({
  headers: [column.name],
  occurrence: column.occurrence,
  field: null,
  read: { as: 'text' },
})

/** From the outermost unit inwards: by the level that a map gives the name, within a level from the left. */
function organisationColumns(columns: readonly HeaderColumn[], maps: readonly ColumnMap[]): HeaderColumn[] {
  const levels = new Map<string, number>()
  for (const map of maps)
    map.organisation?.columns.forEach((names, level) => {
      for (const key of names.map(searchKey)) levels.set(key, Math.max(level, levels.get(key) ?? 0))
    })
  const levelOf = ({ name }: HeaderColumn) =>
    namesOf(name)
      .map((key) => levels.get(key))
      .find((level) => level !== undefined)
  return columns
    .flatMap((column) => {
      const level = levelOf(column)
      return level === undefined ? [] : [{ column, level }]
    })
    .toSorted((a, b) => a.level - b.level || a.column.position - b.column.position)
    .map(({ column }) => column)
}

/** A row below the names that only numbers the columns: (1), (2) … or ①, ② … */
function isNumbering(row: readonly string[] = [], names: number): boolean {
  const cells = row.map((cell) => cell.trim()).filter((cell) => cell !== '')
  const isNumber = (cell: string) => /^(\(\d{1,2}\)|\(?[a-zァ-ヶ]\)?|\d{1,2})$/iu.test(cell.normalize('NFKC'))
  return cells.length >= Math.max(3, names * 0.8) && cells.every(isNumber) && new Set(cells).size === cells.length
}

/** Marks of notes below a table. A plain sign such as `@` may begin a value of an unknown table. */
const noteMarks = (maps: readonly ColumnMap[]): string[] =>
  [...new Set(maps.flatMap((map) => map.header.skipMarks))].filter((mark) => /[※注例]/.test(mark))

function mergedAbsent(maps: readonly ColumnMap[]): ColumnMap['absent'] {
  const all = (state: 'unanswered' | 'unknown' | 'not-applicable' | 'none' | 'withheld') => [
    ...new Set(maps.flatMap((map) => map.absent[state])),
  ]
  return {
    unanswered: all('unanswered'),
    unknown: all('unknown'),
    'not-applicable': all('not-applicable'),
    none: all('none'),
    withheld: all('withheld'),
  }
}
