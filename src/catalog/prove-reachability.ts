import type { Catalog } from './model.ts'
import type { Compiled, State } from './compiled.ts'
import { cellsOf } from './cells.ts'
import { compile, newState, run } from './compile.ts'
import { outcomesOf } from './decide.ts'
import { open } from './domains.ts'
import type { Path } from './expressions.ts'
import type { FaultCode, Problem } from './faults.ts'
import { type Relevance, ofCond, ofDecision, ofLevel, relevance } from './relevance.ts'
import { type Reached, answersIn, sample } from './sample.ts'
import { type Explored, explore } from './tree.ts'
import { type Truth, and, not } from './truth.ts'

/** Something that must be reachable, or must not be. */
type Goal = {
  path: Path
  code: FaultCode
  params: Record<string, unknown>
  holds: (s: State) => Truth
  looksAt: (r: Relevance) => void
  /** `must`: a fault when nothing reaches it. `never`: a fault when something does. */
  kind: 'must' | 'never'
}
export type Proofs = { faults: Problem[]; notes: Problem[] }

const samples = 2000
/** For one goal, and what all goals together may cost: a step works out all conditions of the catalog. */
const stepsPerGoal = 2000
const allConditions = 100_000_000

/**
 * Proves that every question, rule, band and outcome can be reached, that no table, level or branch ends without a result.
 * Faults are certain; what the budget could not settle is a note.
 */
export function proveReachability(catalog: Catalog): Proofs {
  const c = compile(catalog, { tellApart: 'all' })
  const reached = sample(c, catalog.questions.length === 0 ? 0 : samples)
  const proofs: Proofs = { faults: [], notes: [] }
  const explored = c.decision?.kind === 'tree' ? exploreAll(c, c.decision.start) : undefined
  if (explored) proveTree(c, explored, reached, proofs)
  const goals = [...questionGoals(c, reached), ...ruleGoals(c, reached), ...bandGoals(c, reached), ...totalGoals(c)]
  const conditions = c.questions.length + c.order.length + c.tables.reduce((n, table) => n + table.rules.length, 0)
  const steps = Math.min(stepsPerGoal, Math.ceil(allConditions / ((goals.length + 1) * (conditions + 1))))
  for (const goal of goals) judge(c, goal, explored, proofs, steps)
  proveOutcomes(c, reached, explored, proofs, steps)
  return proofs
}

function exploreAll(c: Compiled, start: number): Explored {
  const s = newState(
    c,
    c.questions.map(() => open),
  )
  run(c.decisionOrder, s)
  return explore(c, s, start, 200_000)
}

function proveTree(c: Compiled, explored: Explored, reached: Reached, proofs: Proofs): void {
  for (const q of explored.seen) reached.questions.add(q)
  for (const o of explored.outcomes) if (!explored.gaveUp) reached.outcomes.add(o)
  for (const q of explored.deadEnds)
    proofs.faults.push({ path: ['questions', q], code: 'dead-end', params: { question: c.questions[q]!.question.id } })
  for (const way of explored.loops)
    proofs.faults.push({
      path: ['questions', way.at(-2)!],
      code: 'loop',
      params: { way: way.map((q) => c.questions[q]!.question.id) },
    })
  if (explored.gaveUp) proofs.notes.push({ path: ['decide'], code: 'not-settled', params: { what: 'tree' } })
  for (const q of c.questions) {
    const missed = q.inTree && !reached.questions.has(q.index) && !explored.gaveUp
    if (missed)
      proofs.faults.push({
        path: ['questions', q.index],
        code: 'unreachable-question',
        params: { question: q.question.id },
      })
  }
}

function questionGoals(c: Compiled, reached: Reached): Goal[] {
  return c.questions.flatMap(({ index, question, inTree }): Goal[] => {
    const when = question['show-when']
    if (!when || inTree || reached.questions.has(index)) return []
    return [
      {
        path: ['questions', index],
        code: 'unreachable-question',
        params: { question: question.id },
        kind: 'must',
        holds: (s) => s.visible[index]!,
        looksAt: (r) => ofCond(r, when),
      },
    ]
  })
}
function ruleGoals(c: Compiled, reached: Reached): Goal[] {
  return c.tables.flatMap((table, t) =>
    [...table.rules, ...(table.otherwise ? [table.otherwise] : [])].flatMap((rule, r): Goal[] => {
      if (reached.rules.has(`${t}/${r}`)) return []
      const last = r >= table.rules.length
      return [
        {
          path: last ? ['tables', t, 'otherwise'] : ['tables', t, 'rules', r],
          code: 'unreachable-rule',
          params: { table: table.id, rule: rule.id },
          kind: 'must',
          holds: (s) => s.hits[t]![r]!,
          looksAt: (rel) =>
            table.rules.forEach(
              (other, i) => (i === r || last || (table.hit === 'first' && i < r)) && ofCond(rel, other.when),
            ),
        },
      ]
    }),
  )
}
function bandGoals(c: Compiled, reached: Reached): Goal[] {
  return c.levels.flatMap((level, l) =>
    level.bands.flatMap((band, b): Goal[] =>
      reached.bands.has(`${l}/${b}`)
        ? []
        : [
            {
              path: ['levels', l, 'bands', b],
              code: 'unreachable-band',
              params: { level: level.id, band: band.id },
              kind: 'must',
              holds: (s) => {
                const { bands, gap } = s.levels[l]!
                return !bands.includes(b) ? 'no' : bands.length === 1 && !gap ? 'yes' : 'unknown'
              },
              looksAt: (r) => ofLevel(r, l),
            },
          ],
    ),
  )
}

