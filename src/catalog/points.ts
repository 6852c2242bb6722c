import type { Bounds, NumberWeight, Question } from './model.ts'
import type { Domain } from './domains.ts'
import { openSpan } from './domains.ts'
import { type Range, point, range, snap, zero } from './ranges.ts'

/** Whether a number lies within from/above … to/below, after bringing both to 12 digits. */
export function within(value: number, b: Bounds): boolean {
  const v = snap(value)
  return (
    (b.from === undefined || v >= snap(b.from)) &&
    (b.above === undefined || v > snap(b.above)) &&
    (b.to === undefined || v <= snap(b.to)) &&
    (b.below === undefined || v < snap(b.below))
  )
}
function meets(lo: number, hi: number, b: Bounds): boolean {
  const l = snap(lo)
  const h = snap(hi)
  return (
    (b.from === undefined || h >= b.from) &&
    (b.above === undefined || h > b.above) &&
    (b.to === undefined || l <= b.to) &&
    (b.below === undefined || l < b.below)
  )
}

/** The points that an answer gives in one score, as bounds while it is not settled. A blank answer gives none. */
export type Points = (domain: Domain) => Range

/** Points of a question in a score; undefined where it carries no weight there. */
export function pointsOf(question: Question, score: string, combine: 'sum' | 'max'): Points | undefined {
  switch (question.kind) {
    case 'single': {
      const weights = question.options.map((option) => option.weights?.[score])
      return weights.some((w) => w !== undefined)
        ? single(
            weights.map((w) => w ?? 0),
            question.optional === true,
          )
        : undefined
    }
    case 'multiple': {
      const weights = question.options.map((option) => option.weights?.[score])
      if (!weights.some((w) => w !== undefined)) return undefined
      const exclusive = question.options.map((option) => option.exclusive === true)
      return multiple(
        weights.map((w) => w ?? 0),
        exclusive,
        combine,
      )
    }
    case 'number': {
      const weight = question.weights?.[score]
      return weight ? numeric(question, weight) : undefined
    }
    case 'date':
    case 'text':
      return undefined
  }
}

function single(weights: readonly number[], optional: boolean): Points {
  const points = weights.map(point)
  const all = optional ? [0, ...weights] : weights
  const whole = range(Math.min(...all), Math.max(...all))
  return (domain) => (domain.kind === 'option' ? (points[domain.index] ?? zero) : domain.kind === 'open' ? whole : zero)
}

/**
 * Options add up in a sum; in a score that takes the highest answer the highest chosen option counts.
 * An exclusive option stands alone: while options are open it is an alternative to all others together.
 */
function multiple(weights: readonly number[], exclusive: readonly boolean[], combine: 'sum' | 'max'): Points {
  const open = weights.map(() => 2)
  const bounds = combine === 'sum' ? sumOfChosen : highestChosen
  const whole = bounds(weights, exclusive, open)
  return (domain) =>
    domain.kind === 'set' ? bounds(weights, exclusive, domain.chosen) : domain.kind === 'open' ? whole : zero
}

function sumOfChosen(weights: readonly number[], exclusive: readonly boolean[], chosen: readonly number[]): Range {
  let lo = 0
  let hi = 0
  let least = 0
  let most = 0
  let alone = true
  for (let i = 0; i < weights.length; i++) {
    const w = weights[i]!
    if (chosen[i] === 1) {
      lo += w
      hi += w
      alone = false
    } else if (chosen[i] === 2) {
      if (exclusive[i]) {
        least = Math.min(least, w)
        most = Math.max(most, w)
      } else if (w < 0) lo += w
      else hi += w
    }
  }
  return alone ? range(Math.min(lo, least), Math.max(hi, most)) : range(lo, hi)
}
function highestChosen(weights: readonly number[], exclusive: readonly boolean[], chosen: readonly number[]): Range {
  let certain = -Infinity
  let least = 0
  let most = -Infinity
  let mostTogether = -Infinity
  for (let i = 0; i < weights.length; i++) {
    const w = weights[i]!
    if (chosen[i] === 1) certain = Math.max(certain, w)
    if (chosen[i] !== 2) continue
    least = Math.min(least, w)
    most = Math.max(most, w)
    if (!exclusive[i]) mostTogether = Math.max(mostTogether, w)
  }
  if (certain > -Infinity) return range(certain, Math.max(certain, mostTogether))
  return range(least, Math.max(0, most))
}

function numeric(question: Extract<Question, { kind: 'number' }>, weight: NumberWeight): Points {
  const of = 'per-unit' in weight ? perUnit(weight['per-unit']) : banded(weight.bands)
  const open = openSpan(question)
  const all = of(open.lo, open.hi)
  const whole = question.optional ? range(Math.min(0, all.lo), Math.max(0, all.hi)) : all
  return (domain) => (domain.kind === 'span' ? of(domain.lo, domain.hi) : domain.kind === 'open' ? whole : zero)
}
function perUnit(each: number): (lo: number, hi: number) => Range {
  if (each === 0) return () => zero
  return (lo, hi) => (each > 0 ? range(lo * each, hi * each) : range(hi * each, lo * each))
}
/** A number in no band gives no points. */
function banded(bands: readonly (Bounds & { points: number })[]): (lo: number, hi: number) => Range {
  return (lo, hi) => {
    if (lo === hi) return point(bands.find((b) => within(lo, b))?.points ?? 0)
    const met = bands.filter((b) => meets(lo, hi, b)).map((b) => b.points)
    const covered = bands.some((b) => within(lo, b) && within(hi, b))
    const all = covered ? met : [0, ...met]
    return range(Math.min(...all), Math.max(...all))
  }
}
