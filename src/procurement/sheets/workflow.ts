/**
 * States of a procurement: this table is the documentation. Source: DS-920 v1.0, section 3 (stages of procurement); the
 * names of the states are ours.
 */
export const states = ['drafting', 'tendering', 'evaluating', 'contracted', 'closed'] as const
export type ProcurementState = (typeof states)[number]

const steps = {
  /** Requirements are being chosen and written. */
  drafting: ['tendering', 'closed'],
  /** Bidders answer; a requirement that turns out wrong takes it back. */
  tendering: ['evaluating', 'drafting', 'closed'],
  /** Answers are evaluated; one more question takes it back. */
  evaluating: ['contracted', 'tendering', 'closed'],
  /** Somebody was awarded; clauses are agreed and proofs given. */
  contracted: ['evaluating', 'closed'],
  closed: [],
} as const satisfies Record<ProcurementState, readonly ProcurementState[]>

export const nextStates = (state: ProcurementState): readonly ProcurementState[] => steps[state]

export type Step =
  | { readonly ok: true; readonly to: ProcurementState }
  | { readonly ok: false; readonly open: readonly ProcurementState[] }

export const step = (from: ProcurementState, to: ProcurementState): Step =>
  nextStates(from).includes(to) ? { ok: true, to } : { ok: false, open: nextStates(from) }

/** Which items and texts may still be changed: what bidders were asked does not change under them. */
export const editable = {
  drafting: ['decision', 'requirement', 'clause', 'proof'],
  tendering: ['clause', 'proof'],
  evaluating: ['clause', 'proof'],
  contracted: ['clause', 'proof'],
  closed: [],
} as const satisfies Record<ProcurementState, readonly ('decision' | 'requirement' | 'clause' | 'proof')[]>
export type Editable = 'decision' | 'requirement' | 'clause' | 'proof'

export const mayEdit = (state: ProcurementState, part: Editable): boolean =>
  (editable[state] as readonly Editable[]).includes(part)
