import type { Question } from '#catalog/model.ts'
import { cannotDecide } from '#catalog/model.ts'
import type { Answers, Result } from '#catalog/model-result.ts'
import type { FieldId } from '#register/fields.ts'
import { type Fact, factOf, type Facts } from '#register/model.ts'

import { linkedQuestions } from './prefill.ts'

export type RestsOn = Readonly<Partial<Record<FieldId, Fact>>>

/**
 * The facts of the register on which a verdict rests, as they are now. Of a verdict that rules give: those that they
 * looked at, and those without which the other answers would not give it. What is left out may therefore change in any
 * way without moving the verdict. Where no rule fired: every fact that was answered. Of a verdict that could not be
 * decided: every fact that plays a part, since any of them may settle it.
 * @param evaluate the engine over the edition that gave `result`
 */
export function restsOn(
  questions: readonly Question[],
  judged: { readonly facts: Facts; readonly answers: Answers; readonly result: Result },
  evaluate: (answers: Answers) => Result,
): RestsOn {
  const { facts, answers, result } = judged
  const asked = new Set([...result.visible, ...result.maybeVisible])
  const linked = linkedQuestions(questions).filter((l) => asked.has(l.question.id))
  const settled = result.outcome !== null && result.outcome !== cannotDecide
  const kept = settled
    ? keptForOutcome(
        linked.map((l) => l.question.id),
        answers,
        result,
        evaluate,
      )
    : asked
  const fields: Partial<Record<FieldId, Fact>> = {}
  for (const { question, field } of linked) if (kept.has(question.id)) fields[field] = factOf(facts, field)
  return fields
}

function keptForOutcome(
  linked: readonly string[],
  answers: Answers,
  result: Result,
  evaluate: (answers: Answers) => Result,
): Set<string> {
  const lookedAt = new Set(result.fired.filter((f) => f.decisive).flatMap((f) => f.lookedAt.map((l) => l.question)))
  const kept = new Set(Object.keys(answers).filter((id) => isKnown(answers[id])))
  // No rule fired: that rests on everything the rules look at, not only on what could move the verdict by itself.
  if (lookedAt.size === 0) return kept
  for (const id of linked) {
    if (!kept.has(id) || lookedAt.has(id)) continue
    const without = Object.fromEntries([...kept].filter((k) => k !== id).map((k) => [k, answers[k]]))
    if (evaluate(without).outcome === result.outcome) kept.delete(id)
  }
  return kept
}

const isKnown = (answer: Answers[string]) =>
  answer !== undefined && !(typeof answer === 'object' && 'unknown' in answer)
