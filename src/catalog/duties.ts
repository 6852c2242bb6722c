import type { Because, DutyResult } from './model-result.ts'
import type { Compiled, State } from './compiled.ts'
import { undecided } from './decide.ts'
import { type Truth, or } from './truth.ts'

type Reason = { because: Because; holds: Truth }

/**
 * A duty holds when the outcome, band or rule that came out names it, or when its own condition is yes. What is not known
 * keeps a duty as possible; it never takes it away. A duty that every possible outcome (or band) names holds for certain.
 */
export function dutiesOf(c: Compiled, s: State): DutyResult[] {
  const reasons = new Map<string, Reason[]>()
  const note = (duties: readonly string[] | undefined, because: Because, holds: Truth): void => {
    if (holds !== 'no') for (const id of duties ?? []) reasons.set(id, [...(reasons.get(id) ?? []), { because, holds }])
  }
  const inAll = new Set<string>()
  noteOutcomes(c, s, note, inAll)
  noteBands(c, s, note, inAll)
  c.tables.forEach((table, t) =>
    [...table.rules, ...(table.otherwise ? [table.otherwise] : [])].forEach((rule, r) =>
      note(rule.duties, { kind: 'rule', table: table.id, id: rule.id }, s.hits[t]![r]!),
    ),
  )
  return c.duties.flatMap(({ duty, when }) => {
    note([duty.id], { kind: 'when' }, when?.(s) ?? 'no')
    const own = reasons.get(duty.id)
    if (!own) return []
    const holds = own.reduce<Truth>((sofar, reason) => or(sofar, reason.holds), inAll.has(duty.id) ? 'yes' : 'no')
    const shown = own.filter((reason) => reason.holds === 'yes' || holds !== 'yes' || inAll.has(duty.id))
    return [
      { id: duty.id, holds: holds === 'yes' ? 'yes' : 'possible', because: shown.map((reason) => reason.because) },
    ]
  })
}

type Note = (duties: readonly string[] | undefined, because: Because, holds: Truth) => void

function noteOutcomes(c: Compiled, s: State, note: Note, inAll: Set<string>): void {
  const possible = s.outcomes.map((o) => (o === undecided ? undefined : c.catalog.outcomes[o]))
  for (const outcome of possible)
    if (outcome) note(outcome.duties, { kind: 'outcome', id: outcome.id }, possible.length === 1 ? 'yes' : 'unknown')
  for (const id of possible[0]?.duties ?? []) if (possible.every((o) => o?.duties?.includes(id))) inAll.add(id)
}

function noteBands(c: Compiled, s: State, note: Note, inAll: Set<string>): void {
  c.levels.forEach((level, i) => {
    const now = s.levels[i]!
    const certain = now.bands.length === 1 && !now.gap
    for (const b of now.bands) {
      const band = level.bands[b]!
      note(band.duties, { kind: 'band', level: level.id, id: band.id }, certain ? 'yes' : 'unknown')
    }
    if (now.gap || now.bands.length === 0) return
    for (const id of level.bands[now.bands[0]!]!.duties ?? [])
      if (now.bands.every((b) => level.bands[b]!.duties?.includes(id))) inAll.add(id)
  })
}
