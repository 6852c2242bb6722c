import { systemActor } from '#access/nobody.ts'
import { todayOf } from '#access/office-day.ts'
import type { TellRefusal } from '#access/refusals.ts'
import { rolesHeldToday } from '#access/roles/roles.ts'
import type { Device } from '#access/sessions/device-words.ts'
import type { RunTx } from '#audit/transaction.ts'
import type { NewId } from '#platform/ids.ts'
import { asSystem } from '#platform/scope.ts'

import { admitPerson, type AdmitRefusal, SignInRefused } from './admit-person.ts'
import { askProvider, type TokenRefusal, type Vouched } from './ask-provider.ts'
import type { OidcDeps } from './begin-sign-in.ts'
import { chooseRole, enter, type Entered, holderOf } from './enter.ts'
import { type ClaimRefusal, readClaims } from './read-claims.ts'
import { type Taken, takeAttempt } from './sign-in-attempts.ts'
import type { Provider } from './sign-in-config.ts'

export type FinishDeps = OidcDeps & {
  readonly tx: RunTx
  readonly newId: NewId
  readonly timeZone: string
  readonly clockToleranceSeconds: number
  readonly tellRefusal: TellRefusal
}

type StateRefusal = Extract<Taken, { ok: false }>['reason']
export type SignInRefusal = StateRefusal | TokenRefusal | ClaimRefusal['reason'] | AdmitRefusal | 'role-not-held'
export type Finished =
  | { readonly ok: true; readonly entered: Entered; readonly next: string }
  | { readonly ok: false; readonly reason: SignInRefusal; readonly claim?: string | undefined; readonly next?: string }

export type Callback = {
  readonly provider: string
  /** As it came, without the question mark. */
  readonly query: string
  readonly state: string
  readonly binding: string | undefined
  readonly device: Device
}

/**
 * Ends a sign-in that a provider sends back.
 * @returns the session, or why there is none; then nothing of it is stored but the entry in the log
 * @throws AppError `not-found` (provider), `unavailable` when the provider is away
 */
export async function finishSignIn(deps: FinishDeps, callback: Callback): Promise<Finished> {
  const provider = deps.providers.find(callback.provider)
  const refuse = async (
    reason: SignInRefusal,
    known: { claim?: string | undefined; personId?: string | undefined; error?: string | undefined } = {},
    next?: string,
  ): Promise<Finished> => {
    await deps.tellRefusal('sign-in.refused', provider.id, reason, known)
    return { ok: false, reason, claim: known.claim, ...(next === undefined ? {} : { next }) }
  }
  const { state, binding } = callback
  const taken = await asSystem(() => takeAttempt(deps.db, deps.now(), { state, binding, provider: provider.id }))
  if (!taken.ok) return refuse(taken.reason)
  const { nextPath } = taken.attempt
  const asked = await askProvider(deps, provider, callback.query, { state, ...taken.attempt })
  if (!asked.ok) return refuse(asked.reason, { error: asked.error }, nextPath)
  const said = readClaims(asked.claims, provider.claims)
  if (!said.ok) return refuse(said.reason, { claim: said.claim }, nextPath)
  try {
    const personId = await asSystem(() =>
      deps.tx(systemActor, (t) => admitPerson(t, { provider, ...asked, said }, deps.timeZone)),
    )
    const entered = await openFor(deps, provider, { personId, asked, device: callback.device })
    return entered ? { ok: true, entered, next: nextPath } : await refuse('role-not-held', { personId }, nextPath)
  } catch (error) {
    if (error instanceof SignInRefused) return refuse(error.reason, error, nextPath)
    throw error
  }
}

function openFor(
  deps: FinishDeps,
  provider: Provider,
  known: { readonly personId: string; readonly asked: Vouched; readonly device: Device },
): Promise<Entered | undefined> {
  const { personId, device } = known
  const { issuer, subject, providerSession, idToken } = known.asked
  return asSystem(async () => {
    const held = chooseRole(await rolesHeldToday(deps.db, personId, todayOf(deps)), {})
    if (!held) return undefined
    const mark = { provider: provider.id, issuer, subject, providerSession, idToken }
    const holder = holderOf(personId, held)
    return deps.tx(holder, (t) => enter(t, deps.sessionLimits, { holder, device, mark }))
  })
}
