import type { RunTx } from '#audit/transaction.ts'
import type { Now } from '#platform/ids.ts'
import { asSystem } from '#platform/scope.ts'

import { systemActor } from './nobody.ts'

export type Refused = 'sign-in.refused' | 'log-out.refused'
export type TellRefusal = (
  type: Refused,
  provider: string,
  reason: string,
  known?: {
    readonly claim?: string | undefined
    readonly personId?: string | undefined
    readonly error?: string | undefined
  },
) => Promise<void>

/** Our preset: refusals of one kind about nobody known are told once a minute, with how many there were. */
const everyMs = 60_000

/**
 * Tells the log of a refusal. What anybody on the network can cause as often as he likes must not fill a log that is kept
 * for ever; so what is not about a known person is gathered: the first at once, the others with the next one told.
 */
export function refusals(deps: { readonly tx: RunTx; readonly now: Now }): TellRefusal {
  const gathered = new Map<string, { at: number; untold: number }>()
  return async (type, provider, reason, known = {}) => {
    const { personId, claim, error } = known
    const at = deps.now().getTime()
    const key = `${type} ${provider} ${reason}`
    const before = gathered.get(key)
    if (personId === undefined && before && at - before.at < everyMs && at >= before.at) {
      before.untold += 1
      return
    }
    if (personId === undefined) gathered.set(key, { at, untold: 0 })
    const alike = personId === undefined ? (before?.untold ?? 0) : 0
    await asSystem(() =>
      deps.tx(systemActor, (t) =>
        t.append({
          type,
          itemKind: personId === undefined ? 'sign-in' : 'person',
          itemId: personId ?? t.newId(),
          detail: {
            provider,
            reason,
            ...(claim === undefined ? {} : { claim }),
            ...(error === undefined ? {} : { error }),
            ...(alike === 0 ? {} : { before: alike }),
          },
        }),
      ),
    )
  }
}
