import type { Cond, Num, QuestionTest } from './model-expressions.ts'

export type Path = readonly (string | number)[]

/** Something that an expression names. */
export type Ref =
  | { kind: 'question'; id: string; test: QuestionTest }
  | { kind: 'answer'; id: string }
  | { kind: 'points'; id: string; score: string }
  /** A question one of whose options carries the label. */
  | { kind: 'carrier'; id: string }
  | { kind: 'score' | 'maximum' | 'value' | 'label' | 'outcome'; id: string }
  | { kind: 'level'; id: string; bands: string[] }
  | { kind: 'table'; id: string; gives: string }
type Visit = (ref: Ref, path: Path) => void

function list<T>(value: T | readonly T[] | undefined): T[] {
  return value === undefined ? [] : Array.isArray(value) ? [...(value as readonly T[])] : [value as T]
}

/** The parts of a condition that are conditions themselves, with the key under which they stand. */
export function partsOf(cond: Cond): { path: Path; cond: Cond }[] {
  if ('all' in cond) return cond.all.map((c, i) => ({ path: ['all', i], cond: c }))
  if ('any' in cond) return cond.any.map((c, i) => ({ path: ['any', i], cond: c }))
  if ('not' in cond) return [{ path: ['not'], cond: cond.not }]
  return []
}

/** The second side of `expr`, or undefined when the comparison is missing. */
export function testOf(
  cond: Extract<Cond, { expr: Num }>,
): { test: 'equals' | 'at-least' | 'more-than' | 'at-most' | 'less-than'; than: Num } | undefined {
  for (const test of ['equals', 'at-least', 'more-than', 'at-most', 'less-than'] as const) {
    const than = cond[test]
    if (than !== undefined) return { test, than }
  }
  return undefined
}

/** Calls `visit` for everything that a condition names, with the path at which it stands. */
export function visitCond(cond: Cond, visit: Visit, path: Path = []): void {
  if ('question' in cond) visit({ kind: 'question', id: cond.question, test: cond }, path)
  else if ('label' in cond) visit({ kind: 'label', id: cond.label }, path)
  else if ('level' in cond)
    visit({ kind: 'level', id: cond.level, bands: [...list(cond.is), ...list(cond['at-least'])] }, path)
  else if ('table' in cond) visit({ kind: 'table', id: cond.table, gives: cond.gives }, path)
  else if ('outcome' in cond) visit({ kind: 'outcome', id: cond.outcome }, path)
  else if ('expr' in cond) {
    visitNum(cond.expr, visit, [...path, 'expr'])
    const other = testOf(cond)
    if (other) visitNum(other.than, visit, [...path, other.test])
  } else for (const part of partsOf(cond)) visitCond(part.cond, visit, [...path, ...part.path])
}

/** The expressions directly inside an expression, with their keys. */
export function termsOf(num: Num): { path: Path; num: Num }[] {
  if (typeof num === 'number') return []
  if ('if' in num)
    return [
      { path: ['then'], num: num.then },
      { path: ['else'], num: num.else },
    ]
  if ('round' in num) return [{ path: ['round'], num: num.round }]
  for (const key of ['sum', 'product', 'difference', 'quotient', 'min', 'max'] as const) {
    const inner = (num as { [k in typeof key]?: Num[] })[key]
    if (inner) return inner.map((n, i) => ({ path: [key, i], num: n }))
  }
  return []
}

/** Calls `visit` for everything that an expression names. */
export function visitNum(num: Num, visit: Visit, path: Path = []): void {
  if (typeof num === 'number') return
  if ('score' in num) visit({ kind: 'score', id: num.score }, path)
  else if ('maximum' in num) visit({ kind: 'maximum', id: num.maximum }, path)
  else if ('value' in num) visit({ kind: 'value', id: num.value }, path)
  else if ('answer' in num) visit({ kind: 'answer', id: num.answer }, path)
  else if ('points' in num) visit({ kind: 'points', id: num.points, score: num.in }, path)
  else if ('count' in num) num.count.forEach((c, i) => visitCond(c, visit, [...path, 'count', i]))
  else {
    if ('if' in num) visitCond(num.if, visit, [...path, 'if'])
    for (const term of termsOf(num)) visitNum(term.num, visit, [...path, ...term.path])
  }
}

/** All that a condition names, without the paths. */
export function refsOfCond(cond: Cond | undefined): Ref[] {
  const refs: Ref[] = []
  if (cond) visitCond(cond, (ref) => refs.push(ref))
  return refs
}
export function refsOfNum(num: Num | undefined): Ref[] {
  const refs: Ref[] = []
  if (num !== undefined) visitNum(num, (ref) => refs.push(ref))
  return refs
}
