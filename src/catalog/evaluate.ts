import { cannotDecide } from './model.ts'
import type { Amount, Answers, Result, Step } from './model-result.ts'
import type { Bands, Compiled, State } from './compiled.ts'
import { newState, run } from './compile.ts'
import { outcomesOf, undecided } from './decide.ts'
import { type Domain, blank, isSettled, open, readAnswer } from './domains.ts'
import { dutiesOf } from './duties.ts'
import { firedRules } from './fired.ts'
import { type Range, isNothing, isPoint, snap } from './ranges.ts'
import { search } from './search.ts'
import { explore, walk } from './tree.ts'

/**
 * Judges answers by a catalog. Pure; any set of answers gets a result, and an answer that the catalog cannot read counts as
 * not known (`parseAnswers` says which and why).
 * @param answers  by question id; a question that is missing or `{ unknown: true }` is not known
 * @returns the outcome where every completion of what is not known gives the same one, else `cannot-decide`
 */
export function evaluate(c: Compiled, answers: Answers): Result {
  return evaluateDomains(c, domainsOf(c, answers))
}

/** The same for answers that are read already, by position of their question. */
export function evaluateDomains(c: Compiled, domains: Domain[]): Result {
  const s = newState(c, domains)
  const { outcomes, matter, steps } = decide(c, s)
  s.outcomes = outcomes
  run(c.afterDecision, s)
  const only = outcomes.length === 1 && outcomes[0] !== undecided ? c.catalog.outcomes[outcomes[0]!]!.id : cannotDecide
  const outcome = c.decision ? only : null
  const { visible, maybeVisible, unanswered } = visibility(c, s)
  return {
    outcome,
    possible: outcomes.filter((o) => o !== undecided).map((o) => c.catalog.outcomes[o]!.id),
    scores: byId(c.catalog.scores, (i) => ({ value: amountOf(s.scores[i]!), maximum: finite(snap(c.maximums[i]!)) })),
    values: byId(c.catalog.values, (i) => amountOf(s.values[i]!)),
    levels: byId(c.levels, (i) => levelOf(c.levels[i]!.bands, s.levels[i]!)),
    labels: labelsOf(c, s),
    ...firedRules(c, s, outcome),
    applies: appliesOf(c, s),
    visible,
    maybeVisible,
    unanswered,
    matter: matter.toSorted((a, b) => a - b).map((q) => c.questions[q]!.question.id),
    path: steps,
    duties: dutiesOf(c, s),
  }
}

/** What is known of each answer, by position; what cannot be read is open. */
export function domainsOf(c: Compiled, answers: Answers): Domain[] {
  return c.questions.map((q) => {
    const { id, optional } = q.question
    const value = Object.hasOwn(answers, id) ? answers[id] : undefined
    if (value === undefined) return optional ? blank : open
    const read = readAnswer(q.question, q.positions, value)
    return 'domain' in read ? read.domain : open
  })
}

type Decided = { outcomes: readonly number[]; matter: readonly number[]; steps: Step[] }

function decide(c: Compiled, s: State): Decided {
  if (!c.decision) return { outcomes: [], matter: [], steps: [] }
  run(c.decisionOrder, s)
  if (c.decision.kind === 'tree') return decideTree(c, s, c.decision.start)
  const bounds = outcomesOf(c, s)
  if (bounds.length === 1) return { outcomes: bounds, matter: [], steps: [] }
  return { ...search(c, s, bounds), steps: [] }
}

function decideTree(c: Compiled, s: State, start: number): Decided {
  const { steps, end } = walk(c, s, start)
  if ('outcome' in end) return { outcomes: [end.outcome], matter: [], steps }
  const { outcomes, matter, seen } = explore(c, s, end.open)
  for (const q of seen) if (q !== end.open) s.visible[q] = 'unknown'
  return { outcomes, matter, steps }
}

function visibility(c: Compiled, s: State): Pick<Result, 'visible' | 'maybeVisible' | 'unanswered'> {
  const visible: string[] = []
  const maybeVisible: string[] = []
  const unanswered: string[] = []
  for (const { index, question } of c.questions) {
    const seen = s.visible[index]
    if (seen === 'no') continue
    if (seen === 'unknown') {
      maybeVisible.push(question.id)
      continue
    }
    visible.push(question.id)
    if (!isSettled(s.domains[index]!)) unanswered.push(question.id)
  }
  return { visible, maybeVisible, unanswered }
}

function byId<T>(items: readonly { id: string }[], make: (index: number) => T): Record<string, T> {
  const made: Record<string, T> = {}
  for (let i = 0; i < items.length; i++) made[items[i]!.id] = make(i)
  return made
}
function finite(value: number): number | null {
  return Number.isFinite(value) ? value : null
}
function amountOf(r: Range): Amount {
  // Adding 0 turns −0 into 0.
  if (isPoint(r)) return snap(r.lo) + 0
  if (isNothing(r)) return null
  return { from: finite(snap(r.lo)), to: finite(snap(r.hi)) }
}
function levelOf(bands: readonly { id: string }[], now: Bands): Result['levels'][string] {
  const possible = now.bands.map((b) => bands[b]!.id)
  return {
    band: possible.length === 1 && !now.gap ? possible[0]! : null,
    possible,
    value: amountOf(now.of),
    share: amountOf(now.share),
  }
}
function appliesOf(c: Compiled, s: State): Result['applies'] {
  return Object.fromEntries(
    c.lists.map(({ id, items }) => {
      const truths = items.map((item) => ({ id: item.id, truth: item.applies?.(s) ?? 'yes' }))
      const those = (truth: string): string[] => truths.filter((t) => t.truth === truth).map((t) => t.id)
      return [id, { certain: those('yes'), possible: those('unknown') }]
    }),
  )
}
function labelsOf(c: Compiled, s: State): Result['labels'] {
  const certain: string[] = []
  const possible: string[] = []
  c.catalog.labels.forEach((label, i) => {
    if (s.labels[i] === 'yes') certain.push(label.id)
    else if (s.labels[i] === 'unknown') possible.push(label.id)
  })
  return { certain, possible }
}
