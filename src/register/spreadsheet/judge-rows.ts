import { createHash } from 'node:crypto'

import { type FieldId, isFieldId } from '#register/fields.ts'
import { type Fact, textOf } from '#register/model.ts'
import { searchKey } from '#register/search-key.ts'

import { traitsOf } from './cell-traits.ts'
import type { Grid } from './grid.ts'
import { limits } from './limits.ts'
import { isBlank, type LaidTable, mergedCells } from './lay-table.ts'
import { blockRows, isTotal, shortBlocks } from './row-shape.ts'
import { type CellReader, cellReader, fixedFact, type Mark } from './read-cell.ts'

export type RowFacts = Partial<Record<FieldId, Fact>>

/**
 * What becomes of one row. Facts of the kinds `supplier` and `models` hold names, not ids: finding or creating the
 * records is for whoever stores them. A row that is rejected has its cells and its reasons, and no facts.
 */
export type RowJudgement = {
  readonly rowNumber: number
  /** Line of a CSV file on which the row begins. */
  readonly line: number | undefined
  readonly outcome: 'stored' | 'rejected'
  readonly reasons: readonly Mark[]
  readonly flags: readonly Mark[]
  readonly facts: RowFacts
  readonly organisation: readonly string[]
  readonly sourceId: string | null
  readonly name: string | null
  readonly cells: readonly string[]
}

type Context = {
  readonly grid: Grid
  readonly table: LaidTable
  readonly readers: readonly { position: number; field: FieldId; header: string; read: CellReader }[]
  readonly merged: ReadonlyMap<string, string>
  readonly formulas: ReadonlyMap<number, readonly number[]>
  readonly headerKeys: readonly string[]
  readonly hasIds: boolean
  readonly shortBlocks: ReadonlySet<number>
  readonly isAbsentWord: (text: string) => boolean
  readonly ids: Map<string, number>
  readonly digests: Map<string, number>
}

function contextOf(grid: Grid, table: LaidTable): Context {
  const readers = table.columns.flatMap(({ position, name, column }) =>
    column && column.field !== null
      ? [
          {
            position,
            header: name,
            field: column.field,
            read: cellReader(table.map, { ...column, field: column.field }),
          },
        ]
      : [],
  )
  const formulas = new Map<number, number[]>()
  for (const note of grid.notes)
    if (note.kind === 'formula') formulas.set(note.row, [...(formulas.get(note.row) ?? []), note.column])
  const { absent } = table.map
  const absentKeys = new Set(
    [absent.unanswered, absent.unknown, absent['not-applicable'], absent.none, absent.withheld].flat().map(searchKey),
  )
  return {
    grid,
    table,
    readers,
    merged: mergedCells(grid, table),
    formulas,
    headerKeys: table.columns.map((column) => searchKey(column.name)),
    hasIds: readers.some((reader) => reader.field === 'source-id'),
    shortBlocks: shortBlocks(grid, table),
    isAbsentWord: (text) => absentKeys.has(searchKey(text)),
    ids: new Map(),
    digests: new Map(),
  }
}

/** Reasons that the shape of the row gives, before any cell is understood. */
function shapeReasons({ grid, table, shortBlocks: short }: Context, index: number, cells: readonly string[]): Mark[] {
  if (isBlank(cells)) return [{ code: 'blank-row' }]
  const reasons: Mark[] = []
  const expected = table.columns.length
  // Blank cells beyond the header say nothing: some programs end every row with a delimiter.
  const isRagged =
    (cells.length < expected && !short.has(Math.floor(index / blockRows))) ||
    cells.slice(expected).some((cell) => cell.trim() !== '')
  if (grid.format === 'csv' && isRagged)
    reasons.push({ code: 'column-count', params: { expected, found: cells.length } })
  const long = cells.findIndex((cell) => cell.length > limits.cellCharacters)
  if (long >= 0)
    reasons.push({
      code: 'cell-too-long',
      params: { column: long + 1, found: cells[long]?.length ?? 0, limit: limits.cellCharacters },
    })
  return reasons
}

function readRow(context: Context, rowNumber: number, cells: readonly string[]) {
  const facts: RowFacts = {}
  const flags: Mark[] = []
  const filled: number[] = []
  for (const [field, value] of Object.entries(context.table.map.fixed)) {
    const fact = isFieldId(field) ? fixedFact(field, value) : undefined
    if (fact && isFieldId(field)) facts[field] = fact
  }
  for (const { position, field, header, read } of context.readers) {
    let raw = cells[position - 1] ?? ''
    const shared = raw === '' ? context.merged.get(`${rowNumber},${position}`) : undefined
    if (shared !== undefined) {
      raw = shared
      filled.push(position)
    }
    const { fact, marks } = read(raw)
    if (fact) facts[field] = fact
    for (const mark of marks)
      flags.push({ code: mark.code, params: { ...mark.params, column: position, header, field } })
  }
  if (filled.length > 0) flags.push({ code: 'merged-value', params: { columns: filled } })
  return { facts, flags }
}

