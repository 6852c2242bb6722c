import type { Signing } from '#access/routes.ts'
import type { App } from '#platform/http.ts'

import type { ProcurementDeps } from './deps.ts'
import { documentRoutes } from './documents/routes.ts'
import { sheetRoutes } from './sheets/routes.ts'
import { tenderRoutes } from './tenders/routes.ts'

export function procurementRoutes(app: App, deps: ProcurementDeps, signing: Signing): void {
  sheetRoutes(app, deps)
  tenderRoutes(app, deps, signing)
  documentRoutes(app, deps)
}
