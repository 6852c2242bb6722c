import { readDate } from '#register/wareki.ts'

import type { Difference, Form, FormColumn, FormFault } from './model.ts'
import { address, type ReadForm } from './read-form.ts'

export type Comparing = {
  readonly faults: readonly FormFault[]
  readonly differences: readonly Difference[]
  /** Cells that can be filled in, of all rows: what did not change is `cells - differences`. */
  readonly cells: number
}

/** A spreadsheet program ends lines its own way and drops blanks at the end of a cell. */
const tidy = (text: string): string =>
  text
    .replace(/\r\n?/g, '\n')
    .replace(/[ \t]+$/gm, '')
    .trim()
const same = (a: string, b: string): boolean => tidy(a) === tidy(b)

/**
 * Holds a filled form against the sheet as it is now: rows by their id, columns by their name, whatever their order. A cell
 * is different where it is not what went out; where the sheet changed since as well, a person has to choose.
 */
export function compareForm(now: Form, read: ReadForm): Comparing {
  const { machine } = read
  const whole = wholeFaults(now, read)
  if (whole.length > 0) return { faults: whole, differences: [], cells: 0 }
  const faults: FormFault[] = []
  const at = columnPlaces(now, read, faults)
  const seen = rowPlaces(read, at.get('id') ?? 1, faults)
  const differences: Difference[] = []
  for (const row of now.rows) {
    const base = machine.base.get(row.id)
    const place = seen.get(row.id)
    if (base === undefined) continue
    if (place === undefined) {
      faults.push({ code: 'missing-id', id: row.id })
      continue
    }
    for (const column of now.columns) {
      const position = at.get(column.key)
      if (position === undefined || column.key === 'id') continue
      const written = tidy(place.cells[position - 1] ?? '')
      const cell = address(position, place.row)
      const was = base[column.key] ?? ''
      if (!column.editable) {
        if (!same(written, was)) faults.push({ code: 'locked-changed', cell, name: column.name, was })
        continue
      }
      if (same(written, was)) continue
      const to = readCell(column, written, cell, faults)
      const present = row.values[column.key] ?? ''
      if (to === undefined || same(to, present)) continue
      const conflict = !same(present, was)
      differences.push({
        id: row.id,
        column: column.key,
        name: column.name,
        cell,
        base: was,
        now: present,
        to,
        conflict,
      })
    }
  }
  const known = new Set(now.rows.map((row) => row.id))
  for (const id of machine.base.keys()) if (!known.has(id)) faults.push({ code: 'item-gone', id })
  return { faults, differences, cells: now.rows.length * now.columns.filter((column) => column.editable).length }
}

function wholeFaults(now: Form, { machine }: ReadForm): FormFault[] {
  if (machine.procurementId !== now.procurement.id) return [{ code: 'other-procurement', found: machine.number }]
  if (now.bidderId !== undefined && machine.bidderId !== now.bidderId) return [{ code: 'other-bidder' }]
  if (machine.edition !== now.edition) return [{ code: 'other-edition', found: machine.edition, now: now.edition }]
  return []
}

function columnPlaces(now: Form, { header }: ReadForm, faults: FormFault[]): Map<string, number> {
  const at = new Map<string, number>()
  header.forEach((name, i) => {
    if (name.trim() === '') return
    const column = now.columns.find((one) => same(one.name, name))
    const cell = address(i + 1, 3)
    if (!column) faults.push({ code: 'unknown-column', cell, name: name.slice(0, 100) })
    else if (at.has(column.key)) faults.push({ code: 'repeated-column', cell, name: column.name })
    else at.set(column.key, i + 1)
  })
  for (const { key, name } of now.columns) if (!at.has(key)) faults.push({ code: 'missing-column', name })
  return at
}

function rowPlaces({ rows, machine }: ReadForm, idColumn: number, faults: FormFault[]) {
  const seen = new Map<string, ReadForm['rows'][number]>()
  for (const place of rows) {
    const id = tidy(place.cells[idColumn - 1] ?? '')
    const cell = address(idColumn, place.row)
    const first = seen.get(id)
    if (id === '') faults.push({ code: 'row-without-id', cell })
    else if (!machine.base.has(id)) faults.push({ code: 'unknown-id', cell, id: id.slice(0, 100) })
    else if (first) faults.push({ code: 'repeated-id', cell, id, first: address(idColumn, first.row) })
    else seen.set(id, place)
  }
  return seen
}

/** @returns the cell in the words of the form; nothing where it is at fault */
function readCell(column: FormColumn, written: string, cell: string, faults: FormFault[]): string | undefined {
  if (column.most !== undefined && written.length > column.most) {
    faults.push({ code: 'too-long', cell, found: written.length, limit: column.most })
    return undefined
  }
  if (written === '' && column.needed !== true) return ''
  if (column.choices) {
    const choice = column.choices.find(({ words, code }) => words === written || code === written)
    if (choice) return choice.words
    faults.push({
      code: 'not-in-list',
      cell,
      found: written.slice(0, 100),
      choices: column.choices.map(({ words }) => words),
    })
    return undefined
  }
  if (column.date) {
    const date = readDate(written)
    if (date.ok && date.precision === 'day') return date.iso
    faults.push({ code: 'not-a-date', cell, found: written.slice(0, 100) })
    return undefined
  }
  return written
}
