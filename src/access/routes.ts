import type { App } from '#platform/http.ts'

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
import { scimRoutes } from './scim/routes.ts'
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
  scimRoutes(app, deps, forget)
  policyRoutes(app, deps)
}
