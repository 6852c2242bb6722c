import type { Goto } from './model.ts'
import type { Step } from './model-result.ts'
import { type Ahead, aheadOf } from './ahead.ts'
import type { Compiled, CompiledGoto, State, Target } from './compiled.ts'
import { cellsOf, isChosen } from './cells.ts'
import { run } from './compile.ts'
import { ranked, undecided } from './decide.ts'
import { type Domain, isSettled } from './domains.ts'
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

/**
 * What the open answers ahead still decide: an outcome, or a question whose answers decide differently. Equal things are one
 * object, so that a question whose answers all lead to the same thing drops out.
 */
type Fork = { id: number; outcomes: readonly number[]; question?: number; answers?: readonly Fork[] }

type Exploration = {
  c: Compiled
  s: State
  known: Map<string, Fork>
  forks: Map<string, Fork>
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
/** How many questions one way may have: the search goes down as deep as a way is long. */
const longestWay = 700

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
    forks: new Map(),
    left: budget,
    seen: new Set(),
    deadEnds: new Set(),
    way: [],
    loops: new Map(),
    gaveUp: false,
  }
  const root = from(x, at)
  const { seen, deadEnds, gaveUp } = x
  const outcomes = ranked(c, new Set(root.outcomes))
  return { outcomes, matter: questionsIn(root), seen, deadEnds, loops: [...x.loops.values()], gaveUp }
}
export type Explored = Pick<Exploration, 'seen' | 'deadEnds' | 'gaveUp'> & {
  outcomes: number[]
  matter: number[]
  loops: number[][]
}

function fork(x: Exploration, key: string, make: () => Omit<Fork, 'id'>): Fork {
  const before = x.forks.get(key)
  if (before) return before
  const made = { id: x.forks.size, ...make() }
  x.forks.set(key, made)
  return made
}
const ends = (x: Exploration, outcome: number): Fork => fork(x, `=${outcome}`, () => ({ outcomes: [outcome] }))

function questionsIn(root: Fork): number[] {
  const found = new Set<number>()
  const waiting = [root]
  const passed = new Set(waiting)
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    if (next.question !== undefined) found.add(next.question)
    for (const answer of next.answers ?? [])
      if (!passed.has(answer)) {
        passed.add(answer)
        waiting.push(answer)
      }
  }
  return [...found]
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

function from(x: Exploration, at: number): Fork {
  const ahead = aheadOf(x.c, at)
  x.seen.add(at)
  if (x.left-- <= 0 || x.way.length >= longestWay) return giveUp(x, at, ahead)
  const key = keyOf(x, at, ahead)
  const before = x.known.get(key)
  if (before) return before
  const shown = x.s.visible[at]!
  x.s.visible[at] = 'yes'
  x.way.push(at)
  const found = overCells(x, at, () => follow(x, at)) ?? giveUp(x, at, ahead)
  x.way.pop()
  x.s.visible[at] = shown
  x.known.set(key, found)
  return found
}
/** Beyond the budget everything that can be reached at all stays possible, and the question may matter. */
function giveUp(x: Exploration, at: number, ahead: Ahead): Fork {
  x.gaveUp = true
  return fork(x, `?${at}`, () => ({ outcomes: [...ahead.outcomes, undecided], question: at }))
}

/** Tries each answer of a question that is open; undefined where the answers cannot be counted. */
function overCells(x: Exploration, q: number, then: () => Fork): Fork | undefined {
  const domain = x.s.domains[q]!
  if (isSettled(domain)) return then()
  const { cells, complete } = cellsOf(x.c, q)
  if (!complete) return undefined
  const answers = cells.map((cell) => {
    x.s.domains[q] = cell
    return then()
  })
  x.s.domains[q] = domain
  if (answers.every((answer) => answer === answers[0])) return answers[0]
  return fork(x, `${q}:${answers.map((answer) => answer.id).join(',')}`, () => ({
    outcomes: [...new Set(answers.flatMap((answer) => answer.outcomes))],
    question: q,
    answers,
  }))
}

function follow(x: Exploration, at: number): Fork {
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
function loop(x: Exploration, at: number, to: number): Fork {
  const begin = x.way.lastIndexOf(to)
  x.loops.set(`${at}:${to}`, [...(begin < 0 ? [to, at] : x.way.slice(begin)), to])
  return ends(x, undecided)
}
function deadEnd(x: Exploration, at: number): Fork {
  x.deadEnds.add(at)
  return ends(x, undecided)
}

/** A condition rests on a question outside the way: take its answers one by one. */
function whenSettled(x: Exploration, at: number, when: Parameters<typeof ofCond>[1]): Fork {
  const r = relevance(x.c, x.s)
  ofCond(r, when)
  const [q] = r.found
  if (q === undefined || x.left-- <= 0) return giveUp(x, at, aheadOf(x.c, at))
  return overCells(x, q, () => follow(x, at)) ?? giveUp(x, q, aheadOf(x.c, at))
}
