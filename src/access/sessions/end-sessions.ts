import type { Actor, RunTx } from '#audit/transaction.ts'
import { asSystem } from '#platform/scope.ts'

import type { SessionMemory } from './recognise.ts'
import { type ClosedSession, closeSessions, type WhichSessions } from './sessions.ts'

/**
 * `left`: the person signed this one out; `everywhere`: the person, all of them; `administrator`: somebody else did;
 * `provider`: a log-out ordered by the provider; `role-ended`: disabled, or the role is not held today; `new-sign-in`: the
 * same browser signed in anew.
 */
export type Because = 'left' | 'everywhere' | 'administrator' | 'provider' | 'role-ended' | 'new-sign-in'

export type EndSessionsDeps = { readonly tx: RunTx; readonly memory: SessionMemory | undefined }

/** Ends sessions and tells the log of each. Rights are asked before. */
export async function endSessions(
  deps: EndSessionsDeps,
  actor: Actor,
  which: WhichSessions,
  because: Because,
): Promise<readonly ClosedSession[]> {
  const closed = await asSystem(() =>
    deps.tx(actor, async (t) => {
      const sessions = await closeSessions(t.db, which)
      await t.append(sessions.map((one) => endedEntry(one, because)))
      return sessions
    }),
  )
  for (const { actor: holder } of closed) deps.memory?.forgetPerson(holder.personId)
  return closed
}

export const endedEntry = ({ id, actor }: ClosedSession, because: Because) => ({
  type: 'session.ended',
  itemKind: 'session',
  itemId: id,
  organisationId: actor.organisationId,
  detail: { person: actor.personId, because },
})
