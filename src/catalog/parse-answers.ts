import type { AnswerFault, AnswerValue, Answers } from './model-result.ts'
import type { Compiled } from './compiled.ts'
import { readAnswer } from './domains.ts'

/**
 * Reads answers that come from outside. What cannot be read is left out of the answers (so it counts as not known) and
 * stands in the faults with its question; nothing is thrown.
 */
export function parseAnswers(c: Compiled, json: unknown): { answers: Answers; faults: AnswerFault[] } {
  if (typeof json !== 'object' || json === null || Array.isArray(json))
    return { answers: {}, faults: [{ code: 'answers-not-an-object', question: '', params: {} }] }
  const answers: [string, AnswerValue][] = []
  const faults: AnswerFault[] = []
  for (const [id, value] of Object.entries(json)) {
    const index = c.at.questions.get(id)
    const q = index === undefined ? undefined : c.questions[index]
    if (!q) {
      faults.push({ code: 'no-such-question', question: id, params: {} })
      continue
    }
    if (value === null || value === undefined) continue
    const read = readAnswer(q.question, q.positions, value)
    if ('fault' in read) faults.push({ code: read.fault, question: id, params: read.params })
    else answers.push([id, value as AnswerValue])
  }
  return { answers: Object.fromEntries(answers), faults }
}
