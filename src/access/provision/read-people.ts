import { type HeldRole, newPersonSchema } from '#access/people/api.ts'

import { codeOf, type Column, headings, languageWords, needed, roleWords, stateWords } from './columns.ts'

/** What is wrong with a row, by its line in the file; worded where it is shown. */
export type PersonFault = {
  readonly line: number
  readonly code:
    | 'missing'
    | 'not-readable'
    | 'conflict'
    | 'unknown-organisation'
    | 'unknown-role'
    | 'column-missing'
    | 'no-header'
    | 'refused'
  readonly column?: Column
  readonly value?: string
  /** Of `refused`: the code and the params of the error. */
  readonly because?: string
}

export type WantedRole = {
  readonly line: number
  readonly role: HeldRole
  /** Code or name; without it, the person's organisation. */
  readonly organisation: string | undefined
  readonly from: string | undefined
  readonly to: string | undefined
}
export type ListedPerson = {
  readonly line: number
  readonly userName: string
  readonly name: { readonly ja: string; readonly en: string | undefined }
  readonly post: { readonly ja: string | undefined; readonly en: string | undefined }
  readonly organisation: string | undefined
  readonly mail: string | undefined
  readonly language: 'ja' | 'en' | undefined
  readonly active: boolean
  readonly roles: readonly WantedRole[]
}

type Table = { readonly rows: readonly (readonly string[])[]; readonly rowNumbers: readonly number[] }
type Row = { readonly line: number; readonly cell: (column: Column) => string }

/**
 * People of a table, one row for each person and role; several rows of one user name are one person. Pure.
 * @param readDay  a day as it is written → `YYYY-MM-DD`, or nothing when it is none
 */
export function readPeople(
  table: Table,
  readDay: (text: string) => string | undefined,
): { people: ListedPerson[]; faults: PersonFault[] } {
  const head = table.rows.findIndex((row) => needed.every((column) => row.some((cell) => columnOf(cell) === column)))
  if (head < 0) return { people: [], faults: [{ line: table.rowNumbers[0] ?? 1, code: 'no-header' }] }
  const places = new Map(table.rows[head]!.map((cell, place) => [columnOf(cell), place] as const))
  const faults: PersonFault[] = []
  const people = new Map<string, ListedPerson>()
  table.rows.slice(head + 1).forEach((cells, n) => {
    if (cells.every((cell) => cell.trim() === '')) return
    const line = table.rowNumbers[head + 1 + n]!
    const cell = (column: Column) => cells[places.get(column) ?? -1]?.trim() ?? ''
    const one = personOf({ line, cell }, readDay, faults)
    if (!one) return
    const key = one.userName.toLowerCase()
    const before = people.get(key)
    people.set(key, before ? joined(before, one, faults) : one)
  })
  return { people: [...people.values()], faults }
}

const columnOf = (cell: string): Column | undefined => (cell === '' ? undefined : codeOf(headings, cell))

function personOf(
  row: Row,
  readDay: (text: string) => string | undefined,
  faults: PersonFault[],
): ListedPerson | undefined {
  const { line, cell } = row
  const before = faults.length
  const said = (column: Column) => cell(column) || undefined
  for (const column of needed) if (!said(column)) faults.push({ line, code: 'missing', column })
  const understood = <T>(column: Column, read: (text: string) => T | undefined): T | undefined => {
    const text = said(column)
    const value = text === undefined ? undefined : read(text)
    if (text !== undefined && value === undefined)
      faults.push({ line, code: column === 'role' ? 'unknown-role' : 'not-readable', column, value: text })
    return value
  }
  const field = (column: Column, of: 'mail' | 'userName') =>
    understood(column, (text) => (newPersonSchema.shape[of].safeParse(text).success ? text : undefined))
  const role = understood('role', (text) => {
    const code = codeOf(roleWords, text)
    return code === 'supplier' ? undefined : code
  })
  const from = understood('from', readDay)
  const to = understood('to', readDay)
  if (from !== undefined && to !== undefined && to < from)
    faults.push({ line, code: 'not-readable', column: 'to', value: to })
  const person = {
    line,
    userName: field('userName', 'userName') ?? '',
    name: { ja: cell('nameJa'), en: said('nameEn') },
    post: { ja: said('postJa'), en: said('postEn') },
    organisation: said('organisation'),
    mail: field('mail', 'mail'),
    language: understood('language', (text) => codeOf(languageWords, text)),
    active: understood('state', (text) => codeOf(stateWords, text)) !== 'disabled',
    roles: role === undefined ? [] : [{ line, role, organisation: said('roleOrganisation'), from, to }],
  }
  return faults.length > before ? undefined : person
}

/** Rows of one person say the same of the person, and each its own role. */
function joined(a: ListedPerson, b: ListedPerson, faults: PersonFault[]): ListedPerson {
  const differ = (column: Column, x: string | undefined, y: string | undefined) => {
    if (x !== undefined && y !== undefined && x !== y) faults.push({ line: b.line, code: 'conflict', column, value: y })
  }
  differ('nameJa', a.name.ja, b.name.ja)
  differ('organisation', a.organisation, b.organisation)
  differ('mail', a.mail, b.mail)
  differ('postJa', a.post.ja, b.post.ja)
  differ('state', String(a.active), String(b.active))
  for (const { role, organisation } of b.roles)
    if (a.roles.some((one) => one.role === role && one.organisation === organisation))
      faults.push({ line: b.line, code: 'conflict', column: 'role', value: role })
  return { ...a, roles: [...a.roles, ...b.roles] }
}
