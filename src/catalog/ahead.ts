import type { Compiled, Work } from './compiled.ts'
import { dependenciesOf, gotosOf } from './dependencies.ts'
import { type Ref, refsOfCond } from './expressions.ts'
import { groups } from './groups.ts'

/** What later branches look at, from each question of the tree on. */
export type Ahead = {
  labels: readonly number[]
  questions: readonly number[]
  before: readonly Work[]
  outcomes: ReadonlySet<number>
}
const aheads = new WeakMap<Compiled, ReadonlyMap<number, Ahead>>()

export function aheadOf(c: Compiled, index: number): Ahead {
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
