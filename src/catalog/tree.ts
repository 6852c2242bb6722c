import type { Goto } from './model.ts'
import type { Step } from './model-result.ts'
import type { Compiled, CompiledGoto, State, Target, Work } from './compiled.ts'
import { cellsOf, isChosen } from './cells.ts'
import { run } from './compile.ts'
import { ranked, undecided } from './decide.ts'
import { dependenciesOf, gotosOf } from './dependencies.ts'
import { type Domain, isSettled } from './domains.ts'
import { type Ref, refsOfCond } from './expressions.ts'
import { groups } from './groups.ts'
import { ofCond, relevance } from './relevance.ts'

/** The goto that an answer takes: that of the first chosen option that has one, else the question's own. */
export function gotoOf(c: Compiled, index: number, domain: Domain): CompiledGoto | undefined {
  const { question, options } = c.questions[index]!
  const chosen = options.find((option, i) => option.goto !== undefined && isChosen(domain, i))
  const goto: Goto | undefined = chosen?.goto ?? question.goto
  return goto === undefined ? undefined : c.gotos.get(goto)
}

export type Walk = {
  steps: Step[]
  /** Where it ended: at an outcome (−1 at a dead end), or before a question that is open or whose goto is not settled. */
  end: { outcome: number } | { open: number }
}

/** Walks as far as the answers lead for certain, and shows the questions on the way. */
export function walk(c: Compiled, s: State, start: number): Walk {
  const steps: Step[] = []
  let at = start
  // A way that comes back to a question decides nothing; every question is asked once.
  while (s.visible[at] !== 'yes') {
    s.visible[at] = 'yes'
    const domain = s.domains[at]!
    if (!isSettled(domain)) return { steps, end: { open: at } }
    const to = certainTarget(gotoOf(c, at, domain), s)
    if (to === 'open') return { steps, end: { open: at } }
    if (to === undefined) return { steps, end: { outcome: undecided } }
    const { question, options } = c.questions[at]!
    const option = options.find((_, i) => isChosen(domain, i))?.id ?? null
    const next =
      'question' in to
        ? { question: c.questions[to.question]!.question.id }
        : { outcome: c.catalog.outcomes[to.outcome]!.id }
    steps.push({ question: question.id, option, to: next })
    if ('outcome' in to) return { steps, end: to }
    at = to.question
  }
  return { steps, end: { outcome: undecided } }
}
function certainTarget(goto: CompiledGoto | undefined, s: State): Target | 'open' | undefined {
  if (!goto) return undefined
  run(goto.before, s)
  for (const entry of goto.entries) {
    const holds = entry.holds?.(s) ?? 'yes'
    if (holds === 'unknown') return 'open'
    if (holds === 'yes') return entry.to
  }
  return undefined
}

/** What later branches look at, from each question of the tree on. */
export type Ahead = {
  labels: readonly number[]
  questions: readonly number[]
  before: readonly Work[]
  outcomes: ReadonlySet<number>
}
const aheads = new WeakMap<Compiled, ReadonlyMap<number, Ahead>>()

function aheadOf(c: Compiled, index: number): Ahead {
  let own = aheads.get(c)
  if (!own) aheads.set(c, (own = allAhead(c)))
  return own.get(index)!
}

