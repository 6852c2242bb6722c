import type { Cond, Num } from './model-expressions.ts'
import type { Amounts, CompiledQuestion, Holds, Positions, State } from './compiled.ts'
import type { Level, Table } from './model.ts'
import { compileTest } from './compile-tests.ts'
import { openSpan } from './domains.ts'
import { testOf } from './expressions.ts'
import * as r from './ranges.ts'
import { type Range, compare, hull, point, range, roundRange, zero } from './ranges.ts'
import { type Truth, and, not } from './truth.ts'

export type Ground = {
  at: Positions
  questions: readonly CompiledQuestion[]
  maximums: readonly number[]
  levels: readonly Level[]
  tables: readonly Table[]
}
export type Expressions = { holds: (cond: Cond) => Holds; amount: (num: Num) => Amounts }

/** A loader has checked the references; a name that is not there is a bug. */
function position(map: ReadonlyMap<string, number>, id: string): number {
  const at = map.get(id)
  if (at === undefined) throw new Error(`the catalog was not checked: nothing is called ${id}`)
  return at
}

/** Turns conditions and expressions into functions, once each. */
export function expressionsOf(ground: Ground): Expressions {
  const conds = new Map<Cond, Holds>()
  const nums = new Map<object, Amounts>()
  const self: Expressions = {
    holds: (cond) => {
      let made = conds.get(cond)
      if (!made) conds.set(cond, (made = makeCond(cond, ground, self)))
      return made
    },
    amount: (num) => {
      if (typeof num === 'number') return () => point(num)
      let made = nums.get(num)
      if (!made) nums.set(num, (made = makeNum(num, ground, self)))
      return made
    },
  }
  return self
}

function makeCond(cond: Cond, ground: Ground, self: Expressions): Holds {
  if ('all' in cond) return every(cond.all.map(self.holds))
  if ('any' in cond) return some(cond.any.map(self.holds))
  if ('not' in cond) {
    const inner = self.holds(cond.not)
    return (s) => not(inner(s))
  }
  if ('always' in cond) return () => 'yes'
  if ('question' in cond) {
    const index = position(ground.at.questions, cond.question)
    const q = ground.questions[index]!
    const test = compileTest(cond, q.question, q.positions)
    return (s) => {
      const seen = s.visible[index]!
      return seen === 'no' ? 'no' : and(seen, test(s.domains[index]!))
    }
  }
  if ('expr' in cond) {
    const other = testOf(cond)
    if (!other) return () => 'no'
    const left = self.amount(cond.expr)
    const right = self.amount(other.than)
    return (s) => compare(left(s), other.test, right(s))
  }
  if ('label' in cond) {
    const index = position(ground.at.labels, cond.label)
    return (s) => s.labels[index]!
  }
  if ('level' in cond) return levelTest(cond, ground)
  if ('table' in cond) {
    const index = position(ground.at.tables, cond.table)
    const table = ground.tables[index]!
    return (s) => gives(table, s.hits[index]!, cond.gives)
  }
  const outcome = position(ground.at.outcomes, cond.outcome)
  return (s) => (!s.outcomes.includes(outcome) ? 'no' : s.outcomes.length === 1 ? 'yes' : 'unknown')
}

function every(parts: readonly Holds[]): Holds {
  return (s) => {
    let sofar: Truth = 'yes'
    for (const part of parts) {
      const holds = part(s)
      if (holds === 'no') return 'no'
      if (holds === 'unknown') sofar = 'unknown'
    }
    return sofar
  }
}
function some(parts: readonly Holds[]): Holds {
  return (s) => {
    let sofar: Truth = 'no'
    for (const part of parts) {
      const holds = part(s)
      if (holds === 'yes') return 'yes'
      if (holds === 'unknown') sofar = 'unknown'
    }
    return sofar
  }
}

function levelTest(cond: Extract<Cond, { level: string }>, ground: Ground): Holds {
  const index = position(ground.at.levels, cond.level)
  const bands = ground.levels[index]!.bands.map((b) => b.id)
  const least = cond['at-least']
  const wanted = new Set(
    least === undefined
      ? [cond.is ?? []].flat().map((id) => bands.indexOf(id))
      : bands.keys().filter((i) => i >= bands.indexOf(least)),
  )
  return (s) => {
    const now = s.levels[index]!
    let hits = 0
    for (const band of now.bands) if (wanted.has(band)) hits++
    if (now.gap) return 'unknown'
    return hits === 0 ? 'no' : hits === now.bands.length ? 'yes' : 'unknown'
  }
}

