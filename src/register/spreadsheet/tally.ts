import type { RowJudgement } from './judge-rows.ts'
import type { Mark } from './read-cell.ts'

export type Tally = {
  readonly rows: number
  readonly stored: number
  readonly rejected: number
  /** Rows with at least one flag, rejected ones included. */
  readonly flagged: number
  /** Rows per code; a row counts once per code. */
  readonly reasons: Readonly<Record<string, number>>
  readonly flags: Readonly<Record<string, number>>
}

function add(to: Record<string, number>, marks: readonly Mark[]): void {
  for (const code of new Set(marks.map((mark) => mark.code))) to[code] = (to[code] ?? 0) + 1
}

export function tally(judgements: Iterable<RowJudgement>): Tally {
  const count = { rows: 0, stored: 0, rejected: 0, flagged: 0 }
  const reasons: Record<string, number> = {}
  const flags: Record<string, number> = {}
  for (const row of judgements) {
    count.rows++
    count[row.outcome]++
    if (row.flags.length > 0) count.flagged++
    add(reasons, row.reasons)
    add(flags, row.flags)
  }
  return { ...count, reasons, flags }
}