/** Questions that lead to each other have all ahead of them that any of them has, and whether each was asked counts too. */
function allAhead(c: Compiled): Map<number, Ahead> {
  const made = new Map<number, Ahead>()
  const next = c.questions.map(({ question }) => [
    ...new Set(
      gotosOf(question).flatMap((source) =>
        c.gotos.get(source)!.entries.flatMap(({ to }) => ('question' in to ? [to.question] : [])),
      ),
    ),
  ])
  for (const group of groups(next)) {
    const labels = new Set<number>()
    const questions = new Set<number>(group.length > 1 ? group : [])
    const before = new Map<string, Work>()
    const outcomes = new Set<number>()
    for (const index of group)
      for (const source of gotosOf(c.questions[index]!.question)) {
        const goto = c.gotos.get(source)!
        for (const w of goto.before) before.set(w.key, w)
        for (const entry of goto.entries) {
          for (const ref of refsOfCond(entry.when)) noteAhead(c, ref, labels, questions)
          if ('outcome' in entry.to) {
            outcomes.add(entry.to.outcome)
            continue
          }
          const later = made.get(entry.to.question)
          if (!later) continue
          for (const l of later.labels) labels.add(l)
          for (const q of later.questions) questions.add(q)
          for (const w of later.before) before.set(w.key, w)
          for (const o of later.outcomes) outcomes.add(o)
        }
      }
    const ahead = { labels: [...labels], questions: [...questions], before: [...before.values()], outcomes }
    for (const index of group) made.set(index, ahead)
  }
  return made
}
/** A label counts by whether it is set; anything else by the answers it rests on. */
function noteAhead(c: Compiled, ref: Ref, labels: Set<number>, questions: Set<number>): void {
  if (ref.kind === 'label' && !c.setByRule.has(ref.id)) labels.add(c.at.labels.get(ref.id)!)
  else for (const q of c.restsOn(dependenciesOf([ref]))) questions.add(q)
}

/**
 * What the rest of a way comes to: an outcome, or a question with what each of its answers comes to. Equal ones are one object
 * and a question whose answers all come to the same is left out, so a question that is still there matters.
 */
type Rest = {
  readonly id: number
  readonly outcomes: readonly number[]
  readonly question: number | undefined
  readonly then: readonly Rest[]
}

export type Exploration = {
  c: Compiled
  s: State
  known: Map<string, Rest>
  rests: Map<string, Rest>
  left: number
  seen: Set<number>
  /** Questions some answer of which leads nowhere. */
  deadEnds: Set<number>
  /** The questions from the start of this search to where it is. */
  way: number[]
  /** Ways that come back to a question, by the step that does; the question stands first and last. */
  loops: Map<string, number[]>
  /** The budget ended before everything was seen. */
  gaveUp: boolean
}
/** How many states of the tree may be looked at: a state is a question with what later branches look at. */
const mostStates = 20_000

/**
 * All outcomes that the open answers still allow, from a question on. Exact: ways that come to the same question with the
 * same labels (and the same answers that later branches look at) are followed once, so thousands of paths cost little.
 */
export function explore(
  c: Compiled,
  s: State,
  at: number,
  budget: number = c.catalog.budget?.completions ?? mostStates,
): Explored {
  const x: Exploration = {
    c,
    s,
    known: new Map(),
    rests: new Map(),
    left: budget,
    seen: new Set(),
    deadEnds: new Set(),
    way: [],
    loops: new Map(),
    gaveUp: false,
  }
  const rest = from(x, at)
  const { seen, deadEnds, gaveUp } = x
  return {
    outcomes: ranked(c, new Set(rest.outcomes)),
    matter: rest.outcomes.length > 1 ? questionsIn(rest) : [],
    seen,
    deadEnds,
    loops: [...x.loops.values()],
    gaveUp,
  }
}
function questionsIn(rest: Rest): number[] {
  const found = new Set<number>()
  const seen = new Set<Rest>()
  const waiting = [rest]
  for (let at = waiting.pop(); at; at = waiting.pop()) {
    if (seen.has(at)) continue
    seen.add(at)
    if (at.question !== undefined) found.add(at.question)
    waiting.push(...at.then)
  }
  return [...found]
}
export type Explored = Pick<Exploration, 'seen' | 'deadEnds' | 'gaveUp'> & {
  outcomes: number[]
  matter: number[]
  loops: number[][]
}

function keyOf(x: Exploration, at: number, ahead: Ahead): string {
  run(ahead.before, x.s)
  const labels = ahead.labels.map((l) => x.s.labels[l]![0]).join('')
  const answers = ahead.questions.map((q) => x.s.visible[q]![0] + domainKey(x.s.domains[q]!)).join(',')
  return `${at}/${labels}/${answers}`
}
function domainKey(d: Domain): string {
  switch (d.kind) {
    case 'open':
    case 'blank':
      return d.kind
    case 'option':
      return String(d.index)
    case 'set':
      return d.chosen.join('')
    case 'span':
      return `${d.lo}:${d.hi}`
    case 'text':
      return JSON.stringify(d.text)
  }
}

