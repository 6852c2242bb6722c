import type { App } from '#platform/http.ts'

import { adviceRoutes } from './advice/routes.ts'
import { boardRoutes } from './board/routes.ts'
import type { ConsultationDeps } from './deps.ts'
import { deskRoutes } from './desk/routes.ts'
import { collectionRoutes } from './desk/routes-collection.ts'
import { reportRoutes } from './reports/routes.ts'

export function consultationRoutes(app: App, deps: ConsultationDeps): void {
  deskRoutes(app, deps)
  collectionRoutes(app, deps)
  boardRoutes(app, deps)
  adviceRoutes(app, deps)
  reportRoutes(app, deps)
}
