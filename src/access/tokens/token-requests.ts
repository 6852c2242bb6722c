import type { FastifyReply, FastifyRequest } from 'fastify'

import { AppError } from '#platform/errors.ts'
import type { App } from '#platform/http.ts'
import '#access/request.ts'

import { bearerOf, recogniseToken, tellRefusedToken, type TokenDeps, type TokenRefusal } from './recognise-token.ts'
import { scopeFor } from './token-scopes.ts'

/**
 * Recognises `Authorization: Bearer tnb_…`. To be registered before sign-in looks for a cookie: whoever brings a token is
 * judged by it alone, and needs no defence against foreign pages, which cannot send it.
 * @throws AppError `not-signed-in` with a reason, `not-permitted` with the scope that is missing, `too-many-requests`
 */
export function tokenRequests(app: App, deps: TokenDeps): void {
  app.addHook('onRequest', async (request, reply) => {
    const presented = bearerOf(request.headers.authorization)
    if (presented === undefined) return
    const known = await recogniseToken(deps, presented)
    if (!known.ok) throw await refusal(deps, request, reply, known)
    request.actor = known.actor
    const { action } = request.routeOptions.config
    if (action === undefined) return
    const needed = scopeFor(action, request.method)
    if (needed === 'session-only') throw new AppError('not-permitted', { action, reason: 'session-only' })
    if (known.scopes.includes(needed)) return
    const { tokenId: id = '', organisationId } = known.actor
    await tellRefusedToken(deps, request.ip, { reason: 'token-scope', token: { id, organisationId } })
    // RFC 6750 §3.1
    void reply.header('www-authenticate', `Bearer error="insufficient_scope", scope="${needed}"`)
    throw new AppError('not-permitted', { action, reason: 'token-scope', scope: needed, scopes: known.scopes })
  })
}

async function refusal(
  deps: TokenDeps,
  request: FastifyRequest,
  reply: FastifyReply,
  known: Parameters<typeof tellRefusedToken>[2] & { readonly reason: TokenRefusal },
): Promise<AppError> {
  const wait = await tellRefusedToken(deps, request.ip, known)
  if (wait !== undefined) {
    void reply.header('retry-after', wait)
    return new AppError('too-many-requests', { retryAfter: wait, what: 'refused-tokens' })
  }
  void reply.header('www-authenticate', 'Bearer error="invalid_token"')
  return new AppError('not-signed-in', { reason: known.reason })
}
