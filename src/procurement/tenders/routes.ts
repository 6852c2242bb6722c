import type { Signing } from '#access/routes.ts'
import type { App } from '#platform/http.ts'
import type { ProcurementDeps } from '#procurement/deps.ts'

import { entryRoutes } from './routes-entry.ts'
import { answerFormRoutes } from './routes-form.ts'
import { plannerRoutes } from './routes-planner.ts'
import { supplierRoutes } from './routes-supplier.ts'

export function tenderRoutes(app: App, deps: ProcurementDeps, signing: Signing): void {
  plannerRoutes(app, { ...deps, memory: signing.memory })
  supplierRoutes(app, deps)
  answerFormRoutes(app, deps)
  entryRoutes(app, signing)
}
