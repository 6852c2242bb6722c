import { setImmediate as breathe } from 'node:timers/promises'

import type { Grid } from './grid.ts'
import { judgeRows, type RowJudgement } from './judge-rows.ts'
import type { LaidTable } from './lay-table.ts'

/** How long rows are judged before other work of the process gets its turn, in ms. */
const turnMs = 20

/**
 * Judges all rows and lets the server answer others meanwhile.
 * @param options  `signal` stops it with its reason; `progress` is told how many rows are done
 */
export async function judgeAll(
  grid: Grid,
  table: LaidTable,
  options: { readonly signal?: AbortSignal; readonly progress?: (done: number, all: number) => void } = {},
): Promise<RowJudgement[]> {
  const rows: RowJudgement[] = []
  let turn = performance.now()
  for (const row of judgeRows(grid, table)) {
    rows.push(row)
    if (performance.now() - turn < turnMs) continue
    options.progress?.(rows.length, table.body.length)
    await breathe()
    options.signal?.throwIfAborted()
    turn = performance.now()
  }
  return rows
}
