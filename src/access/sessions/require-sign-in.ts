import type { LimitStranger } from '#access/limits/limit-requests.ts'
import { systemActor } from '#access/nobody.ts'
import type { SessionLimits } from '#access/sign-in/sign-in-config.ts'
import { bearerOf } from '#access/tokens/recognise-token.ts'
import type { Actor, RunTx } from '#audit/transaction.ts'
import type { Db } from '#platform/database.ts'
import { askedFor } from '#platform/asked-for.ts'
import { AppError } from '#platform/errors.ts'
import { isData } from '#platform/headers.ts'
import type { App } from '#platform/http.ts'
import type { Now } from '#platform/ids.ts'
import { asSystem } from '#platform/scope.ts'

import type { Cookies } from './cookies.ts'
import { endSessions } from './end-sessions.ts'
import { refuseForeignName, refuseForeignPage } from './own-page.ts'
import { readSession, type Recognised, type SessionMemory } from './recognise.ts'

export type SignInHooks = {
  readonly db: Db
  readonly tx: RunTx
  readonly now: Now
  readonly timeZone: string
  readonly sessionLimits: SessionLimits
  /** The address under which people reach the server; undefined when none is configured. */
  readonly origin: string | undefined
  /** Nobody proves who they are, and only this machine shall reach the server. */
  readonly thisMachineOnly: boolean
  readonly memory: SessionMemory | undefined
  readonly cookies: Cookies
  /** Holds back an address from which too many come whom nobody knows. */
  readonly limitStranger: LimitStranger
}

const nobody: Actor = { personId: '', role: '', organisationId: '' }

/** Every route below `/api/v1` needs a session, except those marked `config: { open: true }`. */
export function requireSignIn(app: App, deps: SignInHooks): void {
  app.decorateRequest('actor')
  app.addHook('onRequest', async (request, reply) => {
    if (deps.thisMachineOnly && isData(askedFor(request))) refuseForeignName(request.headers.host)
    // An API token has said who asks (token-requests.ts).
    if (bearerOf(request.headers.authorization) !== undefined) return
    const token = deps.cookies.read(request)
    const known: Recognised = token === undefined ? { ok: false, reason: 'unknown' } : await recognise(deps, token)
    request.actor = known.ok ? known.actor : nobody
    if (!known.ok) deps.limitStranger(request, reply)
    refuseForeignPage(request, deps.origin, token !== undefined)
    const needed = askedFor(request).startsWith('/api/v1/') && request.routeOptions.config.open !== true
    if (needed && !known.ok)
      throw new AppError('not-signed-in', known.reason === 'unknown' ? {} : { reason: known.reason })
  })
}

async function recognise(deps: SignInHooks, token: string): Promise<Recognised> {
  const remembered = deps.memory?.recall(token)
  if (remembered) return { ok: true, actor: remembered }
  // Nobody is known yet: the session itself says who.
  const known = await asSystem(() => readSession(deps, token))
  if (known.ok) deps.memory?.keep(token, known.actor)
  // Ended for good: a role that is given anew later needs a new sign-in.
  else if (known.reason === 'role-ended') await endSessions(deps, systemActor, { token }, 'role-ended')
  return known
}
