import type { Bounds, Level, Table } from './model.ts'
import type { Bands, CompiledQuestion, Holds, Work } from './compiled.ts'
import type { Expressions, Ground } from './compile-expressions.ts'
import type { NodeKey } from './dependencies.ts'
import { type Points, within } from './points.ts'
import { type Range, divide, isNothing, nothing, range, snap, zero } from './ranges.ts'
import { type Truth, and, not, or } from './truth.ts'

/** The work of each node. A question without condition outside the tree is always visible and needs none. */
export function worksOf(
  ground: Ground,
  expr: Expressions,
  catalogScores: readonly { id: string; combine?: 'sum' | 'max' | undefined }[],
): Map<string, Work['run']> {
  const works = new Map<string, Work['run']>()
  const put = (key: NodeKey, run: Work['run']): void => void works.set(key, run)
  for (const q of ground.questions) {
    const when = q.question['show-when']
    if (!when || q.inTree) continue
    const shown = expr.holds(when)
    put(`question:${q.question.id}`, (s) => void (s.visible[q.index] = shown(s)))
  }
  catalogScores.forEach((score, i) =>
    put(`score:${score.id}`, scoreWork(i, score.id, score.combine ?? 'sum', ground.questions)),
  )
  ground.levels.forEach((level, i) => put(`level:${level.id}`, levelWork(level, i, expr)))
  ground.tables.forEach((table, i) => put(`table:${table.id}`, tableWork(table, i, expr)))
  for (const [id, i] of ground.at.labels) put(`label:${id}`, labelWork(id, i, ground))
  return works
}

type Carrier = {
  at: number
  points: Points
  optional: boolean
  /** Of a single choice, so that the usual case needs no call. */
  weights: readonly number[] | undefined
}
function carriersOf(index: number, id: string, questions: readonly CompiledQuestion[]): Carrier[] {
  return questions.flatMap((q) => {
    const points = q.points.get(index)
    if (!points) return []
    const weights = q.question.kind === 'single' ? q.options.map((option) => option.weights?.[id] ?? 0) : undefined
    return [{ at: q.index, points, optional: q.question.optional === true, weights }]
  })
}

function scoreWork(
  index: number,
  id: string,
  combine: 'sum' | 'max',
  questions: readonly CompiledQuestion[],
): Work['run'] {
  const carriers = carriersOf(index, id, questions)
  if (combine === 'max') return highest(index, carriers)
  return (s) => {
    let lo = 0
    let hi = 0
    for (const { at, points, weights } of carriers) {
      const seen = s.visible[at]
      if (seen === 'no') continue
      const domain = s.domains[at]!
      if (seen === 'yes' && weights && domain.kind === 'option') {
        const w = weights[domain.index]!
        lo += w
        hi += w
        continue
      }
      const p = points(domain)
      if (seen === 'yes' || p.lo < 0) lo += p.lo
      if (seen === 'yes' || p.hi > 0) hi += p.hi
    }
    s.scores[index] = range(lo, hi)
  }
}

/** The highest points of any visible answer; 0 when there is none. A question that may be hidden or blank may be missing. */
function highest(index: number, carriers: readonly Carrier[]): Work['run'] {
  return (s) => {
    let lo = -Infinity
    let hi = -Infinity
    let least = 0
    for (const { at, points, optional } of carriers) {
      const domain = s.domains[at]!
      if (s.visible[at] === 'no' || domain.kind === 'blank') continue
      const p = points(domain)
      hi = Math.max(hi, p.hi)
      least = Math.min(least, p.lo)
      const sure = s.visible[at] === 'yes' && (domain.kind !== 'open' || !optional)
      if (sure) lo = Math.max(lo, p.lo)
    }
    s.scores[index] = lo === -Infinity ? range(least, Math.max(0, hi)) : range(lo, hi)
  }
}

