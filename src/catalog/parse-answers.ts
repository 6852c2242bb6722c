import type { AnswerFault, AnswerValue, Answers } from './model-result.ts'
import type { Compiled } from './compiled.ts'
import { type Domain, blank, open, readAnswer } from './domains.ts'

/**
 * Reads answers that come from outside. An answer that cannot be read becomes `{ unknown: true }` (of an optional question,
 * too: it is not blank) and stands in the faults; one to a question that is not there is left out. Nothing is thrown.
 */
export function parseAnswers(c: Compiled, json: unknown): { answers: Answers; faults: AnswerFault[] } {
  const { domains, faults } = readAnswers(c, json)
  const answers: Record<string, AnswerValue> = {}
  const unread = new Set(faults.map((fault) => fault.question))
  if (domains)
    for (const [id, value] of Object.entries(json as Record<string, AnswerValue | null>))
      if (c.at.questions.has(id) && value !== null) answers[id] = unread.has(id) ? { unknown: true } : value
  return { answers, faults }
}

/** The same, ready for `evaluateDomains`: each answer is looked at once. `domains` is missing when there are no answers at all. */
export function readAnswers(c: Compiled, json: unknown): { domains: Domain[] | undefined; faults: AnswerFault[] } {
  if (typeof json !== 'object' || json === null || Array.isArray(json))
    return { domains: undefined, faults: [{ code: 'answers-not-an-object', question: '', params: {} }] }
  const faults: AnswerFault[] = []
  const domains = c.questions.map((q): Domain => (q.question.optional ? blank : open))
  const given = json as Record<string, unknown>
  for (const id of Object.keys(given)) {
    const index = c.at.questions.get(id)
    if (index === undefined) {
      faults.push({ code: 'no-such-question', question: id, params: {} })
      continue
    }
    const q = c.questions[index]!
    const read = readAnswer(q.question, q.positions, given[id])
    if ('domain' in read) domains[index] = read.domain
    else {
      domains[index] = open
      faults.push({ code: read.fault, question: id, params: read.params })
    }
  }
  return { domains, faults }
}
