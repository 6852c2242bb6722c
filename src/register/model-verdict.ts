import type { Verdict } from './model.ts'

/**
 * From the strictest to the mildest. A system shows the strictest verdict of its uses. A use that nobody has weighed
 * stands before `proceed`: a system is never shown as free to proceed while one of its uses has not been looked at.
 * It stands after the two that call for a deed now, so that it cannot hide them either. Preset: the order is ours.
 */
export const verdictOrder = ['consult-board', 'cannot-decide', 'not-reported', 'proceed', 'out-of-scope'] as const

export const orderOf = (verdict: Verdict): number => verdictOrder.indexOf(verdict)

/** @param verdicts of the uses of a system; of none at all nothing has been reported */
export const strictest = (verdicts: readonly Verdict[]): Verdict =>
  verdictOrder.find((verdict) => verdicts.includes(verdict)) ?? 'not-reported'
