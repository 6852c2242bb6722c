import type { App } from '#platform/http.ts'

import type { ProcurementDeps } from './deps.ts'
import { sheetRoutes } from './sheets/routes.ts'

export function procurementRoutes(app: App, deps: ProcurementDeps): void {
  sheetRoutes(app, deps)
}
