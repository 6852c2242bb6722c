import type { AnswerValue } from '#catalog/model-result.ts'
import { boardConsulted } from '#consultation/advice/stage-facts.ts'
import type { Db } from '#platform/database.ts'
import { procurementFacts } from '#procurement/sheets/stage-facts.ts'
import { userRuleFacts } from '#user-rules/stage-facts.ts'

/** An answer with what the page says beside it. */
export type StageAnswer = {
  readonly value: AnswerValue
  /** ISO 8601, UTC: since when it has been so. */
  readonly since?: string | null
  /** The item in which it is to be done: a case, a procurement, a rule. */
  readonly itemId?: string | null
}

/**
 * What a room knows of systems, as answers to questions of the catalog of stages, by id of the system. A question that is
 * not answered is not known, and what is not known never does away with a need. Asked as the system itself: whoever takes
 * a step need not see the sheet that stands in the way.
 */
export type StageFacts = (
  db: Db,
  systemIds: readonly string[],
  at: Date,
) => Promise<ReadonlyMap<string, Readonly<Record<string, AnswerValue | StageAnswer>>>>

/** The rooms that answer, each with a line of its own. */
export const stageSources: readonly StageFacts[] = [boardConsulted, procurementFacts, userRuleFacts]
