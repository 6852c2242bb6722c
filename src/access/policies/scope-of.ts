import type { FastifyInstance, RouteOptions } from 'fastify'

import type { Actor } from '#audit/transaction.ts'
import { inScope, type Scope } from '#platform/scope.ts'

import type { Rights } from './rights.ts'

/** What the database lets through for a person in a role, as the policies say. */
export const scopesBy =
  ({ breadthOf }: Pick<Rights, 'breadthOf'>) =>
  (actor: Actor): Scope => {
    const { reads, shared, writes } = breadthOf(actor)
    const { personId, organisationId, role, supplierId, onBehalfOf } = actor
    return {
      personId,
      organisationId,
      role,
      reads,
      shared,
      writes,
      ...(supplierId === undefined ? {} : { supplierId }),
      ...(onBehalfOf === undefined ? {} : { onBehalfOf }),
    }
  }

/** Every handler of a route runs under the scope of who asks: no room has to remember it, and none can forget it. */
export function scopeRoutes(app: Pick<FastifyInstance, 'addHook'>, rights: Pick<Rights, 'breadthOf'>): void {
  const scopeOf = scopesBy(rights)
  app.addHook('onRoute', (route: RouteOptions) => {
    const { handler } = route
    route.handler = function scoped(request, reply) {
      return inScope(scopeOf(request.actor), () => handler.call(this, request, reply))
    }
  })
}
