import type { AnswerValue } from '#catalog/model-result.ts'
import { type FieldId, isFieldId } from '#register/fields.ts'
import { factOf, textOf } from '#register/model.ts'
import { strictest } from '#register/model-verdict.ts'
import type { StoredSystem } from '#register/store-read.ts'

import type { NeedsEdition } from './needs-edition.ts'
import type { StageAnswer } from './sources.ts'

export type Answered = Readonly<Record<string, AnswerValue | StageAnswer>>

const settled: ReadonlySet<string> = new Set(['consult-board', 'proceed', 'out-of-scope'])

/**
 * What the register itself tells of a system. While the strictest verdict is open it is not answered: it may yet become
 * any of them, and every need that one of them brings stays.
 */
export function registerAnswers(edition: NeedsEdition, system: StoredSystem): Answered {
  const { uses } = system
  const verdict = strictest(uses.map((use) => use.verdict))
  const count = (of: (use: StoredSystem['uses'][number]) => boolean, since?: string | null): StageAnswer => ({
    value: uses.filter(of).length,
    since: since ?? null,
  })
  const staleSince = uses.flatMap((use) => (use.stale ? use.staleFacts.map((fact) => fact.at) : [])).toSorted()[0]
  const unweighed = uses.filter((use) => use.verdict === 'not-reported').map((use) => use.createdAt)
  return {
    ...(settled.has(verdict) ? { verdict } : {}),
    'uses-not-weighed': count((use) => use.verdict === 'not-reported', unweighed.toSorted()[0]),
    'uses-undecided': count((use) => use.verdict === 'cannot-decide'),
    'uses-stale': count((use) => use.stale, staleSince),
    contact: written(system, 'contact-unit', 'named'),
    'verification-plan': written(system, 'verification-plan', 'planned'),
    ...fromFields(edition, system),
  }
}

/** Something to be written down is there or is not: why it is absent does not put it in place. */
const written = (system: StoredSystem, field: FieldId, there: string): string =>
  textOf(system.facts, field) === '' ? 'none' : there

/** Questions that a field of the system answers by its code. */
function fromFields(edition: NeedsEdition, system: StoredSystem): Answered {
  const answers: Record<string, AnswerValue> = {}
  for (const { id, 'register-field': link } of edition.questions.values()) {
    if (!link?.values || !isFieldId(link.field)) continue
    const fact = factOf(system.facts, link.field)
    const option = 'value' in fact && typeof fact.value === 'string' ? link.values[fact.value] : undefined
    if (option !== undefined) answers[id] = option
  }
  return answers
}

/** The uses that a question of the register counts. */
export function usesBehind(question: string, system: StoredSystem): string[] {
  const of = {
    'uses-not-weighed': (use: StoredSystem['uses'][number]) => use.verdict === 'not-reported',
    'uses-undecided': (use: StoredSystem['uses'][number]) => use.verdict === 'cannot-decide',
    'uses-stale': (use: StoredSystem['uses'][number]) => use.stale,
    verdict: (use: StoredSystem['uses'][number]) => !settled.has(use.verdict),
  }[question]
  return of ? system.uses.filter(of).map((use) => use.id) : []
}
