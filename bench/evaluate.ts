import { compile } from '#catalog/compile.ts'
import { evaluate } from '#catalog/evaluate.ts'
import { largeQuestionnaire, largeTree, randomAnswers } from '#catalog/synthetic.test-support.ts'
import type { Catalog } from '#catalog/model.ts'

import { atLeast, type Row } from './row.ts'

/** Evaluations a second: the middle of several rounds, different answers each time. */
function perSecond(catalog: Catalog, unknown: number, rounds = 7, msPerRound = 400): number {
  const compiled = compile(catalog)
  const sets = Array.from({ length: 200 }, (_, seed) => randomAnswers(catalog, seed + 1, unknown))
  const rates: number[] = []
  for (let round = 0; round <= rounds; round++) {
    let done = 0
    const start = performance.now()
    while (performance.now() - start < msPerRound)
      for (let i = 0; i < 20; i++) evaluate(compiled, sets[done++ % sets.length]!)
    if (round > 0) rates.push((done * 1000) / (performance.now() - start))
  }
  return Math.round(rates.toSorted((a, b) => a - b)[Math.floor(rates.length / 2)]!)
}

const target = 2000

/** Evaluations a second for a questionnaire of 300 questions and for a tree of thousands of paths. */
export async function* bench(): AsyncGenerator<Row> {
  const questionnaire = largeQuestionnaire(300)
  const tree = largeTree(12)
  const cases: [string, Catalog, number][] = [
    ['evaluate: 300 questions, all answered', questionnaire, 0],
    ['evaluate: 300 questions, half unknown', questionnaire, 0.5],
    ['evaluate: 300 questions, few unknown', questionnaire, 0.02],
    ['evaluate: tree of thousands of paths, all answered', tree, 0],
    ['evaluate: tree of thousands of paths, half unknown', tree, 0.5],
  ]
  for (const [name, catalog, unknown] of cases)
    yield atLeast(name, perSecond(catalog, unknown), target, 'evaluations/s')
}
