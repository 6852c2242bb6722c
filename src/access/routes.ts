import type { App } from '#platform/http.ts'

import type { AccessDeps } from './deps.ts'
import { limitRequests, limitStrangers } from './limits/limit-requests.ts'
import { askRouteAction } from './policies/route-actions.ts'
import { cookiesFor } from './sessions/cookies.ts'
import { oidcProviders } from './sign-in/oidc-providers.ts'
import { sessionMemory } from './sessions/recognise.ts'
import { refusals, type TellRefusal } from './refusals.ts'
import { requireSignIn } from './sessions/require-sign-in.ts'
import { accountRoutes } from './sessions/routes-account.ts'
import { organisationRoutes } from './organisations/routes.ts'
import { peopleRoutes } from './people/routes.ts'
import { policyRoutes } from './policies/routes.ts'
import { roleRoutes } from './roles/routes.ts'
import { type SessionDeps, sessionRoutes } from './sessions/routes.ts'
import { signInRoutes } from './sign-in/routes.ts'
import { tokenRoutes } from './tokens/routes.ts'
import { scimRoutes } from './scim/routes.ts'
import { tokenRequests } from './tokens/token-requests.ts'

export type Signing = SessionDeps & { readonly tellRefusal: TellRefusal }

/** @returns what other rooms need to open and end sessions */
export function accessRoutes(app: App, deps: AccessDeps): Signing {
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
  return signing
}