/** Tables that must give something: those that decide, and all that take the first match. Levels must have a band for each value. */
function totalGoals(c: Compiled): Goal[] {
  const tables = c.tables.flatMap((table, t): Goal[] => {
    const decides = c.decision?.kind === 'table' && c.decision.table === t
    if (table.otherwise || (table.hit === 'collect' && !decides)) return []
    return [
      {
        path: ['tables', t],
        code: 'table-not-total',
        params: { table: table.id },
        kind: 'never',
        holds: (s) => table.rules.reduce<Truth>((none, rule) => and(none, not(c.holds(rule.when)(s))), 'yes'),
        looksAt: (r) => table.rules.forEach((rule) => ofCond(r, rule.when)),
      },
    ]
  })
  const levels = c.levels.map((level, l): Goal => ({
    path: ['levels', l],
    code: 'level-not-total',
    params: { level: level.id },
    kind: 'never',
    holds: (s) => {
      const { bands, gap } = s.levels[l]!
      return !gap ? 'no' : bands.length === 0 ? 'yes' : 'unknown'
    },
    looksAt: (r) => ofLevel(r, l),
  }))
  return [...tables, ...levels]
}
function judge(c: Compiled, goal: Goal, explored: Explored | undefined, proofs: Proofs, steps: number): void {
  const found = explored ? throughTree(c, goal, explored) : search(c, goal, steps)
  const { path, code, params } = goal
  if (found.reached === 'unknown') proofs.notes.push({ path, code: 'not-settled', params: { ...params, what: code } })
  else if (goal.kind === 'must' && found.reached === 'no') proofs.faults.push({ path, code, params })
  else if (goal.kind === 'never' && found.reached === 'yes')
    proofs.faults.push({ path, code, params: { ...params, answers: found.answers } })
}

/** After a tree the ways are too many to split once more: only what bounds can show is shown. */
function throughTree(c: Compiled, goal: Goal, explored: Explored): Found {
  const s = newState(
    c,
    c.questions.map(() => open),
  )
  for (const q of explored.seen) s.visible[q] = 'unknown'
  run(c.order, s)
  return { reached: goal.holds(s) === 'no' ? 'no' : 'unknown' }
}

type Found = { reached: Truth; answers?: Record<string, unknown> }
function search(c: Compiled, goal: Goal, steps: number): Found {
  const s = newState(
    c,
    c.questions.map(() => open),
  )
  let left = steps
  const visit = (): Found => {
    if (left-- <= 0) return { reached: 'unknown' }
    run(c.order, s)
    const holds = goal.holds(s)
    if (holds === 'yes') return { reached: 'yes', answers: answersIn(c, s) }
    if (holds === 'no') return { reached: 'no' }
    const r = relevance(c, s)
    goal.looksAt(r)
    const q = [...r.found].find((at) => s.visible[at] === 'yes') ?? [...r.found][0]
    if (q === undefined) return { reached: 'unknown' }
    const { cells, complete } = cellsOf(c, q)
    const before = s.domains[q]!
    let reached: Truth = complete ? 'no' : 'unknown'
    for (const cell of cells) {
      s.domains[q] = cell
      const found = visit()
      if (found.reached === 'yes') return found
      if (found.reached === 'unknown') reached = 'unknown'
    }
    s.domains[q] = before
    return { reached }
  }
  return visit()
}

/** An outcome is reached when a rule, band or branch that gives it comes out; strictness may hide it for ever. */
function proveOutcomes(
  c: Compiled,
  reached: Reached,
  explored: Explored | undefined,
  proofs: Proofs,
  steps: number,
): void {
  if (!c.decision) return
  c.catalog.outcomes.forEach((outcome, i) => {
    if (reached.outcomes.has(i)) return
    const named = explored ? explored.outcomes.includes(i) : givesOutcome(c, outcome.id)
    const problem: Problem = { path: ['outcomes', i], code: 'unreachable-outcome', params: { outcome: outcome.id } }
    if (!named) proofs.faults.push(problem)
    else if (explored?.gaveUp)
      proofs.notes.push({ ...problem, code: 'not-settled', params: { ...problem.params, what: problem.code } })
    else judge(c, outcomeGoal(c, i, problem), undefined, proofs, steps)
  })
}
function givesOutcome(c: Compiled, id: string): boolean {
  if (c.decision?.kind === 'table') {
    const table = c.tables[c.decision.table]!
    return [...table.rules, table.otherwise].some((rule) => rule?.gives === id)
  }
  return c.decision?.kind === 'level' && c.levels[c.decision.level]!.bands.some((band) => band.outcome === id)
}
function outcomeGoal(c: Compiled, index: number, problem: Problem): Goal {
  return {
    ...problem,
    kind: 'must',
    holds: (s) => {
      const now = outcomesOf(c, s)
      return !now.includes(index) ? 'no' : now.length === 1 ? 'yes' : 'unknown'
    },
    looksAt: ofDecision,
  }
}
