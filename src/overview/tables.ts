import { fieldOf, stages } from '#register/fields.ts'

import {
  type EffectRow,
  type FieldRow,
  fieldStates,
  type Figure,
  type Filter,
  type OrganisationRow,
  type OverviewRow,
  overviewVerdicts,
} from './api.ts'
import { type Cell, type FieldState, type OrganisationNode, reportedFields } from './store.ts'

/** The tables of the overview, as sums of cells. Pure. Every figure carries the filter of the list that shows it. */

const sum = (cells: readonly Cell[], of: (cell: Cell) => number) => cells.reduce((total, cell) => total + of(cell), 0)
const uses = (cell: Cell) => cell.uses

/** One row of counts by verdict. The total is the sum of its columns: no use is in none or in two of them. */
export function rowOf(key: string, cells: readonly Cell[], filter: Filter): OverviewRow {
  const figure = (verdict: Cell['verdict']): Figure => ({
    count: sum(
      cells.filter((c) => c.verdict === verdict),
      uses,
    ),
    filter: { ...filter, verdict },
  })
  const counts = Object.fromEntries(overviewVerdicts.map((v) => [v, figure(v)])) as OverviewRow['counts']
  return { key, counts, total: { count: sum(cells, uses), filter } }
}

const absences = ['unanswered', 'unknown', 'not-applicable', 'withheld', 'waived']

/** Codes in the order of the procedure, all of them; then why there is none, where it occurs. */
function keyed(codes: readonly string[], cells: readonly Cell[]): [string, Cell[]][] {
  const groups = Map.groupBy(cells, (cell) => cell.key)
  return [...codes, ...absences.filter((a) => groups.has(a))].map((key) => [key, groups.get(key) ?? []])
}

export const byStage = (cells: readonly Cell[], base: Filter): OverviewRow[] =>
  keyed(stages, cells).map(([key, some]) => rowOf(key, some, { ...base, 'f.stage': key }))

export const byField = (cells: readonly Cell[], base: Filter): OverviewRow[] =>
  keyed(fieldOf('field-of-work').codes ?? [], cells)
    .map(([key, some]) => rowOf(key, some, { ...base, 'f.field-of-work': key }))
    .filter((row) => row.total.count > 0)

/**
 * One row for each organisation directly below, with what lies below that one; and one for what the organisation holds
 * itself. Largest first, then by code. Those without any use are listed too: nothing reported is worth seeing.
 */
export function byOrganisation(cells: readonly Cell[], nodes: readonly OrganisationNode[]): OrganisationRow[] {
  const [root, ...rest] = nodes
  if (!root) return []
  const depth = root.path.length
  const childOf = new Map(nodes.map((n) => [n.id, n.path[depth]]))
  const groups = Map.groupBy(cells, (c) => childOf.get(c.key) ?? root.id)
  const children = rest.filter((n) => n.path.length === depth + 1)
  const rows = children.map((n) => ({
    ...rowOf(n.id, groups.get(n.id) ?? [], { organisation: n.id }),
    name: n.name,
    itselfOnly: false,
  }))
  const own = groups.get(root.id) ?? []
  const itself = { ...rowOf(root.id, own, { at: root.id }), name: root.name, itselfOnly: true }
  return [...(own.length > 0 ? [itself] : []), ...rows].toSorted((a, b) => b.total.count - a.total.count)
}

/** Of each reported field: how many uses have a value, and how many lack one for which reason. They add up to all. */
export function fieldRows(states: readonly FieldState[], all: number, base: Filter): FieldRow[] {
  return reportedFields.map((field) => {
    const own = states.filter((s) => s.field === field)
    const count = (state: string) => own.find((s) => s.state === state)?.uses ?? 0
    const absent = fieldStates.filter((s) => s !== 'value')
    const filterable = (fieldOf(field).codes ?? ['value']).join(',')
    return {
      field,
      value: all - absent.reduce((n, state) => n + count(state), 0),
      'not-applicable': count('not-applicable'),
      unknown: count('unknown'),
      withheld: count('withheld'),
      waived: count('waived'),
      unanswered: count('unanswered'),
      filters: Object.fromEntries(
        fieldStates.map((state) => [state, { ...base, [`f.${field}`]: state === 'value' ? filterable : state }]),
      ),
    }
  })
}

const notMeasuredStates = absences.join(',')

/** Of the uses in operation. */
function effectRow(key: string, some: readonly Cell[], own: Filter): EffectRow {
  const operating = sum(some, (c) => c.operating)
  const measuredKnown = sum(some, (c) => c.measuredKnown)
  return {
    key,
    uses: { count: operating, filter: own },
    expected: sum(some, (c) => c.expected),
    expectedKnown: sum(some, (c) => c.expectedKnown),
    measured: sum(some, (c) => c.measured),
    measuredKnown,
    notMeasured: {
      count: operating - measuredKnown,
      filter: { ...own, 'f.measured-hours': notMeasuredStates },
    },
  }
}

/** Hours of the uses in operation. What was not measured adds nothing and is counted beside. */
export function effectOf(cells: readonly Cell[], base: Filter) {
  const filter: Filter = { ...base, 'f.stage': 'operation' }
  const total = effectRow('total', cells, filter)
  const rows = [
    ...Map.groupBy(
      cells.filter((c) => c.operating > 0),
      (c) => c.key,
    ),
  ].map(([key, some]) => effectRow(key, some, { ...filter, 'f.field-of-work': key }))
  return {
    uses: total.uses,
    expectedTotal: total.expected,
    expectedKnown: total.expectedKnown,
    measuredTotal: total.measured,
    measured: total.measuredKnown,
    notMeasured: total.notMeasured,
    byField: rows.toSorted(
      (a, b) => b.expected - a.expected || b.uses.count - a.uses.count || (a.key < b.key ? -1 : 1),
    ),
  }
}
