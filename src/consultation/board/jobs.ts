import type { RunTx } from '#audit/transaction.ts'
import type { Now } from '#platform/ids.ts'
import { daily, type Handler } from '#platform/jobs.ts'

import type { BoardRules } from './board-rules.ts'
import { remindAll } from './remind-members.ts'

/** Every morning members who have not declared are asked again, as often as the rule of the docket says. */
export const boardJobs = (deps: {
  readonly tx: RunTx
  readonly now: Now
  readonly boardRules: BoardRules
}): readonly Handler[] => [
  daily('board.declarations', '07:20', async () => {
    await remindAll(deps)
  }),
]
