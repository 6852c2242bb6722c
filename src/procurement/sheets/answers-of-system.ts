import type { Answers } from '#catalog/model-result.ts'
import { answersOf, prefill } from '#finder/prefill.ts'
import type { StoredSystem, StoredUse } from '#register/store-read.ts'

import type { Guide } from './guide.ts'

/** The question that the finder answers; all others are answered by fields of the register. */
const verdictQuestion = 'verdict'
const settled = new Set<string>(['consult-board', 'proceed', 'out-of-scope'])

/** What the register and the finder know of each use. A verdict that is stale or was never reached is not known. */
export const answersOfSystem = (guide: Guide, system: Pick<StoredSystem, 'facts' | 'uses'>): Answers[] =>
  system.uses.map((use) => ({
    ...answersOf(prefill(guide.questions, { ...system.facts, ...use.facts })),
    ...verdictAnswer(guide, use),
  }))

function verdictAnswer(guide: Guide, { verdict, stale }: StoredUse): Answers {
  if (!guide.questions.some((q) => q.id === verdictQuestion)) return {}
  return { [verdictQuestion]: settled.has(verdict) && !stale ? verdict : { unknown: true } }
}
