import type { Answers } from './model-result.ts'
import type { Compiled, State } from './compiled.ts'
import { cellsOf } from './cells.ts'
import { newState, run } from './compile.ts'
import { outcomesOf } from './decide.ts'
import { type Domain, answerOf, open } from './domains.ts'
import { domainsOf } from './evaluate.ts'
import { walk } from './tree.ts'

/** Numbers in 0…1 that are the same on every run (mulberry32). */
export function repeatable(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
}

/** What full sets of answers were seen to reach. */
export type Reached = {
  questions: Set<number>
  outcomes: Set<number>
  /** `table/rule` and `level/band`, by position. */
  rules: Set<string>
  bands: Set<string>
}

/** Works a state out in full, the tree included. */
export function settleState(c: Compiled, domains: Domain[]): State {
  const s = newState(c, domains)
  run(c.decisionOrder, s)
  if (c.decision?.kind === 'tree') {
    const { end } = walk(c, s, c.decision.start)
    s.outcomes = 'outcome' in end ? [end.outcome] : []
  } else s.outcomes = outcomesOf(c, s)
  run(c.order, s)
  return s
}

/** Answers of the cases, extremes of each score and a mixture between them, and answers by chance. */
export function sample(c: Compiled, count: number): Reached {
  const reached: Reached = { questions: new Set(), outcomes: new Set(), rules: new Set(), bands: new Set() }
  for (const example of c.catalog.cases) note(c, settleState(c, domainsOf(c, example.answers as Answers)), reached)
  const chance = repeatable(920)
  const cells = c.questions.map((q) => cellsOf(c, q.index).cells)
  for (let turn = 0; turn < count; turn++) {
    const lean = c.maximums.map(() => chance())
    note(
      c,
      settleState(
        c,
        c.questions.map((q) => pick(c, q.index, cells[q.index]!, lean, turn % 2 === 0, chance)),
      ),
      reached,
    )
  }
  return reached
}

/** Leaning towards the most or the fewest points of a score, so that high and low bands come up in long questionnaires too. */
function pick(
  c: Compiled,
  index: number,
  cells: readonly Domain[],
  lean: readonly number[],
  leaning: boolean,
  chance: () => number,
): Domain {
  const [score] = c.questions[index]!.points.keys()
  if (leaning && score !== undefined) {
    const points = c.questions[index]!.points.get(score)!
    const most = chance() < lean[score]! * 1.2 - 0.1
    const sorted = cells.toSorted((a, b) => points(a).lo - points(b).lo)
    return (most ? sorted.at(-1) : sorted[0]) ?? open
  }
  return cells[Math.floor(chance() * cells.length)] ?? open
}

function note(c: Compiled, s: State, reached: Reached): void {
  s.visible.forEach((seen, q) => seen === 'yes' && reached.questions.add(q))
  if (s.outcomes.length === 1) reached.outcomes.add(s.outcomes[0]!)
  s.hits.forEach((hits, t) => hits.forEach((hit, r) => hit === 'yes' && reached.rules.add(`${t}/${r}`)))
  s.levels.forEach((level, l) => level.bands.length === 1 && !level.gap && reached.bands.add(`${l}/${level.bands[0]}`))
}

/** The settled answers of a state, to show a person which combination is meant. */
export function answersIn(c: Compiled, s: State): Record<string, unknown> {
  return Object.fromEntries(
    c.questions.flatMap(({ index, question }) => {
      const answer = s.visible[index] === 'yes' ? answerOf(question, s.domains[index]!) : undefined
      return answer === undefined ? [] : [[question.id, answer]]
    }),
  )
}
