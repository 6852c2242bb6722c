import '#access/request.ts'
import type { App } from '#platform/http.ts'

import { acknowledgementRoutes } from './acknowledgements/routes.ts'
import type { UserRulesDeps } from './deps.ts'
import { clauseRoutes } from './routes-clauses.ts'
import { ruleReadRoutes } from './routes-read.ts'
import { versionRoutes } from './routes-versions.ts'

export function userRulesRoutes(app: App, deps: UserRulesDeps): void {
  ruleReadRoutes(app, deps)
  clauseRoutes(app, deps)
  versionRoutes(app, deps)
  acknowledgementRoutes(app, deps)
}
