import type { FastifyRequest } from 'fastify'

import type { Actor } from '#audit/transaction.ts'
import { AppError } from '#platform/errors.ts'
import type { App } from '#platform/http.ts'
import { asSystem } from '#platform/scope.ts'

import type { AccessDeps } from './deps.ts'
import { scopeRoutes } from './scope-of.ts'
import { readSession, type sessionMemory } from './sessions.ts'

export type Memory = ReturnType<typeof sessionMemory> | undefined

export const cookieName = 'tenbin_session'
const nobody: Actor = { personId: '', role: '', organisationId: '' }

/** Every route below `/api/v1` needs a session, except those marked `config: { open: true }`. */
export function requireSignIn(app: App, deps: AccessDeps, memory: Memory): void {
  app.decorateRequest('actor')
  scopeRoutes(app)
  const recognise = async (token: string): Promise<Actor | undefined> => {
    const known = memory?.recall(token)
    if (known) return known
    // Nobody is known yet: the session itself says who.
    const actor = await asSystem(() => readSession(deps.db, deps.now, token))
    if (actor) memory?.keep(token, actor)
    return actor
  }
  app.addHook('onRequest', async (request) => {
    const token = request.cookies[cookieName]
    const actor = token === undefined ? undefined : await recognise(token)
    request.actor = actor ?? nobody
    const needed = request.url.startsWith('/api/v1/') && request.routeOptions.config.open !== true
    if (needed && !actor) throw new AppError('not-signed-in')
    refuseForeignOrigin(request)
  })
}

/** A page of another site must not act with this person's cookie. Tools that send no Origin are not browsers. */
function refuseForeignOrigin(request: FastifyRequest): void {
  const { origin, host } = request.headers
  if (['GET', 'HEAD', 'OPTIONS'].includes(request.method) || origin === undefined) return
  if (URL.parse(origin)?.host !== host) throw new AppError('not-permitted', { reason: 'foreign-origin', origin })
}