/** Whether a table gives a result: a rule with that result hits for certain, or all that may hit do give it. */
export function gives(table: Table, hits: readonly Truth[], result: string): Truth {
  let possible = false
  let onlyThis = table.hit === 'first' && table.otherwise !== undefined
  const all = table.otherwise ? [...table.rules, table.otherwise] : table.rules
  for (let i = 0; i < all.length; i++) {
    if (hits[i] === 'no') continue
    if (all[i]!.gives !== result) onlyThis = false
    else if (hits[i] === 'yes') return 'yes'
    else possible = true
  }
  return possible ? (onlyThis ? 'yes' : 'unknown') : 'no'
}

type Combine = (a: Range, b: Range) => Range
function folded(parts: readonly Amounts[], combine: Combine): Amounts {
  const [first = () => zero, ...rest] = parts
  return (s) => rest.reduce((sofar, part) => combine(sofar, part(s)), first(s))
}

function makeNum(num: Exclude<Num, number>, ground: Ground, self: Expressions): Amounts {
  if ('score' in num) {
    const index = position(ground.at.scores, num.score)
    return (s) => s.scores[index]!
  }
  if ('maximum' in num) {
    const most = ground.maximums[position(ground.at.scores, num.maximum)]!
    const amount = Number.isFinite(most) ? point(most) : r.nothing
    return () => amount
  }
  if ('value' in num) {
    const index = position(ground.at.values, num.value)
    return (s) => s.values[index]!
  }
  if ('answer' in num) return answered(num.answer, ground)
  if ('points' in num) return pointsIn(num, ground)
  if ('sum' in num) return folded(num.sum.map(self.amount), r.add)
  if ('product' in num) return folded(num.product.map(self.amount), r.multiply)
  if ('difference' in num) return folded(num.difference.map(self.amount), r.subtract)
  if ('quotient' in num) return folded(num.quotient.map(self.amount), r.divide)
  if ('min' in num) return folded(num.min.map(self.amount), r.smallest)
  if ('max' in num) return folded(num.max.map(self.amount), r.largest)
  if ('count' in num) return counted(num.count.map(self.holds))
  if ('if' in num) {
    const holds = self.holds(num.if)
    const yes = self.amount(num.then)
    const no = self.amount(num.else)
    return (s) => {
      const which = holds(s)
      return which === 'yes' ? yes(s) : which === 'no' ? no(s) : hull(yes(s), no(s))
    }
  }
  const inner = self.amount(num.round)
  const { mode, digits = 0 } = num
  return (s) => roundRange(inner(s), mode, digits)
}

function counted(parts: readonly Holds[]): Amounts {
  return (s) => {
    let lo = 0
    let hi = 0
    for (const part of parts) {
      const holds = part(s)
      if (holds === 'yes') lo++
      if (holds !== 'no') hi++
    }
    return range(lo, hi)
  }
}

/** A hidden or blank number counts as 0 in arithmetic. */
function answered(id: string, ground: Ground): Amounts {
  const index = position(ground.at.questions, id)
  const { question } = ground.questions[index]!
  const bounds = openSpan(question)
  const whole = question.optional ? hull(bounds, zero) : bounds
  return (s) => {
    const seen = s.visible[index]!
    const domain = s.domains[index]!
    const value = seen === 'no' ? zero : domain.kind === 'span' ? domain : domain.kind === 'open' ? whole : zero
    return seen === 'unknown' ? hull(value, zero) : value
  }
}
function pointsIn(num: { points: string; in: string }, ground: Ground): Amounts {
  const index = position(ground.at.questions, num.points)
  const points = ground.questions[index]!.points.get(position(ground.at.scores, num.in))
  if (!points) return () => zero
  return (s: State) => {
    const seen = s.visible[index]!
    if (seen === 'no') return zero
    const value = points(s.domains[index]!)
    return seen === 'unknown' ? hull(value, zero) : value
  }
}
