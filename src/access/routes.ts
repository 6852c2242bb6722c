import { z } from 'zod'

import type { App } from '#platform/http.ts'

import { logEntrySchema } from './api.ts'
import type { AccessDeps } from './deps.ts'
import { limitRequests, limitStrangers } from './limit-requests.ts'
import { askRouteAction } from './route-actions.ts'
import { cookiesFor } from './cookies.ts'
import { oidcProviders } from './oidc-providers.ts'
import { sessionMemory } from './recognise.ts'
import { refusals } from './refusals.ts'
import { requireSignIn } from './require-sign-in.ts'
import { accountRoutes } from './routes-account.ts'
import { organisationRoutes } from './routes-organisations.ts'
import { peopleRoutes } from './routes-people.ts'
import { policyRoutes } from './routes-policies.ts'
import { roleRoutes } from './routes-roles.ts'
import { sessionRoutes } from './routes-sessions.ts'
import { signInRoutes } from './routes-sign-in.ts'
import { tokenRoutes } from './routes-tokens.ts'
import { listLog } from './store.ts'
import { tokenRequests } from './token-requests.ts'

export function accessRoutes(app: App, deps: AccessDeps): void {
  const signing = {
    ...deps,
    memory: deps.engine === 'pglite' ? sessionMemory(deps.now) : undefined,
    cookies: cookiesFor(deps.origin),
    providers: oidcProviders(deps.signIn, deps.now),
    tellRefusal: refusals(deps),
    limitStranger: limitStrangers(deps),
  }
  tokenRequests(app, deps)
  requireSignIn(app, signing)
  limitRequests(app, deps)
  askRouteAction(app, deps.may)
  sessionRoutes(app, signing)
  accountRoutes(app, signing)
  signInRoutes(app, signing)
  organisationRoutes(app, deps)
  const forget = (personId: string) => signing.memory?.forgetPerson(personId)
  peopleRoutes(app, deps, forget)
  roleRoutes(app, deps, forget)
  tokenRoutes(app, deps)
  policyRoutes(app, deps)
  logRoutes(app, deps)
}

function logRoutes(app: App, deps: AccessDeps): void {
  app.get(
    '/api/v1/log',
    {
      config: { action: 'read-log' },
      schema: {
        tags: ['audit'],
        summary: 'What was done, newest first',
        querystring: z.strictObject({
          cursor: z.uuid().optional(),
          limit: z.coerce.number().int().min(1).max(100).default(50),
        }),
        response: { 200: z.object({ items: z.array(logEntrySchema), next: z.uuid().nullable() }) },
      },
    },
    async (request) => {
      deps.may(request.actor, 'read-log')
      const { cursor, limit } = request.query
      const items = await listLog(deps.db, request.actor.organisationId, limit, cursor)
      return { items, next: items.length === limit ? items.at(-1)!.id : null }
    },
  )
}
