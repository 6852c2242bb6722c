import type { State } from './model.ts'

/**
 * What can be done with a question, by where it stands. The table is the documentation. That a desk is asked and answers
 * is DS-920 v1.0 (dsk-01); the states and steps are our preset.
 */
export const workflow = {
  draft: { send: 'asked' },
  asked: { take: 'taken', 'follow-up': 'asked', 'set-deadline': 'asked', withdraw: 'withdrawn' },
  taken: {
    answer: 'answered',
    'hand-over': 'taken',
    'follow-up': 'taken',
    'set-deadline': 'taken',
    withdraw: 'withdrawn',
  },
  // A further question opens it again, for the person who had it.
  answered: { answer: 'answered', 'follow-up': 'taken', 'hand-over': 'answered', close: 'closed' },
  closed: { 'follow-up': 'taken' },
  withdrawn: {},
} as const satisfies Record<State, Partial<Record<string, State>>>

export const deeds = ['send', 'take', 'answer', 'hand-over', 'follow-up', 'set-deadline', 'withdraw', 'close'] as const
export type Deed = (typeof deeds)[number]
/** Which side does it; both may close. */
export const sideOf = {
  send: ['asker'],
  take: ['desk'],
  answer: ['desk'],
  'hand-over': ['desk'],
  'follow-up': ['asker'],
  'set-deadline': ['desk'],
  withdraw: ['asker'],
  close: ['asker', 'desk'],
} as const satisfies Record<Deed, readonly Side[]>
export type Side = 'asker' | 'desk'

export type Step =
  | { readonly ok: true; readonly to: State }
  | { readonly ok: false; readonly reasons: readonly [{ readonly code: 'wrong-state'; readonly state: State }] }

export function step(from: State, deed: Deed): Step {
  const row: Partial<Record<Deed, State>> = workflow[from]
  const to = row[deed]
  return to === undefined ? { ok: false, reasons: [{ code: 'wrong-state', state: from }] } : { ok: true, to }
}