function labelWork(id: string, index: number, ground: Ground): Work['run'] {
  const carriers = ground.questions.flatMap((q) => {
    const which = new Set(q.options.flatMap((option, i) => (option.labels?.includes(id) ? [i] : [])))
    return which.size > 0
      ? [
          {
            at: q.index,
            which,
            optional: q.question.optional === true,
            count: q.options.length,
            single: q.question.kind === 'single',
          },
        ]
      : []
  })
  const rules = ground.tables.flatMap((table, t) =>
    [...table.rules, ...(table.otherwise ? [table.otherwise] : [])].flatMap((rule, r) =>
      rule.labels?.includes(id) ? [{ t, r }] : [],
    ),
  )
  return (s) => {
    let set: Truth = 'no'
    for (const c of carriers) {
      const seen = s.visible[c.at]!
      if (seen === 'no') continue
      const d = s.domains[c.at]!
      const chosen: Truth =
        d.kind === 'open'
          ? c.single && !c.optional && c.which.size === c.count
            ? 'yes'
            : 'unknown'
          : d.kind === 'option'
            ? c.which.has(d.index)
              ? 'yes'
              : 'no'
            : d.kind === 'set'
              ? anyChosen(d.chosen, c.which)
              : 'no'
      set = or(set, and(seen, chosen))
      if (set === 'yes') break
    }
    for (const { t, r } of rules) set = or(set, s.hits[t]![r]!)
    s.labels[index] = set
  }
}
function anyChosen(chosen: readonly number[], which: ReadonlySet<number>): Truth {
  let found: Truth = 'no'
  for (const i of which) {
    if (chosen[i] === 1) return 'yes'
    if (chosen[i] === 2) found = 'unknown'
  }
  return found
}

function tableWork(table: Table, index: number, expr: Expressions): Work['run'] {
  const rules: Holds[] = table.rules.map((rule) => expr.holds(rule.when))
  const first = table.hit === 'first'
  return (s) => {
    const hits: Truth[] = []
    let left: Truth = 'yes'
    for (const rule of rules) {
      if (first && left === 'no') {
        hits.push('no')
        continue
      }
      const holds = rule(s)
      hits.push(first ? and(left, holds) : holds)
      left = and(left, not(holds))
    }
    hits.push(table.otherwise ? left : 'no')
    s.hits[index] = hits
  }
}

/** No band at all when the value does not exist, lies outside, or is a share of nothing (0 of 0 is the share 0). */
function levelWork(level: Level, index: number, expr: Expressions): Work['run'] {
  const of = expr.amount(level.of)
  const shareOf = level['share-of'] === undefined ? undefined : expr.amount(level['share-of'])
  return (s) => {
    const value = of(s)
    s.levels[index] = shareOf ? shared(level, value, shareOf(s)) : banded(level, value, value, nothing)
  }
}
function shared(level: Level, value: Range, whole: Range): Bands {
  const share = snap(whole.hi) === 0 && snap(value.lo) === 0 && snap(value.hi) === 0 ? zero : divide(value, whole)
  const none = { bands: [], gap: true, of: value, share: nothing }
  if (isNothing(value) || isNothing(whole) || snap(whole.hi) < 0) return none
  if (snap(whole.lo) === 0 && snap(whole.hi) === 0) {
    if (share === zero) return banded(level, zero, value, zero)
    if (snap(value.lo) > 0 || snap(value.hi) < 0) return none
  }
  if (value.gap || whole.gap || snap(whole.lo) <= 0)
    return { bands: level.bands.map((_, i) => i), gap: true, of: value, share }
  return banded(level, share, value, share)
}
function banded(level: Level, value: Range, of: Range, share: Range): Bands {
  if (isNothing(value)) return { bands: [], gap: true, of, share }
  if (value.gap) return { bands: level.bands.map((_, i) => i), gap: true, of, share }
  const bands: number[] = []
  for (let i = 0; i < level.bands.length; i++) if (meets(value, level.bands[i]!)) bands.push(i)
  const first = level.bands[0]!
  const last = level.bands[level.bands.length - 1]!
  const covered =
    (value.lo === value.hi && bands.length === 1) ||
    (inside(value.lo, { from: first.from, above: first.above }) && inside(value.hi, { to: last.to, below: last.below }))
  return { bands, gap: !covered, of, share }
}
function inside(value: number, bounds: Bounds): boolean {
  return within(value, bounds)
}
function meets(r: Range, b: Bounds): boolean {
  if (r.lo === r.hi) return within(r.lo, b)
  return within(r.hi, { from: b.from, above: b.above }) && within(r.lo, { to: b.to, below: b.below })
}
