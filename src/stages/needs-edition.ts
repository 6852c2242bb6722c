import type { Entry } from '#catalog/catalog-library.ts'
import type { ListItem, Question, Rule } from '#catalog/model.ts'
import { AppError } from '#platform/errors.ts'

import { type Effect, effects } from './model.ts'

/** An edition of what steps need, looked through once. */
export type NeedsEdition = Pick<Entry, 'catalog' | 'edition' | 'digest' | 'content' | 'compiled'> & {
  readonly needs: ReadonlyMap<string, ListItem>
  readonly rules: readonly { readonly effect: Effect; readonly rule: Rule }[]
  readonly questions: ReadonlyMap<string, Question>
}

/** Questions that only the step itself answers; the others can be done something about. */
export const situationSection = 'situation'
const asked = ['step', 'way'] as const

/**
 * @param entry the edition that `in-force.yaml` names for the stages
 * @throws AppError `unavailable` (`not-stage-needs`) where a table, the list `needs`, a need that a rule names, or one of
 *   the questions of the step is not there: half an answer must not let a step through
 */
export function needsEdition(entry: Entry): NeedsEdition {
  const { content } = entry
  const faulty = (what: string): AppError =>
    new AppError('unavailable', { reason: 'not-stage-needs', catalog: entry.catalog, edition: entry.edition, what })
  const list = content.lists.find(({ id }) => id === 'needs')
  if (!list) throw faulty('lists/needs')
  const needs = new Map((list.items ?? []).map((item) => [item.id, item]))
  const rules = effects.flatMap((effect) => {
    const table = content.tables.find(({ id }) => id === effect)
    if (table?.hit !== 'collect' || table.otherwise) throw faulty(`tables/${effect}`)
    return table.rules.map((rule) => ({ effect, rule }))
  })
  const lost = rules.find(({ rule }) => !needs.has(rule.gives))
  if (lost) throw faulty(`needs/${lost.rule.gives}`)
  const questions = new Map(content.questions.map((question) => [question.id, question]))
  for (const id of asked) if (questions.get(id)?.kind !== 'single') throw faulty(`questions/${id}`)
  const { catalog, edition, digest } = entry
  return { catalog, edition, digest, content, compiled: entry.compiled, needs, rules, questions }
}
