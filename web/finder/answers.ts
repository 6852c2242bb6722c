import type { Answers, AnswerValue } from '#catalog/model-result.ts'
import type { Finder } from '#finder/api.ts'

/** What a person does with answers, as pure steps. */

export const isUnknown = (answer: AnswerValue | undefined): answer is { unknown: true } =>
  typeof answer === 'object' && answer !== null && 'unknown' in answer

const isEmpty = (answer: AnswerValue | undefined): boolean =>
  answer === undefined || answer === '' || (Array.isArray(answer) && answer.length === 0)

/** A cleared answer is taken out, so that not answered has one form. */
export function withAnswer(answers: Answers, question: string, answer: AnswerValue | undefined): Answers {
  const { [question]: _, ...others } = answers
  return isEmpty(answer) ? others : { ...others, [question]: answer }
}

export const sameAnswer = (a: AnswerValue | undefined, b: AnswerValue | undefined): boolean =>
  Array.isArray(a) && Array.isArray(b)
    ? a.length === b.length && a.every((one) => b.includes(one))
    : isUnknown(a) || isUnknown(b)
      ? isUnknown(a) && isUnknown(b)
      : a === b

export function sameAnswers(a: Answers, b: Answers): boolean {
  const questions = new Set([...Object.keys(a), ...Object.keys(b)])
  return [...questions].every((q) => sameAnswer(a[q], b[q]))
}

/**
 * Where a person starts: at the draft; else at the last assessment, with what the register has learnt since for questions
 * it left open; else at what the register knows.
 */
export function startOf(finder: Pick<Finder, 'draft' | 'current' | 'prefilled'>, edition?: string): Answers {
  const known = Object.fromEntries(Object.entries(finder.prefilled).map(([q, { answer }]) => [q, answer]))
  if (finder.draft) return finder.draft.answers
  if (!finder.current || (edition !== undefined && finder.current.edition !== edition)) return known
  const open = Object.entries(known).filter(([q]) => {
    const before = finder.current?.answers[q]
    return before === undefined || isUnknown(before)
  })
  const changed = finder.current.staleFacts.flatMap(({ field }) =>
    Object.entries(finder.prefilled)
      .filter(([, p]) => p.field === field)
      .map(([q, p]) => [q, p.answer] as const),
  )
  return { ...finder.current.answers, ...Object.fromEntries(open), ...Object.fromEntries(changed) }
}

/** Questions whose answer is no longer what the register says: those that could be brought back to it. */
export function differsFromRegister(
  answers: Answers,
  prefilled: Finder['prefilled'],
  writable: readonly string[],
): readonly string[] {
  return writable.filter((q) => {
    const answer = answers[q]
    return answer !== undefined && !isUnknown(answer) && !sameAnswer(answer, prefilled[q]?.answer)
  })
}

/** One answer given, with the outcome before and after it. */
export type Move = {
  readonly question: string
  readonly from: string
  readonly to: string
  /** Questions that would settle it, where it was left open. */
  readonly matter: readonly string[]
}

export type Moved = {
  /** The last answer that changed the outcome; undefined while none did. */
  readonly by: Move | undefined
  /** Answers given after it, newest last, which changed nothing. */
  readonly idle: readonly string[]
}

/** Says of the answers given since the page was opened which one moved the verdict and which, after it, did not. */
export function moved(trail: readonly Move[]): Moved {
  const last = trail.findLastIndex(({ from, to }) => from !== to)
  const after = trail.slice(last + 1).map(({ question }) => question)
  const by = trail[last]
  return { by, idle: [...new Set(after)].filter((q) => q !== by?.question) }
}
