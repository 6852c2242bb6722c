import type { Cond, Num } from './model-expressions.ts'
import type { Compiled, State } from './compiled.ts'
import { certainBest } from './decide.ts'
import { isSettled } from './domains.ts'
import { partsOf, termsOf, testOf } from './expressions.ts'
import { isPoint } from './ranges.ts'

/**
 * The open questions through which something that is not settled may still change. Never leaves out one that can;
 * may name one that cannot. In order of discovery.
 */
export type Relevance = {
  found: Set<number>
  seen: Set<string>
  c: Compiled
  s: State
}
export function relevance(c: Compiled, s: State): Relevance {
  return { found: new Set(), seen: new Set(), c, s }
}

export function ofDecision(r: Relevance): void {
  const { c, s } = r
  if (c.decision?.kind === 'level') ofLevel(r, c.decision.level)
  if (c.decision?.kind !== 'table') return
  const index = c.decision.table
  const table = c.tables[index]!
  const best = table.hit === 'collect' ? certainBest(c, s, index) : undefined
  table.rules.forEach((rule, i) => {
    if (s.hits[index]![i] !== 'unknown') return
    const outcome = c.at.outcomes.get(rule.gives) ?? -1
    if (best !== undefined && c.rank.indexOf(outcome) >= c.rank.indexOf(best)) return
    ofCond(r, rule.when)
  })
}

export function ofCond(r: Relevance, cond: Cond): void {
  const { c, s } = r
  if (c.holds(cond)(s) !== 'unknown') return
  const parts = partsOf(cond)
  if (parts.length > 0) for (const part of parts) ofCond(r, part.cond)
  else if ('question' in cond) ofQuestion(r, c.at.questions.get(cond.question)!)
  else if ('expr' in cond) {
    ofNum(r, cond.expr)
    const other = testOf(cond)
    if (other) ofNum(r, other.than)
  } else if ('label' in cond) ofLabel(r, cond.label)
  else if ('level' in cond) ofLevel(r, c.at.levels.get(cond.level)!)
  else if ('table' in cond) ofTable(r, c.at.tables.get(cond.table)!)
}

function ofQuestion(r: Relevance, index: number): void {
  const { s } = r
  if (s.visible[index] === 'no') return
  if (s.visible[index] === 'unknown') ofVisibility(r, index)
  if (!isSettled(s.domains[index]!)) r.found.add(index)
}
function ofVisibility(r: Relevance, index: number): void {
  if (!first(r, `question:${index}`)) return
  const when = r.c.questions[index]!.question['show-when']
  if (when) ofCond(r, when)
}
function first(r: Relevance, key: string): boolean {
  if (r.seen.has(key)) return false
  r.seen.add(key)
  return true
}

export function ofNum(r: Relevance, num: Num): void {
  const { c, s } = r
  if (typeof num === 'number' || isPoint(c.amount(num)(s))) return
  if ('score' in num) ofScore(r, c.at.scores.get(num.score)!)
  else if ('value' in num) {
    if (first(r, `value:${num.value}`)) ofNum(r, c.catalog.values[c.at.values.get(num.value)!]!.expr)
  } else if ('answer' in num) ofQuestion(r, c.at.questions.get(num.answer)!)
  else if ('points' in num) ofQuestion(r, c.at.questions.get(num.points)!)
  else if ('count' in num) for (const cond of num.count) ofCond(r, cond)
  else {
    const which = 'if' in num ? c.holds(num.if)(s) : 'unknown'
    if ('if' in num) ofCond(r, num.if)
    for (const term of termsOf(num))
      if (which === 'unknown' || (which === 'yes') === (term.path[0] === 'then')) ofNum(r, term.num)
  }
}

function ofScore(r: Relevance, score: number): void {
  if (!first(r, `score:${score}`)) return
  const { c, s } = r
  const highest = c.catalog.scores[score]?.combine === 'max'
  for (const { index, points } of c.carriers[score]!) {
    const seen = s.visible[index]
    const open = !isSettled(s.domains[index]!)
    if (seen === 'no' || (seen === 'yes' && !open)) continue
    const p = points(s.domains[index]!)
    // Of the highest a blank answer and one of 0 points are not the same.
    const matters = !isPoint(p) || (open && highest)
    if (open && matters) r.found.add(index)
    if (seen === 'unknown' && (p.lo !== 0 || p.hi !== 0 || highest)) ofVisibility(r, index)
  }
}

function ofLabel(r: Relevance, label: string): void {
  if (!first(r, `label:${label}`)) return
  const { c } = r
  for (const q of c.questions) if (q.options.some((option) => option.labels?.includes(label))) ofQuestion(r, q.index)
  c.tables.forEach((table, i) => {
    if ([...table.rules, table.otherwise].some((rule) => rule?.labels?.includes(label))) ofTable(r, i)
  })
}

function ofTable(r: Relevance, index: number): void {
  if (!first(r, `table:${index}`)) return
  for (const rule of r.c.tables[index]!.rules) ofCond(r, rule.when)
}
export function ofLevel(r: Relevance, index: number): void {
  if (!first(r, `level:${index}`)) return
  const level = r.c.levels[index]!
  ofNum(r, level.of)
  if (level['share-of'] !== undefined) ofNum(r, level['share-of'])
}
