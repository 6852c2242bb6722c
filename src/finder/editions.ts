import type { Entry, Library } from '#catalog/catalog-library.ts'
import { evaluate } from '#catalog/evaluate.ts'
import type { Answers, Result } from '#catalog/model-result.ts'
import { parseAnswers } from '#catalog/parse-answers.ts'
import { AppError } from '#platform/errors.ts'

import { strangeOutcomes } from './api.ts'

/** One edition of the finder's questions and rules, ready to judge. */
export type Edition = Pick<Entry, 'catalog' | 'edition' | 'digest' | 'content' | 'compiled'>

/** The editions that are there, and the one that judges now. */
export type Editions = {
  readonly inForce: () => Edition
  readonly find: (catalog: string, edition: string) => Edition | undefined
}

/**
 * @param inForce the entry that `in-force.yaml` names for the finder
 * @throws AppError `unavailable` when it has outcomes that the register has no word for, or decides nothing
 */
export function editionsOf(library: Library, inForce: Edition): Editions {
  const strange = strangeOutcomes(inForce.content)
  if (strange.length > 0 || inForce.content.decide === undefined)
    throw new AppError('unavailable', { reason: 'not-a-finder', ...refOf(inForce), outcomes: strange })
  return { inForce: () => inForce, find: library.get }
}

/** @throws AppError `not-found` with the edition asked for */
export function editionOf(editions: Editions, catalog: string, edition: string): Edition {
  const found = editions.find(catalog, edition)
  if (!found) throw new AppError('not-found', { catalog, edition })
  return found
}

export const judge = (edition: Edition, answers: Answers): Result => evaluate(edition.compiled, answers)

/** Answers as the edition reads them. @throws AppError `bad-input` naming each question that cannot be read */
export function readAnswers(edition: Edition, given: Answers): Answers {
  const { answers, faults } = parseAnswers(edition.compiled, given)
  if (faults.length > 0) throw new AppError('bad-input', { in: 'answers', issues: faults })
  return answers
}

/** Those answers that the edition has a question for; the others were given to another edition. */
export const readableAnswers = (edition: Edition, given: Answers): Answers =>
  parseAnswers(edition.compiled, given).answers

export const refOf = ({ catalog, edition, digest }: Edition) => ({ catalog, edition, digest })
