import type { Case, Catalog } from './model.ts'
import type { Amount, AnswerFault, Answers, Result } from './model-result.ts'
import { type Compiled, compile } from './compile.ts'
import { evaluate } from './evaluate.ts'
import { parseAnswers } from './parse-answers.ts'
import { snap } from './ranges.ts'

/** One way in which a case did not come out as its author expected. */
export type Difference = { what: string; expected: unknown; found: unknown }

/** Compares a result with the expectation of a case; only what the expectation names is compared. */
export function differences(example: Case, result: Result): Difference[] {
  const found: Difference[] = []
  const { expect } = example
  const compare = (what: string, expected: unknown, seen: unknown): void => {
    if (JSON.stringify(expected) !== JSON.stringify(seen)) found.push({ what, expected, found: seen })
  }
  if (expect.outcome !== undefined) compare('outcome', expect.outcome, result.outcome)
  const amounts = (
    what: string,
    wanted: Record<string, number> | undefined,
    of: (id: string) => Amount | undefined,
  ): void => {
    for (const [id, value] of Object.entries(wanted ?? {})) compare(`${what}.${id}`, snap(value), of(id))
  }
  amounts('scores', expect.scores, (id) => result.scores[id]?.value)
  amounts('values', expect.values, (id) => result.values[id])
  for (const [id, band] of Object.entries(expect.levels ?? {})) compare(`levels.${id}`, band, result.levels[id]?.band)
  const sets: [string, readonly string[] | undefined, readonly string[]][] = [
    ['labels', expect.labels, result.labels.certain],
    ['fired', expect.fired, result.fired.map((f) => f.rule)],
    ['duties', expect.duties, result.duties.filter((d) => d.holds === 'yes').map((d) => d.id)],
    ['visible', expect.visible, result.visible],
    ['matter', expect.matter, result.matter],
  ]
  for (const [what, wanted, seen] of sets)
    if (wanted) compare(what, [...new Set(wanted)].toSorted(), [...new Set(seen)].toSorted())
  return found
}

export type CaseRun = { example: Case; index: number; differences: Difference[]; faults: AnswerFault[] }

/** Runs every case of a catalog. */
export function runCases(catalog: Catalog, compiled: Compiled = compile(catalog)): CaseRun[] {
  return catalog.cases.map((example, index) => {
    const { answers, faults } = parseAnswers(compiled, example.answers)
    return { example, index, faults, differences: differences(example, evaluate(compiled, answers)) }
  })
}
/** Whether every case comes out as expected; stops at the first that does not. */
export function casesHold(catalog: Catalog): boolean {
  const compiled = compile(catalog)
  return catalog.cases.every(
    (example) => differences(example, evaluate(compiled, example.answers as Answers)).length === 0,
  )
}
