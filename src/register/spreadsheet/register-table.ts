import { type FieldId, fieldIds, fieldOf, isFieldId } from '#register/fields.ts'
import { type Fact, type Facts, factOf, type FactValue } from '#register/model.ts'

// How the register profile writes a fact into one cell, so that every state is seen by a person and read back exactly:
//   (empty)                      unanswered
//   #unknown  #not-applicable  #withheld  #waived      absent; what else is known follows as JSON: #unknown {"note":"…"}
//   a; b                         several values; `\` and `;` inside a value are written `\\` and `\;`
//   ##…                          a value that itself begins with #

/** One use of the register. Facts of the kinds `supplier` and `models` hold names here, not ids. */
export type RegisterRecord = {
  /** Texts beside the facts, such as ids, organisation, verdict, version, times; keys are column ids. */
  readonly meta: Readonly<Record<string, string>>
  readonly facts: Facts
}

const escapeMark = (text: string): string => (text.startsWith('#') ? `#${text}` : text)
const joinList = (items: readonly string[]): string =>
  items.map((item) => item.replace(/[\\;]/g, (c) => `\\${c}`)).join('; ')

function splitJoined(text: string): string[] {
  const items: string[] = []
  let item = ''
  for (let i = 0; i < text.length; i++) {
    const c = text[i] ?? ''
    if (c === '\\') item += text[++i] ?? ''
    else if (c === ';' && text[i + 1] === ' ') {
      items.push(item)
      item = ''
      i++
    } else item += c
  }
  return [...items, item]
}

/** The cell of a fact; `unanswered` is an empty cell. */
export function factToCell(fact: Fact): string {
  if ('value' in fact) {
    const { value } = fact
    return escapeMark(typeof value === 'object' ? joinList(value) : String(value))
  }
  if (fact.absent === 'unanswered') return ''
  const { absent, ...rest } = fact
  const known = Object.entries(rest).filter(([, value]) => value !== undefined)
  return known.length > 0 ? `#${absent} ${JSON.stringify(Object.fromEntries(known))}` : `#${absent}`
}

type CellToFact =
  | { readonly ok: true; readonly fact: Fact }
  | { readonly ok: false; readonly reason: 'no-such-state' | 'broken-detail' | 'not-a-number' }

const states = ['unknown', 'not-applicable', 'withheld', 'waived'] as const

/** The fact of a cell that `factToCell` wrote. */
export function cellToFact(cell: string, field: FieldId): CellToFact {
  if (cell === '') return { ok: true, fact: { absent: 'unanswered' } }
  if (!cell.startsWith('#') || cell.startsWith('##'))
    return valueOfCell(cell.startsWith('#') ? cell.slice(1) : cell, field)
  const [, word, detail] = /^#([a-z-]+)(?: (\{[\s\S]*\}))?$/.exec(cell) ?? []
  const absent = states.find((state) => state === word)
  if (!absent) return { ok: false, reason: 'no-such-state' }
  try {
    return { ok: true, fact: { absent, ...(detail ? (JSON.parse(detail) as object) : {}) } as Fact }
  } catch {
    return { ok: false, reason: 'broken-detail' }
  }
}

function valueOfCell(text: string, field: FieldId): CellToFact {
  const { kind } = fieldOf(field)
  if (kind === 'codes' || kind === 'models') return { ok: true, fact: { value: splitJoined(text) } }
  if (kind !== 'number') return { ok: true, fact: { value: text } }
  const value: FactValue = Number(text)
  return Number.isFinite(value) && text.trim() !== ''
    ? { ok: true, fact: { value } }
    : { ok: false, reason: 'not-a-number' }
}

/** Header row of column ids, then one row per record: the given meta columns, then every field. */
export function registerTable(records: Iterable<RegisterRecord>, metaColumns: readonly string[]): string[][] {
  const rows: string[][] = [[...metaColumns, ...fieldIds]]
  for (const { meta, facts } of records)
    rows.push([
      ...metaColumns.map((column) => meta[column] ?? ''),
      ...fieldIds.map((field) => factToCell(factOf(facts, field))),
    ])
  return rows
}

type TableFault = { readonly row: number; readonly column: number; readonly reason: string }

/** Reads back what `registerTable` wrote; columns may stand in any order. Faults count rows and columns from 1. */
export function readRegisterTable(rows: readonly (readonly string[])[]): {
  records: RegisterRecord[]
  faults: TableFault[]
} {
  const [header = [], ...body] = rows
  const faults: TableFault[] = []
  const records = body.map((cells, r): RegisterRecord => {
    const meta: Record<string, string> = {}
    const facts: Partial<Record<FieldId, Fact>> = {}
    header.forEach((column, c) => {
      const cell = cells[c] ?? ''
      if (!isFieldId(column)) {
        meta[column] = cell
        return
      }
      const read = cellToFact(cell, column)
      if (!read.ok) faults.push({ row: r + 2, column: c + 1, reason: read.reason })
      else if (!('absent' in read.fact && read.fact.absent === 'unanswered')) facts[column] = read.fact
    })
    return { meta, facts }
  })
  return { records, faults }
}
