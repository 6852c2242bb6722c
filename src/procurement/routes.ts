import type { App } from '#platform/http.ts'

import type { ProcurementDeps } from './deps.ts'

export function procurementRoutes(_app: App, _deps: ProcurementDeps): void {}
