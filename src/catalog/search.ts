import type { Compiled, State } from './compiled.ts'
import { type Cells, cellsOf } from './cells.ts'
import { newState, run } from './compile.ts'
import { outcomesOf, undecided } from './decide.ts'
import { type Domain, openSpan, span } from './domains.ts'
import { ofDecision, relevance } from './relevance.ts'

/** What the search found out: outcomes still possible and the open questions that can still move them. */
export type Finding = { outcomes: number[]; matter: number[] }

/**
 * How many completions a search may try. A catalog may say; else the larger the questionnaire the fewer, so that one
 * evaluation stays within some milliseconds.
 */
export function completionsOf(c: Compiled): number {
  const cost = c.decisionOrder.length + c.questions.length
  return c.catalog.budget?.completions ?? Math.min(4096, Math.max(64, Math.floor(100_000 / (cost + 1))))
}

/**
 * Settles what bounds alone could not. With few combinations all are tried, and the finding is exact. With many, extreme
 * completions are looked for that differ; only if they agree are the open questions split one by one until every box of
 * answers is settled or the budget is used up. Not knowing leaves all outcomes possible that bounds allow.
 */
export function search(c: Compiled, now: State, bounds: readonly number[]): Finding {
  const { domains } = now
  const first = relevantIn(c, now)
  const budget = completionsOf(c)
  const cells = first.map((q) => cellsOf(c, q))
  const combinations = cells.reduce((n, each) => (each.complete ? n * each.cells.length : Infinity), 1)
  if (combinations <= budget) {
    const exact = tryAll(c, newState(c, [...domains]), first, cells)
    if (exact) return exact
  }
  const open = { outcomes: [...bounds], matter: first }
  if (differ(c, domains, first, cells)) return open
  const box: Box = { c, s: newState(c, [...domains]), left: budget, found: new Set() }
  if (hopeless(box, budget)) return open
  return settle(box) && box.found.size === 1 ? { outcomes: [...box.found], matter: [] } : open
}

function relevantNow(c: Compiled, s: State): number[] {
  run(c.decisionOrder, s)
  return relevantIn(c, s)
}
/** Of a state that is worked out; it is not changed. */
function relevantIn(c: Compiled, s: State): number[] {
  const r = relevance(c, s)
  ofDecision(r)
  return [...r.found]
}
function outcomesWith(c: Compiled, s: State): number[] {
  run(c.decisionOrder, s)
  return outcomesOf(c, s)
}

/** Undefined when some combination is not settled though every relevant answer is given. */
function tryAll(c: Compiled, s: State, questions: readonly number[], cells: readonly Cells[]): Finding | undefined {
  const results: number[] = []
  const found = new Set<number>()
  const visit = (depth: number): boolean => {
    const q = questions[depth]
    if (q === undefined) {
      const outcomes = outcomesWith(c, s)
      const only = outcomes.length === 1 ? outcomes[0] : undefined
      if (only === undefined) return false
      results.push(only)
      found.add(only)
      return true
    }
    return cells[depth]!.cells.every((cell) => {
      s.domains[q] = cell
      return visit(depth + 1)
    })
  }
  if (!visit(0)) return undefined
  const ordered = [...c.rank, undecided].filter((o) => found.has(o))
  return { outcomes: ordered, matter: found.size > 1 ? movers(questions, cells, results) : [] }
}

/** Questions for which two combinations that differ in nothing else have different outcomes. */
function movers(questions: readonly number[], cells: readonly Cells[], results: readonly number[]): number[] {
  let step = results.length
  return questions.filter((_, i) => {
    const count = cells[i]!.cells.length
    step /= count
    return results.some((outcome, at) => {
      const digit = Math.floor(at / step) % count
      return digit > 0 && results[at - step * digit] !== outcome
    })
  })
}

/** Two completions with different outcomes show at once that nothing is settled. */
function differ(
  c: Compiled,
  domains: readonly Domain[],
  questions: readonly number[],
  cells: readonly Cells[],
): boolean {
  let seen: number | undefined
  const s = newState(c, [...domains])
  for (const pick of extremes(c, questions)) {
    questions.forEach((q, i) => {
      s.domains[q] = pick(q, cells[i]!.cells) ?? domains[q]!
    })
    const outcomes = outcomesWith(c, s)
    if (outcomes.length !== 1) continue
    if (seen !== undefined && seen !== outcomes[0]) return true
    seen = outcomes[0]
  }
  return false
}
type Pick = (question: number, cells: readonly Domain[]) => Domain | undefined

/** Where scores decide the extremes differ at once, elsewhere rather answers by turns: one after the other. */
function extremes(c: Compiled, questions: readonly number[]): Pick[] {
  const scores = new Set<number>()
  for (const q of questions) for (const score of c.uses[q]!.scores) scores.add(score)
  const picks: Pick[] = []
  for (const score of [...scores].slice(0, 4)) {
    picks.push((q, cells) => mostAndFewest(c, q, score)?.most ?? cells[0])
    picks.push((q, cells) => mostAndFewest(c, q, score)?.fewest ?? cells[0])
  }
  picks.push(
    (_, cells) => cells[0],
    (_, cells) => cells.at(-1),
  )
  for (let turn = 0; turn < 4; turn++)
    picks.splice(turn * 3 + 2, 0, (q, cells) => cells[(q * 7 + turn * 13 + ((q * turn) % 5)) % cells.length])
  return picks
}

