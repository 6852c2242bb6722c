import type { Tx } from '#audit/transaction.ts'

import type { Stage } from './fields.ts'
import type { StoredSystem } from './store-read.ts'
import type { StepReason } from './workflow.ts'

/** What stands before a step besides the table of stages: what the other rooms know of the system (`stages/`). */
export type StageGate = {
  /**
   * Asked inside the transaction of the step, with the system locked.
   * @returns a reason for each thing that is missing and blocks; empty lets the step through
   */
  readonly ask: (t: Tx, system: StoredSystem, to: Stage) => Promise<GateAnswer>
}
export type GateAnswer = {
  readonly reasons: readonly StepReason[]
  /** Keeps what the step was let through with. Called once the step is taken, in the same transaction. */
  readonly passed: () => Promise<void>
}
