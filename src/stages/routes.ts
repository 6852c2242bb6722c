import type { App } from '#platform/http.ts'

import type { StagesDeps } from './deps.ts'

export function stagesRoutes(_app: App, _deps: StagesDeps): void {}
