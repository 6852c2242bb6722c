import type { FastifyInstance, RouteOptions } from 'fastify'

import type { Actor } from '#audit/transaction.ts'
import { inScope, type Scope } from '#platform/scope.ts'

import { breadthOf } from './reading-breadth.ts'

/** What the database lets through for this person in this role. */
export function scopeOf(actor: Actor): Scope {
  const { reads, shared, writes } = breadthOf(actor)
  return { personId: actor.personId, organisationId: actor.organisationId, reads, shared, writes }
}

/** Every handler of a route runs under the scope of who asks: no room has to remember it, and none can forget it. */
export function scopeRoutes(app: Pick<FastifyInstance, 'addHook'>): void {
  app.addHook('onRoute', (route: RouteOptions) => {
    const { handler } = route
    route.handler = function scoped(request, reply) {
      return inScope(scopeOf(request.actor), () => handler.call(this, request, reply))
    }
  })
}
