import type { Compiled } from '#catalog/compiled.ts'
import { evaluate } from '#catalog/evaluate.ts'
import type { Catalog, Question } from '#catalog/model.ts'
import type { Answers } from '#catalog/model-result.ts'

import { readSections } from './reading.ts'

/** One combination of the states of all levels, and what the rules make of it. */
export type Combination = {
  /** Band by level. */
  readonly bands: Readonly<Record<string, string>>
  readonly outcome: string
  /** The rules that decide it. */
  readonly rules: readonly string[]
}

/** More answer sets than this are not tried on a page. */
const most = 20_000

const optionsOf = (question: Question): readonly string[] | undefined =>
  question.kind === 'single' ? question.options.map(({ id }) => id) : undefined

/** The first answers of the gate beyond which every other required question is asked. */
function passingGate(compiled: Compiled, gate: readonly Question[], others: readonly Question[]): Answers | undefined {
  for (const answers of products(gate)) {
    const { visible } = evaluate(compiled, answers)
    if (others.every((q) => q['show-when'] === undefined || visible.includes(q.id))) return answers
  }
  return undefined
}

function* products(questions: readonly Question[]): Generator<Answers> {
  const [first, ...rest] = questions
  if (first === undefined) {
    yield {}
    return
  }
  for (const option of optionsOf(first) ?? []) {
    for (const others of products(rest)) yield { [first.id]: option, ...others }
  }
}

/**
 * Every combination of the states of the levels with its outcome, for a catalog decided by a table over single choices.
 * Questions of the gate are answered so that the rules apply. Worked out by the engine, answer set by answer set.
 * @returns undefined where the combinations cannot be listed: other kinds of question, no levels, or too many answer sets
 */
export function combinationsOf(catalog: Catalog, compiled: Compiled): readonly Combination[] | undefined {
  if (!catalog.decide || !('table' in catalog.decide) || catalog.levels.length === 0) return undefined
  const sections = readSections(catalog)
  const gate = sections.filter((s) => s.gate).flatMap((s) => s.questions)
  const others = sections.filter((s) => !s.gate).flatMap((s) => s.questions.filter((q) => !q.optional))
  if ([...gate, ...others].some((q) => optionsOf(q) === undefined)) return undefined
  const size = others.reduce((n, q) => n * (optionsOf(q)?.length ?? 1), 1)
  const passing = passingGate(compiled, gate, others)
  if (size > most || passing === undefined) return undefined
  const found = new Map<string, Combination>()
  for (const answers of products(others)) {
    const { levels, outcome, fired } = evaluate(compiled, { ...passing, ...answers })
    const bands = Object.fromEntries(catalog.levels.map((level) => [level.id, levels[level.id]?.band ?? '']))
    const key = JSON.stringify([bands, outcome])
    if (outcome === null || found.has(key)) continue
    found.set(key, { bands, outcome, rules: fired.filter((f) => f.decisive).map((f) => f.rule) })
  }
  return inOrder(catalog, [...found.values()])
}

/** In the order of the catalog: the first level changes slowest, each from its lowest band. */
function inOrder(catalog: Catalog, all: readonly Combination[]): readonly Combination[] {
  const place = (c: Combination) => catalog.levels.map((l) => l.bands.findIndex((band) => band.id === c.bands[l.id]))
  return all.toSorted((a, b) => {
    const [pa, pb] = [place(a), place(b)]
    const at = pa.findIndex((n, i) => n !== pb[i])
    return at === -1 ? 0 : (pa[at] ?? 0) - (pb[at] ?? 0)
  })
}
