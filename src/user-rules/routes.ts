import type { App } from '#platform/http.ts'

import type { UserRulesDeps } from './deps.ts'

export function userRulesRoutes(_app: App, _deps: UserRulesDeps): void {}
