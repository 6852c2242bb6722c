import type { Actor } from '#audit/transaction.ts'
import { AppError } from '#platform/errors.ts'
import { todayInTokyo } from '#register/move-stage.ts'

import { type DeskDeps, doDeed, type Seen } from './do-deed.ts'
import { deskPeople } from './store-desk.ts'

/** Somebody of the desk takes a question that nobody has. */
export function takeQuestion(deps: DeskDeps, actor: Actor, which: Seen): Promise<void> {
  return doDeed(deps, actor, { ...which, deed: 'take', side: 'desk' }, () => ({
    type: 'taken',
    changed: { holderId: actor.personId },
  }))
}

/**
 * Hands a question over to another person of the desk; the note is read by the desk alone.
 * @throws AppError `bad-input` when the other is not of the desk today
 */
export function handOver(deps: DeskDeps, actor: Actor, which: Seen & { to: string; note: string }): Promise<void> {
  return doDeed(deps, actor, { ...which, deed: 'hand-over', side: 'desk' }, async (_before, t) => {
    const people = await deskPeople(t.db, todayInTokyo(t.at))
    if (!people.some((one) => one.id === which.to)) throw new AppError('bad-input', { field: 'to', reason: 'not-desk' })
    return {
      type: 'handed-over',
      entry: { text: which.note, toPerson: which.to, internal: true },
      changed: { holderId: which.to },
      event: { type: 'desk.handed-over', payload: { to: which.to, by: actor.personId } },
    }
  })
}

export function answerQuestion(deps: DeskDeps, actor: Actor, which: Seen & { text: string }): Promise<void> {
  return doDeed(deps, actor, { ...which, deed: 'answer', side: 'desk' }, (_before, t) => ({
    type: 'answered',
    entry: { text: which.text },
    changed: { answeredAt: t.at.toISOString(), readAt: null, waitingSince: t.at.toISOString() },
    event: { type: 'desk.answered' },
  }))
}

/** @throws AppError `bad-input` for a day that is over */
export function setDeadline(deps: DeskDeps, actor: Actor, which: Seen & { on: string; note: string }): Promise<void> {
  return doDeed(deps, actor, { ...which, deed: 'set-deadline', side: 'desk' }, (_before, t) => {
    if (which.on < todayInTokyo(t.at)) throw new AppError('bad-input', { field: 'on', reason: 'past' })
    return {
      type: 'deadline-set',
      entry: { text: which.note, deadline: which.on },
      changed: { deadline: which.on, deadlineBy: 'desk' },
      event: { type: 'desk.deadline-moved', payload: { to: which.on } },
    }
  })
}

export function closeQuestion(deps: DeskDeps, actor: Actor, which: Seen): Promise<void> {
  return doDeed(deps, actor, { ...which, deed: 'close', side: 'desk' }, () => ({ type: 'closed', changed: {} }))
}
