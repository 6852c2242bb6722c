import type { NumberTest, RoundingMode } from './model-expressions.ts'
import type { Truth } from './truth.ts'

/** All values that an expression may have: lo ≤ v ≤ hi, and with `gap` perhaps none at all (division by zero). */
export type Range = { readonly lo: number; readonly hi: number; readonly gap: boolean }

export const zero: Range = { lo: 0, hi: 0, gap: false }
/** No value at all: an empty range. */
export const nothing: Range = { lo: Infinity, hi: -Infinity, gap: true }
/** Any value, or none. */
const anything: Range = { lo: -Infinity, hi: Infinity, gap: true }
export function isNothing(r: Range): boolean {
  return r.lo > r.hi
}
export function point(value: number): Range {
  return { lo: value, hi: value, gap: false }
}
export function range(lo: number, hi: number, gap = false): Range {
  return { lo, hi, gap }
}
export function isPoint(r: Range): boolean {
  return r.lo === r.hi && !r.gap
}
export function hull(a: Range, b: Range): Range {
  return { lo: Math.min(a.lo, b.lo), hi: Math.max(a.hi, b.hi), gap: a.gap || b.gap }
}

/**
 * 12 significant digits. Binary floating point cannot hold 0.1; before every comparison and every rounding numbers are
 * brought to 12 digits, so that 0.1 + 0.2 equals 0.3 and 1.005 × 100 rounds half-up to 101.
 */
export function snap(value: number): number {
  if (Number.isInteger(value) && Math.abs(value) < 1e12) return value
  const size = Math.abs(value)
  if (size < 1e6) {
    // Writing a number out is slow. Nearly always it has six decimal places at most; then its 12 digits are these.
    const millionths = value * 1e6
    const whole = Math.round(millionths)
    if (Math.abs(millionths - whole) < 4e-7 * size) return whole / 1e6
  }
  return Number.isFinite(value) ? Number(value.toPrecision(12)) : value
}

export function add(a: Range, b: Range): Range {
  if (isNothing(a) || isNothing(b)) return nothing
  return { lo: a.lo + b.lo, hi: a.hi + b.hi, gap: a.gap || b.gap }
}
export function subtract(a: Range, b: Range): Range {
  if (isNothing(a) || isNothing(b)) return nothing
  return { lo: a.lo - b.hi, hi: a.hi - b.lo, gap: a.gap || b.gap }
}
/** 0 × ∞ is 0 here: an infinite bound stands for "no bound", never for a value. */
function times(a: number, b: number): number {
  return a === 0 || b === 0 ? 0 : a * b
}
export function multiply(a: Range, b: Range): Range {
  if (isNothing(a) || isNothing(b)) return nothing
  const p = times(a.lo, b.lo)
  const q = times(a.lo, b.hi)
  const r = times(a.hi, b.lo)
  const s = times(a.hi, b.hi)
  return { lo: Math.min(p, q, r, s), hi: Math.max(p, q, r, s), gap: a.gap || b.gap }
}
export function divide(a: Range, b: Range): Range {
  if (isNothing(a) || isNothing(b)) return nothing
  const lo = snap(b.lo)
  const hi = snap(b.hi)
  if (lo === 0 && hi === 0) return nothing
  if (lo <= 0 && hi >= 0) return anything
  const inverse = { lo: 1 / b.hi, hi: 1 / b.lo, gap: b.gap }
  if (a.lo === a.hi && b.lo === b.hi) return { lo: a.lo / b.lo, hi: a.lo / b.lo, gap: a.gap || b.gap }
  const exact = [a.lo / b.lo, a.lo / b.hi, a.hi / b.lo, a.hi / b.hi].filter((v) => !Number.isNaN(v))
  const product = multiply(a, inverse)
  return { lo: Math.min(product.lo, ...exact), hi: Math.max(product.hi, ...exact), gap: a.gap || b.gap }
}
export function smallest(a: Range, b: Range): Range {
  if (isNothing(a) || isNothing(b)) return nothing
  return { lo: Math.min(a.lo, b.lo), hi: Math.min(a.hi, b.hi), gap: a.gap || b.gap }
}
export function largest(a: Range, b: Range): Range {
  if (isNothing(a) || isNothing(b)) return nothing
  return { lo: Math.max(a.lo, b.lo), hi: Math.max(a.hi, b.hi), gap: a.gap || b.gap }
}

function towards(mode: RoundingMode, value: number): number {
  const below = Math.floor(value)
  const rest = snap(value - below)
  const sign = value < 0 ? -1 : 1
  switch (mode) {
    case 'floor':
      return below
    case 'ceiling':
      return Math.ceil(value)
    case 'up':
      return sign * Math.ceil(Math.abs(value))
    case 'down':
      return sign * Math.floor(Math.abs(value))
    case 'half-up':
      return rest === 0.5 ? (sign > 0 ? below + 1 : below) : Math.round(value)
    case 'half-down':
      return rest === 0.5 ? (sign > 0 ? below : below + 1) : Math.round(value)
    case 'half-even':
      return rest === 0.5 ? (below % 2 === 0 ? below : below + 1) : Math.round(value)
  }
}

/**
 * Rounds to `digits` decimal places (negative: tens, hundreds). `half-up` takes a half away from zero, `half-down` towards
 * zero, `half-even` to the even neighbour; `up` is away from zero, `down` towards zero; `floor` and `ceiling` as usual.
 */
export function round(value: number, mode: RoundingMode, digits: number): number {
  if (!Number.isFinite(value)) return value
  const scale = 10 ** Math.abs(digits)
  const scaled = snap(digits >= 0 ? snap(value) * scale : snap(value) / scale)
  const rounded = towards(mode, scaled)
  const back = snap(digits >= 0 ? rounded / scale : rounded * scale)
  return back === 0 ? 0 : back
}
export function roundRange(r: Range, mode: RoundingMode, digits: number): Range {
  if (isNothing(r)) return nothing
  return { lo: round(r.lo, mode, digits), hi: round(r.hi, mode, digits), gap: r.gap }
}

/** Compares after `snap`; a comparison with a value that may not exist is never settled. */
export function compare(a: Range, test: NumberTest, b: Range): Truth {
  if (a.gap || b.gap) return 'unknown'
  const alo = snap(a.lo)
  const ahi = snap(a.hi)
  const blo = snap(b.lo)
  const bhi = snap(b.hi)
  switch (test) {
    case 'at-least':
      return alo >= bhi ? 'yes' : ahi < blo ? 'no' : 'unknown'
    case 'more-than':
      return alo > bhi ? 'yes' : ahi <= blo ? 'no' : 'unknown'
    case 'at-most':
      return ahi <= blo ? 'yes' : alo > bhi ? 'no' : 'unknown'
    case 'less-than':
      return ahi < blo ? 'yes' : alo >= bhi ? 'no' : 'unknown'
    case 'equals':
      if (ahi < blo || alo > bhi) return 'no'
      return alo === ahi && blo === bhi ? 'yes' : 'unknown'
  }
}