/** What the characters of the row show, one flag per kind with the columns it was seen in. */
function traitFlags(context: Context, rowNumber: number, cells: readonly string[]): Mark[] {
  const seen = new Map<string, number[]>()
  cells.forEach((cell, i) => {
    for (const trait of traitsOf(cell)) seen.set(trait, [...(seen.get(trait) ?? []), i + 1])
  })
  const flags = [...seen].map(([code, columns]): Mark => ({ code, params: { columns } }))
  const formulas = context.formulas.get(rowNumber)
  return formulas ? [...flags, { code: 'formula', params: { columns: formulas } }] : flags
}

function repeatFlags(context: Context, rowNumber: number, cells: readonly string[], id: string | null): Mark[] {
  const flags: Mark[] = []
  if (context.hasIds && id === null) flags.push({ code: 'id-blank' })
  const earlier = id === null ? undefined : context.ids.get(searchKey(id))
  if (earlier !== undefined) flags.push({ code: 'id-duplicate', params: { of: earlier, id } })
  else if (id !== null) context.ids.set(searchKey(id), rowNumber)
  const digest = createHash('sha256').update(JSON.stringify(cells)).digest('base64')
  const same = context.digests.get(digest)
  if (same !== undefined) flags.push({ code: 'row-identical', params: { of: same } })
  else context.digests.set(digest, rowNumber)
  if (repeatsHeader(context.headerKeys, cells)) flags.push({ code: 'header-repeated' })
  return flags
}

/** Four fifths of the named columns hold their own name. Gives up as soon as that is out of reach. */
function repeatsHeader(keys: readonly string[], cells: readonly string[]): boolean {
  const named = keys.flatMap((key, i) => (key === '' ? [] : [i]))
  let other = 0
  for (const i of named) {
    const [cell, key] = [cells[i] ?? '', keys[i] ?? '']
    if (cell.length > key.length * 3 + 20 || searchKey(cell) !== key) other++
    if (other > named.length * 0.2) return false
  }
  return named.length > 1
}

function organisationPath({ table, merged, isAbsentWord }: Context, rowNumber: number, cells: readonly string[]) {
  const split = table.map.organisation?.split ?? []
  return table.organisation.flatMap((position) => {
    const text = cells[position - 1] || merged.get(`${rowNumber},${position}`) || ''
    const units = split.reduce((parts, mark) => parts.flatMap((part) => part.split(mark)), [text])
    return units.map((unit) => unit.trim()).filter((unit) => unit !== '' && !isAbsentWord(unit))
  })
}

function judgeRow(context: Context, index: number): RowJudgement {
  const { grid, table } = context
  const cells = grid.rows[index] ?? []
  const rowNumber = grid.rowNumbers[index] ?? 0
  const base = { rowNumber, line: grid.lines?.[index], cells }
  const shape = shapeReasons(context, index, cells)
  const empty = { facts: {}, organisation: [], sourceId: null, name: null }
  if (shape.length > 0) return { ...base, ...empty, outcome: 'rejected', reasons: shape, flags: [] }
  const { facts, flags } = readRow(context, rowNumber, cells)
  const sourceId = textOf(facts, 'source-id') || null
  const name = textOf(facts, 'name') || null
  const beyond = cells.findIndex((cell, i) => i >= table.columns.length && cell.trim() !== '')
  const allFlags = [
    ...repeatFlags(context, rowNumber, cells, sourceId),
    ...flags,
    ...(grid.format === 'csv' && cells.length < table.columns.length
      ? [{ code: 'cells-left-out', params: { column: cells.length + 1 } }]
      : []),
    ...(beyond >= 0 ? [{ code: 'trailing-cells', params: { column: beyond + 1 } }] : []),
    ...traitFlags(context, rowNumber, cells),
  ]
  const organisation = organisationPath(context, rowNumber, cells)
  const reasons = table.map.required.flatMap((field): Mark[] => {
    const fact = facts[field]
    if (field === 'name' && name !== null && isTotal(name)) return [{ code: 'total-row', params: { value: name } }]
    if (fact && 'value' in fact) return []
    const long = flags.find((flag) => flag.code === 'too-long' && flag.params?.['field'] === field)
    if (long) return [long]
    return [field === 'name' ? { code: 'name-blank' } : { code: 'field-missing', params: { field } }]
  })
  if (reasons.length > 0)
    return { ...base, ...empty, name, sourceId, organisation, outcome: 'rejected', reasons, flags: allFlags }
  return { ...base, outcome: 'stored', reasons: [], flags: allFlags, facts, organisation, sourceId, name }
}

/**
 * Judges the rows in their order, one at a time, so that whoever stores them can show progress and stop. Every row of
 * `table.body` comes out exactly once: rows = stored + rejected.
 */
export function* judgeRows(grid: Grid, table: LaidTable): Generator<RowJudgement, void, undefined> {
  const context = contextOf(grid, table)
  for (const index of table.body) yield judgeRow(context, index)
}
