import type { CompiledQuestion, Positions, Use } from './compiled.ts'
import { compileTest, cutOf } from './compile-tests.ts'
import { type NodeKey, dependenciesOf, inOrder } from './dependencies.ts'
import type { Ref } from './expressions.ts'

/** For every question, all the ways in which the decision looks at its answer. */
export function usesOf(
  questions: readonly CompiledQuestion[],
  at: Positions,
  refs: ReadonlyMap<NodeKey, readonly Ref[]>,
  needs: readonly Ref[],
  highest: ReadonlySet<number>,
): Use[] {
  const uses = questions.map((): Use => ({
    tests: [],
    named: new Set(),
    scores: new Set(),
    highest: false,
    labels: new Set(),
    cuts: new Set(),
    texts: new Set(),
    arithmetic: false,
  }))
  const keys = inOrder(refs, dependenciesOf(needs))
  for (const ref of [...needs, ...keys.flatMap((key) => refs.get(key) ?? [])]) note(ref, questions, at, uses)
  for (const key of keys) if (key.startsWith('label:')) noteLabel(key.slice('label:'.length), questions, uses)
  for (const q of questions) if (q.question.kind === 'number') noteBands(q, at, uses[q.index]!)
  for (const use of uses) use.highest = [...use.scores].some((score) => highest.has(score))
  return uses
}

function note(ref: Ref, questions: readonly CompiledQuestion[], at: Positions, uses: readonly Use[]): void {
  if (ref.kind !== 'question' && ref.kind !== 'answer' && ref.kind !== 'points') return
  const q = questions[at.questions.get(ref.id) ?? -1]
  const use = q && uses[q.index]
  if (!use) return
  if (ref.kind === 'answer') use.arithmetic = true
  else if (ref.kind === 'points') use.scores.add(at.scores.get(ref.score) ?? -1)
  else {
    const { test } = ref
    use.tests.push(compileTest(test, q.question, q.positions))
    const cut = cutOf(test)
    if (cut !== undefined) use.cuts.add(cut)
    if (typeof test.equals === 'string') use.texts.add(test.equals)
    for (const id of [test.has, ...(test['has-any'] ?? []), ...(test['has-all'] ?? [])])
      if (id !== undefined) use.named.add(q.positions.get(id) ?? -1)
  }
}

function noteLabel(label: string, questions: readonly CompiledQuestion[], uses: readonly Use[]): void {
  for (const q of questions)
    if (q.options.some((option) => option.labels?.includes(label))) uses[q.index]!.labels.add(label)
}

function noteBands(q: CompiledQuestion, at: Positions, use: Use): void {
  if (q.question.kind !== 'number') return
  for (const [score, weight] of Object.entries(q.question.weights ?? {})) {
    if (!use.scores.has(at.scores.get(score) ?? -2)) continue
    if ('per-unit' in weight) use.arithmetic = true
    else
      for (const band of weight.bands)
        for (const cut of [band.from, band.above, band.to, band.below]) if (cut !== undefined) use.cuts.add(cut)
  }
}