function restOf(x: Exploration, key: string, made: Omit<Rest, 'id'>): Rest {
  let rest = x.rests.get(key)
  if (!rest) x.rests.set(key, (rest = { id: x.rests.size, ...made }))
  return rest
}
function ends(x: Exploration, outcome: number): Rest {
  return restOf(x, `o${outcome}`, { outcomes: [outcome], question: undefined, then: [] })
}
function branches(x: Exploration, question: number, then: readonly Rest[]): Rest {
  const [first] = then
  if (first && then.every((rest) => rest === first)) return first
  const outcomes = [...new Set(then.flatMap((rest) => rest.outcomes))]
  return restOf(x, `q${question}:${then.map((rest) => rest.id).join(',')}`, { outcomes, question, then })
}

function from(x: Exploration, at: number): Rest {
  const ahead = aheadOf(x.c, at)
  x.seen.add(at)
  if (x.left-- <= 0) return giveUp(x, at, ahead)
  const key = keyOf(x, at, ahead)
  const before = x.known.get(key)
  if (before) return before
  const shown = x.s.visible[at]!
  x.s.visible[at] = 'yes'
  x.way.push(at)
  const rest = overCells(x, at, () => follow(x, at)) ?? giveUp(x, at, ahead)
  x.way.pop()
  x.s.visible[at] = shown
  x.known.set(key, rest)
  return rest
}
/** Beyond the budget everything that can be reached at all stays possible, and the question may matter. */
function giveUp(x: Exploration, at: number, ahead: Ahead): Rest {
  x.gaveUp = true
  return restOf(x, `?${at}`, { outcomes: [...ahead.outcomes, undecided], question: at, then: [] })
}

/** Tries each answer of a question that is open; undefined when no finite number of answers stands for all. */
function overCells(x: Exploration, q: number, then: () => Rest): Rest | undefined {
  const domain = x.s.domains[q]!
  if (isSettled(domain)) return then()
  const { cells, complete } = cellsOf(x.c, q)
  if (!complete) return undefined
  const rests = cells.map((cell) => {
    x.s.domains[q] = cell
    return then()
  })
  x.s.domains[q] = domain
  return branches(x, q, rests)
}

function follow(x: Exploration, at: number): Rest {
  const goto = gotoOf(x.c, at, x.s.domains[at]!)
  if (!goto) return deadEnd(x, at)
  run(goto.before, x.s)
  for (const entry of goto.entries) {
    const holds = entry.holds?.(x.s) ?? 'yes'
    if (holds === 'no') continue
    if (holds === 'unknown') return whenSettled(x, at, entry.when!)
    if ('outcome' in entry.to) return ends(x, entry.to.outcome)
    const { question } = entry.to
    return x.s.visible[question] === 'yes' ? loop(x, at, question) : from(x, question)
  }
  return deadEnd(x, at)
}
/** In a tree only the questions on the way are visible. */
function loop(x: Exploration, at: number, to: number): Rest {
  const begin = x.way.lastIndexOf(to)
  x.loops.set(`${at}:${to}`, [...(begin < 0 ? [to, at] : x.way.slice(begin)), to])
  return ends(x, undecided)
}
function deadEnd(x: Exploration, at: number): Rest {
  x.deadEnds.add(at)
  return ends(x, undecided)
}

/** A condition rests on a question outside the way: take its answers one by one. */
function whenSettled(x: Exploration, at: number, when: Parameters<typeof ofCond>[1]): Rest {
  const r = relevance(x.c, x.s)
  ofCond(r, when)
  const [q] = r.found
  if (q === undefined || x.left-- <= 0) return giveUp(x, at, aheadOf(x.c, at))
  return overCells(x, q, () => follow(x, at)) ?? giveUp(x, at, aheadOf(x.c, at))
}
