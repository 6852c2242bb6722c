import type { AnswerValue, Answers, Result } from './model-result.ts'
import type { Compiled } from './compiled.ts'
import { cellsOf } from './cells.ts'
import { answerOf, isSettled } from './domains.ts'
import { domainsOf, evaluate } from './evaluate.ts'

export type Change = { question: string; from: AnswerValue | null; to: AnswerValue | { answered: false } }
export type WhatIf = {
  /** For every other outcome the smallest sets of changes that give it; of one size for each outcome, smaller sets first. */
  changes: { outcome: string; changes: Change[] }[]
  /** Answered questions of which no other answer alone changes the outcome. */
  alone: { changesNothing: string[] }
  /** False when the budget ended the search before all sets up to the largest size were tried. */
  complete: boolean
}

/** Nobody acts on a longer list of changes at once. */
const largestSet = 4

/**
 * What would give another outcome: every single other answer to a question that was answered and is shown, then pairs and so
 * on, until each other outcome was reached. Answers that the catalog does not tell apart are tried once, by the first of them.
 * @param budget  how many evaluations may be made (default 2,000)
 */
export function whatWouldChange(c: Compiled, answers: Answers, budget = 2000): WhatIf {
  const now = evaluate(c, answers)
  const search: Search = { c, answers, now, left: budget, found: [] }
  const options = alternatives(c, answers, now)
  const wanted = c.catalog.outcomes.map((o) => o.id).filter((id) => id !== now.outcome)
  const reached = () => new Set(search.found.map((f) => f.outcome))
  let alone: string[] = []
  for (let size = 1; size <= Math.min(largestSet, options.length) && search.left > 0; size++) {
    const before = reached()
    if (size > 1 && wanted.every((id) => before.has(id))) break
    trySets(search, options, { size, from: 0, chosen: [], settled: before })
    if (size === 1 && search.left > 0) alone = unmoved(options, search.found)
  }
  return { changes: search.found, alone: { changesNothing: alone }, complete: search.left > 0 }
}

function unmoved(options: readonly Change[], found: WhatIf['changes']): string[] {
  const moved = new Set(found.flatMap((f) => f.changes.map((change) => change.question)))
  return [...new Set(options.map((o) => o.question))].filter((q) => !moved.has(q))
}

type Sets = { size: number; from: number; chosen: readonly Change[]; settled: ReadonlySet<string> }

/** Tries every set of `size` changes to different questions; outcomes in `settled` have smaller sets already. */
function trySets(s: Search, options: readonly Change[], { size, from, chosen, settled }: Sets): void {
  for (let i = from; i < options.length && s.left > 0; i++) {
    const option = options[i]!
    if (chosen.some((change) => change.question === option.question)) continue
    const next = [...chosen, option]
    if (next.length === size) attempt(s, next, settled)
    else trySets(s, options, { size, from: i + 1, chosen: next, settled })
  }
}

type Search = { c: Compiled; answers: Answers; now: Result; left: number; found: WhatIf['changes'] }

/** Other answers, in the order of the catalog. */
function alternatives(c: Compiled, answers: Answers, now: Result): Change[] {
  const shown = new Set(now.visible)
  const matter = new Set(now.matter)
  const domains = domainsOf(c, answers)
  return c.questions.flatMap(({ index, question }) => {
    const domain = domains[index]!
    if (isSettled(domain) ? !shown.has(question.id) : !matter.has(question.id)) return []
    const from = answerOf(question, domain) ?? null
    return cellsOf(c, index).cells.flatMap((cell): Change[] => {
      const to = cell.kind === 'blank' ? { answered: false as const } : answerOf(question, cell)
      if (
        to === undefined ||
        JSON.stringify(to) === JSON.stringify(from) ||
        (cell.kind === 'blank' && domain.kind === 'blank')
      )
        return []
      return [{ question: question.id, from, to }]
    })
  })
}

function attempt(s: Search, changes: Change[], settled: ReadonlySet<string>): void {
  s.left -= 1
  const changed: Record<string, AnswerValue | undefined> = { ...s.answers }
  for (const { question, to } of changes)
    changed[question] = typeof to === 'object' && 'answered' in to ? undefined : to
  const { outcome } = evaluate(s.c, changed)
  if (outcome === s.now.outcome || outcome === null || settled.has(outcome)) return
  s.found.push({ outcome, changes })
}