type Ends = { most: Domain | undefined; fewest: Domain | undefined }
const ends = new WeakMap<Compiled, Map<number, Ends | undefined>>()
/** The cells of a question with the most and the fewest points of a score; undefined where it gives none. */
function mostAndFewest(c: Compiled, question: number, score: number): Ends | undefined {
  let own = ends.get(c)
  if (!own) ends.set(c, (own = new Map()))
  const key = question * c.maximums.length + score
  if (own.has(key)) return own.get(key)
  const points = c.questions[question]!.points.get(score)
  const sorted = points && cellsOf(c, question).cells.toSorted((a, b) => points(a).hi - points(b).hi)
  const made = sorted && { most: sorted.at(-1), fewest: sorted[0] }
  own.set(key, made)
  return made
}

type Box = { c: Compiled; s: State; left: number; found: Set<number> }

/** Ways tried before a box is split, and how much larger than the budget they may show the splitting to be. */
const probes = 2
const farBeyond = 16

/**
 * Whether splitting would run far beyond the budget, shown by a few single ways into the box. A box that the budget can settle
 * has so few parts that a way of many equally likely turns seldom stays in it: of 16 times the budget, one time in 16.
 */
function hopeless(box: Box, budget: number): boolean {
  let turn = 1
  const next = (count: number): number => {
    turn = (turn * 48_271) % 2_147_483_647
    return turn % count
  }
  for (let probe = 0; probe < probes; probe++) {
    const before = [...box.s.domains]
    let parts = 1
    for (let far = false; !far; far = parts > budget * farBeyond) {
      const relevant = relevantNow(box.c, box.s)
      const outcomes = outcomesOf(box.c, box.s)
      const q = nextQuestion(box, relevant)
      if (outcomes.length === 1 || q === undefined) {
        if (outcomes.length === 1) box.found.add(outcomes[0]!)
        break
      }
      const ways = split(box.c, q, box.s.domains[q]!)
      if (ways.length === 0) break
      parts *= ways.length
      box.s.domains[q] = ways[next(ways.length)]!
    }
    box.s.domains = before
    if (box.found.size > 1) return true
    if (parts <= budget * farBeyond) return false
  }
  return true
}
function nextQuestion(box: Box, relevant: readonly number[]): number | undefined {
  return relevant.find((at) => box.s.visible[at] === 'yes') ?? relevant[0]
}

/** True when every completion of the box is settled; stops at the second outcome. */
function settle(box: Box): boolean {
  if (box.left-- <= 0 || box.found.size > 1) return false
  const relevant = relevantNow(box.c, box.s)
  const outcomes = outcomesOf(box.c, box.s)
  if (outcomes.length === 1) {
    box.found.add(outcomes[0]!)
    return box.found.size === 1
  }
  const q = nextQuestion(box, relevant)
  if (q === undefined) return false
  const before = box.s.domains[q]!
  const parts = split(box.c, q, before)
  const all =
    parts.length > 0 &&
    parts.every((part) => {
      box.s.domains[q] = part
      return settle(box)
    })
  box.s.domains[q] = before
  return all
}

/** Parts that together hold every answer of the domain. */
function split(c: Compiled, index: number, domain: Domain): readonly Domain[] {
  const { cells, complete } = cellsOf(c, index)
  if (complete && domain.kind === 'open') return cells
  const { question, options } = c.questions[index]!
  const rest: Domain[] = domain.kind === 'open' && question.optional ? [{ kind: 'blank' }] : []
  if (question.kind === 'multiple') {
    const chosen = domain.kind === 'set' ? domain.chosen : options.map(() => 2)
    const at = chosen.indexOf(2)
    if (at < 0) return []
    const alone = options[at]?.exclusive === true
    const inside = chosen.map((v, i) => (i === at ? 1 : v === 2 && (alone || options[i]?.exclusive) ? 0 : v))
    return [...rest, { kind: 'set', chosen: inside }, { kind: 'set', chosen: chosen.map((v, i) => (i === at ? 0 : v)) }]
  }
  const whole = question.kind === 'date' || (question.kind === 'number' && question.integer === true)
  const { lo, hi } = domain.kind === 'span' ? domain : openSpan(question)
  return [...rest, ...halves(lo, hi, [...c.uses[index]!.cuts], whole)]
}
function halves(lo: number, hi: number, cuts: readonly number[], whole: boolean): Domain[] {
  const inside = cuts.find((cut) => cut > lo && cut < hi)
  const middle =
    inside ??
    (Number.isFinite(lo)
      ? Number.isFinite(hi)
        ? (lo + hi) / 2
        : Math.max(1, lo * 2)
      : Number.isFinite(hi)
        ? Math.min(-1, hi * 2)
        : 0)
  if (!(middle > lo && middle < hi))
    return lo < hi && Number.isFinite(lo) && Number.isFinite(hi) ? [span(lo, lo), span(hi, hi)] : []
  if (whole) return [span(lo, Math.floor(middle)), span(Math.floor(middle) + 1, hi)]
  return [span(lo, middle), span(middle, middle), span(middle, hi)]
}
